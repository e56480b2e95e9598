"""How a card was answered, before it is graded: what was typed or chosen, and the grade that this suggests."""

from typing import Literal

from msgspec import Struct

from studytool.quiz.answers import DiffRun, Verdict
from studytool.quiz.choices import Option
from studytool.quiz.schedule import AGAIN, GOOD, Grade


class Outcome(Struct, frozen=True):
    """What is said of an answer. The grade is a proposal, the learner grades."""

    kind: Literal["right", "partial", "wrong"]
    suggested: Grade
    why: str  # in a few words of English
    diff: tuple[DiffRun, ...] = ()  # of a typed text, as in a Verdict
    options: tuple[Option, ...] = ()
    chosen: int = 0  # which of the options, from 0


def typed(verdict: Verdict) -> Outcome:
    """Of a judged text."""
    return Outcome(verdict.kind, verdict.suggested, verdict.why, verdict.diff)


def chose(options: tuple[Option, ...], chosen: int) -> Outcome:
    """Of a choice. To know an answer again is less than to recall it, so it never suggests Easy."""
    if options[chosen].right:
        return Outcome("right", GOOD, "right", (), options, chosen)
    return Outcome("wrong", AGAIN, "wrong", (), options, chosen)
