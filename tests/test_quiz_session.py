from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from studytool.deal import Deal
from studytool.deck import Slot
from studytool.quiz import schedule
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD, GRADES
from studytool.quiz.session import AHEAD, Session

DAY, AT = 739_000, 1_700_000_000


def session(cards: int) -> Session:
    slots = [Slot(f"d:s/{nth}/c1", f"d:s/{nth}", "t", "s", "fact") for nth in range(cards)]
    return Session(plan(slots, {}, DAY, Deal(new_per_day=99)), {})


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


def test_days_fill_evenly_and_undo_empties_them_again() -> None:
    sitting = session(40)
    promised = []
    while sitting.show(AT):
        promised.append(sitting.preview(AT, DAY)[EASY - 1] // 86_400)
        graded = sitting.grade(EASY, AT, DAY)
        assert graded.after.due_day - DAY == promised[-1]
    assert sorted(Counter(promised).values()) == [8] * 5, "five days are in reach of the eighth"
    for days in reversed(promised):
        sitting.undo()
        sitting.show(AT)
        assert sitting.preview(AT, DAY)[EASY - 1] // 86_400 == days


def test_what_is_due_of_other_cards_is_counted_too() -> None:
    busy = {f"other:x/{nth}/c1": schedule.review(None, EASY, AT, DAY) for nth in range(9)}
    (day,) = {memory.due_day for memory in busy.values()}
    slots = [Slot("d:s/0/c1", "d:s/0", "t")]
    free = Session(plan(slots, {}, DAY, Deal()), {})
    crowded = Session(plan(slots, busy, DAY, Deal()), busy)
    free.show(AT)
    crowded.show(AT)
    assert free.grade(EASY, AT, DAY).after.due_day == day
    assert crowded.grade(EASY, AT, DAY).after.due_day == day - 1


def test_each_card_is_dealt_as_its_topic_says() -> None:
    slots = [Slot("d:s/0/c1", "d:s/0", "t"), Slot("d:s/1/c1", "d:s/1", "u")]
    deals = {"d:s/0/c1": Deal(retention=0.8, fuzz=False), "d:s/1/c1": Deal(learning_steps=(7,))}
    sitting = Session(plan(slots, {}, DAY, Deal()), {}, deals.__getitem__)
    sitting.show(AT)
    assert sitting.preview(AT, DAY)[EASY - 1] > 20 * 86_400
    sitting.grade(EASY, AT, DAY)
    sitting.show(AT)
    assert sitting.preview(AT, DAY)[0] == 420


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
