"""Progress to the real Anki and back, by packages and collections: whatever is done where, both come to the same."""

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anki_traveller import BUILT, WAYS, Traveller
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from studytool.build import build
from studytool.config import Config
from studytool.deal import Deal
from studytool.progress import carrier
from studytool.quiz.flags import Flag, Flags
from studytool.quiz.merge import Kept, Line
from studytool.quiz.schedule import GRADES

NUMBER = itertools.count()
CARD, GRADE = st.sampled_from([0, 1, 4, 5, 9]), st.sampled_from(GRADES)  # few cards, so that they get on
HERE = st.tuples(st.just("here"), CARD, GRADE)
ANKI = st.tuples(st.just("anki"), CARD, GRADE)
DAYS = st.tuples(st.just("days"), st.sampled_from([1, 1, 2, 3, 9, 40]), st.just(0))
TO = st.tuples(st.just("to"), st.sampled_from(WAYS), st.just(0))
FROM = st.tuples(st.just("from"), st.sampled_from(WAYS), st.just(0))


@pytest.fixture
def traveller(tea: Path, tmp_path: Path) -> Iterator[Traveller]:
    one = Traveller(tea, tmp_path / "traveller")
    yield one
    one.close()


# Shrinking an example that takes a second would take many minutes; the steps of one are few enough to read.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=int(os.environ.get("STUDYTOOL_TRAVELS", "6")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(st.one_of(HERE, HERE, ANKI, ANKI, DAYS, TO, FROM), min_size=6, max_size=18))
def test_whoever_studies_here_and_there_in_any_order_finds_both_agree(tea: Path, tmp_path: Path, steps: list[Any]) -> None:
    one = Traveller(tea, tmp_path / f"traveller-{next(NUMBER)}")
    try:
        one.to_anki()
        for what, value, grade in steps:
            if what == "here":
                one.grade_here(one.cards[value], grade)
            elif what == "anki":
                one.grade_in_anki(one.cards[value], grade)
            elif what == "days":
                one.let_go(days=value)
            else:
                one.from_anki(value)
                if what == "to":
                    one.to_anki()
                if not one.apart:
                    one.assert_agreed()
        one.from_anki("apkg")
        one.to_anki()
        one.assert_agreed()
    finally:
        one.close()


def test_a_step_that_ends_tomorrow_is_a_step_here_too(traveller: Traveller) -> None:
    traveller.to_anki()
    card, other = traveller.cards[0], traveller.cards[1]
    traveller.grade_in_anki(card, 3)
    traveller.grade_in_anki(other, 4)
    assert (traveller.anki_cards()[card].queue, traveller.anki_cards()[other].queue) == (3, 2)
    traveller.from_anki("apkg")
    traveller.assert_agreed()
    assert [traveller.store.memories()[one].state for one in (card, other)] == [1, 2]
    traveller.let_go(days=1)
    traveller.grade_in_anki(card, 1)
    traveller.from_anki("colpkg")
    traveller.assert_agreed()
    assert traveller.store.memories()[card].lapses == 0


def test_a_second_blank_goes_there_and_back(traveller: Traveller) -> None:
    card, other = "tea:hill-2023/picked-before-rain/c2", "tea:hill-2023/picked-before-rain/c2-en"
    traveller.grade_here(card, 4)
    traveller.to_anki()
    traveller.assert_agreed()
    traveller.let_go(days=9)
    traveller.grade_in_anki(card, 1)
    traveller.grade_in_anki(other, 3)
    assert traveller.from_anki("apkg").added == 2
    traveller.assert_agreed()
    assert [(review.card, review.grade) for review in traveller.store.log()] == [(card, 4), (card, 1), (other, 3)]


def test_reviews_that_crossed_are_merged_by_their_time(traveller: Traveller) -> None:
    card = traveller.cards[0]
    traveller.grade_here(card, 4)
    traveller.to_anki()
    traveller.let_go(days=3)
    traveller.grade_in_anki(card, 1)
    traveller.let_go(days=1)
    traveller.grade_here(card, 3)  # before anything came from Anki
    traveller.let_go(days=1)
    traveller.grade_in_anki(card, 2)
    assert traveller.from_anki("old colpkg").added == 2
    assert [review.grade for review in traveller.store.log()] == [4, 1, 3, 2]
    traveller.to_anki()
    traveller.assert_agreed()


def test_anki_keeps_the_progress_that_it_has_so_that_an_import_on_top_takes_nothing_back(traveller: Traveller) -> None:
    """Of cards that are there already, Anki's import takes no schedule: the README says what to do."""
    traveller.to_anki()
    card = traveller.cards[0]
    traveller.grade_in_anki(card, 4)
    before = traveller.anki_cards()[card]
    traveller.grade_here(card, 1)
    for path in traveller.packages():
        traveller.take(path)
    after = traveller.anki_cards()[card]
    assert (after.id, after.due, after.reps, after.type) == (before.id, before.due, 1, 2)
    assert traveller.col.note_count() == 14


