"""Words, key words and hints of the cards of the tea deck."""

from pathlib import Path

import msgspec
import pytest

from quiz_desk import word_desk
from studytool.quiz.card import Card
from studytool.quiz.desk import Desk
from studytool.quiz.hints import hints, initials
from studytool.quiz.wordlist import HARDEST, key_words, listed

HILL, QUAY = "tea:hill-2023", "tea:quay-2024/price-will-fall"


@pytest.fixture
def desk(tea: Path, home: Path) -> Desk:
    return word_desk(tea, home)


def texts(card: Card, front: bool) -> list[str]:
    return [word.text for word in listed(card, front)]


def told(card: Card) -> list[str]:
    return ["".join(piece.text for piece in step) for step in hints(card)]


def test_words_of_grammar_are_left_out_and_each_word_stands_once(desk: Desk) -> None:
    card = desk.texts.card(f"{QUAY}/c1")
    assert texts(card, front=False) == ["周海", "预计", "年", "普洱", "价格", "跌", "一半"]
    twice = msgspec.structs.replace(card, words=msgspec.structs.replace(card.words, zh=card.words.zh * 2))
    assert texts(twice, front=False) == texts(card, front=False)


def test_a_front_lists_no_word_of_its_blank(desk: Desk) -> None:
    assert texts(desk.texts.card(f"{QUAY}/c1"), front=True) == ["周海", "预计", "年", "普洱", "跌", "一半"]
    assert "度" not in texts(desk.texts.card(f"{HILL}/picked-before-rain/c2"), front=True)
    assert "年" not in texts(desk.texts.card(f"{HILL}/old-trees/c1"), front=True), (
        "the blank is 三百年, and 年 stands elsewhere too"
    )


def test_a_word_whose_english_is_the_answers_is_not_on_the_front(desk: Desk) -> None:
    card = desk.texts.card(f"{QUAY}/c1")
    words = tuple(
        msgspec.structs.replace(word, senses=("priced lower",)) if word.text == "跌" else word for word in card.words.zh
    )
    given_away = msgspec.structs.replace(card, words=msgspec.structs.replace(card.words, zh=words))
    assert "跌" not in texts(given_away, front=True)
    assert "跌" in texts(given_away, front=False)


def test_a_question_lists_its_answers_words_on_the_back_alone(desk: Desk) -> None:
    card = desk.texts.card(f"{HILL}/picked-before-rain/qa")
    assert texts(card, front=True) == ["林晚"]
    assert texts(card, front=False) == ["林晚", "嫩芽", "香气", "足"]


def test_key_words_are_the_blanks_and_the_hardest_words(desk: Desk) -> None:
    card = desk.texts.card(f"{HILL}/picked-before-rain/c1")
    hard = [("雨前", "(tea) picked before the rain"), ("足", "full"), ("冲泡", "to brew")]
    assert len(hard) == HARDEST
    assert key_words(card, front=False) == [("香气", "aroma"), ("80 度", "80 degrees"), *hard]
    assert key_words(card, front=True) == [("80 度", "80 degrees"), *hard]


def test_hints_come_nearer_step_by_step(desk: Desk) -> None:
    assert told(desk.texts.card(f"{QUAY}/c1")) == ["jiàgé", "price", "价…"]
    assert told(desk.texts.card(f"{HILL}/picked-before-rain/qa")) == ["nènyá de xiāngqì zuì zú", "the buds smell best", "嫩…"]


def test_a_hint_tells_no_figure(desk: Desk) -> None:
    assert told(desk.texts.card(f"{HILL}/picked-before-rain/c2")) == ["… dù", "… degrees", "8…"]
    assert told(desk.texts.card(f"{QUAY}/qa")) == ["… nián", "2…"], "2030 is the English too"


def test_a_learner_of_english_is_told_the_chinese_and_then_letters(tea: Path, home: Path) -> None:
    desk = word_desk(tea, home, direction="en-zh")
    assert told(desk.texts.card(f"{QUAY}/c1-en")) == ["价格", "p……e (5 letters)"]
    assert told(desk.texts.card(f"{HILL}/picked-before-rain/qa-en")) == ["嫩芽的香气最足", "t… b… s… b… (4 words)"]
    assert told(desk.texts.card(f"{QUAY}/qa-en")) == ["… 年", "2…… (4 digits)"]


def with_texts(card: Card, **texts: str) -> Card:
    statement = msgspec.structs.replace(card.row.statement, **texts)
    return msgspec.structs.replace(card, row=msgspec.structs.replace(card.row, statement=statement))


def test_without_a_blank_in_the_english_the_words_of_the_blank_hint(desk: Desk) -> None:
    card = with_texts(desk.texts.card(f"{QUAY}/c1"), en="Zhou Hai expects Pu'er to cost half as much by 2030.")
    assert told(card) == ["jiàgé", "price", "价…"]


def test_a_step_with_nothing_to_show_is_left_out(desk: Desk) -> None:
    card = with_texts(desk.texts.card(f"{QUAY}/c1"), zh="周海说的是 {{c1::AI}}。", en="Zhou Hai means {{c1::AI}}.")
    assert told(card) == ["A…"], "no pinyin, and the English says the same"
    assert told(with_texts(card, zh="周海说的是 {{c1::茶}}。", en="Zhou Hai means {{c1::tea}}.")) == ["tea"]
    assert told(with_texts(card, zh="周海说的是 {{c1::茶}}。", en="")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("currency", "c……y (8 letters)"),
        ("tea", "t…… (3 letters)"),
        ("AI", ""),
        ("the most precious commodity", "t… m… p… c… (4 words)"),
        ("GPT-4", "G……4 (5 letters)"),
        ("", ""),
    ],
)
def test_initials(text: str, wanted: str) -> None:
    assert initials(text) == wanted
