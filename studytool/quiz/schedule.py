"""When a card comes back: FSRS, as a pure function of memory, grade and time. The only door to py-fsrs.

py-fsrs counts 24-hour windows and Anki counts study days; an evening and the next morning would be the same day to the former.
So it is handed days, not moments, and what it answers is turned into a moment again: minutes for a learning step, else a day.
"""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    import fsrs

Grade = Literal[1, 2, 3, 4]
AGAIN: Final = 1
HARD: Final = 2
GOOD: Final = 3
EASY: Final = 4
GRADES: tuple[Grade, ...] = (1, 2, 3, 4)
LEARNING, REVIEW, RELEARNING = 1, 2, 3
_DAY = 86_400  # seconds


class Memory(Struct, frozen=True, gc=False):
    """What FSRS knows of a card that was reviewed at least once. A card that never was has none."""

    state: int  # LEARNING, REVIEW or RELEARNING
    step: int  # within the learning steps; 0 in REVIEW
    stability: float  # days after which retrievability is 90%
    difficulty: float  # 1 to 10
    due_at: int  # moment (seconds since 1970 UTC) a learning step ends; 0 in REVIEW
    due_day: int  # study day from which the card is due
    last_day: int  # study day of the last review
    first_day: int  # study day of the first review
    reps: int
    lapses: int


def review(memory: Memory | None, grade: Grade, at: int, day: int, retention: float = 0.9) -> Memory:
    """The memory after a grade, given at the moment `at` (seconds since 1970 UTC) of study day `day` (ordinal)."""
    import fsrs

    card = _to_fsrs(memory)
    now = _noon(day if memory is None else max(day, memory.last_day))  # a clock set back must not count negative days
    after, _ = _scheduler(retention).review_card(card, fsrs.Rating(grade), now)
    wait = after.due - now
    assert after.stability is not None
    assert after.difficulty is not None
    in_steps = after.state != fsrs.State.Review
    lapsed = memory is not None and memory.state == REVIEW and grade == AGAIN
    return Memory(
        state=int(after.state),
        step=after.step or 0,
        stability=after.stability,
        difficulty=after.difficulty,
        due_at=at + int(wait.total_seconds()) if in_steps else 0,
        due_day=day if in_steps else day + max(1, wait.days),
        last_day=day,
        first_day=memory.first_day if memory else day,
        reps=(memory.reps if memory else 0) + 1,
        lapses=(memory.lapses if memory else 0) + lapsed,
    )


def interval(memory: Memory, at: int, day: int) -> int:
    """How long from now until the card is due, in seconds: exact for a learning step, whole days otherwise."""
    return memory.due_at - at if memory.due_at else (memory.due_day - day) * _DAY


def retrievability(memory: Memory, day: int, retention: float = 0.9) -> float:
    """The chance, 0 to 1, that the card would be recalled on a study day."""
    return float(_scheduler(retention).get_card_retrievability(_to_fsrs(memory), _noon(max(day, memory.last_day))))


def _to_fsrs(memory: Memory | None) -> "fsrs.Card":
    import fsrs

    if memory is None:
        return fsrs.Card(card_id=0, due=_noon(1))
    return fsrs.Card(
        card_id=0,  # one of its own making would cost a millisecond's sleep
        state=fsrs.State(memory.state),
        step=None if memory.state == REVIEW else memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due_day),
        last_review=_noon(memory.last_day),
    )


def _noon(day: int) -> dt.datetime:
    return dt.datetime.fromordinal(day).replace(hour=12, tzinfo=dt.UTC)


@lru_cache(maxsize=4)
def _scheduler(retention: float) -> "fsrs.Scheduler":
    import fsrs

    return fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
