"""Words, sentences and scripts of Chinese. The only door to jieba (rjieba where installed, extra `fast`) and OpenCC, loaded at
first use and never on the way to a card."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.files import cache_folder, write_together

if TYPE_CHECKING:
    import mmap

HAN = r"\u3400-\u9fff\uf900-\ufaff"
A_SENTENCE = 200  # characters up to which a text may be cut more than once
_RUN = re.compile(r"[A-Za-z0-9+#&._%-]+$")
_SENTENCE_END = re.compile(r"(?>[。！？!?…]+[”’」』）)】》]*)(?![，、；：])|\n+")
_NO_LETTER = re.compile(r"[\W_]")  # what is no letter and no number
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
    """Cut a text into words, punctuation included, nothing lost; a run such as `GPT-4` or `3.5` is one word."""
    return list(_cut_again(text) if len(text) < A_SENTENCE else _cut(text))


def _cut(text: str) -> tuple[str, ...]:
    cut: list[str] = []
    run: list[str] = []  # jieba parts such runs, rjieba does not: joined, both give the same words
    for word in _cutter()(text):
        if word.isascii() and _RUN.match(word):
            run.append(word)
            continue
        if run:
            cut.append("".join(run))
            run = []
        cut.append(word)
    if run:
        cut.append("".join(run))
    return tuple(cut)


_cut_again = lru_cache(maxsize=4096)(_cut)  # a sentence is looked at from many sides


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand, in characters from its start. Closing quotes stay with their sentence."""
    found, start = [], 0
    for end in (*(stop.end() for stop in _SENTENCE_END.finditer(text)), len(text)):
        one = text[start:end]
        if bare := one.strip():
            first = start + len(one) - len(one.lstrip())
            found.append((first, first + len(bare)))
        start = end
    return found


def frequency(word: str) -> int:
    """How often the dictionary's corpus of 60 million words holds a word; 0 for one that it does not know."""
    return _entry(word)[0]


def is_word(text: str) -> bool:
    """Whether the dictionary knows this as a word of its own."""
    return frequency(text) > 0


def is_noun(word: str) -> bool:
    """Whether the dictionary tags a word first of all as a noun, or as a verb or adjective used like one."""
    return _entry(word)[1] in _NOUNS


def is_thing(word: str) -> bool:
    """Whether the dictionary tags a word first of all as a noun: no place or person, and no verb used like one."""
    return _entry(word)[1] in ("n", "nz")


def is_person(word: str) -> bool:
    """Whether the dictionary tags a word first of all as somebody's name."""
    return _entry(word)[1].startswith("nr")


def is_attribute(word: str) -> bool:
    """Whether the dictionary tags a word first of all as an adjective, or as what only stands before a noun."""
    return _entry(word)[1] in _ATTRIBUTES


def simplified(text: str) -> str:
    """A text in simplified characters; those that are already, and all that is not Chinese, stay."""
    converted: str = _opencc().convert(text)
    return converted


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text as it is compared: simplified, half width, lower case, without blanks and punctuation."""
    flat = simplified(unicodedata.normalize("NFKC", text)).casefold()
    return _NO_LETTER.sub(_symbol, flat)


def _symbol(found: re.Match[str]) -> str:
    return found[0] if found[0] == "%" or unicodedata.category(found[0])[0] == "S" else ""


def bigrams(text: str) -> frozenset[str]:
    """All runs of two characters of the folded text."""
    flat = folded(text)
    return frozenset(flat[at : at + 2] for at in range(len(flat) - 1))


@cache
def _jieba() -> Any:
    import logging
    import marshal

    import jieba

    kept = cache_folder() / f"jieba-{jieba.__version__}.cache"

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
        """Reads what jieba keeps of its dictionary at once, not piece by piece, which takes three times as long."""

        def initialize(self, dictionary: str | None = None) -> None:
            try:
                self.FREQ, self.total = marshal.loads(kept.read_bytes())
                self.initialized = True
            except (OSError, ValueError, TypeError, EOFError):
                super().initialize(dictionary)  # which makes it

    jieba.setLogLevel(logging.WARNING)
    tokenizer = Tokenizer()
    # Its default is the shared temp folder, from which it would unmarshal what anyone put there.
    tokenizer.tmp_dir, tokenizer.cache_file = str(kept.parent), kept.name
    tokenizer.initialize()
    return tokenizer


@cache
def _cutter() -> Callable[[str], Iterable[str]]:
    try:
        import rjieba
    except ImportError:
        dictionary = _jieba()
        return lambda text: dictionary.cut(text, HMM=False)
    return lambda text: rjieba.cut(text, False)


_NOUNS = frozenset({"n", "nz", "nt", "ns", "nrt", "vn", "an", "j"})
_ATTRIBUTES = frozenset({"a", "ad", "b", "z"})


@lru_cache(maxsize=65536)
def _entry(word: str) -> tuple[int, str]:
    """A word's frequency and tag, looked up in the sorted dictionary: loading all of it takes longer than reading an article."""
    lines = _dictionary()
    key = word.encode() + b" "
    low, high = 0, len(lines)
    while low < high:  # by bytes, each step brought to the start of a line
        middle = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        if middle < low:
            middle = low
        end = lines.find(b"\n", middle)
        if lines[middle : middle + len(key)] < key:
            low = end + 1
        else:
            high = middle
    line = lines[low : lines.find(b"\n", low)].decode() if low < len(lines) else ""
    if not line.startswith(f"{word} "):
        return 0, ""
    _, count, tag = line.rsplit(" ", 2)
    return int(count), tag


@cache
def _dictionary() -> "mmap.mmap | bytes":
    """jieba's dictionary sorted by words, as a file in our cache."""
    import importlib.util
    import mmap
    from importlib.metadata import version

    kept = cache_folder() / f"words-1-{version('jieba')}.txt"
    if not kept.is_file() or kept.stat().st_size < 1_000_000:
        found = importlib.util.find_spec("jieba")
        assert found  # a dependency
        assert found.submodule_search_locations
        raw = (Path(found.submodule_search_locations[0]) / "dict.txt").read_bytes()
        lines = sorted(set(raw.splitlines()), key=lambda line: line.split(b" ", 1)[0] + b" ")
        write_together({kept: b"\n".join(lines) + b"\n"})
    with kept.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _opencc() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
