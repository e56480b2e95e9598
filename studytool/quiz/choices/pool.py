"""The answers of a deck as they compete with each other: what kind of thing each is, and the look that gives it away."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from random import Random

from msgspec import Struct

from studytool import cloze
from studytool.deck import ENGLISH, Slot
from studytool.model import Row, Word
from studytool.quiz.answers.wanted import right_texts
from studytool.quiz.card import Words
from studytool.words import is_hanzi, located

SAMPLE = 80  # cards of a topic, a source or all that are looked at for one question; each costs about 50 µs the first time
# A figure with its unit, told by its look alone: reading every answer's figures would take longer than all else. 一 is one only
# before a measure of time or size (一小时), not in 一件大事 or 一样.
_FIGURE = re.compile(
    r"[约近前每达超过逾数几好]?\s*[$€£¥]?(?!一(?!个?(?:[年月天日周秒倍成半两到至十百千万亿]|小时|分|世纪)))"
    r"(?:[\d.,%\s到至比或多余~～–-]|[一二两三四五六七八九十百千万亿半几数]|百?分之)+[^\d，。：；]{0,4}(?:\s?[A-Za-z]+)?"
)
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万亿半")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.&-]*")
_ENDINGS = ("ing", "ed", "ly", "s", "ion", "ity", "er")
_LEVELS = {str(level): level for level in range(1, 8)}
_MODALS = "会能要将可应该须来去想让使被把不没只再更很最"


class Look(Struct, frozen=True):
    """What of an answer can be seen without knowing it. Alike in these, two answers cannot be told apart by form."""

    cells: int  # length of the Chinese: a hanzi counts two
    letters: int  # length of the English
    article: str  # with which the English begins
    ending: str  # of its last word
    capital: bool  # whether the English begins with one
    before: str  # what stands before the blank: the part of speech shows there
    after: str
    last: str  # hanzi
    verb: bool  # whether the Chinese ends with a word that the dictionary gives as a verb first
    level: int  # of its hardest word, by HSK: 1 to 7; 8 where the list does not have it, 0 without words


class Candidate(Struct, frozen=True):
    """An answer of some card."""

    statement: str  # key of its claim, as in a slot
    row: Row
    blank: int  # 0 for the answer to a question
    kind: str  # "figure", "latin", "name" or "phrase"
    zh: str
    en: str
    also: tuple[str, ...]
    look: Look


class Pool:
    """The cards among which choices are looked for. Reads a statement when it is first asked for, never all of them.

    `slots` are the cards of all open decks, `read` (`Desk.read`) reads the statement of one; it may raise StudytoolError.
    """

    def __init__(self, slots: Sequence[Slot], read: Callable[[str], tuple[Row, Words]]) -> None:
        self._slots, self._read = slots, read
        self._known: dict[str, Candidate] = {}

    @cached_property
    def _groups(self) -> dict[tuple[str, str], list[Slot]]:
        groups: dict[tuple[str, str], list[Slot]] = defaultdict(list)
        for slot in self._slots:
            groups["topic", slot.topic].append(slot)
            groups["source", source_of(slot)].append(slot)
        return groups

    def tiers(self, slot: Slot, random: Random) -> Iterator[list[Candidate]]:
        """Answers of the card's topic, then of its source, then of any: of each no more than SAMPLE, drawn by `random`."""
        for group in (
            self._groups.get(("topic", slot.topic), []),
            self._groups.get(("source", source_of(slot)), []),
            self._slots,
        ):
            drawn = random.sample(group, SAMPLE) if len(group) > SAMPLE else group
            yield [self.candidate(one) for one in drawn if one.statement != slot.statement]

    def candidate(self, slot: Slot) -> Candidate:
        """The answer of a card."""
        if slot.id not in self._known:
            name = slot.id.rsplit("/", 1)[1].removesuffix(ENGLISH)
            blank = int(name[1:]) if name != "qa" else 0
            self._known[slot.id] = candidate(slot.statement, *self._read(slot.statement), blank)
        return self._known[slot.id]


def source_of(slot: Slot) -> str:
    """`<corpus>:<source>` of a card."""
    return slot.statement.rsplit("/", 1)[0]


def candidate(statement: str, row: Row, words: Words, blank: int) -> Candidate:
    """The answer of a card, looked at."""
    zh, en, also = right_texts(row.statement, blank)
    before = after = ""
    if blank:
        before, _, after = cloze.hide(row.statement.zh, blank, "\0").partition("\0")
    inside = _words(zh, before, words.zh if blank or not row.statement.answer else words.answer)
    english = _WORD.findall(en)
    article = english[0].casefold() if english and english[0].casefold() in ("a", "an", "the", "to") else ""
    bare = english[bool(article) :]
    last = bare[-1] if bare else ""
    look = Look(
        sum(2 if is_hanzi(char) else 1 for char in zh),
        len(en),
        "a" if article == "an" else article,
        next((ending for ending in _ENDINGS if last.endswith(ending)), ""),
        en[:1].isupper(),
        _side(before.rstrip()[-1:]),
        _side(after.lstrip()[:1]),
        zh[-1:],
        bool(inside) and inside[-1].senses[:1] != () and inside[-1].senses[0].startswith("to "),
        max((_LEVELS.get(word.hsk[:1], 8) for word in inside if not word.plain), default=0),
    )
    return Candidate(statement, row, blank, _kind(zh, bare, blank), zh, en, also, look)


def _words(zh: str, before: str, words: Sequence[Word]) -> list[Word]:
    """The words of a text that stands after another: those of the sentence from there on, while they fit."""
    start = len(cloze.plain(before))
    whole = before + zh
    return [token.word for token in located(whole, words) if token.word and token.start >= start]


def _side(char: str) -> str:
    """The kind of character beside a blank."""
    if char in ("的", "地", "得", "是", ""):
        return char
    if char in _MODALS:
        return "modal"
    return "hanzi" if is_hanzi(char) else "mark"


def _kind(zh: str, words: Sequence[str], blank: int) -> str:
    """What kind of thing an answer is. An answer to a question begins with a capital and so is hard to know for a name."""
    if any(char in _NUMERALS for char in zh) and _FIGURE.fullmatch(zh):
        return "figure"
    if not any(map(is_hanzi, zh)):
        return "latin"
    named = words if blank else words[1:]
    return "name" if named and all(word[0].isupper() and not word.isupper() for word in named) else "phrase"
