"""The words of a text with their places in it, as the deck's word table gives them. What Anki and the quiz need, and no more:
cutting texts into words is done long before, by `glosses`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from studytool.model import Word

HSK = "HSK 3.0 (2025)"  # the list that levels are of: the examination syllabus published in November 2025
CREDIT = "Word glosses: CC-CEDICT, mdbg.net, CC BY-SA 4.0, and our own."
NO_TONE = 5  # the neutral tone
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_FLAT = str.maketrans("，。、；：？！（）《》", ",.,;:?!()“”")  # marks as pinyin is written with
_CLOSING = "”’」』】〉］…,.;:?!)]}%％"
_OPENING = "“‘「『【〈［([{"
_DOT = "·"  # parts the names of a foreigner
_RUN = re.compile(r"[!-~]+|\S")


class Token(NamedTuple):
    """A run of a text: a word, or what stands between words."""

    start: int  # characters from the text's start
    end: int
    word: Word | None = None


def table(raw: msgspec.Raw) -> tuple[Word, ...]:
    """A deck's word table, decoded. Raises msgspec.DecodeError where it is none."""
    return msgspec.json.decode(raw, type=tuple[Word, ...])


def located(text: str, words: Iterable[Word]) -> list[Token]:
    """The words of a text where they stand, in their order, and the runs between them; nothing of the text is lost."""
    tokens: list[Token] = []
    at = 0
    for word in words:
        start = find(text, word.text, at)
        if start < 0:
            continue  # of another text
        if start > at:
            tokens.append(Token(at, start))
        at = start + len(word.text)
        tokens.append(Token(start, at, word))
    if at < len(text):
        tokens.append(Token(at, len(text)))
    return tokens


def syllables(word: Word) -> list[str]:
    """One syllable a character of the word; "" for a character that has none, such as a Latin letter."""
    read = iter(word.pinyin.split(" "))
    return [next(read, "") if is_hanzi(char) else "" for char in word.text]


class Piece(NamedTuple):
    """A run of pinyin: a syllable with its tone, or what stands between words (tone 0)."""

    text: str
    tone: int = 0


def spelled(text: str, words: Sequence[Word], hidden: Sequence[tuple[int, int]] = (), gap: str = "") -> list[Piece]:
    """A text's pinyin: words apart, the syllables of a word together, marks and Latin letters as they stand.

    In place of what lies in the spans `hidden` (characters) stands `gap`.
    """
    found: list[Piece] = []
    last = -1  # the hidden span told last
    for at, piece, joined in _pieces(text, words):
        span = next((nth for nth, (start, end) in enumerate(hidden) if start <= at < end), -1)
        if span >= 0:
            if span == last:
                continue
            piece, joined = Piece(gap), False
        elif last >= 0:
            piece, joined = Piece(piece.text.lstrip("'"), piece.tone), False
        last = span
        before = found[-1].text[-1:] if found else " "
        if not joined and before not in _OPENING and piece.text[0] not in _CLOSING and not before.isspace():
            found.append(Piece(" "))
        found.append(piece)
    return found


def _pieces(text: str, words: Sequence[Word]) -> Iterator[tuple[int, Piece, bool]]:
    """Each piece with its place in the text, and whether it belongs to the one before."""
    for token in located(text, words):
        read = syllables(token.word) if token.word else []
        if not any(read):
            for run in _RUN.finditer(text, token.start, token.end):
                yield run.start(), Piece(run[0].translate(_FLAT)), False
            continue
        joined = False
        for at, syllable in enumerate(read, token.start):
            if syllable:
                yield at, Piece(_apart(syllable) if joined else syllable, tone_of(syllable)), joined
            elif text[at] != _DOT:
                yield at, Piece(text[at]), joined
            joined = text[at] != _DOT


def tone_of(syllable: str) -> int:
    """The tone of a syllable, 1 to 4, or NO_TONE."""
    for mark in unicodedata.normalize("NFD", syllable):
        if mark in _TONES:
            return _TONES[mark]
    return NO_TONE


@lru_cache(maxsize=4096)
def toneless(pinyin: str) -> str:
    """Pinyin in lower case without its tone marks, and ü as v, as it is typed; syllables stay apart."""
    parts = unicodedata.normalize("NFD", pinyin.lower()).replace("u\u0308", "v")
    return "".join(char for char in parts if char == " " or char.isalnum())


def is_hanzi(char: str) -> bool:
    """Whether a character is Chinese."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _apart(syllable: str) -> str:
    """A syllable that is not its word's first: an apostrophe parts it from the one before where it begins with a vowel."""
    return f"'{syllable}" if unicodedata.normalize("NFD", syllable)[0].lower() in "aeo" else syllable


def find(text: str, word: str, at: int = 0) -> int:
    """Where a word stands next, from a character on, -1 for nowhere; one of Latin letters not within a longer one."""
    while (start := text.find(word, at)) >= 0:
        end = start + len(word)
        ahead = start > at and word[0].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
        after = end < len(text) and word[-1].isascii() and text[end].isascii() and text[end].isalnum()
        if not (ahead or after):
            return start
        at = start + 1
    return -1
