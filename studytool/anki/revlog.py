"""Anki's log -> reviews of our cards. Of its lines only a grade that moved the card is a review; the rest is bookkeeping."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

_FILTERED = 3  # an extra repetition: with a factor where it counted for the schedule, 0 where it did not
_STEPS = (0, 2)  # a review in learning or relearning
_END = 7_258_118_400_000  # milliseconds since 1970 UTC: the year 2200, after which no review of ours can be
_LONGEST = 36_500  # days
_DAY = 86_400  # seconds


class Entry(Struct, frozen=True):
    """A line of Anki's log, as its columns are called."""

    id: int  # milliseconds since 1970 UTC
    ease: int  # the button, 1 to 4; 0 for none
    ivl: int  # days, or negative seconds
    factor: int
    time: int  # milliseconds from front to answer
    type: int  # 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled


class AnkiReview(NamedTuple):
    """A review that moved a card of ours, as Anki logged it."""

    card: str
    moment: int  # milliseconds since 1970 UTC
    grade: int  # 1 to 4
    ivl: int  # the wait that it gave: days, or negative seconds
    took: int  # milliseconds
    in_steps: bool  # whether the card was in learning or relearning steps after it


def reviews(card: str, log: Iterable[Entry], in_steps: bool) -> list[AnkiReview]:
    """The reviews of a card that its log tells of, oldest first. `in_steps` is whether the card is in steps now."""
    entries: Sequence[Entry] = sorted(log, key=lambda entry: entry.id)
    found = []
    for nth, entry in enumerate(entries):
        if _graded(entry):
            # What the next one was of tells where this one led.
            stays = entries[nth + 1].type in _STEPS if nth + 1 < len(entries) else in_steps
            wait = max(-_DAY, min(entry.ivl, _LONGEST))
            found.append(AnkiReview(card, entry.id, entry.ease, wait, min(max(0, entry.time), 1 << 40), stays))
    return found


def _graded(entry: Entry) -> bool:
    extra = entry.type == _FILTERED and entry.factor == 0
    return 1 <= entry.ease <= 4 and 0 <= entry.id < _END and not extra
