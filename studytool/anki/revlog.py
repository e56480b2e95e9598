"""Anki's reviews -> ours. Of Anki's log only what a learner answered is a review; the rest is bookkeeping."""

from typing import NamedTuple

from msgspec import Struct

_FILTERED = 3  # an extra repetition: with a factor where it counted for the schedule, 0 where it did not
_MANUAL = 4  # and above: set to a day, forgotten or rescheduled by hand or by Anki; nobody answered
_LONGEST = 36_500  # days
_END = 7_258_118_400_000  # milliseconds since 1970 UTC: the year 2200, after which no review of ours can be


class Entry(Struct, frozen=True):
    """A line of Anki's log, as its columns are called."""

    id: int  # milliseconds since 1970 UTC
    ease: int  # the button, 1 to 4; 0 for none
    ivl: int  # days, or negative seconds
    factor: int
    time: int  # milliseconds from front to answer
    type: int  # 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled


class Answer(NamedTuple):
    """A review as our log has it, but for its study day."""

    card: str
    grade: int  # 1 to 4
    at: int  # seconds since 1970 UTC
    took: int  # milliseconds
    ivl: int | None  # the wait that it gave: days, or negative seconds


def answer(card: str, entry: Entry) -> Answer | None:
    """The review of one of our cards that a line of Anki's log tells of; None where nobody answered.

    The same line is the same review whenever it is read: it is known by its second and its grade.
    """
    if not (1 <= entry.ease <= 4 and 0 <= entry.id < _END) or entry.type >= _MANUAL:
        return None
    if entry.type == _FILTERED and entry.factor == 0:
        return None
    wait = max(-86_400, min(entry.ivl, _LONGEST)) or None
    return Answer(card, entry.ease, entry.id // 1000, min(max(0, entry.time), 1 << 40), wait)