def test_what_is_suspended_here_is_suspended_in_anki(traveller: Traveller) -> None:
    studied, never = traveller.cards[0], traveller.cards[4]
    traveller.grade_here(studied, 4)
    for card in (studied, never):
        Flags(traveller.store).put(card, Flag(suspended=True), 5)
    traveller.to_anki()
    cards = traveller.anki_cards()
    assert {name for name, card in cards.items() if card.queue == -1} == {studied, never}
    traveller.assert_agreed()
    traveller.col.sched.unsuspend_cards([cards[studied].id, cards[never].id])
    assert [traveller.anki_cards()[one].queue for one in (studied, never)] == [2, 0]
    traveller.assert_agreed()


def test_reviews_taken_back_or_dated_ahead_stay_here(traveller: Traveller) -> None:
    """A package with a review dated past tomorrow would be refused by Anki as a whole."""
    card, at, today = traveller.cards[0], int(time.time()), traveller.today
    lines = (Line(card, 3, at - 500, today, 9, ivl=-600), Line(card, 1, at - 400, today, 9, at - 300, -60))
    ahead = Line(traveller.cards[1], 4, at + 30 * 86_400, today + 30, 9, ivl=8)
    traveller.store.merge(Kept((*lines, ahead)))
    traveller.to_anki()
    assert traveller.col.db.all("select id / 1000, ease from revlog") == [[at - 500, 3]]  # type: ignore[union-attr]
    assert traveller.anki_cards()[traveller.cards[1]].due == traveller.col.sched.today + 38


def test_retention_and_parameters_of_the_learner_go_along(traveller: Traveller) -> None:
    fitted = (0.5, 1.5, 3, 10, 6, 0.9, 2.5, 0.01, 1.6, 0.2, 0.9, 1.6, 0.08, 0.3, 1.4, 0.5, 2, 0.6, 0.2, 0.1, 0.3)
    traveller.grade_here(traveller.cards[0], 3)
    traveller.store.fit(fitted)
    traveller.config = replace(traveller.config, topic={"leaves": Deal(retention=0.8)})
    traveller.to_anki()
    traveller.assert_agreed()
    card = traveller.anki_cards()[traveller.cards[0]]
    assert card.memory_state
    assert (card.memory_state.stability, card.decay, card.desired_retention) == pytest.approx((3.0, 0.3, 0.8))


def test_a_package_with_nothing_to_carry_is_the_plain_one(tea: Path, home: Path) -> None:
    (plain,) = build([tea], home / "plain", BUILT)
    carry = carrier(home / "none.db", Config(), BUILT)
    (carried,) = build([tea], home / "carried", BUILT, carry=carry)
    assert carried.carried == 0
    assert carried.apkg.read_bytes() == plain.apkg.read_bytes()


def test_cards_have_their_numbers_for_ever(tea: Path, home: Path, traveller: Traveller) -> None:
    """Anki keeps the reviews of a card that was deleted: whatever comes by its number has them."""
    traveller.to_anki()
    numbers = {name: card.id for name, card in traveller.anki_cards().items()}
    assert numbers["tea:hill-2023/picked-before-rain/c1"] == 1_721_153_675_136
    assert numbers["tea:hill-2023/picked-before-rain/c2"] == 1_721_862_560_356
    traveller.grade_in_anki(traveller.cards[0], 3)
    traveller.col.remove_notes(traveller.col.find_notes(""))
    (later,) = build([tea], home / "later", BUILT + 999, direction="en-zh")
    assert later.english
    for path in (later.english, later.apkg):  # the other first
        traveller.take(path)
    assert {name: card.id for name, card in traveller.anki_cards().items()} == numbers
    assert [(one.card, one.grade) for one in traveller.taken("apkg").kept.reviews] == [(traveller.cards[0], 3)]


def test_where_fsrs_is_off_in_anki_due_days_agree_all_the_same(traveller: Traveller) -> None:
    traveller.col.set_config("fsrs", False)
    for card, grade in zip(traveller.cards, (4, 4, 3, 1), strict=False):
        traveller.grade_here(card, grade)
    traveller.to_anki()
    traveller.let_go(days=9)
    for card in traveller.cards[:2]:
        traveller.grade_in_anki(card, 3)
    assert traveller.from_anki("old apkg").added == 2
    memories, today = traveller.store.memories(), traveller.col.sched.today
    due = {name: card.due - today for name, card in traveller.anki_cards().items() if card.type == 2}
    assert due == {card: memories[card].due_day - traveller.today for card in traveller.cards[:2]}
