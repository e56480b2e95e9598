from hypothesis import given
from hypothesis import strategies as st

from studytool.deck import Slot
from studytool.quiz import schedule
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD, GRADES
from studytool.quiz.session import AHEAD, Session

DAY, AT = 739_000, 1_700_000_000


def session(cards: int) -> Session:
    slots = [Slot(f"d:s/{nth}/c1", f"d:s/{nth}", "t", "s", "fact") for nth in range(cards)]
    return Session(plan(slots, {}, DAY, 99), {})


def test_a_card_stays_until_it_is_graded() -> None:
    sitting = session(2)
    assert sitting.show(AT) == sitting.show(AT + 999) == "d:s/0/c1"


def test_a_learning_step_comes_back_when_it_has_ended_and_not_before() -> None:
    sitting = session(5)
    sitting.show(AT)
    sitting.grade(AGAIN, AT, DAY)
    assert sitting.show(AT + 30) == "d:s/1/c1"
    sitting.grade(EASY, AT + 30, DAY)
    assert sitting.show(AT + 60) == "d:s/0/c1"


def test_with_nothing_else_to_do_a_step_that_soon_ends_is_shown_early() -> None:
    sitting = session(1)
    sitting.show(AT)
    graded = sitting.grade(GOOD, AT, DAY)
    assert graded.after.due_at - AT < AHEAD
    assert sitting.show(AT + 1) == "d:s/0/c1"
    sitting.grade(GOOD, AT + 1, DAY)
    assert sitting.show(AT + 2) == ""


def test_what_is_left_is_counted_with_the_card_on_show() -> None:
    sitting = session(3)
    sitting.show(AT)
    assert (sitting.left.new, sitting.left.learning, sitting.left.due) == (3, 0, 0)
    sitting.grade(AGAIN, AT, DAY)
    sitting.show(AT)
    assert (sitting.left.new, sitting.left.learning, sitting.left.due) == (2, 1, 0)
    assert sitting.grades == (1, 0, 0, 0)


def test_the_preview_is_what_a_grade_then_gives() -> None:
    for grade in GRADES:
        sitting = session(1)
        sitting.show(AT)
        promised = sitting.preview(AT, DAY)[grade - 1]
        assert schedule.interval(sitting.grade(grade, AT, DAY).after, AT, DAY) == promised


def test_undo_is_endless_and_brings_the_card_back() -> None:
    sitting = session(3)
    for _ in range(3):
        sitting.show(AT)
        sitting.grade(EASY, AT, DAY)
    assert sitting.show(AT) == ""
    for card in ("d:s/2/c1", "d:s/1/c1", "d:s/0/c1"):
        assert sitting.undo() is not None
        assert sitting.show(AT) == card
    assert sitting.undo() is None
    assert sitting.memories == {}


@given(st.lists(st.tuples(st.sampled_from(GRADES), st.integers(0, 900)), max_size=40), st.data())
def test_grades_then_as_many_undos_leave_no_trace(steps: list[tuple[schedule.Grade, int]], data: st.DataObject) -> None:
    sitting, now, trail = session(6), AT, []
    for grade, wait in steps:
        now += wait
        if not (card := sitting.show(now)):
            break
        trail.append((card, sitting.left, sitting.grades, dict(sitting.memories), now))
        sitting.grade(grade, now, DAY)
    back = data.draw(st.integers(0, len(trail)))
    for card, left, grades, memories, then in reversed(trail[len(trail) - back :]):
        assert sitting.undo() is not None
        assert sitting.show(then) == card
        assert (sitting.left, sitting.grades, sitting.memories) == (left, grades, memories)


@given(st.lists(st.sampled_from(GRADES), min_size=60, max_size=60))
def test_a_session_ends(given_grades: list[schedule.Grade]) -> None:
    sitting, now = session(4), AT
    for grade in [*given_grades, *[EASY] * 4]:
        if not sitting.show(now):
            break
        sitting.grade(grade, now, DAY)
        now += 601
    assert sitting.show(now) == ""
