"""Which words of a statement are worth recalling: at most one run, whole words, a number with its unit, never told elsewhere.

A blank is good where the frame around it forces the answer for who knows the claim: after 是 in a claim that says what something
is, the second half of a contrast, a figure. Where there is no such place, no card is better than a poor one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool import chinese
from studytool.statements import cues, frames
from studytool.statements.weights import Weights

LEAST = 0.9  # score of a blank that is worth a card
_DOUBT = {"clause": 0.2, "word": 9.0}  # what blanks must score more that no frame asks for
SHORTEST, LONGEST = 2, 12  # of a blank, in characters
COMMON = 1500  # times in the corpus behind the dictionary from which on a word alone is easily guessed
EVERYDAY = 3000  # likewise, for words that stand together
MOST_CONTRAST = 0.5  # likewise, of what a contrast puts forward
MOST = 0.4  # share of its statement that a blank may cover


class Blank(NamedTuple):
    """A run of a statement, in characters from its start, and how much it is worth."""

    start: int
    end: int
    score: float
    why: str


def best(text: str, weights: Weights, told: str, least: float | None = None) -> Blank | None:
    """The best blank of a statement, or None where none is worth a card. `told` is what else stands on the front; where `least`
    is given, only a blank is taken that the claim itself puts forward and that scores that much, else the best there is."""
    found = [blank for blank in _candidates(text, weights) if blank.score > 0 and not _leaks(text, blank, told)]
    if least is not None:
        found = [blank for blank in found if blank.score >= least + _DOUBT.get(blank.why, 0.0) and _firm(text, blank, told)]
        if cues.NOT_BUT.search(text):  # what is put forward is what stands behind 而是
            found = [blank for blank in found if blank.why in ("contrast", "rather")]
    return max(found, key=lambda blank: (blank.score, -blank.start), default=None)


def common(blank: Blank, text: str) -> bool:
    """Whether a blank holds nothing but everyday words in a place that does not force it: 重大风险, 强硬的立场."""
    if blank.why not in ("effect", "clause", "definition"):
        return False
    words = [word for word in chinese.words(text[blank.start : blank.end]) if _content(word)]
    return all(chinese.frequency(word) > EVERYDAY for word in words)


def _firm(text: str, blank: Blank, told: str) -> bool:
    """Whether a blank is whole, and no part of it stands elsewhere on the front."""
    phrase, before, after = text[blank.start : blank.end], text[: blank.start], text[blank.end :]
    if frames.CUT_BEFORE.search(before) or frames.CUT_AFTER.match(after) or frames.DENIED.search(before):
        return False  # half of a pair, a range or a number
    if blank.why == "figure":
        if frames.HORIZON.match(phrase + after) and not frames.QUANTITY.search(before + after):
            return False  # 五年后: a round horizon and nothing measured in it
        if frames.YEAR.search(phrase) and not cues.FORECAST.search(text):
            return False  # when something happened is the setting of a claim, when it will is the claim
        year, shown = re.search(r"(?:19|20)\d\d", phrase), re.search(r"(?:19|20)\d\d", told)
        if year and shown and abs(int(year[0]) - int(shown[0])) <= 1:
            return False
    rest = chinese.folded(f"{before}□{after} {told}")
    flat = chinese.hanzi(phrase)
    return not any(flat[at : at + 2] in rest for at in range(len(flat) - 1))


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
    for why, worth, frame in frames.FRAMES:
        for hit in frame.finditer(text):
            for start, end in _heads(words, starts, *hit.span("new"), weights, why != "effect"):
                yield _scored(text, start, end, worth, why, weights)
            if why in ("contrast", "rather") and hit.start("new") in starts:  # what is put in its place, whole: 而是不再练习判断
                yield _scored(text, *hit.span("new"), worth - 0.35, why, weights)
    yield from _subject(text, words, starts, weights)
    for stop in (
        *(found.start() for found in re.finditer("[，。；]", text)),
        len(text),
    ):  # what any clause ends in, for want of better
        if stop in starts and (last := starts.index(stop)) and _noun(words[last - 1]):
            first = max(
                (starts.index(comma.end()) for comma in re.finditer("[，。；：]", text[:stop]) if comma.end() in starts),
                default=0,
            )
            for start, end in _heads(words, starts, starts[max(first, last - 8)], stop, weights):
                yield _scored(text, start, end, 0.35, "clause", weights)
    for word, start in zip(words, starts, strict=False):
        if len(word) >= 2 and _content(word):
            yield _scored(text, start, start + len(word), 0.3 if _noun(word) else 0.1, "word", weights)


def _heads(
    words: list[str], starts: list[int], begin: int, finish: int, weights: Weights, verbal: bool = False
) -> Iterator[tuple[int, int]]:
    """The noun phrases that a clause ends in, from `begin` on: the head with its nouns, and all of it where it is short.

    `verbal` allows a verb right before the noun where both are all there is: 是贬值资产.
    """
    if begin not in starts or finish not in starts:
        return
    first, last = starts.index(begin), starts.index(finish) - 1
    if last < first or not _noun(words[last]) or not _content(words[last]):
        return
    chain = last
    while chain > first and (
        _goes_with(words[chain - 1], words[chain], weights)
        or (chain == last and len(words[last]) == 1 and _content(words[chain - 1]))  # 修理 队
    ):
        chain -= 1
    while chain < last and len(words[chain]) == 1:  # 这 条 规矩, 一个 人 收费
        chain += 1
    yield starts[chain], finish
    if verbal and chain == last == first + 1 and len(words[first]) == 2 and len(words[last]) == 2 and _content(words[first]):
        yield begin, finish
    of = chain - 1
    if of > first and words[of] == "的" and _content(words[of - 1]) and (of - 1 == first or not _binds(words[of - 2])):
        yield starts[of - 1], finish  # an attribute of one word: 积极的复合效应


def _subject(text: str, words: list[str], starts: list[int], weights: Weights) -> Iterator[Blank]:
    """A term of the article that a statement opens with and says something of."""
    if not words or not _noun(words[0]):
        return
    last = 0
    while last + 1 < len(words) and _goes_with(words[last], words[last + 1], weights):
        last += 1
    phrase = "".join(words[: last + 1])
    if frames.TOPMOST.match(
        text, starts[last + 1]
    ):  # 速度是最大的敌人: what is the greatest is asked for, not of what kind it is
        yield _scored(text, 0, starts[last + 1], 1.1, "superlative", weights)
        return
    if (
        frames.SAYS.match(text, starts[last + 1])
        and min((weights.counts[word] for word in words[: last + 1]), default=0) >= 2
        and len(phrase) >= 2
    ):
        yield _scored(text, 0, starts[last + 1], 0.5, "subject", weights)


def _goes_with(word: str, noun: str, weights: Weights) -> bool:
    """Whether a word belongs to the noun behind it: a noun or attribute itself, or often beside it here."""
    return _content(word) and (_noun(word) or chinese.is_attribute(word) or weights.pairs[word, noun] >= 2)


def _binds(word: str) -> bool:
    """Whether a word and the attribute behind it are one: 不 寻常 的, 最 廉价 的, 令人 难忘 的."""
    return _content(word) or word in (
        "不",
        "最",
        "更",
        "很",
        "非常",
        "未",
        "无",
        "没有",
        "没",
        "比",
        "非",
        "所",
        "被",
        "可",
        "令",
        "让",
    )


def _noun(word: str) -> bool:
    return (
        chinese.is_noun(word)
        or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9.*+-]*", word))
        or (len(word) >= 2 and not chinese.frequency(word) and word.isalnum())
    )


def _content(word: str) -> bool:
    return bool(frames.WORD.fullmatch(word)) and word not in chinese.FUNCTION_WORDS and word not in frames.NO_CONTENT


def _scored(text: str, start: int, end: int, worth: float, why: str, weights: Weights) -> Blank:
    phrase = text[start:end]
    words = [word for word in chinese.words(phrase) if word.strip()]
    score = worth + 0.6 * max((weights.of(word) for word in words), default=0.0)
    if not SHORTEST <= len(phrase) <= LONGEST or len(phrase) > (MOST_CONTRAST if why in ("contrast", "rather") else MOST) * len(
        text
    ):
        return Blank(start, end, 0.0, why)
    if all(word in frames.GENERIC for word in words):
        score -= 1.0
    elif words[-1] in frames.GENERIC:
        score -= 0.4
    if len(words) == 1 and why not in ("contrast", "superlative") and chinese.frequency(words[0]) > COMMON:
        score -= 0.35  # 习惯, 立场: anybody's guess
    if len(words) > 1:
        score += 0.15  # two words that fit together are harder to guess
    return Blank(start, end, max(score, 0.01), why)


def _leaks(text: str, blank: Blank, told: str) -> bool:
    phrase = text[blank.start : blank.end]
    rest = text[: blank.start] + "□" + text[blank.end :]
    if chinese.folded(phrase) in chinese.folded(rest) or chinese.folded(phrase) in chinese.folded(told):
        return True
    size = len(phrase)
    if size >= 4:  # a long part of it tells the rest
        flat, shown = chinese.folded(phrase), chinese.folded(rest)
        least = max(3, round(0.6 * len(flat)))
        return any(flat[at : at + least] in shown for at in range(len(flat) - least + 1))
    return False
