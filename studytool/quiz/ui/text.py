"""Text as a terminal shows it: wrapped by cells, the Chinese way, and never parsed as markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

_LETTER = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"  # those of pinyin and of European names among them
# A Latin word or number with what clings to it, a run of spaces, or one other character.
_UNIT = re.compile(rf"[{_LETTER}0-9$€£#@&*+\-_.,'’/:%]+|\s+|.", re.DOTALL)
_WORD_END, _WORD_START = re.compile(f"[{_LETTER}0-9]"), re.compile(f"[{_LETTER}0-9']")  # an apostrophe parts syllables
_NOT_FIRST = "，。、；：？！）》」』”’】〉］…—·％%.,;:?!)]}"  # may not begin a line
_NOT_LAST = "（《「『“‘【〈［([{$"  # may not end one


class Span(NamedTuple):
    """A run of text in one style (the name of a style, "" for none)."""

    text: str
    style: str = ""


BREAK = Span("\n")  # ends a line


def in_lines(text: str, style: str) -> Iterator[Span]:
    """A text as spans, its line breaks kept."""
    for nth, line in enumerate(text.split("\n")):
        if nth:
            yield BREAK
        if line:
            yield Span(line, style)


def tidy(text: str) -> str:
    """Text without the one character on whose width terminals disagree, and on one line."""
    return text.replace("\ufe0f", "").replace("\n", " ")


class Clump(NamedTuple):
    """Units that must stand on one line."""

    units: list[Span]
    cells: int
    kind: str  # "text", "space" or "break"


def wrap(spans: Iterable[Span], width: int) -> list[list[Span]]:
    """Break runs of text into lines of at most `width` cells: between hanzi anywhere, between Latin words at spaces,
    never before a closing or after an opening mark."""
    return _filled(_clumps(spans), width)


def _filled(clumps: Iterable[Clump], width: int) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    used = 0
    for units, cells, kind in clumps:
        if kind == "break":
            lines.append([])
            used = 0
            continue
        if used and used + cells > width:
            while lines[-1] and lines[-1][-1].text.isspace():
                lines[-1].pop()
            lines.append([])
            used = 0
        if kind == "space" and not used:
            continue
        if cells <= width:
            lines[-1] += units
            used += cells
            continue
        for char in (Span(char, whole.style) for whole in units for char in whole.text):
            size = cell_len(char.text)
            if used and used + size > width:
                lines.append([])
                used = 0
            lines[-1].append(char)
            used += size
    return lines


def _clumps(spans: Iterable[Span]) -> list[Clump]:
    """The text in the pieces between which a line may end."""
    clumps: list[Clump] = []
    for span in spans:
        if span is BREAK:
            clumps.append(Clump([], 0, "break"))
            continue
        for text in _UNIT.findall(tidy(span.text)):
            unit, cells = Span(text, span.style), _cells(text)
            if text.isspace():
                clumps.append(Clump([unit], cells, "space"))
            elif clumps and clumps[-1].kind == "text" and _cling(clumps[-1].units[-1].text[-1], text[0]):
                clumps[-1].units.append(unit)
                clumps[-1] = clumps[-1]._replace(cells=clumps[-1].cells + cells)
            else:
                clumps.append(Clump([unit], cells, "text"))
    return clumps


_cells = lru_cache(8192)(cell_len)  # of a unit: a text has few that differ


@lru_cache(8192)
def _cling(before: str, after: str) -> bool:
    """Whether no line may end between two characters: at a mark, or where a change of style split a Latin word."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return True
    return bool(_WORD_END.match(before) and _WORD_START.match(after))


def balanced(spans: Iterable[Span], width: int) -> list[list[Span]]:
    """Wrapped text whose lines are about equally long, for text that stands centred; what a BREAK parts, each for itself."""
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        if span is BREAK:
            paragraphs.append([])
        else:
            paragraphs[-1].append(span)
    return [line for paragraph in paragraphs for line in _balanced(paragraph, width)]


def _balanced(spans: Sequence[Span], width: int) -> list[list[Span]]:
    clumps = _clumps(spans)
    lines = _filled(clumps, width)
    low, high = width // 2 if len(lines) > 1 else width, width
    while low < high:  # the narrowest that takes no line more
        middle = (low + high) // 2
        narrower = _filled(clumps, middle)
        if len(narrower) > len(lines):
            low = middle + 1
        else:
            high, lines = middle, narrower
    return lines


@lru_cache(64)  # a widget is measured and drawn, and both may be asked for more than once
def content(spans: tuple[Span, ...], width: int) -> Content:
    """Wrapped text ready to show."""
    lines = [Content.assemble(*((span.text, span.style) for span in line)) for line in balanced(spans, width)]
    return Content("\n").join(lines)


def duration(seconds: int) -> str:
    """An interval as a learner reads it: 50s, 10m, 3h, 12d, 5mo, 2.3y."""
    minutes, days = seconds / 60, seconds / 86_400
    if minutes < 1:
        return f"{max(1, seconds)}s"
    if minutes < 60:
        return f"{minutes:.0f}m"
    if days < 1:
        return f"{minutes / 60:.0f}h"
    if days < 31:
        return f"{days:.0f}d"
    return f"{days / 30.44:.0f}mo" if days < 365 else f"{days / 365.25:.1f}y"
