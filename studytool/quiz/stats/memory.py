"""How well a group of cards is known."""

from collections.abc import Iterable

from studytool.quiz.schedule import Memory, Parameters, decay


def mastery(memories: Iterable[Memory], day: int, of: int | None = None, parameters: Parameters = ()) -> float:
    """The mean retrievability, 0 to 1, of cards on a study day; 0 of none.

    `of` is how many cards the group has: those never reviewed count as not known. Without it only `memories` count.
    `parameters` are those of FSRS in force. `schedule.retrievability` is the same of one card; a screen has a hundred thousand.
    """
    bend = decay(parameters)
    factor: float = 0.9 ** (1 / bend) - 1
    known = [(1 + factor * max(0, day - memory.last_day) / memory.stability) ** bend for memory in memories]
    count = len(known) if of is None else of
    return sum(known) / count if count else 0.0
