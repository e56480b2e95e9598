"""How well FSRS foresaw a learner's own reviews: log loss, the measure by which its parameters are fitted and compared.

For each review, FSRS had said with which chance the card would be recalled. The loss is -ln of the chance it gave to what then
happened, on average: 0 for a prophet, 0.69 for a coin. A card's first review was not foreseen, and a second one of a day tells
of that day only; neither counts, as in FSRS's own optimizers.
"""

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from studytool.quiz import schedule
from studytool.quiz.replay import Review
from studytool.quiz.schedule import AGAIN, Memory, Parameters

_CERTAIN = 1e-7  # nothing is surer than that, nor counted worse


class Loss(NamedTuple):
    """Log loss and the number of reviews that it is the mean of."""

    mean: float  # nan where there are none
    reviews: int


def log_loss(reviews: Iterable[Review], parameters: Parameters = ()) -> Loss:
    """The log loss of a log (oldest review first) under parameters of FSRS."""
    known: dict[str, Memory] = {}
    total, count = 0.0, 0
    for card, grade, at, day, _ in reviews:
        memory = known.get(card)
        if memory and day > memory.last_day:
            chance = schedule.retrievability(memory, day, parameters)
            given = 1 - chance if grade == AGAIN else chance
            total -= log(min(max(given, _CERTAIN), 1 - _CERTAIN))
            count += 1
        known[card] = schedule.replay(memory, grade, at, day, 1, parameters)  # the wait has no say in what FSRS foresees
    return Loss(total / count if count else float("nan"), count)
