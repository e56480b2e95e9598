"""The log, and what follows from it: memories are worked out from grades and waits alone, whatever the settings are by now."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from studytool.deal import Deal
from studytool.quiz import schedule
from studytool.quiz.fuzz import MAX_INTERVAL
from studytool.quiz.schedule import Grade, Memory, Parameters, Rules


class Review(NamedTuple):
    """A grade as the log has it."""

    card: str
    grade: Grade
    at: int  # seconds since 1970 UTC
    day: int  # study day
    ivl: int | None = None  # how long the card was made to wait: days, or negative seconds; None before version 3 of the store


def remembered(log: Iterable[Review], parameters: Parameters = (), retention: float = 0.9) -> dict[str, Memory]:
    """The memory of every card of a log (oldest grade first) under parameters of FSRS.

    `retention` is that of grades without `ivl`: they were given by py-fsrs alone, with its own steps.
    """
    return {review.card: after for review, _, after in retraced(log, parameters, retention)}


def retraced(
    log: Iterable[Review], parameters: Parameters = (), retention: float = 0.9
) -> Iterator[tuple[Review, Memory | None, Memory]]:
    """Each grade of a log with the memory of its card before and after it; arguments as those of `remembered`."""
    found: dict[str, Memory] = {}
    old = Rules(Deal(retention=retention, fuzz=False), parameters)
    for review in log:
        card, grade, at, day, ivl = review
        memory = found.get(card)
        found[card] = schedule.replay(memory, grade, at, day, ivl or _unordered(memory, grade, day, old), parameters)
        yield review, memory, found[card]


def _unordered(memory: Memory | None, grade: Grade, day: int, rules: Rules) -> int:
    """The wait of a grade where nothing holds Hard, Good and Easy apart."""
    seconds = schedule.step(memory, grade, rules.deal)
    return -seconds if seconds else min(max(1, round(schedule.days(memory, grade, day, rules))), MAX_INTERVAL)
