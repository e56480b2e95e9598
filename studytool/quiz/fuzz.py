"""Intervals that vary a little: what was learned together does not stay together for ever, and no day gets too much.

The ranges are Anki's, from `rslib/src/scheduler/states/fuzz.rs` (github.com/ankitects/anki, read in 2026): an interval below
2.5 days stays; any other may move by one day, plus 15% of its days from 2.5 to 7, 10% of those from 7 to 20, and 5% of those
beyond. Balancing moves within the same range, as `load_balancer.rs` does, and like it only up to 90 days ahead; Anki draws
among the days at random, the emptier the likelier, where we take the emptiest.

All is a function of what is handed in. The same card at the same number of reviews gives the same day: what a button promises
is what it does.
"""

from collections.abc import Mapping
from zlib import crc32

MAX_INTERVAL = 36_500  # days
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))  # from, to (days), share
_BALANCED = 90  # days; what is due later than that meets a calendar that is still empty


def rounded(days: float) -> int:
    """Days to the nearest whole one, halves up, as Anki rounds."""
    return int(days + 0.5)


def bounds(days: float, least: int) -> tuple[int, int]:
    """The fewest and the most whole days that an interval of `days` may become, at least `least`."""
    least = min(least, MAX_INTERVAL)
    days = min(max(days, least), MAX_INTERVAL)
    spread = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _RANGES) if days >= 2.5 else 0.0
    low = min(max(rounded(days - spread), least), MAX_INTERVAL)
    high = min(max(rounded(days + spread), least), MAX_INTERVAL)
    if low == high and 2 < high < MAX_INTERVAL:
        high += 1
    return low, high


def share(card: str, reps: int) -> float:
    """A number from 0 up to 1 that belongs to a card after `reps` reviews."""
    return crc32(f"{card} {reps}".encode()) / 2**32


def chosen(days: float, least: int, drawn: float, today: int, load: Mapping[int, int] | None) -> int:
    """The whole days that an interval of `days` becomes.

    `drawn` is the card's `share`. Where there is a `load` (the number of cards due by study day) the day within range that has
    the fewest is taken; among equals the one nearest to `days`, then the earlier.
    """
    low, high = bounds(days, least)
    if load is None or max(days, least) > _BALANCED:
        return low + int(drawn * (high - low + 1))
    return min(range(low, high + 1), key=lambda wait: (load.get(today + wait, 0), abs(wait - days), wait))
