"""A key in the search over 20,000 claims: finding and laying out a screen of what was found, ≤ 30 ms of processor time, and finding
alone ≤ 5 × a bare substring scan of the same texts.

python tests/benchmarks/bench_search.py [RUNS]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from made_up import many_claims
from studytool.deck import open_deck
from studytool.quiz.book import Book
from studytool.quiz.search import flat, marked
from studytool.quiz.ui.text import Span, wrap

CLAIMS, SCREEN = 20_000, 26  # claims; results on a screen of 200 × 60
BOUND, MOST = 5.0, 0.030  # a ratio; seconds a key
TYPED = ("bianzhizichan", "suanli nengyuan", "算力", "the most precious", "e", "an", "gpt-4", "zxq")


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    shipped = Path(__file__).parents[2] / "decks" / "altman.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        deck = open_deck(many_claims(shipped, Path(folder) / "many.jsonl", CLAIMS))
    began = time.process_time()
    book = Book([deck])
    index = book.index
    made = time.process_time() - began
    texts = [f"{flat(claim.zh)}\n{flat(claim.en)}\n{claim.sounds}" for claim in book.claims]
    worst, ratios = 0.0, []
    for typed in TYPED:
        for query in (typed[:end] for end in range(1, len(typed) + 1)):
            rows = []
            for _ in range(runs):
                began = time.process_time()
                _ = [nth for nth, text in enumerate(texts) if query in text]
                between = time.process_time()
                found = index.find(query)
                scanned = time.process_time()
                for nth in found[:SCREEN]:
                    claim = book.claims[nth]
                    marked(query, claim.zh, claim.en, deck.words(deck.row(claim.statement).words.zh))
                    wrap([Span(claim.zh)], 190), wrap([Span(claim.en)], 190)
                rows.append((between - began, scanned - between, time.process_time() - between))
            bare_time, find, key = (statistics.median(column) for column in zip(*rows, strict=True))
            ratios.append(find / bare_time)
            worst = max(worst, key)
    ratio = statistics.median(ratios)
    print(f"{len(book.claims)} claims read and made ready in {made * 1e3:.0f} ms, once, in a thread")
    print(
        f"finding: {ratio:.1f} × a bare scan, at worst {max(ratios):.1f} (bound {BOUND}) {'ok' if ratio <= BOUND else 'TOO SLOW'}"
    )
    print(
        f"a key, a screen laid out: at worst {worst * 1e3:.1f} ms (bound {MOST * 1e3:.0f}) {'ok' if worst <= MOST else 'TOO SLOW'}"
    )
    return (ratio > BOUND) + (worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
