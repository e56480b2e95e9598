"""Figures as Chinese and English say them, read as values that can be compared.

A figure may be read in several ways (`third`: 3 or 1/3; 90 年代: 90 or 1990) and has its partner when one of them is among the
partner's. A loose figure (一, one, both, 两三) may be somebody's partner but needs none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

Reading = Fraction | str  # a value, or "~8" (hundreds of millions), "March", "Monday"


class Figure(NamedTuple):
    """What a text counts, measures or dates with."""

    readings: frozenset[Reading]
    loose: bool = False
    unit: Fraction = Fraction(1)  # "2 到 3 亿" means it for the 2 too
    text: str = ""
    start: int = 0
    end: int = 0


Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Figure | None]]


def lonely(mine: Iterable[Figure], theirs: Iterable[Figure]) -> list[str]:
    """The figures of one text without a partner in the other, as they stand."""
    partners = frozenset[Reading]().union(*(figure.readings for figure in theirs))
    return list(dict.fromkeys(figure.text.strip() for figure in mine if not figure.loose and not figure.readings & partners))


def read(text: str, rules: Sequence[Rule]) -> list[Figure]:
    """What each rule finds in what the rules before it left."""
    found = []
    for pattern, read in rules:
        for match in pattern.finditer(text):
            if figure := read(match):
                found.append(figure._replace(text=match[0], start=match.start(), end=match.end()))
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    return sorted(found, key=lambda figure: figure.start)


def joined(found: Sequence[Figure], text: str, between: re.Pattern[str]) -> list[Figure]:
    """Give the first figure of a range the unit of the second, and take 1 亿 5000 万 as one."""
    joined: list[Figure] = []
    for figure in reversed(found):
        if joined and joined[-1].unit != 1:
            after = joined[-1]
            gap = text[figure.end : after.start].strip(" $")
            if figure.unit == 1 and between.fullmatch(gap):
                scaled = {reading * after.unit for reading in figure.readings if isinstance(reading, Fraction)}
                figure = figure._replace(readings=figure.readings | scaled, unit=after.unit)
            elif not gap and figure.unit > after.unit > 1:
                total = sum(reading for part in (figure, after) for reading in part.readings if isinstance(reading, Fraction))
                figure = figure._replace(readings=values(total), text=text[figure.start : after.end], end=after.end)
                joined.pop()
        joined.append(figure)
    return joined[::-1]


def values(*numbers: float | Fraction) -> frozenset[Reading]:
    """These numbers as readings."""
    return frozenset(Fraction(number) for number in numbers)


def exact(value: float | Fraction, *also: Reading, unit: Fraction = Fraction(1)) -> Figure:
    """A figure of one value, which may `also` be read otherwise."""
    return Figure(values(value) | set(also), loose=value in (0, 1), unit=unit)


def loose(*numbers: float | Fraction) -> Figure:
    """A figure that needs no partner."""
    return Figure(values(*numbers), loose=True)


def about(value: Fraction | int) -> str:
    """The reading of an order of magnitude."""
    return f"~{len(str(int(value))) - 1}"


def decade(year: int) -> Figure:
    """1990s and 2020 年代 name their century, 90s and 90 年代 do not."""
    return Figure(values(year, year % 100) if year >= 1000 else values(year, *(year + century for century in (1800, 1900, 2000))))


def digits_of(match: re.Match[str]) -> Figure:
    """Of Latin words such as GPT-3.5, which are compared as words."""
    return loose(*map(Fraction, re.findall(r"\d+(?:\.\d+)?", match[0])))


MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SHORT = {"k": 10**3, "K": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "bn": 10**9, "tn": 10**12, "x": 1, "X": 1, "": 1}
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
