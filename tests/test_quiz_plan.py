from msgspec.structs import replace

from studytool.deal import Deal
from studytool.deck import Slot
from studytool.quiz import schedule
from studytool.quiz.plan import Caps, Count, counts, plan
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
    today = plan(slots(30), {}, DAY, Deal(new_per_day=20))
    assert today.main == tuple(f"d:s/{nth}/c1" for nth in range(20))
    assert (today.due, len(today.new)) == (0, 20)


def test_siblings_never_share_a_day() -> None:
    memories = {"d:s/0/c1": learned(DAY - 9, DAY), "d:s/0/qa": learned(DAY - 9, DAY - 1), "d:s/1/c1": learned(DAY, DAY + 8)}
    today = plan(slots(3), memories, DAY, Deal(new_per_day=20))
    assert today.main == ("d:s/0/qa", "d:s/2/c1"), "the longer overdue of two, and none of what was seen today"


def test_a_card_in_its_steps_keeps_its_siblings_away() -> None:
    step = schedule.review(None, GOOD, AT, DAY)
    today = plan(slots(1), {"d:s/0/c1": step}, DAY, Deal(new_per_day=20))
    assert today.learning == ((AT + 600, "d:s/0/c1"),)
    assert today.main == ()


def test_new_cards_met_today_are_taken_off_whatever_their_topic() -> None:
    met = {f"other:x/{nth}/c1": learned(DAY, DAY + 5) for nth in range(18)}
    met["other:x/old/c1"] = learned(DAY - 1, DAY + 5)
    assert len(plan(slots(30), met, DAY, Deal(new_per_day=20)).new) == 2
    assert len(plan(slots(30), met, DAY + 1, Deal(new_per_day=20)).new) == 20


def test_reviews_and_new_cards_are_mixed() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY) for nth in range(10)}
    today = plan(slots(12), known, DAY, Deal(new_per_day=20))
    assert len(today.main) == 12
    assert today.main[5] in today.new
    assert today.main[-1] in today.new


def test_what_is_longest_overdue_comes_first_and_the_order_is_stable() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY - nth % 3) for nth in range(9)}
    first = plan(slots(9), known, DAY, Deal(new_per_day=0))
    assert first == plan(slots(9), known, DAY, Deal(new_per_day=0))
    late = [known[card].due_day for card in first.main]
    assert late == sorted(late)


def test_counts_by_topic_and_source() -> None:
    known = {"d:s/0/c1": learned(DAY - 9, DAY), "d:s/0/qa": learned(DAY - 9, DAY - 1), "d:s/1/c1": learned(DAY - 9, DAY + 3)}
    known["d:s/2/c1"] = schedule.review(None, GOOD, AT, DAY - 1)
    found = counts(slots(3), known, DAY, Deal())
    assert found[("even", "s")] == Count(due=1, new=1, total=4, learning=1), "siblings due are one review"
    assert found[("odd", "s")] == Count(due=0, new=1, total=2)
    assert found[("even", "s")].due + found[("odd", "s")].due == len(plan(slots(3), known, DAY, Deal(new_per_day=0)).main)


def test_a_sibling_of_what_was_seen_today_or_is_in_learning_is_not_counted_as_due() -> None:
    known = {"d:s/0/c1": learned(DAY, DAY + 8), "d:s/0/qa": learned(DAY - 9, DAY)}
    known |= {"d:s/1/c1": schedule.review(None, GOOD, AT, DAY - 1), "d:s/1/qa": learned(DAY - 9, DAY)}
    found = counts(slots(2), known, DAY, Deal())
    assert [(count.due, count.learning) for count in found.values()] == [(0, 0), (0, 1)]


def test_a_topic_s_own_limits_hold_within_the_day_s() -> None:
    topics = {"even": Deal(new_per_day=2)}
    today = plan(slots(30), {}, DAY, Deal(new_per_day=5), topics)
    assert today.main == ("d:s/0/c1", "d:s/1/c1", "d:s/2/c1", "d:s/3/c1", "d:s/5/c1")
    met = {"d:s/0/c1-en": learned(DAY, DAY + 5), "other:x/0/c1": learned(DAY, DAY + 5)}
    again = plan(slots(30), met, DAY, Deal(new_per_day=5), topics)
    assert again.main == ("d:s/1/c1", "d:s/2/c1", "d:s/3/c1"), "the other direction's card is of the same topic"


def test_reviews_a_day_are_limited_the_longest_overdue_first() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY - nth) for nth in range(8)}
    limit = Deal(new_per_day=0, reviews_per_day=3)
    assert plan(slots(8), known, DAY, limit).main == ("d:s/7/c1", "d:s/6/c1", "d:s/5/c1")
    known["other:x/0/c1"] = replace(learned(DAY - 9, DAY + 5), last_day=DAY)
    known["other:x/1/c1"] = learned(DAY, DAY + 5)  # new today, no review
    assert plan(slots(8), known, DAY, limit).main == ("d:s/7/c1", "d:s/6/c1")
    topics = {"odd": Deal(reviews_per_day=1)}
    assert plan(slots(8), known, DAY, limit, topics).main == ("d:s/7/c1", "d:s/6/c1")
    assert plan(slots(8), known, DAY, Deal(new_per_day=0), topics).due == 5


def test_cards_in_their_steps_are_shown_whatever_the_limits_say() -> None:
    step = schedule.review(None, GOOD, AT, DAY)
    assert plan(slots(1), {"d:s/0/c1": step}, DAY, Deal(new_per_day=0, reviews_per_day=0)).learning


def test_siblings_share_a_day_where_they_are_not_buried() -> None:
    known = {"d:s/0/c1": learned(DAY - 9, DAY), "d:s/0/qa": learned(DAY - 9, DAY), "d:s/1/c1": learned(DAY, DAY + 8)}
    both = Deal(bury_siblings=False)
    assert sorted(plan(slots(2), known, DAY, both).main) == ["d:s/0/c1", "d:s/0/qa", "d:s/1/qa"]
    assert counts(slots(2), known, DAY, both)["even", "s"].due == 2
    only_even = plan(slots(2), known, DAY, Deal(), {"even": both})
    assert sorted(only_even.main) == ["d:s/0/c1", "d:s/0/qa"]
    assert counts(slots(2), known, DAY, Deal(), {"even": both})["even", "s"].due == 2


def test_a_session_may_be_held_to_less_or_given_more_new_cards() -> None:
    known = {f"d:s/{nth}/c1": learned(DAY - 9, DAY) for nth in range(4)}
    known["d:s/4/c1"] = schedule.review(None, GOOD, AT, DAY)
    deal, topics = Deal(new_per_day=2), {"odd": Deal(new_per_day=0)}
    whole = plan(slots(12), known, DAY, deal, topics)
    assert (len(whole.learning), whole.due, len(whole.new)) == (1, 5, 1)
    few = plan(slots(12), known, DAY, deal, topics, Caps(cards=3))
    assert (few.learning, few.due, few.new) == (whole.learning, 3, frozenset())
    assert plan(slots(12), known, DAY, deal, topics, Caps(cards=0)).main == ()
    assert plan(slots(12), known, DAY, deal, topics, Caps(new=0)).new == frozenset()
    assert len(plan(slots(12), known, DAY, deal, topics, Caps(new=5)).new) == 5
    assert len(plan(slots(12), known, DAY, deal, topics, Caps(cards=7, new=5)).new) == 2
