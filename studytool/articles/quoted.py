"""Where the quotations of a paragraph stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.chinese import hanzi

LONG = 15  # hanzi from which on a quotation is more than a word that the author sets off
_MARK = re.compile('[“”「」"]')
_OPENING, _CLOSING = "“「", "”」"
STOPS = "。！？!?…；—"


class Quotation(NamedTuple):
    """A quotation of a paragraph: from its opening mark to behind its closing one, in characters."""

    start: int
    end: int
    closed: bool = True


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a paragraph in order; the last one may run on into the next paragraph."""
    found: list[Quotation] = []
    straight = text.count('"') % 2 == 0 and "“" not in text and "「" not in text
    open_at, inside, depth = -1, "", 0
    for mark in _MARK.finditer(text):
        char, at = mark[0], mark.start()
        if char == '"':
            if straight and depth == 0:
                open_at, inside, depth = at, char, 1
            elif straight:
                found.append(Quotation(open_at, at + 1))
                depth = 0
        elif not depth and char in _OPENING:
            open_at, inside, depth = at, char, 1
        elif depth and char == inside:
            depth += 1
        elif depth and char in _CLOSING and _CLOSING.index(char) == _OPENING.index(inside):
            depth -= 1
            if not depth:
                found.append(Quotation(open_at, at + 1))
    if depth == 1 and open_at == 0:
        found.append(Quotation(open_at, len(text), closed=False))
    return found


def size_of(text: str, one: Quotation) -> int:
    """How many hanzi a quotation holds."""
    return len(hanzi(text[one.start : one.end]))


def narration_of(text: str, spans: Sequence[Quotation]) -> str:
    """A paragraph with its quotations blanked, so that places stay what they are."""
    pieces, at = [], 0
    for one in spans:
        pieces += [text[at : one.start], "“", " " * (one.end - one.start - 2), "”"]
        at = one.end
    return "".join((*pieces, text[at:]))
