"""Choices: four that look alike, one of them right, over the shipped deck and decks of any size."""

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz_desk import shipped_cards, shipped_desk, tea_desk
from studytool import chinese, cloze, numbers
from studytool.deck import Slot
from studytool.model import Note, Relation, Row, Statement
from studytool.quiz.answers import judge, wanted
from studytool.quiz.card import Card, Words
from studytool.quiz.choices import Pool, options
from studytool.quiz.choices.values import nearby

TOPICS = ("alpha", "beta", "gamma", "delta")
SIGNS = "春夏秋冬山川湖海风云雷电松竹梅兰金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张"
SLOWEST = 0.02  # seconds that four options may take, over any number of cards
SEEDS = (0, 1, 2024)


def shipped_pool() -> Pool:
    desk = shipped_desk()
    return Pool(desk.slots, desk.texts.read)


def fronts(card: Card) -> tuple[str, str]:
    statement = card.row.statement
    if not card.blank:
        return statement.question, statement.question_en
    return cloze.hide(statement.zh, card.blank, "\n"), cloze.hide(statement.en, card.blank, "\n")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_shipped_card_has_four_options_and_one_is_right(seed: int) -> None:
    pool = shipped_pool()
    for card in shipped_cards():
        found = options(card, pool, seed)
        assert found
        assert len(found) == 4, card.slot.id
        answer = wanted(card)
        right = [one for one in found if "right" in (judge(one.zh, answer).kind, judge(one.en, answer).kind)]
        assert right == [one for one in found if one.right], card.slot.id
        assert [(one.zh, one.en) for one in right] == [(answer.zh, answer.en)]
        for one in found:
            if not one.right:
                assert {judge(one.zh, answer).kind, judge(one.en, answer).kind} == {"wrong"}, (card.slot.id, one)


def test_no_option_stands_on_the_front_or_holds_the_answer_or_another_option() -> None:
    pool = shipped_pool()
    for card in shipped_cards():
        zh, en = fronts(card)
        found = options(card, pool, 5) or ()
        for one in found:
            if not one.right:
                assert chinese.folded(one.zh) not in chinese.folded(zh), card.slot.id
                assert not re.search(rf"\b{re.escape(one.en.casefold())}\b", en.casefold()), card.slot.id
            for other in found:
                if one is not other and not any(char.isdigit() or char in "一二三四五六七八九十两" for char in one.zh + other.zh):
                    assert chinese.folded(one.zh) not in chinese.folded(other.zh), card.slot.id
                    assert one.en.casefold() not in other.en.casefold(), card.slot.id


def test_no_option_is_the_answer_of_a_related_claim() -> None:
    pool = shipped_pool()
    owners: dict[str, set[str]] = {}
    for card in shipped_cards():
        owners.setdefault(wanted(card).zh, set()).add(card.row.key)
    for card in shipped_cards():
        close = {relation.key for relation, _, _ in card.related} | {card.row.key}
        for one in options(card, pool, 9) or ():
            if not one.right and one.zh in owners:
                assert owners[one.zh] - close, (card.slot.id, one)  # a third claim may have the same answer


def test_options_look_alike() -> None:
    pool = shipped_pool()
    figures = lengths = total = 0
    for card in shipped_cards():
        found = options(card, pool, 3) or ()
        right = next(one for one in found if one.right)
        counted = bool(re.match(r"\d", right.zh))
        for one in found:
            if not one.right:
                total += 1
                figures += bool(re.match(r"\d", one.zh)) == counted
                lengths += max(len(one.zh), len(right.zh)) <= 2 * min(len(one.zh), len(right.zh)) + 2
    assert figures / total > 0.98
    assert lengths / total > 0.95


def test_most_options_are_of_the_topic_of_the_card() -> None:
    pool = shipped_pool()
    topics: dict[str, set[str]] = {}
    for card in shipped_cards():
        topics.setdefault(wanted(card).zh, set()).add(card.slot.topic)
    shared = Counter(
        card.slot.topic in topics[one.zh]
        for card in shipped_cards()
        for one in options(card, pool, 4) or ()
        if not one.right and one.zh in topics
    )
    assert shared[True] / shared.total() > 0.6


def test_the_seed_decides_all() -> None:
    cards = shipped_cards()[:60]
    one = [options(card, shipped_pool(), 7) for card in cards]
    again = shipped_pool()
    for card in reversed(cards):  # whatever was asked before
        options(card, again, 3)
    assert [options(card, again, 7) for card in cards] == one
    assert [options(card, again, 8) for card in cards] != one
    places = Counter(found.index(next(option for option in found if option.right)) for found in one if found)
    assert set(places) == {0, 1, 2, 3}


NEAR = [
    ("7 万亿美元", "$7 trillion", ("6 万亿美元", "$6 trillion")),
    ("2 亿人", "200 million people", ("3 亿人", "300 million people")),
    ("七年", "seven years", ("九年", "nine years")),
    ("3.5 亿", "350 million", ("3.7 亿", "370 million")),
    ("15 到 20 个人", "15 to 20 people", ("16 到 21 个人", "16 to 21 people")),
    ("51 比 49", "51-49", ("54 比 46", "54-46")),
    ("2024 年", "2024", ("2023 年", "2023")),
    ("两到三个月", "two to three months", ("三到四个月", "three to four months")),
    ("1,500 箱", "1,500 hives", ("1,600 箱", "1,600 hives")),
    ("2020 年代", "the 2020s", ("2010 年代", "the 2010s")),
    ("十五年", "Fifteen years", ("十四年", "Fourteen years")),
    ("99%", "99%", ("94%", "94%")),
    ("第 3 级", "level 3", ("第 2 级", "level 2")),
]


