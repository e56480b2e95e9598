import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from studytool.quiz.day import study_day

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")


def at(zone: ZoneInfo, *when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=zone).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("when", "day"),
    [((2024, 3, 19, 23, 59), 19), ((2024, 3, 20, 0, 1), 19), ((2024, 3, 20, 3, 59), 19), ((2024, 3, 20, 4, 0), 20)],
)
def test_a_day_ends_at_four_in_the_morning_where_the_learner_is(when: tuple[int, ...], day: int) -> None:
    assert study_day(at(SHANGHAI, *when), 4, SHANGHAI) == dt.date(2024, 3, day).toordinal()


def test_an_evening_and_the_next_morning_are_two_days() -> None:
    evening, morning = at(SHANGHAI, 2024, 3, 19, 22), at(SHANGHAI, 2024, 3, 20, 7)
    assert study_day(morning, 4, SHANGHAI) - study_day(evening, 4, SHANGHAI) == 1


@pytest.mark.parametrize("date", [(2024, 3, 10), (2024, 11, 3)], ids=["an hour is lost", "an hour is won"])
def test_a_change_of_summer_time_moves_no_boundary(date: tuple[int, int, int]) -> None:
    before, after = at(NEW_YORK, *date, 3, 59), at(NEW_YORK, *date, 4, 0)
    assert study_day(after, 4, NEW_YORK) - study_day(before, 4, NEW_YORK) == 1
