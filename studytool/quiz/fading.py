"""How much of its gloss a card still needs: the better it is known, the less."""

from typing import Literal

from studytool.quiz.schedule import REVIEW, Memory

Level = Literal["full", "words", "none"]  # the other language whole, its key words alone, nothing of it
WORDS_FROM = 21.0  # days of stability past which key words are enough
NONE_FROM = 90.0  # days of stability past which nothing is needed


def level(memory: Memory | None, fade: bool) -> Level:
    """What a card shows of its gloss. A lapse brings all of it back: at once in relearning, then as stability has fallen."""
    if not fade or memory is None or memory.state != REVIEW or memory.stability <= WORDS_FROM:
        return "full"
    return "words" if memory.stability <= NONE_FROM else "none"
