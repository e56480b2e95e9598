"""What two stores agree on: every review of either, taken back where either says so, and the later word on flags and texts.

A review is known by its card, its moment and its grade; where several are alike in all three, by which of them it is. So merging
is a union: the same whatever the order, and nothing the second time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from msgspec import Struct

from studytool.quiz.flags import Flag
from studytool.quiz.overrides import Overridden


class Line(Struct, frozen=True, gc=False, omit_defaults=True):
    """A line of the log."""

    card: str
    grade: int  # 1 to 4
    at: int  # seconds since 1970 UTC
    day: int  # the learner's study day, a proleptic ordinal
    took: int  # milliseconds from prompt to grade
    undone: int | None = None  # when it was taken back, in seconds since 1970 UTC
    ivl: int | None = None  # the wait that it gave, as in the log
    ms: int | None = None  # of a review made in Anki: its moment's milliseconds past `at`


class Kept(Struct, frozen=True):
    """All of a store that is worth carrying to another machine; reviews in the order of grading."""

    reviews: tuple[Line, ...]
    flags: Mapping[str, Flag] = {}
    overrides: Mapping[str, Overridden] = {}


class Merged(NamedTuple):
    """What a merge did."""

    reviews: int = 0  # that were read
    added: int = 0
    undone: int = 0  # known before, and now taken back
    flags: int = 0  # cards whose flags changed
    overrides: int = 0  # statements whose texts changed


Key = tuple[str, int, int, int]
Stamped = TypeVar("Stamped", Flag, Overridden)


def unknown(mine: Sequence[tuple[int, Line]], theirs: Sequence[Line]) -> tuple[list[Line], dict[int, Line]]:
    """What of a log is not in mine (by row): reviews to add, and those of mine to take back, each with their word on it."""
    rows = dict(zip(_keys(review for _, review in mine), mine, strict=True))
    added: list[Line] = []
    undone: dict[int, Line] = {}
    for key, review in zip(_keys(theirs), theirs, strict=True):
        if (known := rows.get(key)) is None:
            added.append(review)
        elif review.undone is not None and known[1].undone is None:
            undone[known[0]] = review
    return added, undone


def newer(mine: Mapping[str, Stamped], theirs: Mapping[str, Stamped]) -> dict[str, Stamped]:
    """What they changed later than I did. Where both changed in the same second, either is as good, but both choose the same."""
    return {
        name: value
        for name, value in theirs.items()
        if name not in mine or (value.at, repr(value)) > (mine[name].at, repr(mine[name]))
    }


def _keys(reviews: Iterable[Line]) -> Iterable[Key]:
    seen = Counter[tuple[str, int, int]]()
    for review in reviews:
        alike = (review.card, review.at, review.grade)
        seen[alike] += 1
        yield *alike, seen[alike]
