"""Names, terms and words of grammar with their English: ours (names.toml), and before it the user's own glossary.toml.

They go before the dictionary, in which 奥特曼 is Ultraman; and a term of theirs is one word however a segmenter would cut it.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from msgspec import Struct

from studytool import toml_lines
from studytool.errors import FaultsError, StudytoolError, Where
from studytool.files import read_text
from studytool.words import is_hanzi

LONGEST = 40  # characters of English
_GRAMMAR = "grammar"
_EXAMPLE = 'write "对齐" = "alignment", or "对齐" = { en = "alignment", pinyin = "duì qí" }'


class Term(Struct, frozen=True):
    """A word of a glossary in one reading."""

    senses: tuple[str, ...]
    pinyin: str = ""  # "": as a dictionary or the sentence reads it
    plain: bool = False  # a word of grammar


class Glossary(Struct, frozen=True):
    """Terms by word, each with its readings, the usual one first."""

    terms: dict[str, tuple[Term, ...]]
    longest: int  # characters

    def within(self, words: Iterable[str]) -> list[str]:
        """Words with those joined that make a term: the longest first, and only where it begins and ends with a word."""
        cut = list(words)
        joined: list[str] = []
        at = 0
        while at < len(cut):
            run, best = "", at
            for end in range(at, len(cut)):
                run += cut[end]
                if len(run) > self.longest:
                    break
                if end > at and run in self.terms:
                    best = end
            joined.append("".join(cut[at : best + 1]))
            at = best + 1
        return joined


@cache
def ours() -> Glossary:
    """The glossary that comes with the tool."""
    path = Path(str(files("studytool.glosses.words") / "names.toml"))
    return Glossary(*_read(path))


def glossary(own: Path) -> Glossary:
    """Our glossary with the user's own before it, where that file is there. Raises FaultsError with its faulty lines."""
    if not own.is_file():
        return ours()
    terms, longest = _read(own)
    return Glossary(ours().terms | terms, max(longest, ours().longest))


def _read(path: Path) -> tuple[dict[str, tuple[Term, ...]], int]:
    text = read_text(path, "a glossary")
    terms: dict[str, tuple[Term, ...]] = {}
    faults: list[StudytoolError] = []
    for key, value in toml_lines.parse(text, path).items():
        entry = not isinstance(value, dict) or "en" in value or any(map(is_hanzi, key))
        table = {key: value} if entry else value
        for word, told in table.items():
            found, fault = _terms(word, told, key == _GRAMMAR)
            if fault:
                line = toml_lines.locate(text).of("" if entry else key, 0, word)
                faults.append(StudytoolError(f"{word}: {fault}", Where(str(path), line), _EXAMPLE))
            terms[word] = found
    if faults:
        raise FaultsError(faults)
    return terms, max(map(len, terms), default=0)


def _terms(word: str, told: Any, plain: bool) -> tuple[tuple[Term, ...], str]:
    """The readings of a word, or what is wrong with them."""
    found = []
    for one in told if isinstance(told, list) else [told]:
        given = {"en": one} if isinstance(one, str) else one
        if not isinstance(given, dict) or not set(given) <= {"en", "pinyin"}:
            return (), "is neither English nor a table of en and pinyin"
        english, pinyin = given.get("en", ""), given.get("pinyin", "")
        if not isinstance(english, str) or not english.strip() or not isinstance(pinyin, str):
            return (), "has no English"
        if len(english) > LONGEST:
            return (), f"its English is longer than {LONGEST} characters"
        if pinyin and len(pinyin.split()) != sum(map(is_hanzi, word)):
            return (), "its pinyin has not one syllable a character, parted by blanks"
        senses = tuple(sense.strip() for sense in re.split(r";\s*", english) if sense.strip())
        found.append(Term(senses, " ".join(pinyin.split()), plain))
    return tuple(found), "" if found else "is empty"
