"""When a card comes back: FSRS, as a pure function of memory, grade and time. The only door to py-fsrs.

py-fsrs counts 24-hour windows and Anki counts study days; an evening and the next morning would be the same day to the former.
So it is handed days, not moments. It is asked for stability and difficulty alone. What follows from them is Anki's:
the steps (`rslib/src/scheduler/states/steps.rs`), and that for one card Hard waits less long than Good and Good less
long than Easy (`review.rs`, `learning.rs`); `tests/test_quiz_anki_schedule.py` holds it against Anki itself.
"""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from studytool.deal import Deal
from studytool.quiz.fuzz import MAX_INTERVAL, bounds, chosen, rounded, share

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
_DECAY = 0.1542  # the last of FSRS's default parameters; a screen full of cards should not load py-fsrs for it
_SOON = 0.5  # days; without steps, what is forgotten sooner than that is shown again within the day

Parameters = tuple[float, ...]  # of FSRS, 21 of them; none: its defaults


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


class Rules(Struct, frozen=True):
    """What the schedule of a card depends on beside its reviews."""

    deal: Deal = Deal()
    parameters: Parameters = ()
    load: Mapping[int, int] | None = None  # cards due by study day, for balancing


ALONE = Rules(Deal(fuzz=False))  # FSRS's own defaults and nothing else


def review(memory: Memory | None, grade: Grade, at: int, day: int, rules: Rules = ALONE, card: str = "") -> Memory:
    """The memory after a grade, given at the moment `at` (seconds since 1970 UTC) of study day `day` (ordinal).

    `card`, the card's id, and its number of reviews decide the fuzz.
    """
    return replay(memory, grade, at, day, wait(memory, grade, day, rules, card), rules.parameters)


def wait(memory: Memory | None, grade: Grade, day: int, rules: Rules = ALONE, card: str = "") -> int:
    """How long a grade makes a card wait: days, or, where the number is negative, seconds (the way Anki's own log has it)."""
    if seconds := step(memory, grade, rules.deal):
        return -seconds
    if _passes(memory, grade) or grade == EASY:
        return _ordered(memory, grade, day, rules, card)
    exact = days(memory, grade, day, rules)
    if exact < _SOON and not _steps(memory, rules.deal):
        return -max(1, int(exact * _DAY))
    whole = min(max(1, rounded(exact)), MAX_INTERVAL)
    lapses = memory is not None and memory.state == REVIEW  # Anki leaves these without fuzz
    if lapses:
        return whole
    least = wait(memory, HARD, day, rules, card) if grade == GOOD else 1  # balancing each for itself might turn them around
    return _fuzzed(whole, max(1, least), memory, day, rules, card)


def step(memory: Memory | None, grade: Grade, deal: Deal) -> int | None:
    """The seconds of the step that a grade leads to; None where it leads out of the steps, or where there are none."""
    steps = _steps(memory, deal)
    if not steps or _passes(memory, grade) or grade == EASY:
        return None
    at = min(memory.step if memory else 0, len(steps) - 1)  # there were more steps when the card was last graded
    if grade == GOOD:
        return int(steps[at + 1] * 60) if at + 1 < len(steps) else None
    first = int(steps[0] * 60)
    if grade == AGAIN:
        return first
    if at:
        return int(steps[at] * 60)
    return (first + int(steps[1] * 60)) // 2 if len(steps) > 1 else first * 3 // 2


def days(memory: Memory | None, grade: Grade, day: int, rules: Rules) -> float:
    """The days after a grade until retrievability is what is wanted: the inverse of the forgetting curve."""
    stability, _ = _learned(memory, grade, day, rules.parameters)
    bend = decay(rules.parameters)
    return float(stability / (0.9 ** (1 / bend) - 1) * (rules.deal.retention ** (1 / bend) - 1))


