"""A key in the search over 20,000 claims: finding and laying out a screen of what was found, for which 30 ms are allowed, and finding
alone against a bare substring scan of the same texts; all in processor time.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from made_up import many_claims
from measure import Measure, allowed, in_turn, run
from studytool.deck import open_deck
from studytool.quiz.book import Book
from studytool.quiz.search import flat, marked
from studytool.quiz.ui.text import Span, wrap

CLAIMS, SCREEN = 20_000, 26  # claims; results on a screen of 200 × 60
TYPED = ("bianzhizichan", "suanli nengyuan", "算力", "the most precious", "e", "an", "gpt-4", "zxq")


def measure(quick: bool) -> Iterator[Measure]:
    runs = 1 if quick else 7
    shipped = Path(__file__).parents[2] / "decks" / "altman.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        deck = open_deck(many_claims(shipped, Path(folder) / "many.jsonl", CLAIMS))
    book = Book([deck])
    index = book.index
    texts = [f"{flat(claim.zh)}\n{flat(claim.en)}\n{claim.sounds}" for claim in book.claims]
    worst, finds = 0.0, []
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
            finds.append((find, bare_time))
            worst = max(worst, key)
    yield in_turn(f"finding in {CLAIMS:,} claims / a bare scan", *zip(*finds, strict=True), goal=5.0)
    yield allowed("a key in the search, at worst / allowed", worst * 1e3, 30, "ms")


if __name__ == "__main__":
    run(__doc__, measure)
