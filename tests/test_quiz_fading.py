import pytest
from msgspec.structs import replace

from studytool.quiz import schedule
from studytool.quiz.fading import NONE_FROM, WORDS_FROM, level
from studytool.quiz.schedule import AGAIN, EASY, GOOD, LEARNING, RELEARNING, REVIEW, Memory

DAY, AT = 739_000, 1_700_000_000


def known(stability: float, state: int = REVIEW) -> Memory:
    return replace(schedule.review(None, EASY, AT, DAY), stability=stability, state=state)


@pytest.mark.parametrize(
    ("stability", "wanted"),
    [(0.5, "full"), (WORDS_FROM, "full"), (21.1, "words"), (NONE_FROM, "words"), (90.1, "none"), (4000.0, "none")],
)
def test_the_better_a_card_is_known_the_less_of_its_gloss_it_shows(stability: float, wanted: str) -> None:
    assert level(known(stability), fade=True) == wanted
    assert level(known(stability), fade=False) == "full", "unless nobody asked for that"


def test_a_card_never_seen_or_in_its_steps_shows_all() -> None:
    assert level(None, fade=True) == "full"
    assert level(known(200.0, LEARNING), fade=True) == "full"
    assert level(known(200.0, RELEARNING), fade=True) == "full"


def test_a_lapse_brings_the_gloss_back() -> None:
    memory, day = schedule.review(None, EASY, AT, DAY), DAY
    while level(memory, fade=True) != "none":
        day = memory.due_day
        memory = schedule.review(memory, EASY, AT, day)
    lapsed = schedule.review(memory, AGAIN, AT, memory.due_day)
    assert level(lapsed, fade=True) == "full"
    learned_again = schedule.review(lapsed, GOOD, AT + 600, lapsed.last_day)
    assert learned_again.state == REVIEW
    assert level(learned_again, fade=True) == "full", "its stability has fallen"
