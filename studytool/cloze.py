"""Blanks in a text, marked as Anki marks them: `{{c1::算力}}`. The only parser of these marks.

Anki reads `::` inside a blank as a hint and lets blanks nest; we allow neither, so that a text means the same here and there.
"""

import re
from collections.abc import Callable, Collection
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
    pieces = _MARK.split(text)  # text, number, blank, text, number, blank, …, text
    parts = [Part(pieces[0])]
    for at in range(1, len(pieces), 3):
        parts += (Part(pieces[at + 1], int(pieces[at])), Part(pieces[at + 2]))
    return tuple(part for part in parts if part.text or part.blank)


def plain(text: str) -> str:
    """The text without its marks."""
    pieces = _MARK.split(text)
    del pieces[1::3]
    return "".join(pieces)


def changed(text: str, change: Callable[[str], str]) -> str:
    """The text with its marks kept and each run inside and outside blanks changed."""
    pieces = _MARK.split(text)
    whole = change(pieces[0])
    for at in range(1, len(pieces), 3):
        whole += f"{{{{c{pieces[at]}::{change(pieces[at + 1])}}}}}{change(pieces[at + 2])}"
    return whole


def only(text: str, kept: Collection[int]) -> str:
    """The text with the marks of some blanks, and those of all others taken off."""
    return _MARK.sub(lambda mark: mark[0] if int(mark[1]) in kept else mark[2], text)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of the blanks, ascending, each once."""
    return tuple(sorted({int(mark[1]) for mark in _MARK.finditer(text)}))


def any_blank(text: str) -> bool:
    """Whether a text has a blank at all."""
    return bool(_MARK.search(text))


def blank(text: str, number: int) -> str:
    """What the blank of that number hides; several runs are joined with a space."""
    return " ".join(part.text for part in parse(text) if part.blank == number)


def spans(text: str, number: int) -> list[tuple[int, int]]:
    """Where a blank stands in the plain text: start and end of each of its runs, in characters."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in parse(text):
        if part.blank == number:
            found.append((at, at + len(part.text)))
        at += len(part.text)
    return found


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
