"""No front tells its answer, whatever helps are on: over every card of the shipped corpus, with its words, in both directions."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CHECKOUT
from quiz_desk import Clock
from studytool.cards import compile_deck
from studytool.cards.lint import leaks
from studytool.chinese import ENGLISH_FUNCTION_WORDS, hanzi
from studytool.config import Config
from studytool.corpus import read
from studytool.deck import encode, open_deck
from studytool.glosses.words import glossed, lookup
from studytool.quiz.card import Card
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store
from studytool.quiz.ui import faces
from studytool.quiz.ui.text import Span
from studytool.quiz.wordlist import listed, within
from studytool.words import spelled

NO_COLOURS = ("",) * 6


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decks") / "altman.jsonl"
    path.write_bytes(encode(glossed(compile_deck(read(CHECKOUT / "corpus")), lookup(None))))
    return path


def cards(deck: Path, home: Path, direction: str) -> Iterator[Card]:
    desk = Desk([open_deck(deck)], open_store(home / "reviews.db"), Config(direction=direction), Clock())  # type: ignore[arg-type]
    made = (note for line in deck.read_bytes().splitlines()[1:] for note in json.loads(line)["notes"])
    assert len(desk.slots) == sum(len(note["cards"]) for note in made) >= 260
    return (desk.texts.card(slot.id) for slot in desk.slots)


def text(spans: list[Span]) -> str:
    return "".join(span.text for span in spans)


def front(card: Card, pinyin: bool, words: bool, gloss: str) -> list[str]:
    """The texts on a front, but for the prompt itself and its whole gloss, of which L31 says whether they tell the answer."""
    tones = NO_COLOURS if pinyin else None
    shown = [text(faces.prompt(card, tones)), text(faces.prompt_other(card, tones)) if gloss == "full" else ""]
    if gloss == "words":
        shown.append(text(faces.keys(card, front=True)))
    if words:
        shown += [f"{word.text} {word.pinyin} {'; '.join(word.senses)}" for word in listed(card, front=True)]
    return shown


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_no_front_tells_its_answer_in_either_language(deck: Path, home: Path, direction: str) -> None:
    for card in cards(deck, home, direction):
        asked = [card.answer, card.answer_en] if card.blank or card.row.statement.answer else []
        for pinyin, words, gloss in itertools.product((False, True), (False, True), ("none", "words", "full")):
            shown = front(card, pinyin, words, gloss)
            for answer in asked:
                assert not leaks._told(answer, shown), (card.slot.id, answer, shown)


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_no_front_spells_its_answer(deck: Path, home: Path, direction: str) -> None:
    for card in cards(deck, home, direction):
        told = "".join(piece.text for piece in spelled(card.answer, within(card) if card.blank else card.words.answer))
        if len([char for char in card.answer if hanzi(char)]) < 2 or not told:
            continue  # a syllable alone has many homophones
        for shown in front(card, True, True, "full"):
            assert told.replace(" ", "") not in shown.replace(" ", ""), (card.slot.id, told, shown)


def test_no_word_listed_on_a_front_shares_a_word_with_the_answer(deck: Path, home: Path) -> None:
    hidden = 0
    for card in cards(deck, home, "zh-en"):
        if not card.blank and not card.row.statement.answer:
            continue
        asked = set(leaks._latin(card.answer_en)) - ENGLISH_FUNCTION_WORDS
        words = listed(card, front=True)
        for word in words:
            assert not set(word.text) & {char for char in card.answer if hanzi(char)}, (card.slot.id, word)
            assert not asked & {part for sense in word.senses for part in leaks._latin(sense)}, (card.slot.id, word)
        hidden += len(listed(card, front=False)) - len(words)
    assert hidden > 300, "what lists nothing tells nothing: the words of the answer are on the back"
