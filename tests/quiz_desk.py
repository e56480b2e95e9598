"""A desk for tests: the tea deck, a store of its own, and a clock that stands still until it is moved."""

import datetime as dt
from pathlib import Path

from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store

NOON = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


class Clock:
    """Tells the time it was last set to."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


def tea_desk(tea: Path, home: Path, clock: Clock | None = None, **config: object) -> Desk:
    """A desk over the deck built of a tea corpus."""
    (built,) = build([tea], home / "decks", 1_700_000_000)
    return Desk([open_deck(built.jsonl)], open_store(home / "reviews.db"), Config(**config), clock or Clock())  # type: ignore[arg-type]
