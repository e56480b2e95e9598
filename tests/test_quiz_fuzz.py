from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.deal import Deal
from studytool.quiz import schedule
from studytool.quiz.fuzz import MAX_INTERVAL, bounds, chosen, share
from studytool.quiz.schedule import EASY, GOOD, Rules

TODAY = 739_000


@pytest.mark.parametrize(
    ("days", "least", "low", "high"),
    [
        (1.0, 1, 1, 1),
        (2.49, 1, 2, 2),
        (2.5, 1, 2, 4),
        (7.0, 1, 5, 9),
        (17.0, 1, 14, 20),
        (37.0, 1, 33, 41),
        (2.0, 3, 3, 4),
        (100.0, 101, 101, 108),
        (36_499.0, 1, 34_672, 36_500),
        (50_000.0, 40_000, 36_500, 36_500),
    ],
)
def test_ranges_are_those_of_anki_s_own_tests(days: float, least: int, low: int, high: int) -> None:
    assert bounds(days, least) == (low, high)


days = st.floats(0, 60_000)
leasts = st.integers(1, 50_000)


@given(
    days,
    leasts,
    st.floats(0, 1, exclude_max=True),
    st.none() | st.dictionaries(st.integers(TODAY, TODAY + 99), st.integers(0, 9)),
)
def test_what_is_chosen_lies_within_the_bounds(exact: float, least: int, drawn: float, load: dict[int, int] | None) -> None:
    low, high = bounds(exact, least)
    assert 1 <= low <= chosen(exact, least, drawn, TODAY, load) <= high <= MAX_INTERVAL
    assert low >= min(least, MAX_INTERVAL)


def test_the_emptiest_day_is_taken_then_the_nearest_then_the_earlier() -> None:
    low, high = bounds(10.0, 1)
    full = dict.fromkeys(range(TODAY + low, TODAY + high + 1), 5)
    assert chosen(10.0, 1, 0.9, TODAY, full) == 10
    assert chosen(10.0, 1, 0.9, TODAY, full | {TODAY + high: 4}) == high
    assert chosen(10.0, 1, 0.9, TODAY, full | {TODAY + high + 1: 0}) == 10, "a day out of range is none"
    assert chosen(10.0, 1, 0.9, TODAY, full | {TODAY + 8: 4, TODAY + 12: 4}) == 8
    assert chosen(10.0, 1, 0.9, TODAY, {}) == 10


def test_far_days_are_drawn_not_balanced() -> None:
    low, high = bounds(200.0, 1)
    empty_at_the_end = dict.fromkeys(range(TODAY + low, TODAY + high), 5)
    assert chosen(200.0, 1, 0.0, TODAY, empty_at_the_end) == low


def test_a_card_draws_the_same_until_it_is_reviewed_and_cards_draw_evenly() -> None:
    assert share("d:s/0/c1", 3) == share("d:s/0/c1", 3) != share("d:s/0/c1", 4)
    tenths = Counter(int(share(f"d:s/claim-{nth}/c1", nth % 5) * 10) for nth in range(5000))
    assert set(tenths) == set(range(10))
    assert max(tenths.values()) < 1.25 * 500
    assert min(tenths.values()) > 0.75 * 500


def test_cards_learned_together_come_back_spread_and_each_as_promised() -> None:
    load: Counter[int] = Counter()
    balanced, drawn = Rules(Deal(), (), load), Rules(Deal(balance=False))
    known = schedule.review(schedule.review(None, EASY, 0, TODAY - 20), GOOD, 0, TODAY - 12)
    for nth in range(60):
        after = schedule.review(known, GOOD, 0, TODAY, balanced, f"d:s/{nth}/c1")
        load[after.due_day] += 1
    assert max(load.values()) - min(load.values()) <= 1
    assert len(load) == len(range(*bounds(schedule.days(known, GOOD, TODAY, balanced), 1))) + 1
    alone = {schedule.review(known, GOOD, 0, TODAY, drawn, f"d:s/{nth}/c1").due_day for nth in range(60)}
    assert len(alone) > 4
