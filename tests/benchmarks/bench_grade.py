"""A grade, from the key to the commit, against one bare commit of SQLite in WAL with synchronous=FULL, in turn: ≤ 3.

python tests/benchmarks/bench_grade.py [GRADES]
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from made_up import write_corpus
from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store

BOUND = 3.0


def main() -> int:
    grades = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (built,) = build([write_corpus(folder / "corpus", grades)], folder / "decks", 1_700_000_000)
        desk = Desk([open_deck(built.jsonl)], open_store(folder / "reviews.db"), Config(new_per_day=grades))
        session = desk.begin()
        bare = sqlite3.connect(folder / "bare.db")
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, card TEXT, grade INTEGER, at INTEGER)")
        pairs = []
        while card := session.show(desk.now()):
            began = time.perf_counter()
            desk.grade(session, 4, 1000)
            between = time.perf_counter()
            with bare:
                bare.execute("INSERT INTO log (card, grade, at) VALUES (?, 4, 0)", (card,))
            pairs.append((between - began, time.perf_counter() - between))
        desk.store.close()
        bare.close()
    ours, commit = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = ours / commit
    print(f"a grade {ours * 1e3:.2f} ms, a bare commit {commit * 1e3:.2f} ms, ", end="")
    print(f"ratio {ratio:.2f} (bound {BOUND}) {'ok' if ratio <= BOUND else 'TOO SLOW'}")
    return int(ratio > BOUND)


if __name__ == "__main__":
    sys.exit(main())
