"""Bury, suspend, mark, leeches and the learner's own texts: what a desk then plans, shows and brings back."""

import datetime as dt
import sqlite3
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console import run
from quiz_desk import NOON, Clock, tea_desk, word_desk
from studytool.deal import Deal
from studytool.deck import Slot
from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz import schedule
from studytool.quiz.day import begins
from studytool.quiz.desk import Desk
from studytool.quiz.flags import NONE, Flag, away, leech
from studytool.quiz.plan import counts, plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD, GRADES

PRICE = "tea:quay-2024/price-will-fall"


def planned(desk: Desk) -> set[str]:
    today = desk.plan()
    return {*today.main, *(card for _, card in today.learning)}


def test_a_buried_card_and_its_siblings_come_back_tomorrow(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin("trade")
    assert session.show(desk.now()) == f"{PRICE}/c1"
    desk.bury(session)
    assert session.show(desk.now()) == ""
    assert (session.done, session.left.new) == (0, 0)
    assert desk.plan("trade").main == (), "its sibling would be given away"
    cells = desk.cells()
    assert {topic: sum(count.new for cell, count in cells.items() if cell[0] == topic) for topic, _ in cells} == {
        "leaves": 5,
        "trade": 1,
    }
    assert sum(count.total for count in cells.values()) == 7, "they are still there"
    assert desk.wait(desk.slots) == int(begins(desk.day() + 1, 4).timestamp()) - desk.now()
    desk.store.close()
    clock.forward(days=1)
    again = tea_desk(tea, home, clock)
    assert again.plan("trade").main == (f"{PRICE}/c1",)


def test_a_suspended_card_stays_away_until_it_is_taken_back(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin("trade")
    session.show(desk.now())
    desk.grade(session, AGAIN, 900)
    session.show(desk.now() + 60)
    desk.suspend(session)
    assert session.left.learning == 0
    desk.store.close()
    clock.forward(days=400)
    again = tea_desk(tea, home, clock)
    assert again.flags.suspended() == [f"{PRICE}/c1"]
    assert again.plan("trade").main == (f"{PRICE}/qa",), "a sibling is asked nevertheless"
    assert again.memories[f"{PRICE}/c1"].reps == 1, "what was learned is kept"
    again.unsuspend(f"{PRICE}/c1")
    assert [card for _, card in again.plan("trade").learning] == [f"{PRICE}/c1"]


def test_only_the_direction_that_was_suspended_is_left_out_and_burying_waits_in_both(tea: Path, home: Path) -> None:
    chinese, english = word_desk(tea, home), word_desk(tea, home, direction="en-zh")
    session = english.begin("trade")
    english.suspend(session)
    assert english.flags.suspended() == [f"{PRICE}/c1-en"]
    for card in (slot.id for slot in english.slots if slot.statement != PRICE):
        english.suspend(session, card)
    due = ["due", "--deck", str(home / "words.jsonl")]
    assert run(*due, "--direction", "en-zh").stdout == "0 due, 1 new\n", "so says a shell prompt"
    assert run(*due).stdout == "0 due, 3 new\n"
    for card in english.flags.suspended()[1:]:
        english.unsuspend(card)
    assert english.plan("trade").main == (f"{PRICE}/qa-en",)
    assert word_desk(tea, home).plan("trade").main == (f"{PRICE}/c1",)
    session = chinese.begin("trade")
    chinese.bury(session)
    assert word_desk(tea, home, direction="en-zh").plan("trade").main == (), "siblings in whichever language"


def test_undo_goes_back_over_grades_burying_and_suspending_alike(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    first = session.show(desk.now())
    desk.grade(session, EASY, 900)
    second = session.show(desk.now())
    desk.bury(session)
    third = session.show(desk.now())
    desk.suspend(session)
    assert (session.show(desk.now()), len({first, second, third})) == ("", 3)
    for card, done in ((third, 1), (second, 1), (first, 0)):
        assert desk.undo(session)
        assert (session.show(desk.now()), session.done) == (card, done)
    assert not desk.undo(session)
    assert planned(desk) == {first, second, third}
    assert desk.store.memories() == {}
    assert [flag.away(desk.day()) for flag in desk.store.flags().values()] == [False, False]


def test_a_leech_can_be_suspended_when_another_card_is_on_show_already(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    leeched = session.show(desk.now())
    desk.grade(session, AGAIN, 900)
    shown = session.show(desk.now())
    desk.suspend(session, leeched)
    assert session.show(desk.now()) == shown != leeched
    assert session.left.learning == 0, "it waits in its steps no more"
    desk.undo(session)
    assert (session.show(desk.now()), session.left.learning) == (shown, 1)
    assert desk.flags.suspended() == []


def test_a_mark_is_kept_and_taken_off_by_the_same_key_and_undo_passes_it_by(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    card = session.show(desk.now())
    assert desk.mark(session)
    assert session.show(desk.now()) == card
    assert session.last is None
    assert tea_desk(tea, home).flags.marked() == [card]
    assert not desk.mark(session)
    assert tea_desk(tea, home).flags.marked() == []


@pytest.mark.parametrize("action", [Desk.bury, Desk.suspend, Desk.mark])
def test_a_flag_that_the_disk_refuses_is_not_set(tea: Path, home: Path, action: object) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    card = session.show(desk.now())
    other = sqlite3.connect(home / "reviews.db")
    other.execute("DROP TABLE flag")
    other.close()
    with pytest.raises(StudytoolError) as caught:
        action(desk, session)  # type: ignore[operator]
    assert caught.value.code == OUTSIDE
    assert (session.show(desk.now()), session.last, desk.flags[card]) == (card, None, NONE)


def test_a_leech_is_told_of_at_8_lapses_and_at_every_fourth_more_once_each(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    card = desk.slots[0].id
    assert not desk.is_leech(card)
    told = []
    for lapses in range(1, 22):
        desk.memories[card] = replace(schedule.review(None, GOOD, desk.now(), desk.day()), lapses=lapses)
        for _ in range(2):
            if desk.is_leech(card):
                told.append(lapses)
                desk.told_leech(card)
    assert told == [8, 12, 16, 20]
    assert tea_desk(tea, home).flags[card].told == 20
    memory = desk.memories[card]
    assert leech(memory, Flag(told=20)) == 0
    assert leech(memory, Flag(told=12)) == 20, "one that came from another machine is told of once"


def test_a_clock_set_back_hides_and_doubles_nothing(tea: Path, home: Path) -> None:
    clock = Clock(NOON + dt.timedelta(days=400))  # set wrongly, and set right later
    desk = tea_desk(tea, home, clock)
    session = desk.begin()
    wrong = []
    for grade in (GOOD, AGAIN):
        wrong.append(session.show(desk.now()))
        desk.grade(session, grade, 900)
    buried = session.show(desk.now())
    desk.bury(session)
    desk.store.close()

    clock.now = NOON
    again = tea_desk(tea, home, clock)
    assert planned(again) >= {buried}, "buried on a day that has not come"
    assert again.wait(again.slots) is not None
    session = again.begin()
    for _ in range(9):
        if not session.show(again.now()):
            break
        again.grade(session, GOOD, 900)
        clock.forward(seconds=-30)
    assert session.done >= 1
    assert again.memories == again.store.memories() == again.store.derived()
    while again.undo(session):
        assert again.memories == again.store.memories() == again.store.derived()
    assert again.memories.keys() == set(wrong)


def test_two_grades_of_a_card_in_one_second_are_told_apart(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin("trade")
    for grade in (GOOD, AGAIN, GOOD):
        session.show(desk.now())
        desk.grade(session, grade, 1)
    moments = [at for (at,) in sqlite3.connect(home / "reviews.db").execute("SELECT at FROM review ORDER BY id")]
    assert moments == [desk.now(), desk.now() + 1, desk.now() + 2]
    assert desk.store.memories() == desk.store.derived() == desk.memories


def test_the_learners_own_text_is_shown_and_kept_and_the_rest_stays_the_decks(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    own = desk.texts.row(PRICE).statement
    wanted = msgspec.structs.replace(own, en=own.en.replace("halve", "fall by half"), note="自己的话")
    assert wanted != own
    desk.texts.override(PRICE, wanted)
    assert desk.texts.card(f"{PRICE}/c1").row.statement == wanted
    kept = sqlite3.connect(home / "reviews.db").execute("SELECT statement, fields FROM override").fetchall()
    assert [(statement, sorted(msgspec.json.decode(fields))) for statement, fields in kept] == [(PRICE, ["en", "note"])]
    desk.store.close()
    again = tea_desk(tea, home, direction="en-zh")
    assert again.texts.card(f"{PRICE}/c1-en").row.statement == wanted
    again.texts.override(PRICE, own)
    assert tea_desk(tea, home).texts.row(PRICE).statement == own


@pytest.mark.parametrize(
    "change",
    [
        {"zh": "没有空"},
        {"zh": "{{c1::一}}{{c2::二}}"},
        {"question": ""},
        {"en": "{{c7::x}}"},
        {"zh": "{{c" + "9" * 5000 + "::x}}"},
    ],
)
def test_a_text_that_no_longer_fits_the_decks_cards_is_not_shown(tea: Path, home: Path, change: dict[str, str]) -> None:
    desk = tea_desk(tea, home)
    own = desk.texts.row(PRICE).statement
    desk.texts.override(PRICE, msgspec.structs.replace(own, **change))
    assert desk.texts.card(f"{PRICE}/c1").row.statement == own
    assert tea_desk(tea, home).texts.card(f"{PRICE}/qa").row.statement == own


DAY, AT = 739_000, 1_700_000_000
CARDS = [f"d:s/{nth}/{card}{ending}" for nth in range(4) for card in ("c1", "qa") for ending in ("", "-en")]
SOME_FLAGS = st.builds(Flag, suspended=st.booleans(), buried=st.sampled_from([0, DAY - 1, DAY, DAY + 1]), marked=st.booleans())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(CARDS), SOME_FLAGS), st.dictionaries(st.sampled_from(CARDS), st.sampled_from(GRADES)))
def test_a_plan_is_that_of_the_cards_that_are_not_away(flags: dict[str, Flag], grades: dict[str, schedule.Grade]) -> None:
    slots = [Slot(card, card.rsplit("/", 1)[0], "t") for card in CARDS]
    memories = {card: schedule.review(None, grade, AT - 86_400 * 30, DAY - 30) for card, grade in grades.items()}
    out = away(flags, DAY)
    with_flags = plan(slots, memories, DAY, Deal(new_per_day=3), away=out)
    shown = {*with_flags.main, *(card for _, card in with_flags.learning)}
    assert not shown & {card for card, flag in flags.items() if flag.suspended or flag.buried == DAY}
    taken = {card.rsplit("/", 1)[0] for card, flag in flags.items() if flag.buried == DAY}
    assert not {card.rsplit("/", 1)[0] for card in with_flags.main} & taken
    here = [slot for slot in slots if slot.id not in out.cards]
    if not taken:
        assert with_flags == plan(here, memories, DAY, Deal(new_per_day=3))
    (count,) = counts(slots, memories, DAY, Deal(), away=out).values()
    assert (count.total, count.new) == (len(slots), sum(slot.id not in memories for slot in here))
    assert count.due + count.learning == with_flags.due
