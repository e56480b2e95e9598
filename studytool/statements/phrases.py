"""The noun phrases that a clause ends in: what a blank may hide whole."""

import re
from collections.abc import Iterator

from studytool import chinese
from studytool.statements import frames
from studytool.statements.weights import Weights

TERM = 1000  # times in the corpus behind the dictionary below which a verb is the name of something
_BINDING = frozenset("不 最 更 很 非常 未 无 没有 没 比 非 所 被 可 令 让".split())
_AND = frozenset("和 与 及 以及 或 、".split())


def heads(words: list[str], starts: list[int], begin: int, finish: int, weights: Weights) -> Iterator[tuple[int, int]]:
    """The noun phrases that a clause ends in, from `begin` on: the head with its nouns, and with an attribute of one word."""
    if begin not in starts or finish not in starts:
        return
    first, last = starts.index(begin), starts.index(finish) - 1
    if last < first or not noun(words[last]) or not content(words[last]):
        return
    chain = last
    while chain > first and (
        goes_with(words[chain - 1], words[chain], weights)
        or (chain == last and len(words[last]) == 1 and content(words[chain - 1]))  # 修理 队
    ):
        chain -= 1
    while chain < last and len(words[chain]) == 1:  # 这 条 规矩, 一个 人 收费
        chain += 1
    if chain - 2 >= first and words[chain - 1] in _AND and noun(words[chain - 2]) and content(words[chain - 2]):
        chain -= 2  # half of a pair is no answer: 安全性和对齐问题
        while chain > first and goes_with(words[chain - 1], words[chain], weights):
            chain -= 1
        yield starts[chain], finish
        return
    yield starts[chain], finish
    of = chain - 1
    if (
        of > first
        and words[of] == "的"
        and len(words[of - 1]) > 1
        and content(words[of - 1])
        and (of - 1 == first or not _binds(words[of - 2]))
    ):
        yield starts[of - 1], finish  # an attribute of one word: 积极的复合效应


def goes_with(word: str, head: str, weights: Weights) -> bool:
    """Whether a word belongs to the noun behind it: a noun or attribute itself, or often beside it here."""
    return content(word) and (noun(word) or chinese.is_attribute(word) or weights.pairs[word, head] >= 2)


def _binds(word: str) -> bool:
    """Whether a word and the attribute behind it are one: 不 寻常 的, 最 廉价 的, 令人 难忘 的."""
    return content(word) or word in _BINDING


def noun(word: str) -> bool:
    """Whether a word is a noun, a Latin name, or too new for the dictionary."""
    return (
        chinese.is_noun(word)
        or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9.*+-]*", word))
        or (len(word) >= 2 and not chinese.frequency(word) and word.isalnum())
    )


def content(word: str) -> bool:
    """Whether a word carries meaning of its own."""
    return bool(frames.WORD.fullmatch(word)) and word not in chinese.FUNCTION_WORDS and word not in frames.NO_CONTENT


def names(word: str) -> bool:
    """Whether a word names something: not anything, and not only a part in something (出路, 瓶颈)."""
    term = noun(word) or (len(word) == 2 and chinese.frequency(word) < TERM)  # 推理, 仿真, 蒸馏: verbs in the dictionary
    return term and content(word) and word not in frames.NAMELESS and not frames.HINGED.search(word) and len(word) > 1
