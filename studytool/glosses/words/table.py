"""A deck's Chinese -> its word table: every word with pinyin, one or two senses and its HSK level, once a word and reading.

The order is: the user's glossary, ours, the dictionary. Which reading and which sense is meant is seen from the whole sentence
and from the claim's own English: where that says "currency", 货币 does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool import chinese, cloze
from studytool.files import cache_folder
from studytool.glosses.words import hsk, pinyin
from studytool.glosses.words.dictionary import Dictionary, Entry, open_dictionary
from studytool.glosses.words.glossary import Glossary, Term, glossary, ours
from studytool.glosses.words.senses import chosen, pointed_at, poor, stems
from studytool.model import Cut, Deck, Row, Word
from studytool.words import is_hanzi

_Key = tuple[str, str]  # word, pinyin
_TELLING = 0.15  # of the claims with a word: in so many more than elsewhere must the English use a sense to put it first


class Lookup(Struct, frozen=True):
    """Where words are looked up."""

    glossary: Glossary
    dictionary: Dictionary


def lookup(own: Path | None) -> Lookup:
    """The glossaries, the user's `own` file before ours where it is there, and the dictionary, indexed at the first call.

    Raises FaultsError with the faulty lines of that file, StudytoolError where the cache folder cannot be written.
    """
    return Lookup(glossary(own) if own else ours(), open_dictionary(cache_folder()))


class _Use(Struct):
    """What was seen of a word in one reading over the whole deck."""

    entry: Entry | None
    term: Term | None
    texts: int = 0  # that it stands in
    english: Counter[str] = msgspec.field(default_factory=Counter)  # stems of their English, and in how many each stands


def glossed(deck: Deck, lookup: Lookup, before: Sequence[Word] = ()) -> Deck:
    """The deck with its word table, and each row with the words of its Chinese.

    `before` are the words of the deck that this one replaces: senses chosen then stay.
    """
    old = {(word.text, word.pinyin): word.senses for word in before}
    uses: dict[_Key, _Use] = {}
    cuts: list[dict[str, list[_Key]]] = []
    everywhere = _Use(None, None)
    for row in deck.rows:
        cut = {}
        for field, text, english in _texts(row):
            cut[field] = keys = list(_read(text, english, lookup, uses))
            for use in (everywhere, *(uses[key] for key in set(keys))):
                use.texts += 1
                use.english.update(stems(english))
        cuts.append(cut)
    order = {key: nth for nth, key in enumerate(sorted(uses))}
    table = [_word(key, uses[key], everywhere, lookup, old.get(key, ())) for key in order]
    rows = tuple(
        msgspec.structs.replace(row, words=Cut(**{field: tuple(order[key] for key in keys) for field, keys in cut.items()}))
        for row, cut in zip(deck.rows, cuts, strict=True)
    )
    head = msgspec.structs.replace(deck.head, words=msgspec.Raw(msgspec.json.encode(table, order="deterministic")))
    return Deck(head, rows)


def senses_of(term: str, lookup: Lookup) -> list[tuple[str, ...]]:
    """What glossaries and dictionary say of the words of a term, all readings together; one entry where they know it whole."""
    if whole := _all_senses(term, lookup):
        return [whole]
    words = lookup.glossary.within(chinese.words(term))
    return [_all_senses(word, lookup) for word in words if any(map(is_hanzi, word)) and not _plain(word, lookup)]


def _all_senses(word: str, lookup: Lookup) -> tuple[str, ...]:
    if terms := lookup.glossary.terms.get(word):
        return tuple(sense for term in terms for sense in term.senses)
    return tuple(sense for entry in lookup.dictionary.entries(word) for sense in entry.senses if not poor(sense))


def _plain(word: str, lookup: Lookup) -> bool:
    return any(term.plain for term in lookup.glossary.terms.get(word, ()))


def _texts(row: Row) -> Iterator[tuple[str, str, str]]:
    """The Chinese texts of a row: field, text, and the English that says the same."""
    one = row.statement
    yield "zh", cloze.plain(one.zh), cloze.plain(one.en)
    if one.question:
        yield "question", one.question, one.question_en
        yield "answer", one.answer or cloze.plain(one.zh), one.answer_en or cloze.plain(one.en)


def _read(text: str, english: str, lookup: Lookup, uses: dict[_Key, _Use]) -> Iterator[_Key]:
    """The words of a text, each in the reading that it has there."""
    cut = [piece for word in lookup.glossary.within(chinese.words(text)) for piece in _known(word, lookup)]
    said = stems(english)
    aloud = _Aloud(text, lookup.dictionary)
    at = 0
    for nth, word in enumerate(cut):
        start, at = at, at + len(word)
        terms = lookup.glossary.terms.get(word, ())
        if not terms and not any(map(is_hanzi, word)):
            continue
        entries = lookup.dictionary.entries(word)
        told = [term.pinyin for term in terms if term.pinyin] or list(dict.fromkeys(entry.pinyin for entry in entries))
        heard = told[0] if len(told) == 1 else _alone(word, cut, nth) or aloud.read(start, at)
        term = next((term for term in terms if term.pinyin and pinyin.same(term.pinyin, heard)), terms[0]) if terms else None
        entry = None if term and term.pinyin else _fitting(entries, heard, said)
        reading = term.pinyin if term and term.pinyin else entry.pinyin if entry else heard
        key = word, reading if _one_each(reading, word) else aloud.read(start, at)
        uses.setdefault(key, _Use(None if term else entry, term))
        yield key


class _Aloud:
    """A text read aloud, once somebody wants to hear it: most words have one reading only."""

    def __init__(self, text: str, dictionary: Dictionary) -> None:
        self._text, self._dictionary = text, dictionary
        self._read: list[str] | None = None

    def read(self, start: int, end: int) -> str:
        """How a run of it reads, syllables parted by a blank."""
        if self._read is None:
            self._read = pinyin.read_aloud(self._text, self._dictionary.readings)
        return " ".join(filter(None, self._read[start:end]))


def _alone(word: str, cut: Sequence[str], nth: int) -> str:
    return pinyin.polyphone(word, cut[:nth], cut[nth + 1 :]) if len(word) == 1 else ""


def _one_each(reading: str, word: str) -> bool:
    """Whether a reading has one syllable for each Chinese character."""
    return len(reading.split()) == sum(map(is_hanzi, word)) and "xx" not in reading


def _fitting(entries: Sequence[Entry], heard: str, said: frozenset[str]) -> Entry | None:
    """The homograph that is meant: read as the sentence is, not a mere name or variant, and said so in the English."""
    if len(entries) < 2:
        return entries[0] if entries else None

    def fit(entry: Entry) -> tuple[bool, bool, bool, int]:
        told = any(not poor(sense) for sense in entry.senses)
        name = entry.pinyin[:1].isupper() and not heard[:1].isupper()
        mentions = sum(bool(stems(sense) & said) for sense in entry.senses if not poor(sense)) if said else 0
        exact = entry.pinyin.casefold() == heard.casefold()
        return told, not name, pinyin.same(entry.pinyin, heard), mentions * 2 + exact

    return max(entries, key=fit)


def _known(word: str, lookup: Lookup) -> list[str]:
    """A word, or the words that the dictionary finds in one that it does not know: the longest first, from the left."""
    if word in lookup.glossary.terms or not any(map(is_hanzi, word)) or lookup.dictionary.entries(word):
        return [word]
    pieces: list[str] = []
    at = 0
    while at < len(word):
        end = next(
            (end for end in range(len(word), at, -1) if end - at < len(word) and (word[at:end] in lookup.glossary.terms
             or lookup.dictionary.entries(word[at:end]))),
            at + 1,
        )  # fmt: skip
        pieces.append(word[at:end])
        at = end
    return pieces


def _share(count: int, of: int) -> float:
    return count / of if of else 0.0


def _senses(word: str, reading: str, lookup: Lookup) -> list[str]:
    """All senses of a word in one reading; where they only point at another form of it, that one's."""
    senses = [sense for entry in lookup.dictionary.entries(word) if entry.pinyin == reading for sense in entry.senses]
    others = [other for sense in senses if (other := pointed_at(sense)) and other != word]
    if others and all(map(poor, senses)):
        found = [sense for other in others for entry in lookup.dictionary.entries(other) for sense in entry.senses]
        return [sense for sense in found if not poor(sense)] or senses
    return senses


def _word(key: _Key, use: _Use, everywhere: _Use, lookup: Lookup, before: Sequence[str]) -> Word:
    """A line of the table. A sense goes first where the English beside the word uses it more than English elsewhere does."""
    text, reading = key
    if use.term:
        return Word(text, reading, use.term.senses, hsk.level(text), use.term.plain)
    if not use.entry:
        return Word(text, reading, (), hsk.level(text))
    senses = _senses(text, use.entry.pinyin, lookup)

    others = everywhere.texts - use.texts

    def worth(sense: str) -> float:
        if not use.english:
            return 0.0
        found = max(
            (use.english[s] / use.texts - _share(everywhere.english[s] - use.english[s], others) for s in stems(sense)), default=0
        )
        return found if found >= _TELLING else 0.0

    return Word(text, reading, chosen(senses, worth, before), hsk.level(text))
