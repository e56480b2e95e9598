"""Words and scripts of Chinese. The only door to jieba and OpenCC, loaded at first use and never on the way to a card."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

HAN = r"\u3400-\u9fff\uf900-\ufaff"
_NOT_HAN = re.compile(f"[^{HAN}]")

# Words that carry grammar and no claim: a blank or an answer of nothing else is worthless (rule L32).
FUNCTION_WORDS = frozenset(
    """的 地 得 了 着 过 是 在 和 与 及 或 而 且 但 也 都 就 才 又 还 再 很 更 最 太 非常 把 被 让 使 给 对 对于 关于 从 向 往
    到 于 以 为 因 因为 所以 如果 虽然 但是 然而 而且 并且 或者 以及 不 没 没有 无 未 别 会 能 可 可以 将 要 应 应该 必须 这 那 此
    该 其 他 她 它 我 你 您 我们 你们 他们 它们 自己 什么 谁 哪 怎么 多少 几 个 种 些 上 下 里 中 外 之 所 者 吗 呢 吧 啊 一 一个
    有 用 由 则 即 等 只 只是 就是 不是 已 已经 正在 仍 仍然 当 时""".split()
)
ENGLISH_FUNCTION_WORDS = frozenset(
    """a an the of to in on at by for from with as and or but if then so than that this these those it its he she they we you i
    his her their our your my is are was were be been being has have had do does did will would can could may might must shall
    should not no nor very more most too also only just about into over under up down out off again there here what who which
    when where why how""".split()
)


def hanzi(text: str) -> str:
    """The Chinese characters of a text, nothing else."""
    return _NOT_HAN.sub("", text)


def words(text: str) -> list[str]:
    """Cut a text into words, punctuation included, nothing lost."""
    return list(_jieba().cut(text, HMM=False))


def is_word(text: str) -> bool:
    """Whether the dictionary knows this as a word of its own."""
    return bool(_jieba().FREQ.get(text))


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text as it is compared: simplified, half width, lower case, without blanks and punctuation."""
    flat = _opencc().convert(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(char for char in flat if unicodedata.category(char)[0] in "LNS" or char == "%")


def bigrams(text: str) -> frozenset[str]:
    """All runs of two characters of the folded text."""
    flat = folded(text)
    return frozenset(flat[at : at + 2] for at in range(len(flat) - 1))


@cache
def _jieba() -> Any:
    import logging

    import jieba
    import platformdirs

    jieba.setLogLevel(logging.WARNING)
    # Its default is the shared temp folder, from which it would unmarshal what anyone put there.
    folder = platformdirs.user_cache_path("studytool", ensure_exists=True)
    jieba.dt.tmp_dir = str(Path(folder))
    jieba.initialize()
    return jieba.dt


@cache
def _opencc() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
