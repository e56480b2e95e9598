"""Study days in a row, and a year of them week by week."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct


class Streak(Struct, frozen=True):
    """Study days without a gap."""

    current: int  # up to today, or to yesterday while today may still be studied
    longest: int
    days: int  # days studied at all


def streak(days: Collection[int], day: int) -> Streak:
    """The streaks of the study days on which something was reviewed, as seen on a study day. Later ones do not count."""
    studied = sorted({one for one in days if one <= day})
    runs = [1] if studied else []
    for before, after in pairwise(studied):
        if after == before + 1:
            runs[-1] += 1
        else:
            runs.append(1)
    return Streak(runs[-1] if studied and studied[-1] >= day - 1 else 0, max(runs, default=0), len(studied))


def weeks(counts: Mapping[int, int], day: int, number: int = 53) -> list[list[int | None]]:
    """The last weeks before and with a study day, oldest first, each from Monday to Sunday; None for days to come."""
    monday = day - (day - 1) % 7  # day 1 of the proleptic calendar was a Monday
    starts = range(monday - 7 * (number - 1), monday + 1, 7)
    return [[counts.get(one, 0) if one <= day else None for one in range(start, start + 7)] for start in starts]


def months_line(day: int, number: int = 53, cell: int = 1) -> str:
    """A line above those weeks, each `cell` characters wide: the numbers of months over the weeks in which they begin."""
    monday = day - (day - 1) % 7
    line = ""
    for place, start in enumerate(range(monday - 7 * (number - 1), monday + 1, 7)):
        days = (dt.date.fromordinal(one) for one in range(start, start + 7))
        begun = next((one.month for one in days if one.day == 1), None)
        if begun:
            line = f"{line:<{place * cell}}{begun}"
    return line


def levels(counts: Sequence[int]) -> tuple[int, int, int]:
    """Where shades 2, 3 and 4 of the heat map begin: at a quarter, a half and three quarters of the busy days' counts.

    The busy days' measure is the 95th percentile, so that one day of cramming does not make all others pale.
    """
    busy = sorted(count for count in counts if count)
    top = busy[(len(busy) - 1) * 95 // 100] if busy else 0
    return max(2, -(-top // 4)), max(3, -(-top // 2)), max(4, -(-top * 3 // 4))


def shade(count: int, bounds: tuple[int, int, int]) -> int:
    """0 for no review, else 1 to 4."""
    return 0 if not count else 1 + sum(count >= bound for bound in bounds)
