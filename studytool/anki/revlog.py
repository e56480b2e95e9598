"""Anki's log -> reviews of our cards. Of its lines only a grade that moved the card is a review; the rest is bookkeeping."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

_FILTERED = 3  # a card in a filtered deck: with a factor where the grade counted for the schedule, 0 where it did not
_STEPS = (0, 2)  # a card in learning or in relearning
_IN_STEPS = (1, 3)  # types of cards, likewise


class Entry(Struct, frozen=True, gc=False):
    """A line of Anki's log, as its columns are called."""

    id: int  # milliseconds since 1970 UTC
    ease: int  # the button, 1 to 4; 0 for none
    ivl: int  # days, or negative seconds
    factor: int
    time: int  # milliseconds from front to answer
    type: int  # what it was of: 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled


class AnkiReview(NamedTuple):
    """A review that moved a card of ours, as Anki logged it."""

    card: str
    moment: int  # milliseconds since 1970 UTC
    grade: int  # 1 to 4, if Anki logged it
    ivl: int  # the wait that it gave: days, or negative seconds
    took: int  # milliseconds
    in_steps: bool  # whether the card was in learning or relearning steps after it


class Logged(NamedTuple):
    """The log of a card in Anki, of a note of ours."""

    card: str | None  # which of ours it is; None where it can be none
    type: int  # of the card now: 0 new, 1 learning, 2 review, 3 relearning
    entries: list[Entry]


class Found(NamedTuple):
    """What Anki has of ours."""

    reviews: list[AnkiReview]  # card by card, each card's oldest first
    ours: int  # notes of ours
    by_hand: int  # cards of ours that were forgotten or given another due day by hand
    strange: int  # cards with a log that stand on our notes, and are none of ours
    unknown: int  # all other notes, where they are counted


def found(logs: Iterable[Logged], ours: int, unknown: int = 0) -> Found:
    """What the logs of our notes' cards tell. Two cards in Anki may be one of ours: a blank had a place on another note once."""
    reviews: list[AnkiReview] = []
    by_hand: set[str] = set()
    strange = 0
    for log in logs:
        if log.card is None:
            strange += bool(log.entries)
            continue
        entries = sorted(log.entries, key=lambda entry: entry.id)
        if any(not _graded(entry) and entry.type != _FILTERED for entry in entries):
            by_hand.add(log.card)
        reviews += _reviews(log.card, entries, log.type in _IN_STEPS)
    return Found(sorted(reviews), ours, len(by_hand), strange, unknown)


def _reviews(card: str, entries: Sequence[Entry], in_steps: bool) -> Iterator[AnkiReview]:
    for nth, entry in enumerate(entries):
        if _graded(entry):
            # What the next one was of tells where this one led.
            stays = entries[nth + 1].type in _STEPS if nth + 1 < len(entries) else in_steps
            yield AnkiReview(card, entry.id, entry.ease, entry.ivl, entry.time, stays)


def _graded(entry: Entry) -> bool:
    """Whether an entry is a grade that moved its card: not one made by hand, nor a look outside the schedule."""
    return entry.ease > 0 and not (entry.type == _FILTERED and entry.factor == 0)
