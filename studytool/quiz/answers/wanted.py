"""What a card takes for an answer, in both languages, and how that is read aloud."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from studytool import cloze
from studytool.model import Statement, Word
from studytool.quiz.card import Card
from studytool.words import is_hanzi, located, syllables

_SCOPE = re.compile(r"\s*c(\d+):\s*")


class Wanted(Struct, frozen=True):
    """The right answers of a card."""

    zh: str
    en: str  # "" where the English has no such blank
    also: tuple[str, ...] = ()  # other right texts, in either language
    # Of the Chinese texts that can be read aloud: a syllable with its tone mark for a hanzi, else the character as it stands.
    spoken: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All right texts, the card's own first."""
        return tuple(dict.fromkeys(text for text in (self.zh, self.en, *self.also) if text.strip()))


def wanted(card: Card) -> Wanted:
    """The right answers of a card: of its blank, or of its question (without an answer the statement is the answer)."""
    statement, words = card.row.statement, card.words
    sounds: dict[str, str] = {}
    for text, cut in (
        (statement.question, words.question),
        (statement.answer, words.answer),
        (cloze.plain(statement.zh), words.zh),
    ):
        sounds |= {char: sound for char, sound in zip(text, _read(text, cut), strict=True) if sound and is_hanzi(char)}
    zh, en, also = right_texts(statement, card.blank)
    if card.blank:
        inside = [(char, part.blank) for part in cloze.parse(statement.zh) for char in part.text]
        read = _read(cloze.plain(statement.zh), words.zh)
        spoken = tuple(sound for sound, (_, blank) in zip(read, inside, strict=True) if blank == card.blank)
    else:
        spoken = tuple(_read(zh, words.answer if statement.answer else words.zh))
    own = [spoken] if _whole(spoken) else []
    return Wanted(zh, en, also, tuple(dict.fromkeys([*own, *_others(also, sounds)])))


def right_texts(statement: Statement, blank: int) -> tuple[str, str, tuple[str, ...]]:
    """What fills a blank of a statement, or answers its question (blank 0): in Chinese, in English, and what else is right.

    Of `accept` those count that are for all blanks and those that name this one, as `c2: text`.
    """
    if not blank:
        own = (statement.answer, statement.answer_en) if statement.answer else (statement.zh, statement.en)
        return cloze.plain(own[0]), cloze.plain(own[1]), statement.accept_answer
    texts = ((_SCOPE.match(text), text) for text in statement.accept)
    also = tuple(text[scope.end() :] if scope else text for scope, text in texts if not scope or int(scope[1]) == blank)
    return cloze.blank(statement.zh, blank), cloze.blank(statement.en, blank), also


def _read(text: str, words: Sequence[Word]) -> list[str]:
    """One sound a character: its syllable, "" for a hanzi without one, else the character itself."""
    sounds: list[str] = []
    for token in located(text, words):
        within = text[token.start : token.end]
        read = syllables(token.word) if token.word else [""] * len(within)
        sounds += [sound if is_hanzi(char) else char for char, sound in zip(within, read, strict=True)]
    return sounds


def _others(texts: Iterable[str], sounds: dict[str, str]) -> Iterable[tuple[str, ...]]:
    """Aliases have no words in the deck; those are read whose every hanzi the card reads elsewhere."""
    for text in texts:
        spoken = tuple(sounds.get(char, "") if is_hanzi(char) else char for char in text)
        if _whole(spoken) and any(map(is_hanzi, text)):
            yield spoken


def _whole(spoken: Sequence[str]) -> bool:
    return bool(spoken) and all(spoken)