def within_bounds(parameters: Parameters) -> Parameters:
    """Parameters as py-fsrs takes them: another optimizer's single precision may be a trifle out of its bounds."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS as LOW
    from fsrs.scheduler import UPPER_BOUNDS_PARAMETERS as HIGH

    return tuple(min(max(each, low), high) for each, low, high in zip(parameters, LOW, HIGH, strict=True))


def _passes(memory: Memory | None, grade: Grade) -> bool:
    return memory is not None and memory.state == REVIEW and grade != AGAIN


def _steps(memory: Memory | None, deal: Deal) -> tuple[float, ...]:
    return deal.learning_steps if memory is None or memory.state == LEARNING else deal.relearning_steps


def decay(parameters: Parameters) -> float:
    """How fast what is known is forgotten: the exponent of FSRS's curve, below 0.

    Retrievability is `(1 + factor * days / stability) ** decay`, where `factor` is `0.9 ** (1 / decay) - 1`.
    """
    return -(parameters[20] if parameters else _DECAY)


def _ordered(memory: Memory | None, grade: Grade, day: int, rules: Rules, card: str) -> int:
    """The days of a grade that leads out of all steps: more than those of the grade below it.

    Nor does a card that passes fall behind its last interval, where that is in reach of fuzz (Anki 26 does so too; its code
    was not at hand, the rule is what 200 histories show).
    """
    known = memory is not None and memory.state == REVIEW
    before = memory.due_day - memory.last_day if memory and known else None
    least = found = 1
    lowers: tuple[Grade, ...] = (HARD, GOOD, EASY) if known else (GOOD, EASY)
    for lower in lowers:
        exact = days(memory, lower, day, rules)
        if lower == EASY and not known:
            exact = max(1, rounded(exact))
        if before and rounded(exact) > before:
            least = max(least, before + 1)
        elif before and bounds(exact, 1)[1] >= before:
            least = max(least, before)
        found = _fuzzed(exact, least, memory, day, rules, card)
        if lower == grade:
            break
        least = found + 1
    return found


def replay(memory: Memory | None, grade: Grade, at: int, day: int, waits: int, parameters: Parameters = ()) -> Memory:
    """The memory after a grade that made the card wait so long (see `wait`), whatever the settings are by now."""
    stability, difficulty = _learned(memory, grade, day, parameters)
    learning = memory is None or memory.state == LEARNING
    return Memory(
        state=REVIEW if waits > 0 else LEARNING if learning else RELEARNING,
        step=0 if waits > 0 or grade == AGAIN else (memory.step if memory else 0) + (grade == GOOD),
        stability=stability,
        difficulty=difficulty,
        due_at=at - waits if waits < 0 else 0,
        due_day=day + max(0, waits),
        last_day=day,
        first_day=memory.first_day if memory else day,
        reps=(memory.reps if memory else 0) + 1,
        lapses=(memory.lapses if memory else 0) + (memory is not None and memory.state == REVIEW and grade == AGAIN),
    )


def waited(memory: Memory, at: int) -> int:
    """The `wait` that led to a memory; `at` is the moment of its last grade."""
    return at - memory.due_at if memory.due_at else memory.due_day - memory.last_day


def interval(memory: Memory, at: int, day: int) -> int:
    """How long from now until the card is due, in seconds: exact for a learning step, whole days otherwise."""
    return memory.due_at - at if memory.due_at else (memory.due_day - day) * _DAY


def retrievability(memory: Memory, day: int, parameters: Parameters = ()) -> float:
    """The chance, 0 to 1, that the card would be recalled on a study day: FSRS-6's forgetting curve."""
    bend = decay(parameters)
    return float((1 + (0.9 ** (1 / bend) - 1) * max(0, day - memory.last_day) / memory.stability) ** bend)


def _fuzzed(exact: float, least: int, memory: Memory | None, day: int, rules: Rules, card: str) -> int:
    if not rules.deal.fuzz:
        return min(max(rounded(exact), least), MAX_INTERVAL)
    load = rules.load if rules.deal.balance else None
    return chosen(exact, least, share(card, memory.reps if memory else 0), day, load)


def _learned(memory: Memory | None, grade: Grade, day: int, parameters: Parameters) -> tuple[float, float]:
    """Stability and difficulty after a grade."""
    import fsrs

    if memory is None:
        card, now = fsrs.Card(card_id=0, due=_noon(day)), _noon(day)  # an id of its own making would cost a millisecond's sleep
    else:
        card = fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,  # FSRS treats all states alike, but for the very first review
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_noon(memory.due_day),
            last_review=_noon(memory.last_day),
        )
        now = _noon(max(day, memory.last_day))  # a clock set back must not count negative days
    after, _ = _scheduler(parameters).review_card(card, fsrs.Rating(grade), now)
    assert after.stability is not None
    assert after.difficulty is not None
    return min(after.stability, MAX_INTERVAL), after.difficulty


def _noon(day: int) -> dt.datetime:
    return dt.datetime.fromordinal(day).replace(hour=12, tzinfo=dt.UTC)


@lru_cache(maxsize=4)
def _scheduler(parameters: Parameters) -> "fsrs.Scheduler":
    import fsrs

    return fsrs.Scheduler(parameters, enable_fuzzing=False) if parameters else fsrs.Scheduler(enable_fuzzing=False)
