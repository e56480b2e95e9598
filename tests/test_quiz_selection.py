"""What a selection lets through, in which order, and what cramming leaves untouched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz_desk import Clock, tea_desk
from studytool.deal import Deal
from studytool.deck import Slot
from studytool.errors import StudytoolError
from studytool.quiz import schedule
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD, Memory
from studytool.quiz.selection import EVERYTHING, Selection, chosen, plan_of

DAY, AT = 739_000, 1_700_000_000
KINDS = ("fact", "opinion", "forecast")


def slots(statements: int) -> list[Slot]:
    return [
        Slot(f"d:s{nth % 2}/{nth}/{card}", f"d:s{nth % 2}/{nth}", f"t{nth % 3}", f"s{nth % 2}", KINDS[nth % 3])  # type: ignore[arg-type]
        for nth in range(statements)
        for card in ("c1", "qa")
    ]


def learned(due: int) -> Memory:
    return replace(schedule.review(None, EASY, AT, DAY - 9), due_day=due)


def test_filters_join() -> None:
    wanted = Selection(topic="t0", source="s1", kind="fact")
    assert [slot.id for slot in chosen(slots(9), wanted)] == ["d:s1/3/c1", "d:s1/3/qa"]
    few = Selection(statements=("d:s1/3", "d:s0/4"), topic="t1")
    assert {slot.statement for slot in chosen(slots(9), few)} == {"d:s0/4"}


def test_nothing_set_is_the_plan_of_the_day() -> None:
    known = {"d:s0/0/c1": learned(DAY)}
    assert plan_of(slots(9), known, DAY, Deal(new_per_day=3), EVERYTHING) == plan(slots(9), known, DAY, Deal(new_per_day=3))


def test_due_only_new_and_limit() -> None:
    known = {f"d:s{nth % 2}/{nth}/c1": learned(DAY) for nth in range(6)}
    known["d:s0/0/c1"] = schedule.review(None, GOOD, AT, DAY)  # in learning, and the day's first new card
    due = plan_of(slots(20), known, DAY, Deal(new_per_day=5), Selection(due_only=True))
    assert (len(due.learning), len(due.main), len(due.new)) == (1, 5, 0)
    assert len(plan_of(slots(20), known, DAY, Deal(new_per_day=5), EVERYTHING).new) == 4
    assert len(plan_of(slots(20), known, DAY, Deal(new_per_day=5), Selection(new=7)).new) == 7, "whatever was met today"
    limited = plan_of(slots(20), known, DAY, Deal(new_per_day=5), Selection(limit=3))
    assert (len(limited.learning), len(limited.main)) == (1, 2)
    assert limited.new <= set(limited.main)


@given(statements=st.integers(0, 12), limit=st.integers(0, 30))
def test_cramming_takes_every_card_once_with_siblings_apart(statements: int, limit: int) -> None:
    known = {"d:s0/0/c1": learned(DAY + 30)}
    crammed = plan_of(slots(statements), known, DAY, Deal(new_per_day=0), Selection(cram=True, limit=limit)).main
    assert len(crammed) == len(set(crammed)) == min(2 * statements, limit or 99)
    first_round = [card.rsplit("/", 1)[0] for card in crammed[:statements]]
    assert len(first_round) == len(set(first_round))


def test_cramming_what_is_due_takes_nothing_else() -> None:
    known = {"d:s0/0/c1": learned(DAY), "d:s1/1/c1": learned(DAY + 1)}
    assert plan_of(slots(9), known, DAY, Deal(new_per_day=20), Selection(cram=True, due_only=True)).main == ("d:s0/0/c1",)


def test_cramming_records_nothing_and_again_brings_a_card_back(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    sitting = desk.begin("trade")
    sitting.show(desk.now())
    desk.grade(sitting, EASY, 900)
    before, log = dict(desk.memories), desk.store.derived()

    session = desk.begin(Selection(cram=True))
    first = session.show(desk.now())
    assert session.left.due == 7
    assert session.preview(desk.now(), desk.day())[1:] == [0, 0, 0]
    desk.grade(session, AGAIN, 900)
    assert session.left.due == 7
    seen = []
    while card := session.show(desk.now()):
        seen.append(card)
        desk.grade(session, GOOD, 900)
    assert seen[-1] == first, "nothing else is left, so it comes back before its minute is over"
    assert sorted(set(seen)) == sorted(seen) == sorted(slot.id for slot in desk.slots)
    assert (desk.memories, desk.store.memories(), desk.store.derived()) == (before, before, log)
    assert desk.undo(session)
    assert session.show(desk.now()) == first
    while desk.undo(session):
        pass
    assert session.show(desk.now()) == first
    assert (desk.memories, desk.store.memories(), desk.store.derived()) == (before, before, log)


def test_when_the_time_is_over_no_card_begins(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin(Selection(minutes=2))
    card = session.show(desk.now())
    clock.forward(seconds=150)
    assert session.show(desk.now()) == card, "the card on show may be finished"
    desk.grade(session, EASY, 900)
    assert session.show(desk.now()) == ""
    assert len(desk.store.memories()) == 1
    desk.undo(session)
    assert session.show(desk.now()) == card


def test_more_new_cards_are_for_today_alone_and_survive_a_restart(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock, new_per_day=1)
    session = desk.begin()
    session.show(desk.now())
    desk.grade(session, EASY, 900)
    assert desk.plan().new == frozenset()
    desk.more_new(1)
    assert len(desk.plan().new) == 1
    desk.more_new(1)
    desk.store.close()
    again = tea_desk(tea, home, clock, new_per_day=1)
    assert len(again.plan().new) == 2
    clock.forward(days=1)
    assert len(again.plan().new) == 1


def test_what_is_asked_for_by_name_is_found_or_told(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    assert desk.selection(topic="买卖", source="quay", kind=None) == Selection(topic="trade", source="quay-2024")
    with pytest.raises(StudytoolError, match="there are hill-2023, quay-2024"):
        desk.selection(source="harbour")
    with pytest.raises(StudytoolError, match="no card fits all of that"):
        desk.selection(topic="trade", kind="fact")
