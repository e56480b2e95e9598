"""From start to the home screen with its topics: many cards and reviews against 300 cards and no review, in turn.

Its figures follow later, and have no goal of their own but to come within four times that.
"""

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from made_up import many_claims, many_reviews, write_deck
from measure import Measure, in_turn, run
from program import PYTHON, environment
from studytool.deck import open_deck
from studytool.quiz.day import study_day
from terminal import seconds_until

NAMES, FIGURES = "Kind delta", "about"  # the last topic's name; today's plan


def measure(quick: bool) -> Iterator[Measure]:
    runs, claims, reviews = (2, 6_667, 200_000) if quick else (9, 33_334, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        big = many_claims(write_deck(folder / "few", 100), folder / "many" / "decks" / "made-up.jsonl", claims)
        cards = [slot.id for slot in open_deck(big).slots]
        many_reviews(folder / "many" / "reviews.db", cards, reviews, study_day(dt.datetime.now(dt.UTC)))
        few, many = (environment(folder / home) for home in ("few", "many"))
        (folder / "nowhere").mkdir()

        def seconds(text: str, env: dict[str, str]) -> float:
            # The run before was killed, and its write-ahead log would have this one check the whole file.
            for left in folder.glob("*/reviews.db-*"):
                left.unlink()
            return seconds_until(text, [PYTHON, "-m", "studytool"], env, folder=folder / "nowhere")

        rows = [(seconds(NAMES, few), seconds(NAMES, many), seconds(FIGURES, many)) for _ in range(runs + 1)][1:]
    small, names, figures = zip(*rows, strict=True)
    yield in_turn(f"home with {len(cards):,} cards / with 300", names, small, goal=2.0)
    yield in_turn(f"home's figures of {reviews:,} reviews / home with 300", figures, small, goal=4.0)


if __name__ == "__main__":
    run(__doc__, measure)
