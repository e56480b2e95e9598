import datetime as dt

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.deal import Deal
from studytool.quiz import schedule
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD, LEARNING, RELEARNING, REVIEW, Memory, Rules

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
    high, low = (Rules(Deal(retention=retention, fuzz=False)) for retention in (0.95, 0.8))
    assert schedule.review(None, EASY, AT, DAY, high).due_day < schedule.review(None, EASY, AT, DAY, low).due_day


def test_steps_are_as_set_and_none_means_days_or_hours_at_once() -> None:
    rules = Rules(Deal(learning_steps=(2, 5, 30), relearning_steps=(), fuzz=False))
    memory, waits = None, []
    for grade in (HARD, GOOD, HARD, GOOD, GOOD):
        memory = schedule.review(memory, grade, AT, DAY, rules)
        waits.append(schedule.waited(memory, AT))
    assert waits == [-210, -300, -300, -1800, 1]
    assert memory is not None
    lapsed = schedule.review(memory, AGAIN, AT, memory.due_day, rules)
    assert (lapsed.state, lapsed.lapses) == (RELEARNING, 1), "half a day or less is told in seconds, steps or none"
    assert 0 < lapsed.due_at - AT < 43_200
    well = schedule.review(after(EASY, EASY, EASY), AGAIN, AT, DAY + 200, rules)
    assert (well.state, well.lapses) == (REVIEW, 1)


def test_hard_waits_less_long_than_good_and_good_less_long_than_easy() -> None:
    learned = after(GOOD, GOOD)
    soon = [schedule.review(learned, grade, AT, DAY).due_day - DAY for grade in (HARD, GOOD, EASY)]
    assert soon == [2, 3, 4]


def test_steps_that_were_cut_short_meanwhile_end_at_once() -> None:
    third = after(GOOD)
    shorter = Rules(Deal(learning_steps=(3,), fuzz=False))
    assert schedule.review(third, GOOD, AT, DAY, shorter).state == REVIEW
    assert schedule.waited(schedule.review(third, HARD, AT, DAY, shorter), AT) == -270


def test_fitted_parameters_are_used() -> None:
    usual = fsrs.Scheduler().parameters
    quick = (*usual[:3], 20.0, *usual[4:])
    assert schedule.waited(schedule.review(None, EASY, AT, DAY, Rules(Deal(fuzz=False), quick)), AT) == 20


def test_the_forgetting_curve_is_that_of_py_fsrs() -> None:
    memory = after(EASY)
    card = fsrs.Card(card_id=0, stability=memory.stability, last_review=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    for days in (0, 1, 8, 99):
        theirs = fsrs.Scheduler().get_card_retrievability(card, card.last_review + dt.timedelta(days))
        assert schedule.retrievability(memory, DAY + days) == pytest.approx(theirs, abs=1e-12)
    steeper = (*fsrs.Scheduler().parameters[:20], 0.5)
    theirs = fsrs.Scheduler(steeper).get_card_retrievability(card, card.last_review + dt.timedelta(30))
    assert schedule.retrievability(memory, DAY + 30, steeper) == pytest.approx(theirs, abs=1e-12)


grades = st.sampled_from(schedule.GRADES)


deals = st.builds(
    Deal,
    retention=st.floats(0.7, 0.99),
    learning_steps=st.lists(st.sampled_from((1, 10, 60)), max_size=3).map(tuple),
    relearning_steps=st.lists(st.sampled_from((1, 10)), max_size=2).map(tuple),
    fuzz=st.booleans(),
    balance=st.booleans(),
)
loads = st.none() | st.dictionaries(st.integers(DAY, DAY + 60), st.integers(0, 50))


@given(st.lists(st.tuples(grades, st.integers(-3, 400)), min_size=1, max_size=30), deals, loads)
def test_any_history_gives_a_card_that_is_due_some_day_after_its_review(
    history: list[tuple[schedule.Grade, int]], deal: Deal, load: dict[int, int] | None
) -> None:
    memory, day, at = None, DAY, AT
    rules = Rules(deal, (), load)
    for grade, wait in history:  # a clock may be set back
        day, at = day + wait, at + wait * 86_400
        before = memory
        memory = schedule.review(memory, grade, at, day, rules, "d:s/0/c1")
        assert memory.reps == (before.reps if before else 0) + 1
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert memory.due_at > at if memory.state != REVIEW else memory.due_day > day
        assert schedule.interval(memory, at, day) > 0
        assert 0 <= schedule.retrievability(memory, day) <= 1
        assert memory == schedule.replay(before, grade, at, day, schedule.waited(memory, at)), "the log alone tells it"
        hard, good, easy = (schedule.wait(before, each, day, rules, "d:s/0/c1") for each in (HARD, GOOD, EASY))
        assert good < easy or easy == 36_500
        if before and before.state == REVIEW:
            assert hard < good or good == 36_500
        elif hard > 0:
            assert hard <= good


@given(st.lists(grades, min_size=1, max_size=12))
def test_it_is_a_pure_function(given_grades: list[schedule.Grade]) -> None:
    assert after(*given_grades) == after(*given_grades)
