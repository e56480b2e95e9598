"""What a package tells of cards that were studied: their place in Anki's schedule, and their reviews, in Anki's own numbers.

Anki counts days from the day on which a collection was made; on import it counts anew from that of the learner's.
"""

import json
from collections.abc import Mapping, Sequence
from sqlite3 import Cursor
from typing import Literal, NamedTuple
from zlib import crc32

from msgspec import Struct

NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3  # types of cards; what a review was of, in the log, is one less
_SUSPENDED = -1  # a queue
_EASE = 2500  # what Anki starts with where FSRS is off, in thousandths
_SECOND = 1000  # milliseconds


class Answer(NamedTuple):
    """A line of Anki's review log."""

    at: int  # seconds since 1970 UTC
    ms: int | None  # milliseconds past that at which Anki logged it; None for one that was not made there
    grade: int  # 1 to 4
    ivl: int  # the wait that it gave: days, or negative seconds
    before: int  # the wait before it; 0 for none
    difficulty: float  # 1 to 10, after it
    took: int  # milliseconds
    type: Literal[0, 1, 2]  # what the card was in: learning, review, relearning


class Progress(Struct, frozen=True):
    """Where a card stands. One that is only suspended is NEW."""

    type: int = NEW
    due: int = 0  # a learning step's end, in seconds since 1970 UTC; of a card in review its study day, an ordinal
    ivl: int = 0  # days; of a lapsed card those that it will wait once it is out of its steps
    lapses: int = 0
    left: int = 0  # learning steps to come
    memory: Mapping[str, float] = {}  # what FSRS keeps, under Anki's names
    answers: Sequence[Answer] = ()
    suspended: bool = False


class Carried(Struct, frozen=True):
    """The progress of a deck's cards, by card id, and how the learner's days are counted."""

    cards: Mapping[str, Progress]
    day: int  # the study day from which days are counted, an ordinal
    noon: int  # noon of that day, in seconds since 1970 UTC
    west: int  # minutes that the learner's clock was behind UTC then
    day_starts: int  # hour


def write_calendar(cursor: Cursor, carried: Carried) -> None:
    """Have a collection count days as the learner's quiz does."""
    ((conf,),) = cursor.execute("SELECT conf FROM col").fetchall()
    # 2 is the scheduler's version since 2018; of an older one Anki would convert the cards.
    own = {"schedVer": 2, "rollover": carried.day_starts, "creationOffset": carried.west, "localOffset": carried.west}
    cursor.execute("UPDATE col SET crt = ?, conf = ?", (carried.noon, json.dumps(json.loads(conf) | own)))


def write_card(cursor: Cursor, number: int, progress: Progress, day: int) -> None:
    """Put a card that was just written at its place in the schedule; `day` is the study day from which days are counted."""
    if progress.type == NEW:
        cursor.execute("UPDATE cards SET queue = ? WHERE id = ?", (_SUSPENDED, number))
        return
    in_review = progress.type == REVIEW
    values = (
        progress.type,
        _SUSPENDED if progress.suspended else REVIEW if in_review else LEARNING,
        progress.due - day if in_review else progress.due,
        progress.ivl,
        _EASE,
        len(progress.answers),
        progress.lapses,
        progress.left,
        json.dumps(progress.memory, separators=(",", ":")),
    )
    columns = "type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, left = ?, data = ?"
    cursor.execute(f"UPDATE cards SET {columns} WHERE id = ?", (*values, number))


def write_answers(cursor: Cursor, cards: Mapping[int, tuple[str, Progress]]) -> None:
    """Write the review log of cards, by their number. A review's id is its moment in milliseconds, and no two have the same.

    Within its second each card has a millisecond of its own, where that is free: reviews of one second must not move into the
    next, or they would come back as others.
    """
    taken: set[int] = set()
    for number, (card, progress) in cards.items():
        for answer in progress.answers:
            own = crc32(card.encode()) if answer.ms is None else answer.ms
            free = (answer.at * _SECOND + (own + more) % _SECOND for more in range(_SECOND))
            if (moment := next((one for one in free if one not in taken), None)) is None:
                continue  # a thousand reviews in one second are nobody's
            taken.add(moment)
            # Anki keeps difficulty in thousandths from 100 to 1100, where it keeps ease without FSRS.
            factor = round((answer.difficulty - 1) / 9 * 1000) + 100
            values = (moment, number, -1, answer.grade, answer.ivl, answer.before, factor, answer.took, answer.type)
            cursor.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