@pytest.mark.parametrize(("zh", "en", "other"), NEAR)
def test_near_values_are_said_alike_in_both_languages(zh: str, en: str, other: tuple[str, str]) -> None:
    found = list(nearby(zh, en))
    assert other in found
    assert (zh, en) not in found
    for made, made_en in found:
        assert not numbers.lonely(numbers.in_chinese(made), numbers.in_english(made_en)), (made, made_en)


@pytest.mark.parametrize(
    ("zh", "en"), [("一小时", "an hour"), ("十年", "a decade"), ("几天", "days"), ("爱", "love"), ("0 次", "0 times")]
)
def test_values_are_not_made_where_the_languages_count_otherwise(zh: str, en: str) -> None:
    assert list(nearby(zh, en)) == []


def test_shares_stay_below_a_hundred() -> None:
    assert all(float(zh[:-1]) < 100 for zh, _ in nearby("95%", "95%"))


@given(st.text("0123456789.,一二两三十百万亿年%到-  个人"), st.text("0123456789.,onetwhrmili $%-yas"))
@example("0.0", "0.0")
@example("1" * 500, "1" * 500)
@settings(deadline=None)
def test_no_text_is_too_odd_to_have_near_values(zh: str, en: str) -> None:
    for made in nearby(zh, en):
        assert made != (zh, en)


def test_a_deck_of_one_claim_has_no_choices(tmp_path: Path) -> None:
    slots, read = made_up(1)
    assert options(card_of(slots[0], read), Pool(slots, read), 0) is None


def test_small_decks_have_fewer(tmp_path: Path) -> None:
    for count, fewest in ((2, 2), (3, 3), (4, 4), (9, 4)):
        slots, read = made_up(count)
        for slot in slots:
            found = options(card_of(slot, read), Pool(slots, read), 0)
            assert found
            assert len(found) == fewest
            assert [one.right for one in found].count(True) == 1


def test_the_tea_deck(tea: Path, tmp_path: Path) -> None:
    desk = tea_desk(tea, tmp_path)
    pool = Pool(desk.slots, desk.texts.read)
    for slot in desk.slots:
        found = options(desk.texts.card(slot.id), pool, 0)
        assert found
        assert len({one.zh for one in found}) == len({one.en for one in found}) == len(found) >= 2


def test_an_answer_without_english_has_options_without() -> None:
    slots, read = made_up(6, english=False)
    found = options(card_of(slots[0], read), Pool(slots, read), 0)
    assert found
    assert [one.en for one in found] == [""] * 4


def test_aliases_relations_and_what_says_the_same_are_no_options() -> None:
    slots, read = made_up(5)
    row = read(slots[0].statement)[0]
    statement = Statement(
        id="claim-0", topic=row.statement.topic, kind="fact", speaker="x", section="", zh=row.statement.zh, en=row.statement.en,
        accept=(f"{name_of(1)}。", "c1: THE FESTIVAL 2F"), differs=("book/claim-3",),
    )  # fmt: skip
    mine = Row("book", statement, row.notes, (Relation("book/claim-4", again=True),))
    card = Card(slots[0], mine, *about(), (), Words())
    assert options(card, Pool(slots, read), 0) is None


def test_options_are_there_at_once_however_large_the_deck() -> None:
    slots, read = made_up(20_000)
    pool = Pool(slots, read)
    options(card_of(slots[0], read), pool, 0)
    took = []
    for slot in slots[1:4000:97]:
        card = card_of(slot, read)
        started = time.perf_counter()
        assert len(options(card, pool, 0) or ()) == 4
        took.append(time.perf_counter() - started)
    assert sorted(took)[len(took) // 2] < SLOWEST


def test_choices_load_no_chinese_tools() -> None:
    code = "import sys, studytool.quiz.choices; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"jieba", "opencc", "pypinyin", "studytool.chinese", "textual", "fsrs", "studytool.numbers"}


def name_of(nth: int) -> str:
    return "".join(SIGNS[nth // len(SIGNS) ** place % len(SIGNS)] for place in (2, 1, 0))


def about() -> tuple:  # type: ignore[type-arg]
    return shipped_cards()[0].source, shipped_cards()[0].topic


def made_up(count: int, english: bool = True):  # type: ignore[no-untyped-def]
    """Cards of a deck that stands on no disk, and the way to read their statements."""
    slots = [Slot(f"made:book/claim-{nth}/c1", f"made:book/claim-{nth}", TOPICS[nth % len(TOPICS)]) for nth in range(count)]

    def read(statement: str) -> tuple[Row, Words]:
        nth = int(statement.rsplit("-", 1)[1])
        en = f"ISLE{nth} has {{{{c1::the festival {nth}F}}}}." if english else ""
        claim = Statement(
            id=f"claim-{nth}", topic=TOPICS[nth % len(TOPICS)], kind="fact", speaker="x", section="",
            zh=f"ISLE{nth} 上有{{{{c1::{name_of(nth)}}}}}。", en=en,
        )  # fmt: skip
        return Row("book", claim, (Note("cloze", ("c1",)),)), Words()

    return slots, read


def card_of(slot: Slot, read) -> Card:  # type: ignore[no-untyped-def]
    row, words = read(slot.statement)
    return Card(slot, row, *about(), (), words)
