"""The blank of a Chinese sentence, looked for in its English: found, it is blank there too; else the English stays folded.

Asked in turn, the surest first: the blank itself where it is Latin, its figure, what glossary and dictionary make of its words,
and at last what the translator makes of the blank alone, which is a request more.
"""

import re
from collections.abc import Callable, Sequence
from itertools import islice, product

from studytool import chinese, cloze, numbers
from studytool.chinese import ENGLISH_FUNCTION_WORDS
from studytool.glosses.words.senses import stems

Span = tuple[int, int]  # characters of the English
Senses = Callable[[str], Sequence[Sequence[str]]]  # of the words of a Chinese term: a list of senses each

_ARTICLES = re.compile(r"^(?:an?|the|some|to)\s+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'’.-]*[A-Za-z0-9])?")
STEM = 4  # letters that two forms of one word share at least
MOST_PLACES = 64  # combinations of places that are looked at


def marked(zh: str, en: str, senses: Senses, term: Callable[[str], str]) -> str:
    """English with the blanks of the Chinese marked in it; unchanged where one of them is not found exactly once.

    `senses` gives what glossary and dictionary say of the words of a blank; `term` the English of a blank by itself, "" where it
    is not known.
    """
    spans: list[tuple[int, int, int]] = []
    for number in cloze.numbers(zh):
        found = _find(cloze.blank(zh, number), en, senses, term)
        if not found or any(found[0] < end and start < found[1] for start, end, _ in spans):
            return en
        spans.append((*found, number))
    for start, end, number in sorted(spans, reverse=True):
        en = f"{en[:start]}{{{{c{number}::{en[start:end]}}}}}{en[end:]}"
    return en


def _find(blank: str, en: str, senses: Senses, term: Callable[[str], str]) -> Span | None:
    if blank.isascii() and (found := _phrase(blank, en)):
        return found
    mine = numbers.in_chinese(blank, chinese.words)
    if mine:
        figures = [figure for figure in numbers.in_english(en) if any(figure.readings & one.readings for one in mine)]
        return (figures[0].start, figures[0].end) if len(mine) == len(figures) == 1 else _phrase(_bare(term(blank)), en)
    words = senses(blank)
    if len(words) == 1:
        places = {found for sense in words[0] if (found := _phrase(_bare(sense), en))}
        if len(places) == 1:
            return places.pop()
    elif words and (found := _together(words, en)):
        return found
    return _phrase(_bare(term(blank)), en)


def _bare(english: str) -> str:
    return _ARTICLES.sub("", english.strip(" .。"))


def _phrase(wanted: str, en: str) -> Span | None:
    """Where a phrase stands, its words in their order, in any form that begins alike; None where not exactly once."""
    asked = [word.casefold() for word in _WORD.findall(wanted)]
    if not asked:
        return None
    there = list(_WORD.finditer(en))
    hits = [
        (there[at].start(), there[at + len(asked) - 1].end())
        for at in range(len(there) - len(asked) + 1)
        if all(_alike(word, there[at + nth][0].casefold()) for nth, word in enumerate(asked))
    ]
    return hits[0] if len(hits) == 1 else None


def _together(words: Sequence[Sequence[str]], en: str) -> Span | None:
    """Where the words of a term stand side by side, in any order, with nothing but small words between them."""
    there = list(_WORD.finditer(en))
    content = [bool(stems(match[0])) for match in there]
    places = [[at for at, match in enumerate(there) if any(stems(match[0]) & stems(sense) for sense in its)] for its in words]
    if not all(places) or any(not its for its in words):
        return None
    found = set()
    for chosen in islice(product(*places), MOST_PLACES):
        first, last = min(chosen), max(chosen)
        if len(set(chosen)) == len(chosen) and sum(content[first : last + 1]) == len(chosen):
            found.add((there[first].start(), there[last].end()))
    return found.pop() if len(found) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: equal, or with a beginning in common that is nearly all of the shorter one."""
    if one == other:
        return True
    if one in ENGLISH_FUNCTION_WORDS or other in ENGLISH_FUNCTION_WORDS:
        return False
    if stems(one) & stems(other):
        return True
    least = max(STEM, min(len(one), len(other)) - 2)
    return one[:least] == other[:least] and abs(len(one) - len(other)) <= 3 and min(len(one), len(other)) >= STEM
