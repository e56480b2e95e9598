"""Progress to the real Anki and back, by packages and collections."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_traveller import WAYS, Traveller
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from studytool.quiz.schedule import GRADES

NUMBER = itertools.count()
CARD, GRADE = st.integers(0, 13), st.sampled_from(GRADES)
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


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(st.one_of(HERE, HERE, ANKI, ANKI, DAYS, TO, FROM), min_size=8, max_size=24))
def test_whoever_studies_here_and_there_in_any_order_finds_both_agree(tea: Path, tmp_path: Path, steps: list) -> None:
    one = Traveller(tea, tmp_path / f"traveller-{next(NUMBER)}")
    try:
        one.to_anki()
        for what, value, grade in steps:
            if what == "here":
                one.grade_here(one.cards[value % len(one.cards)], grade)
            elif what == "anki":
                one.grade_in_anki(one.cards[value % len(one.cards)], grade)
            elif what == "days":
                one.let_go(days=value)
            else:
                one.from_anki(value)
                if what == "to":
                    one.to_anki()
                    one.assert_agreed()
        one.from_anki("apkg")
        one.to_anki()
        one.assert_agreed()
    finally:
        one.close()
