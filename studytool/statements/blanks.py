"""Which words of a statement are worth recalling where its wording forces none, for a human to look at.

At most one run, whole words, a number with its unit, never told elsewhere: a figure, the term that the claim opens with, what a
clause ends in, any word of weight.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool import chinese
from studytool.statements import frames
from studytool.statements.phrases import content, goes_with, heads, noun
from studytool.statements.weights import Weights

SHORTEST, LONGEST = 2, 12  # of a blank, in characters
COMMON = 1500  # times in the corpus behind the dictionary from which on a word alone is easily guessed
MOST = 0.4  # share of its statement that a blank may cover


class Blank(NamedTuple):
    """A run of a statement, in characters from its start, and how much it is worth."""

    start: int
    end: int
    score: float
    why: str


def best(text: str, weights: Weights, told: str) -> Blank | None:
    """The best blank of a statement, or None where none is worth proposing. `told` is what else stands on the front."""
    found = [blank for blank in _candidates(text, weights) if blank.score > 0 and not leaks(text, blank, told)]
    return max(found, key=lambda blank: (blank.score, -blank.start), default=None)


def _candidates(text: str, weights: Weights) -> Iterator[Blank]:
    words = chinese.words(text)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    figures = list(frames.FIGURE.finditer(text))
    for figure in figures:
        if len(figures) <= 2 and figure.start() in starts and figure.end() in starts:
            setting = text[figure.end() : figure.end() + 1] == "的"  # 上网满三年的村子: not what is claimed
            twice = any(
                other is not figure and other[0][-1:] == figure[0][-1:] == "年" for other in figures
            )  # one tells the other
            yield Blank(figure.start(), figure.end(), 0.3 if setting or twice else 1.15, "figure")
    yield from _subject(text, words, starts, weights)
    for stop in (
        *(found.start() for found in re.finditer("[，。；]", text)),
        len(text),
    ):  # what any clause ends in, for want of better
        if stop in starts and (last := starts.index(stop)) and noun(words[last - 1]):
            first = max(
                (starts.index(comma.end()) for comma in re.finditer("[，。；：]", text[:stop]) if comma.end() in starts),
                default=0,
            )
            for start, end in heads(words, starts, starts[max(first, last - 8)], stop, weights):
                yield _scored(text, start, end, 0.35, "clause", weights)
    for word, start in zip(words, starts, strict=False):
        if len(word) >= 2 and content(word):
            yield _scored(text, start, start + len(word), 0.3 if noun(word) else 0.1, "word", weights)


def _subject(text: str, words: list[str], starts: list[int], weights: Weights) -> Iterator[Blank]:
    """A term of the article that a statement opens with and says something of."""
    if not words or not noun(words[0]):
        return
    last = 0
    while last + 1 < len(words) and goes_with(words[last], words[last + 1], weights):
        last += 1
    phrase = "".join(words[: last + 1])
    if (
        frames.SAYS.match(text, starts[last + 1])
        and min((weights.counts[word] for word in words[: last + 1]), default=0) >= 2
        and len(phrase) >= 2
    ):
        yield _scored(text, 0, starts[last + 1], 0.5, "subject", weights)


def _scored(text: str, start: int, end: int, worth: float, why: str, weights: Weights) -> Blank:
    phrase = text[start:end]
    words = [word for word in chinese.words(phrase) if word.strip()]
    score = worth + 0.6 * max((weights.of(word) for word in words), default=0.0)
    if not SHORTEST <= len(phrase) <= LONGEST or len(phrase) > MOST * len(text):
        return Blank(start, end, 0.0, why)
    if all(word in frames.GENERIC for word in words):
        score -= 1.0
    elif words[-1] in frames.GENERIC:
        score -= 0.4
    if len(words) == 1 and chinese.frequency(words[0]) > COMMON:
        score -= 0.35  # 习惯, 立场: anybody's guess
    if len(words) > 1:
        score += 0.15  # two words that fit together are harder to guess
    return Blank(start, end, max(score, 0.01), why)


def leaks(text: str, blank: Blank, told: str) -> bool:
    """Whether a blank's text, or a long part of it, stands elsewhere on the front."""
    phrase = text[blank.start : blank.end]
    rest = text[: blank.start] + "□" + text[blank.end :]
    if chinese.folded(phrase) in chinese.folded(rest) or chinese.folded(phrase) in chinese.folded(told):
        return True
    size = len(phrase)
    if size >= 4:  # a long part of it tells the rest
        flat = chinese.folded(phrase)
        lead = "" if re.search(r"\d", phrase) else chinese.folded(told)  # 2028 is not told by 2025
        shown = f"{chinese.folded(rest)}□{lead}"
        least = max(3, round(0.6 * len(flat)))
        return any(flat[at : at + least] in shown for at in range(len(flat) - least + 1))
    return False
