"""A grade, from the key to the commit, against one bare commit of SQLite in WAL with synchronous=FULL, in turn."""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from made_up import write_deck
from measure import Measure, in_turn, run
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store


def measure(quick: bool) -> Iterator[Measure]:
    grades = 100 if quick else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = Desk([open_deck(write_deck(folder, grades))], open_store(folder / "reviews.db"), Config(new_per_day=grades))
        session = desk.begin()
        bare = sqlite3.connect(folder / "bare.db")
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, card TEXT, grade INTEGER, at INTEGER)")
        ours, commits = [], []
        while card := session.show(desk.now()):
            began = time.perf_counter()
            desk.grade(session, 4, 1000)
            between = time.perf_counter()
            with bare:
                bare.execute("INSERT INTO log (card, grade, at) VALUES (?, 4, 0)", (card,))
            ours.append(between - began)
            commits.append(time.perf_counter() - between)
        desk.store.close()
        bare.close()
    yield in_turn("a grade, from the key to the commit / a bare commit", ours, commits, goal=3.0)


if __name__ == "__main__":
    run(__doc__, measure)
