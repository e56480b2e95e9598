"""Blanks in a text, marked as Anki marks them: `{{c1::算力}}`. The only parser of these marks.

Anki reads `::` inside a blank as a hint and lets blanks nest; we allow neither, so that a text means the same here and there.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_MARK = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)


class Part(NamedTuple):
    """A run of text; `blank` is its number, 0 for text outside blanks."""

    text: str
    blank: int = 0


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Part, ...]:
    """Split a text into runs inside and outside blanks. Marks that are not whole stay text: `faults` names them."""
    parts: list[Part] = []
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            parts.append(Part(text[end : mark.start()]))
        parts.append(Part(mark[2], int(mark[1])))
        end = mark.end()
    if end < len(text):
        parts.append(Part(text[end:]))
    return tuple(parts)


def plain(text: str) -> str:
    """The text without its marks."""
    return _MARK.sub(r"\2", text)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of the blanks, ascending, each once."""
    return tuple(sorted({int(mark[1]) for mark in _MARK.finditer(text)}))


def blank(text: str, number: int) -> str:
    """What the blank of that number hides; several runs are joined with a space."""
    return " ".join(part.text for part in parse(text) if part.blank == number)


def hide(text: str, number: int, gap: str) -> str:
    """The text with one blank replaced by `gap` and the others shown."""
    return "".join(gap if part.blank == number else part.text for part in parse(text))


def faults(text: str) -> list[str]:
    """What is wrong with the marks of a text, in words; empty when all is well (rule L60)."""
    found = []
    for part in parse(text):
        if part.blank == 0:
            if "{{" in part.text or "}}" in part.text:
                found.append("a cloze mark is not closed or not opened")
        elif "{{" in part.text:
            found.append("a blank stands inside another")
        elif "::" in part.text:
            found.append("`::` inside a blank")
        elif not part.text.strip():
            found.append("an empty blank")
    seen = numbers(text)
    if seen and seen != tuple(range(1, len(seen) + 1)):
        found.append("blanks are not numbered 1, 2, …")
    return list(dict.fromkeys(found))
