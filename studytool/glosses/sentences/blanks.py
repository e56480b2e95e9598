"""The blank of a Chinese sentence, looked for in its English: found, it is blank there too; else the English stays folded."""

import re
from collections.abc import Callable

from studytool import cloze
from studytool.cards.lint import numbers

_ARTICLES = re.compile(r"^(?:an?|the|some|to)\s+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'’.-]*[A-Za-z0-9])?")
STEM = 4  # letters that two forms of one word share at least


def marked(zh: str, en: str, term: Callable[[str], str]) -> str:
    """English with the blanks of the Chinese marked in it; unchanged where one of them is not found exactly once.

    `term` gives the English of a blank by itself, "" where it is not known.
    """
    spans: list[tuple[int, int, int]] = []
    for number in cloze.numbers(zh):
        found = _find(cloze.blank(zh, number), en, term)
        if not found or any(found[0] < end and start < found[1] for start, end, _ in spans):
            return en
        spans.append((*found, number))
    for start, end, number in sorted(spans, reverse=True):
        en = f"{en[:start]}{{{{c{number}::{en[start:end]}}}}}{en[end:]}"
    return en


def _find(blank: str, en: str, term: Callable[[str], str]) -> tuple[int, int] | None:
    for wanted in (blank if blank.isascii() else "", _ARTICLES.sub("", term(blank).strip(" .。"))):
        if wanted and (found := _words(wanted, en)):
            return found
    mine = numbers.in_chinese(blank)
    figures = [figure for figure in numbers.in_english(en) if any(figure.readings & one.readings for one in mine)]
    return (figures[0].start, figures[0].end) if len(mine) == len(figures) == 1 else None


def _words(wanted: str, en: str) -> tuple[int, int] | None:
    """Where a phrase stands, its words in their order, in any form that begins alike; None where not exactly once."""
    asked = [word.casefold() for word in _WORD.findall(wanted)]
    there = list(_WORD.finditer(en))
    hits = [
        (there[at].start(), there[at + len(asked) - 1].end())
        for at in range(len(there) - len(asked) + 1)
        if all(_alike(word, there[at + nth][0].casefold()) for nth, word in enumerate(asked))
    ]
    return hits[0] if asked and len(hits) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: equal, or with a beginning in common that is nearly all of the shorter one."""
    if one == other:
        return True
    least = max(STEM, min(len(one), len(other)) - 2)
    return one[:least] == other[:least] and abs(len(one) - len(other)) <= 3 and min(len(one), len(other)) >= STEM
