"""What brings a learner nearer to the answer, a step at a time, and never all the way.

For Chinese: its pinyin, then its English, then its first character. For English: its Chinese, then its first letters.
"""

import re
from collections.abc import Iterator

from studytool.quiz.card import Card
from studytool.quiz.wordlist import within
from studytool.words import Piece, spelled

Hint = tuple[Piece, ...]
_OUTSIDE = "\0"  # stands for what is not asked for; no text holds it
_OPENING = "“‘「『《〈（([\"'"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERS = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def hints(card: Card) -> list[Hint]:
    """The steps that have something to show, in their order."""
    steps = _of_english(card) if card.english else _of_chinese(card)
    return [step for step in steps if any(piece.text.strip() for piece in step)]


def _of_chinese(card: Card) -> Iterator[Hint]:
    yield tuple(_sound(card))
    yield _translated(card.answer_en or _senses(card), card.answer)
    first = card.answer.lstrip(_OPENING)
    if len(first) > 1:  # else it would be the answer
        yield (Piece(f"{first[0]}…"),)


def _of_english(card: Card) -> Iterator[Hint]:
    yield _translated(card.answer, card.answer_en)
    yield (Piece(initials(card.answer_en)),)


def _translated(text: str, answer: str) -> Hint:
    """The other language, without its figures: they would be the answer. Nothing where it says the same as the answer."""
    shown = _FIGURE.sub("…", text)
    return (Piece(shown),) if shown.strip("… ") and text.casefold() != answer.casefold() else ()


def initials(text: str) -> str:
    """First letters and length of an English answer: "c……y (8 letters)", "m… p… c… (3 words)"; "" for what is too short."""
    words = _LETTERS.findall(text)
    if len(words) > 1:
        return f"{' '.join(f'{word[0]}…' for word in words)} ({len(words)} words)"
    if not words or len(words[0]) < 3:
        return ""
    word = words[0]
    return f"{word[0]}……{word[-1] if len(word) > 4 else ''} ({len(word)} {'digits' if word.isdecimal() else 'letters'})"


def _sound(card: Card) -> Iterator[Piece]:
    """The syllables of the answer; what is no syllable, such as a figure, stays hidden."""
    if card.blank:
        text, words = card.text, card.read
        edges = [0, *(edge for span in card.hidden for edge in span), len(text)]
        outside = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    else:
        text, words, outside = card.answer, card.words.answer, []
    pieces = [piece for piece in spelled(text, words, outside, _OUTSIDE) if piece.text != _OUTSIDE]
    while pieces and pieces[0].text.isspace():
        del pieces[0]
    while pieces and pieces[-1].text.isspace():
        del pieces[-1]
    if any(piece.tone for piece in pieces):
        yield from (piece if piece.tone or piece.text.isspace() else Piece("…") for piece in pieces)


def _senses(card: Card) -> str:
    """The likeliest senses of the words in the blank, for a claim whose English does not mark it."""
    return "; ".join(word.senses[0] for word in within(card) if word.senses and not word.plain)
