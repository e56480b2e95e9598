"""Figures of an answer as values: 二〇二四 and 2024, 3.5亿 and 350 million become the same token."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studytool.numbers import Figure

MOST = 200  # characters; no answer that turns on a figure is longer
MARK = "#"  # begins the token of a figure
RANGE = f"{MARK}-"  # stands for whatever parts two figures: 到, to, 比, -
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_WORDS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|fifth|eighth|ninth|twelfth"
_EN = rf"\b(?:{_WORDS})|teen|ty(?:-|\b)|ties\b|hundred|thousand|illion"
_ANY = re.compile(rf"\d|[{_NUMERALS}]|{_EN}", re.IGNORECASE)
# A figure says a number in numerals: not 双, 其一 or "another", which the reader takes for 2 where it compares translations.
_ZH_FIGURE = re.compile(rf"\d|[{_NUMERALS}]")
_EN_FIGURE = re.compile(rf"\d|{_EN}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][\w.*+-]*\d|\d+[A-Za-z]{3,}")  # GPT-4
_BETWEEN = re.compile(r"\s*(?:到|至|或|比|对|[-~/:、–—]|to|or|vs\.?|and)\s*", re.IGNORECASE)


class Found(NamedTuple):
    """A figure of a text, or what parts two."""

    start: int  # characters
    end: int
    token: str


def figures(text: str) -> Iterator[list[Found]]:
    """The figures of a text (in NFKC) as Chinese reads them, then as English does; nothing where a reader finds none."""
    if len(text) > MOST or not _ANY.search(text):
        return
    # Here, since its patterns take 20 ms to compile and most answers hold no figure.
    from studytool import numbers

    for read, shape in ((numbers.in_chinese, _ZH_FIGURE), (numbers.in_english, _EN_FIGURE)):
        try:
            found = read(text)
        except (ValueError, ArithmeticError):  # digits without end, parts of nothing
            continue
        kept = [
            Found(figure.start + len(figure.text) - len(figure.text.lstrip()), figure.start + len(figure.text.rstrip()), token)
            for figure in found
            if shape.search(figure.text) and not _NAME.match(figure.text) and (token := _token(figure))
        ]
        if kept:
            yield list(_with_ranges(text, kept))


def _with_ranges(text: str, found: list[Found]) -> Iterator[Found]:
    last: Found | None = None
    for figure in found:
        if last and _BETWEEN.fullmatch(text, last.end, figure.start):
            yield Found(last.end, figure.start, RANGE)
        yield figure
        last = figure


def _token(figure: "Figure") -> str:
    """A figure's value as a token; "" where it has none of its own: 十几, 两三, the 十分 of 十分重要."""
    values = sorted(value for value in figure.readings if isinstance(value, Fraction))
    text = figure.text.strip().casefold()
    if not values:
        return MARK + "|".join(sorted(map(str, figure.readings))) if figure.readings else ""
    if figure.loose and (len(values) > 1 or (values[0] > 1 and len(text) > 1 and not text.isascii())):
        return ""
    if "年代" in text or re.search("(?:0|tie)s$", text):  # a decade, in two digits or four
        year = int((re.search(r"\d+", text) or [str(values[0])])[0])
        return f"{MARK}{year if year >= 100 else year + (1900 if year >= 30 else 2000)}s"
    value = values[0] if values[0] < 1 else values[-1]  # 三分之一 may be read as 3, two and a half as 2
    vague = "多" if re.search("[多余几]", text) else ""
    percent = 0 < value < 1 or re.search("%|percent|per cent|百分", text)
    return f"{MARK}{value * 100}%{vague}" if percent else f"{MARK}{value}{vague}"
