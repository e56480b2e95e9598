"""The words of a card that a side lists, and its key words. What a front lists never gives the answer away."""

import re
from collections.abc import Iterable, Iterator

from studytool import cloze
from studytool.model import Word
from studytool.quiz.card import Card
from studytool.words import is_hanzi, located

HARDEST = 3  # words of a sentence that stand for it among its key words
_HARD = ("7-9", "6", "5", "4", "", "3", "2", "1")  # HSK levels, the hardest first; a word that has none is a rare one
_LATIN = re.compile(r"[A-Za-z0-9]+")
_SAME = 4  # letters: words that begin with so many alike are taken to be of one root
_EMPTY = frozenset(
    "a an and are as at be been being by can do does for from has have he her his if in into is it its more most no "
    "not of on or out s sb she so sth someone something than that the their them there they this those to too "
    "up was were what when which who will with".split()
)


def listed(card: Card, front: bool) -> list[Word]:
    """The words worth a line, each once, in their order: no words of grammar, none whose meaning is not known.

    A front leaves out the words that overlap the blank, and those that share a character or an English word with the answer.
    """
    spoken = card.read if front or card.blank else (*card.read, *card.words.answer)
    words = [word for word in dict.fromkeys(spoken) if word.senses and not word.plain]
    if not front:
        return words
    clues = _clues(card)
    return [word for word in words if not clues & _marks(word.text, *word.senses) and not _akin(clues, word.senses)]


def key_words(card: Card, front: bool) -> list[tuple[str, str]]:
    """What stands for the whole gloss: the blanks (or the answer) and the hardest words, in Chinese and English.

    A front leaves out the blank that is asked for.
    """
    pairs = list(_pairs(card, front))
    told = "".join(zh for zh, _ in pairs)
    words = [word for word in listed(card, front) if word.text not in told and not word.pinyin[:1].isupper()]
    hardest = sorted(words, key=lambda word: _HARD.index(word.hsk) if word.hsk in _HARD else len(_HARD))[:HARDEST]
    return [*pairs, *((word.text, word.senses[0]) for word in words if word in hardest)]


def within(card: Card) -> list[Word]:
    """The words that overlap what is asked for, in the prompt's Chinese."""
    return [
        token.word
        for token in located(card.text, card.read)
        if token.word and any(token.start < end and start < token.end for start, end in card.hidden)
    ]


def _pairs(card: Card, front: bool) -> Iterator[tuple[str, str]]:
    statement = card.row.statement
    if not card.blank:
        if not front and statement.answer and statement.answer_en:
            yield statement.answer, statement.answer_en
        return
    clues = _clues(card) if front else frozenset()
    for number in cloze.numbers(statement.en):
        pair = cloze.blank(statement.zh, number), cloze.blank(statement.en, number)
        if all(pair) and not (front and (number == card.blank or clues & _marks(*pair))):
            yield pair


def _clues(card: Card) -> frozenset[str]:
    """The characters and the English words that would give the answer away."""
    if not card.blank and not card.row.statement.answer:
        return frozenset()  # the claim itself is the answer: it cannot but share words with its question
    return _marks(card.answer, card.answer_en, *(sense for word in within(card) for sense in word.senses))


def _marks(*texts: str) -> frozenset[str]:
    """The hanzi of some texts and their Latin words, those of grammar left out."""
    found: set[str] = set()
    for text in texts:
        found.update(char for char in text if is_hanzi(char))
        found.update(word for word in map(str.lower, _LATIN.findall(text)) if word not in _EMPTY)
    return frozenset(found)


def _akin(clues: Iterable[str], senses: Iterable[str]) -> bool:
    """Whether a sense has a word of one root with an English word of the answer."""
    roots = {clue[:_SAME] for clue in clues if len(clue) >= _SAME}
    return any(mark[:_SAME] in roots for mark in _marks(*senses))
