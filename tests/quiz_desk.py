"""A desk for tests: the tea deck, a store of its own, and a clock that stands still until it is moved."""

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz.desk import Card, Desk
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


@cache
def shipped_desk() -> Desk:
    """A desk over the shipped deck, for reading cards from it."""
    store = open_store(Path(mkdtemp()) / "reviews.db")
    return Desk([open_deck(Path(__file__).parent.parent / "decks" / "altman.jsonl")], store, Config(), Clock())


@cache
def shipped_cards() -> tuple[Card, ...]:
    """Every card of the shipped deck."""
    desk = shipped_desk()
    return tuple(desk.card(slot.id) for slot in desk.slots)


def tea_desk(tea: Path, home: Path, clock: Clock | None = None, **config: object) -> Desk:
    """A desk over the deck built of a tea corpus."""
    (built,) = build([tea], home / "decks", 1_700_000_000)
    return Desk([open_deck(built.jsonl)], open_store(home / "reviews.db"), Config(**config), clock or Clock())  # type: ignore[arg-type]
