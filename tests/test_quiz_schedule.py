from hypothesis import given
from hypothesis import strategies as st

from studytool.quiz import schedule
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD, LEARNING, RELEARNING, REVIEW, Memory

DAY = 739_000
AT = 1_700_000_000


def after(*grades: int) -> Memory:
    """The memory of a card that was graded so, all within one day."""
    memory = None
    for grade in grades:
        memory = schedule.review(memory, grade, AT, DAY)  # type: ignore[arg-type]
    assert memory is not None
    return memory


def test_a_new_card_goes_through_its_learning_steps() -> None:
    assert (after(AGAIN).state, after(AGAIN).due_at - AT) == (LEARNING, 60)
    assert (after(HARD).state, after(HARD).due_at - AT) == (LEARNING, 330)
    assert (after(GOOD).state, after(GOOD).due_at - AT) == (LEARNING, 600)
    learned = after(GOOD, GOOD)
    assert (learned.state, learned.due_at) == (REVIEW, 0)
    assert learned.due_day > DAY


def test_easy_skips_the_steps_and_waits_longest() -> None:
    assert after(EASY).state == REVIEW
    assert after(EASY).due_day > after(GOOD, GOOD).due_day


def test_a_lapse_is_counted_and_relearned() -> None:
    learned = after(EASY)
    lapsed = schedule.review(learned, AGAIN, AT, learned.due_day)
    assert (lapsed.state, lapsed.lapses, lapsed.due_at - AT) == (RELEARNING, 1, 600)
    assert lapsed.stability < learned.stability
    assert schedule.review(lapsed, GOOD, AT, learned.due_day).state == REVIEW
    assert after(AGAIN, AGAIN).lapses == 0, "failing a card that was never learned is no lapse"


def test_an_evening_and_the_next_morning_count_as_a_day_apart() -> None:
    learned = after(GOOD, GOOD)
    evening = schedule.review(learned, GOOD, AT, DAY)
    morning = schedule.review(learned, GOOD, AT + 9 * 3600, DAY + 1)
    assert morning.stability > evening.stability


def test_retrievability_falls_to_the_wanted_share_on_the_due_day() -> None:
    learned = after(EASY)
    assert schedule.retrievability(learned, learned.last_day) == 1
    assert abs(schedule.retrievability(learned, learned.due_day) - 0.9) < 0.01


def test_a_higher_wanted_retention_brings_cards_back_sooner() -> None:
    assert schedule.review(None, EASY, AT, DAY, 0.95).due_day < schedule.review(None, EASY, AT, DAY, 0.8).due_day


grades = st.sampled_from(schedule.GRADES)


@given(st.lists(st.tuples(grades, st.integers(-3, 400)), min_size=1, max_size=30))
def test_any_history_gives_a_card_that_is_due_some_day_after_its_review(history: list[tuple[schedule.Grade, int]]) -> None:
    memory, day, at = None, DAY, AT
    for grade, wait in history:  # a clock may be set back
        day, at = day + wait, at + wait * 86_400
        before = memory
        memory = schedule.review(memory, grade, at, day)
        assert memory.reps == (before.reps if before else 0) + 1
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert memory.due_at > at if memory.state != REVIEW else memory.due_day > day
        assert schedule.interval(memory, at, day) > 0
        assert 0 <= schedule.retrievability(memory, day) <= 1


@given(st.lists(grades, min_size=1, max_size=12))
def test_it_is_a_pure_function(given_grades: list[schedule.Grade]) -> None:
    assert after(*given_grades) == after(*given_grades)
