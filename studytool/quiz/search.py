"""Finding claims as one types: by their Chinese, their English, or their pinyin without tones.

A learner types and looks at once, so a key may cost some milliseconds: texts are flattened beforehand, and a query is a scan for
each of its words. Pinyin is matched from the start of a syllable, however the syllables are written: `bianzhi zichan`,
`bianzhizichan`, `bian zhi`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

from studytool.model import Word
from studytool.words import is_hanzi, located, syllables, toneless

Spans = list[tuple[int, int]]  # start and end in characters
_LATIN, _OTHER = re.compile("[a-z0-9]+"), re.compile("[^a-z0-9]+")
_PINYIN = re.compile("[a-z']*[a-z][a-z']*")
_MOST = 32  # words of a query; more would only be a text that was pasted
_WAYS = 8  # of reading letters as pinyin
_LONGEST = 6  # letters of a syllable


class _Flat(dict[int, str]):
    """Each character as it is compared, found when it is first met: half width, lower case, no accent, always one character."""

    def __missing__(self, code: int) -> str:
        wide = unicodedata.normalize("NFKC", chr(code)).lower()
        plain = unicodedata.normalize("NFD", wide)[:1] if len(wide) == 1 else wide
        self[code] = flat = plain if len(plain) == 1 else chr(code)
        return flat


_FLAT = _Flat({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})


def flat(text: str) -> str:
    """A text as it is compared, each character in its place."""
    return text.lower() if text.isascii() else text.translate(_FLAT)


class Index:
    """The texts of claims, each `zh`, `en` and `sounds` (toneless pinyin, syllables apart), made ready for queries."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        self._written: list[str] = []  # Chinese, line break, English; all flat
        self._latin: list[str] = []  # the Latin words of that, each after a blank
        self._spoken: list[str] = []  # the pinyin, each syllable with a capital
        self._syllables: set[str] = set()
        for zh, en, sounds in texts:
            written = f"{flat(zh)}\n{flat(en)}"
            self._written.append(written)
            self._latin.append(_OTHER.sub(" ", f" {written}"))
            self._spoken.append(sounds.title().replace(" ", ""))
            self._syllables.update(sounds.split())

    def find(self, query: str) -> list[int]:
        """The places of the claims that hold every word of a query, those first that hold them as words; [] for no query."""
        tokens = query.split()
        found = list(range(len(self._written))) if tokens else []
        cost = bytearray(len(self._written))
        for token in tokens[:_MOST]:
            found = [nth for price, places in enumerate(self._scan(token, found)) for nth in _charged(cost, price, places)]
        return sorted(sorted(found), key=cost.__getitem__)

    def _scan(self, token: str, among: list[int]) -> Iterator[list[int]]:
        """Those of some texts that hold a token as a word or in Chinese; of the rest those in pinyin; of the rest those within a
        word. One after the other, since nothing is faster than `in`.
        """
        heard, token = _typed(token), flat(token)
        latin = bool(_LATIN.fullmatch(token))
        texts, word = (self._latin, f" {token}") if latin else (self._written, token)
        held = [nth for nth in among if word in texts[nth]]
        yield held
        if not latin and not heard:
            return
        if held:
            gone = set(held)
            among = [nth for nth in among if nth not in gone]
        spellings = [spelling.title().replace(" ", "") for spelling in cuts(heard, self._syllables)]
        spoken = {nth for spelling in spellings for nth in among if spelling in self._spoken[nth]}
        yield sorted(spoken)
        yield [nth for nth in among if nth not in spoken and token in self._written[nth]]


def _charged(cost: bytearray, price: int, places: list[int]) -> list[int]:
    if price:
        for nth in places:
            cost[nth] += price
    return places


def _typed(token: str) -> str:
    """A token as pinyin, in which an apostrophe parts syllables; "" where it is none."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", token).lower())
    parts = parts.replace("u\u0308", "v").replace("u:", "v").replace("’", "'")
    heard = "".join(char for char in parts if not unicodedata.combining(char))
    return heard if _PINYIN.fullmatch(heard) else ""


def cuts(heard: str, known: Collection[str]) -> list[str]:
    """The ways to read pinyin as syllables (blanks between them), whole ones but for the last, which may be just begun.

    At most _WAYS of them: what can be read in more ways is no pinyin that somebody means.
    """
    parts = heard.split("'")
    letters = "".join(parts)
    parted = set(accumulate(map(len, parts[:-1])))

    def ends(end: int) -> list[int]:
        """Where a syllable that ends there may start."""
        starts = range(max(0, end - _LONGEST), end)
        return [start for start in starts if not any(start < part < end for part in parted)]

    ways: list[list[str]] = [[""]]  # of reading the first so many letters as whole syllables
    for end in range(1, len(letters) + 1):
        last = [(start, letters[start:end]) for start in ends(end)]
        ways.append([f"{way}{sound} " for start, sound in last if sound in known for way in ways[start]][:_WAYS])
    begun = [start for start in ends(len(letters)) if any(sound.startswith(letters[start:]) for sound in known)]
    return [f"{way}{letters[start:]}" for start in begun for way in ways[start]][:_WAYS]


def marked(query: str, zh: str, en: str, words: Sequence[Word]) -> tuple[Spans, Spans]:
    """Where a query stands in a claim, in its Chinese and its English, in order; `words` are those of the Chinese."""
    in_zh, in_en = set[int](), set[int]()
    spoken = list(_spoken(zh, words))
    joined = "".join(sound.title() for _, sound in spoken)
    places = [place for place, sound in spoken for _ in sound]  # the character that each letter of the pinyin belongs to
    known = {sound for _, sound in spoken}
    for token in query.split()[:_MOST]:
        for text, marks in ((flat(zh), in_zh), (flat(en), in_en)):
            for at in _places(text, flat(token)):
                marks.update(range(at, at + len(token)))
        for spelling in cuts(_typed(token), known):
            for hit in re.finditer(spelling.title().replace(" ", ""), joined):
                in_zh.update(places[hit.start() : hit.end()])
    return _spans(in_zh), _spans(in_en)


def _places(text: str, token: str) -> list[int]:
    """Where a token stands: as the start of a word, and only where it nowhere is, within words."""
    found = [hit.start() for hit in re.finditer(re.escape(token), text)]
    whole = [at for at in found if not (_LATIN.fullmatch(token) and at and _LATIN.fullmatch(text[at - 1]))]
    return whole or found


def _spoken(zh: str, words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    for token in located(zh, words):
        if token.word:
            for nth, sound in enumerate(syllables(token.word)):
                if sound and is_hanzi(zh[token.start + nth]):
                    yield token.start + nth, toneless(sound)


def _spans(marks: set[int]) -> Spans:
    """Characters as runs."""
    spans: Spans = []
    for at in sorted(marks):
        if spans and spans[-1][1] == at:
            spans[-1] = spans[-1][0], at + 1
        else:
            spans.append((at, at + 1))
    return spans
