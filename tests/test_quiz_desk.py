import shutil
import sqlite3
from pathlib import Path

import pytest

from quiz_desk import Clock, tea_desk, word_desk
from studytool.deal import Deal
from studytool.deck import open_deck
from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.plan import Count
from studytool.quiz.schedule import EASY, GOOD


def test_a_topic_is_found_by_id_or_either_name(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    assert desk.topic("leaves") is desk.topic("茶叶") is desk.topic("LEAVES")
    with pytest.raises(StudytoolError, match="there are leaves, trade"):
        desk.topic("coffee")


def test_counts_and_plan_follow_what_is_graded_across_restarts(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    assert desk.cells() == {("leaves", "hill-2023"): Count(0, 5, 5), ("trade", "quay-2024"): Count(0, 2, 2)}
    session = desk.begin("trade")
    session.show(desk.now())
    desk.grade(session, EASY, 900)
    desk.store.close()
    again = tea_desk(tea, home, clock)
    assert {topic: count.new for (topic, _), count in again.cells().items()} == {"leaves": 5, "trade": 1}
    assert again.plan("trade").main == (), "its sibling waits for another day"
    tomorrow, wait = again.wait(again.slots), again.wait(slot for slot in again.slots if slot.id in again.memories)
    assert tomorrow is not None
    assert wait is not None
    assert tomorrow < 86_400 < wait, "what is new comes tomorrow"
    clock.forward(seconds=wait - 1)
    assert again.plan("trade").due == 0
    clock.forward(seconds=1)
    assert again.plan("trade").due == 1


def test_undo_is_kept_too(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    session.show(desk.now())
    desk.grade(session, GOOD, 900)
    assert desk.undo(session)
    assert not desk.undo(session)
    assert desk.memories == desk.store.memories() == {}


def test_a_grade_that_the_disk_refuses_is_not_counted(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    card = session.show(desk.now())
    other = sqlite3.connect(home / "reviews.db")
    other.execute("DROP TABLE memory")
    other.commit()
    other.close()
    with pytest.raises(StudytoolError) as caught:
        desk.grade(session, GOOD, 900)
    assert caught.value.code == OUTSIDE
    assert (session.done, session.show(desk.now()), desk.memories) == (0, card, {})


def test_a_statement_in_two_deck_files_is_studied_once(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    copy = Path(shutil.copy(home / "decks" / "tea.jsonl", home / "decks" / "copy.jsonl"))
    both = Desk([open_deck(home / "decks" / "tea.jsonl"), open_deck(copy)], desk.store, desk.config, desk.clock)
    assert both.slots == desk.slots


def test_new_cards_a_day_are_limited(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock, new_per_day=2)
    session = desk.begin()
    for _ in range(2):
        session.show(desk.now())
        desk.grade(session, EASY, 900)
    assert session.show(desk.now()) == ""
    assert desk.plan().main == ()
    clock.forward(days=1)
    assert len(desk.plan().new) == 2


def test_a_topic_is_dealt_as_set_for_it(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home, topic={"trade": Deal(retention=0.8, fuzz=False), "leaves": Deal(new_per_day=1)})
    assert [slot.rsplit("/", 2)[1] for slot in desk.plan().main] == ["picked-before-rain", "price-will-fall"]
    session = desk.begin("trade")
    card = session.show(desk.now())
    assert desk.deal(f"{card}-en") is desk.deal(card) is desk.config.topic["trade"]
    desk.grade(session, EASY, 900)
    assert desk.memories[card].due_day - desk.day() > 20
    assert desk.store.derived() == desk.memories


def test_prompts_in_english_are_cards_of_their_own(tea: Path, home: Path) -> None:
    clock = Clock()
    chinese, english = word_desk(tea, home, clock), word_desk(tea, home, clock, direction="en-zh")
    assert [slot.id for slot in english.slots] == [f"{slot.id}-en" for slot in chinese.slots]
    card = english.texts.card("tea:quay-2024/price-will-fall/c1-en")
    assert (card.english, card.blank, card.answer, card.answer_en) == (True, 1, "价格", "price")
    assert english.texts.card("tea:quay-2024/price-will-fall/qa-en").blank == 0
    session = english.begin("trade")
    assert session.show(english.now()) == card.slot.id
    english.grade(session, EASY, 900)
    assert english.memories.keys() == {card.slot.id}
    assert [count.new for count in english.cells().values()] == [5, 1]

    later = word_desk(tea, home, clock)
    assert [count.new for count in later.cells().values()] == [5, 2], "the Chinese prompt was never seen"
    assert later.plan("trade").main == (), "but it waits: its sibling was seen today"
    assert [slot for slot in later.plan().new if "price" in slot] == []
    clock.forward(days=1)
    assert later.plan("trade").main == ("tea:quay-2024/price-will-fall/c1",)
    assert later.wait(slot for slot in later.slots if slot.id in later.memories) is None, (
        "what is due of the other direction is not told"
    )


def test_new_cards_of_both_directions_are_counted_together(tea: Path, home: Path) -> None:
    english = word_desk(tea, home, new_per_day=2, direction="en-zh")
    session = english.begin("trade")
    session.show(english.now())
    english.grade(session, EASY, 900)
    assert len(word_desk(tea, home, new_per_day=2).plan().new) == 1


def test_switches_are_remembered_across_restarts(tea: Path, home: Path) -> None:
    desk = word_desk(tea, home)
    assert [desk.switches.on(switch) for switch in ("pinyin", "words", "gloss-front", "gloss-back")] == [
        False,
        False,
        False,
        True,
    ]
    for switch in ("pinyin", "gloss-back"):
        desk.switches.flip(switch)
    desk.store.close()
    again = word_desk(tea, home, direction="en-zh").switches
    assert [again.on(switch) for switch in ("pinyin", "words", "gloss-front", "gloss-back")] == [True, False, False, False]
    assert again.view(front=True, level="words", lifted=False).gloss == "none"
    assert again.view(front=True, level="words", lifted=True).gloss == "full"
    again.flip("gloss-front")
    assert again.view(front=True, level="words", lifted=False).gloss == "words"
