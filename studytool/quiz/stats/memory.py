"""How well a group of cards is known."""

from collections.abc import Iterable

from studytool.quiz.schedule import Memory

DECAY = 0.1542  # FSRS-6's w20, as py-fsrs has it where nothing was fitted


def mastery(memories: Iterable[Memory], day: int, of: int | None = None, decay: float = DECAY) -> float:
    """The mean retrievability, 0 to 1, of cards on a study day; 0 of none.

    `of` is how many cards the group has: those never reviewed count as not known. Without it only `memories` count.
    FSRS's curve, https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm, worked out here since py-fsrs makes an
    object of each card, and a home screen has a hundred thousand. `schedule.retrievability` is the same of one card.
    """
    factor: float = 0.9 ** (-1 / decay) - 1
    known = [(1 + factor * max(0, day - memory.last_day) / memory.stability) ** -decay for memory in memories]
    count = len(known) if of is None else of
    return sum(known) / count if count else 0.0
