from msgspec.structs import replace

from studytool.deck import Slot
from studytool.quiz import schedule
from studytool.quiz.plan import Count, counts, plan
from studytool.quiz.schedule import EASY, GOOD, Memory

DAY, AT = 739_000, 1_700_000_000


def slots(statements: int) -> list[Slot]:
    return [
        Slot(f"d:s/{nth}/{card}", f"d:s/{nth}", "even" if nth % 2 == 0 else "odd", "s", "fact")
        for nth in range(statements)
        for card in ("c1", "qa")
    ]


def learned(day: int, due: int) -> Memory:
    return replace(schedule.review(None, EASY, AT, day), due_day=due)


def test_a_new_learner_meets_as_many_cards_as_the_limit_says_in_the_decks_order() -> None:
    today = plan(slots(30), {}, DAY, 20)
    assert today.main == tuple(f"d:s/{nth}/c1" for nth in range(20))
    assert (today.due, len(today.new)) == (0, 20)


def test_siblings_never_share_a_day() -> None:
    memories = {"d:s/0/c1": learned(DAY - 9, DAY), "d:s/0/qa": learned(DAY - 9, DAY - 1), "d:s/1/c1": learned(DAY, DAY + 8)}
    today = plan(slots(3), memories, DAY, 20)
    assert today.main == ("d:s/0/qa", "d:s/2/c1"), "the longer overdue of two, and none of what was seen today"


def test_a_card_in_its_steps_keeps_its_siblings_away() -> None:
    step = schedule.review(None, GOOD, AT, DAY)
    today = plan(slots(1), {"d:s/0/c1": step}, DAY, 20)
    assert today.learning == ((AT + 600, "d:s/0/c1"),)
    assert today.main == ()


def test_new_cards_met_today_are_taken_off_whatever_their_topic() -> None:
    met = {f"other:x/{nth}/c1": learned(DAY, DAY + 5) for nth in range(18)}
    met["other:x/old/c1"] = learned(DAY - 1, DAY + 5)
    assert len(plan(slots(30), met, DAY, 20).new) == 2
    assert len(plan(slots(30), met, DAY + 1, 20).new) == 20


def test_reviews_and_new_cards_are_mixed() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY) for nth in range(10)}
    today = plan(slots(12), known, DAY, 20)
    assert len(today.main) == 12
    assert today.main[5] in today.new
    assert today.main[-1] in today.new


def test_what_is_longest_overdue_comes_first_and_the_order_is_stable() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY - nth % 3) for nth in range(9)}
    first = plan(slots(9), known, DAY, 0)
    assert first == plan(slots(9), known, DAY, 0)
    late = [known[card].due_day for card in first.main]
    assert late == sorted(late)


def test_counts_by_topic_and_source() -> None:
    known = {"d:s/0/c1": learned(DAY - 9, DAY), "d:s/0/qa": learned(DAY - 9, DAY - 1), "d:s/1/c1": learned(DAY - 9, DAY + 3)}
    known["d:s/2/c1"] = schedule.review(None, GOOD, AT, DAY - 1)
    found = counts(slots(3), known, DAY)
    assert found[("even", "s")] == Count(due=1, new=1, total=4, learning=1), "siblings due are one review"
    assert found[("odd", "s")] == Count(due=0, new=1, total=2)
    assert found[("even", "s")].due + found[("odd", "s")].due == len(plan(slots(3), known, DAY, 0).main)


def test_a_sibling_of_what_was_seen_today_or_is_in_learning_is_not_counted_as_due() -> None:
    known = {"d:s/0/c1": learned(DAY, DAY + 8), "d:s/0/qa": learned(DAY - 9, DAY)}
    known |= {"d:s/1/c1": schedule.review(None, GOOD, AT, DAY - 1), "d:s/1/qa": learned(DAY - 9, DAY)}
    found = counts(slots(2), known, DAY)
    assert [(count.due, count.learning) for count in found.values()] == [(0, 0), (0, 1)]
