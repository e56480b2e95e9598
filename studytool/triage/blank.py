"""A statement's blank on its way from word to word."""

import unicodedata
from itertools import pairwise
from typing import NamedTuple

from studytool import chinese, cloze


class Blank(NamedTuple):
    """A statement cut into words, and the run of words that its one blank hides."""

    words: tuple[str, ...]
    first: int
    end: int  # the word behind the run

    @property
    def zh(self) -> str:
        """The statement with its blank marked."""
        before, run, after = self.parts
        return f"{before}{{{{c1::{run}}}}}{after}"

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before the blank, in it and after it."""
        words = self.words
        return "".join(words[: self.first]), "".join(words[self.first : self.end]), "".join(words[self.end :])

    def stepped(self, by: int) -> "Blank":
        """On the next word worth recalling, or on the one before; as it is where there is none."""
        if by > 0:
            at = next((at for at in range(self.end, len(self.words)) if _weighs(self.words[at])), None)
        else:
            at = next((at for at in reversed(range(self.first)) if _weighs(self.words[at])), None)
        return self if at is None else self._replace(first=at, end=at + 1)

    def widened(self, by: int) -> "Blank":
        """A word longer or, for less than 0, shorter; as it is before a mark, at the end, or where one word is left."""
        end = self.end
        if by > 0:
            while end < len(self.words) and self.words[end].isspace():
                end += 1
            return self if end == len(self.words) or _is_mark(self.words[end]) else self._replace(end=end + 1)
        end -= 1
        while end > self.first and self.words[end - 1].isspace():
            end -= 1
        return self._replace(end=end) if end > self.first else self


def movable(zh: str) -> Blank | None:
    """The blank of a marked statement, ready to move; None where there is not exactly one."""
    parts = cloze.parse(zh)
    if cloze.faults(zh) or sum(part.blank > 0 for part in parts) != 1:
        return None
    nth = next(at for at, part in enumerate(parts) if part.blank)
    start = sum(len(part.text) for part in parts[:nth])
    end = start + len(parts[nth].text)
    words: list[str] = []
    at = first = last = 0
    for word in chinese.words(cloze.plain(zh)):
        # A blank that was set by hand may begin or end inside a word.
        cuts = [0, *(cut - at for cut in (start, end) if at < cut < at + len(word)), len(word)]
        for a, b in pairwise(cuts):
            if at + a == start:
                first = len(words)
            words.append(word[a:b])
            if at + b == end:
                last = len(words)
        at += len(word)
    return Blank(tuple(words), first, last)


def _weighs(word: str) -> bool:
    """Whether a word is worth recalling at all: 而是 is not, since 而 and 是 are not."""
    grammar = all(part in chinese.FUNCTION_WORDS for part in word) or word in chinese.FUNCTION_WORDS
    return not grammar and word.casefold() not in chinese.ENGLISH_FUNCTION_WORDS and any(char.isalnum() for char in word)


def _is_mark(word: str) -> bool:
    return all(unicodedata.category(char)[0] == "P" for char in word)
