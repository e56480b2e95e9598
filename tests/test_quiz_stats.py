"""The figures: by hand-worked examples, and against a plain replay of random logs."""

import datetime as dt
from collections import Counter
from pathlib import Path

import fsrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz_desk import Clock, tea_desk
from studytool.deal import Deal
from studytool.deck import Slot
from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz import schedule
from studytool.quiz.desk import Desk
from studytool.quiz.history import History
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD, GRADES, HARD, Memory
from studytool.quiz.session import Graded
from studytool.quiz.stats import count, mastery, retention, shelf, streak, text
from studytool.quiz.stats.days import levels, months_line, shade, weeks
from studytool.quiz.store import Store, open_store

DAY, AT = 739_000, 1_700_000_000
CARD = "d:talk/claim/c1"
CLAIMS = {"d:talk/claim": ("t", "d:talk")}
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


def add(store: Store, card: str, grade: schedule.Grade, day: int, took: int = 0) -> Graded:
    before = store.memories().get(card)
    graded = Graded(card, grade, before, schedule.review(before, grade, AT, day))
    store.add(graded, AT, day, took)
    return graded


def counted(store: Store, since: tuple[int, ...] = (), learning: int = 2, relearning: int = 1) -> list[tuple[int, int]]:
    """Reviews and those passed: of all days, then since each day; of all claims together."""
    with History(store.path, (), CLAIMS) as history:
        parts, _ = history.retention(since, learning, relearning)
    return [(sum(n for n, _ in found), sum(p for _, p in found)) for found in zip(*(part.counts for part in parts), strict=True)]


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ([(EASY, 0), (GOOD, 8)], (1, 1)),
        ([(GOOD, 0), (GOOD, 0), (AGAIN, 3)], (1, 0)),
        # A step left over from yesterday is no review, passed or not.
        ([(GOOD, 0), (GOOD, 1)], (0, 0)),
        ([(GOOD, 0), (AGAIN, 1)], (0, 0)),
        ([(GOOD, 0), (HARD, 1), (GOOD, 2), (AGAIN, 5)], (1, 0)),
        # Forgotten: what follows on that day does not count, nor what is left of relearning on the next.
        ([(EASY, 0), (AGAIN, 8), (GOOD, 8), (GOOD, 9)], (2, 1)),
        ([(EASY, 0), (AGAIN, 8), (GOOD, 9), (GOOD, 12)], (2, 1)),
        ([(EASY, 0), (AGAIN, 8), (HARD, 8), (GOOD, 9)], (1, 0)),
        # Only the first of a day, whatever was graded after it.
        ([(EASY, 0), (HARD, 8), (AGAIN, 8)], (1, 1)),
        ([(HARD, 0), (HARD, 1), (HARD, 2)], (0, 0)),
    ],
)
def test_true_retention_counts_first_reviews_of_cards_in_review(
    home: Path, log: list[tuple[schedule.Grade, int]], found: tuple[int, int]
) -> None:
    store = open_store(home / "reviews.db")
    for grade, after in log:
        add(store, CARD, grade, DAY + after)
    assert (counted(store) or [(0, 0)])[0] == found
    store.close()


grades = st.sampled_from(GRADES)
logs = st.lists(st.tuples(st.integers(0, 2), grades, st.sampled_from([0, 0, 0, 1, 1, 5]), st.integers(0, 9)), max_size=60)


@many
@given(logs, st.integers(0, 3), st.integers(0, 2))
@example([(0, AGAIN, 0, 1), (0, GOOD, 1, 1), (0, GOOD, 1, 1)], 0, 1)
def test_true_retention_is_that_of_a_replay(
    tmp_path_factory: pytest.TempPathFactory, log: list[tuple[int, schedule.Grade, int, int]], learning: int, relearning: int
) -> None:
    store = open_store(tmp_path_factory.mktemp("stats") / "reviews.db")
    minute = dt.timedelta(minutes=1)
    scheduler = fsrs.Scheduler(learning_steps=[minute] * learning, relearning_steps=[minute] * relearning, enable_fuzzing=False)
    cards: dict[int, fsrs.Card] = {}
    last: dict[int, int] = {}
    day, late = DAY, DAY + 5
    expected = Counter[str]()
    for number, grade, later, undone in log:
        day += later
        graded = add(store, f"d:talk/claim/{number}", grade, day)
        if not undone:
            store.undo(graded, AT)
            continue
        card = cards.get(number, fsrs.Card(card_id=number))
        if number in last and last[number] < day and card.state == fsrs.State.Review:
            for name in ("all", "late")[: 1 + (day >= late)]:
                expected.update({f"{name} tested": 1, f"{name} passed": int(grade > AGAIN)})
        noon = dt.datetime.fromordinal(day).replace(hour=12, tzinfo=dt.UTC)
        cards[number], last[number] = scheduler.review_card(card, fsrs.Rating(grade), noon)[0], day
    found = counted(store, (late,), learning, relearning) or [(0, 0), (0, 0)]
    store.close()
    assert found == [(expected[f"{name} tested"], expected[f"{name} passed"]) for name in ("all", "late")]


def test_a_review_taken_back_counts_nowhere_and_a_long_pause_is_a_minute(home: Path) -> None:
    store = open_store(home / "reviews.db")
    add(store, CARD, EASY, DAY, 5_000)
    add(store, CARD, GOOD, DAY + 8, 3_600_000)
    store.undo(add(store, CARD, AGAIN, DAY + 30, 9_000), AT)
    with History(store.path, (), CLAIMS) as history:
        assert history.days() == [(DAY, 1, 5_000), (DAY + 8, 1, 60_000)]
    add(store, CARD, AGAIN, DAY + 31)
    assert counted(store, (DAY + 9,)) == [(2, 1), (1, 0)]
    store.close()


def test_retention_of_claims_of_no_open_deck_stands_apart(home: Path) -> None:
    store = open_store(home / "reviews.db")
    for card in (CARD, "gone:talk/claim/c1"):
        add(store, card, EASY, DAY)
        add(store, card, GOOD, DAY + 8)
    with History(store.path, (), CLAIMS) as history:
        parts, months = history.retention([DAY + 9], 2, 1)
    assert sorted((part.topic, part.source, part.counts) for part in parts) == [
        ("", "", [(1, 1), (0, 0)]),
        ("t", "d:talk", [(1, 1), (0, 0)]),
    ]
    assert months == [(f"{dt.date.fromordinal(DAY + 8):%Y-%m}", 2, 2)]
    store.close()


def memory(due: int, stability: float = 10.0, *, learning: bool = False, last: int = DAY - 5, **other: float) -> Memory:
    base = schedule.review(None, AGAIN if learning else EASY, AT, last)
    return replace(base, due_day=due, stability=stability, last_day=last, **other)


def keep(store: Store, memories: dict[str, Memory]) -> None:
    for card, one in memories.items():
        store.add(Graded(card, EASY, None, one), AT, one.last_day, 0)


def by_hand(slots: list[Slot], memories: dict[str, Memory], days: int) -> dict[int, int]:
    """What the planner shows day by day, where every card shown then stays away."""
    found, left = {}, dict(memories)
    for day in range(DAY, DAY + days):
        shown = plan(slots, left, day, Deal(new_per_day=0))
        cards = [*shown.main, *(card for _, card in shown.learning)]
        if cards:
            found[day] = len(cards)
        left = {card: one for card, one in left.items() if card not in cards}
    return found


cards = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from(["c1", "c2", "qa", "c1-en"])),
    st.builds(
        memory, st.integers(DAY - 3, DAY + 6), learning=st.booleans(), last=st.sampled_from([DAY - 5, DAY - 5, DAY]),
    ),
    max_size=16,
)  # fmt: skip


@many
@given(cards)
def test_the_forecast_is_what_the_planner_would_show(
    tmp_path_factory: pytest.TempPathFactory, found: dict[tuple[int, str], Memory]
) -> None:
    store = open_store(tmp_path_factory.mktemp("stats") / "reviews.db")
    memories = {f"d:s/{claim}/{name}": one for (claim, name), one in found.items()}
    keep(store, memories)
    slots = [Slot(f"d:s/{claim}/{name}", f"d:s/{claim}", "t") for claim in range(5) for name in ("c1", "c2", "qa")]
    with History(store.path, slots, {}) as history:
        assert history.forecast(DAY, 9) == by_hand(slots, memories, 9)
    store.close()


def test_siblings_wait_in_the_forecast_and_what_is_overdue_is_due_today(home: Path) -> None:
    store = open_store(home / "reviews.db")
    keep(
        store, {"d:s/a/c1": memory(DAY - 90), "d:s/a/c2": memory(DAY), "d:s/a/qa": memory(DAY + 1), "d:s/b/c1": memory(DAY + 40)}
    )
    slots = [Slot(f"d:s/{claim}/{name}", f"d:s/{claim}", "t") for claim in "ab" for name in ("c1", "c2", "qa")]
    with History(store.path, slots, {}) as history:
        assert history.forecast(DAY, 30) == {DAY: 1, DAY + 1: 1, DAY + 2: 1}
        assert history.cards() == (6, 0, 4)
    store.close()


def test_distributions_and_the_hardest_cards(home: Path) -> None:
    store = open_store(home / "reviews.db")
    found = {
        "d:s/a/c1": memory(DAY, 0.4, difficulty=1.0, lapses=2),
        "d:s/b/c1": memory(DAY, 1.0, difficulty=9.5, lapses=2),
        "d:s/c/c1": memory(DAY, 400.0, difficulty=10.0, lapses=7),
        "d:s/d/c1": memory(DAY, 20.9, difficulty=5.0),
        "gone:s/e/c1": memory(DAY, 20.9, difficulty=5.0, lapses=9),
    }
    keep(store, found)
    slots = [Slot(f"d:s/{claim}/c1", f"d:s/{claim}", "t") for claim in "abcdx"]
    with History(store.path, slots, {}) as history:
        assert history.spread("stability", [1, 3, 21, 365]) == [1, 1, 1, 0, 1]
        assert history.spread("difficulty", [5, 9]) == [1, 1, 2]
        assert [(hard.card, hard.lapses) for hard in history.hardest(2)] == [("d:s/c/c1", 7), ("d:s/b/c1", 2)]
        assert history.cards() == (5, 0, 4)
    store.close()


@many
@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0.01, 4000)), min_size=1, max_size=20))
def test_mastery_is_the_mean_of_what_py_fsrs_says_of_each_card(found: list[tuple[int, float]]) -> None:
    memories = [memory(DAY, stability, last=DAY - ago) for ago, stability in found]
    fitted = (*fsrs.Scheduler().parameters[:-1], 0.3)
    for parameters in ((), fitted):
        mean = sum(schedule.retrievability(one, DAY, parameters) for one in memories) / len(memories)
        assert mastery(memories, DAY, parameters=parameters) == pytest.approx(mean, rel=1e-9)
    whole = mastery(memories, DAY)
    assert mastery(memories, DAY, of=2 * len(memories)) == pytest.approx(whole / 2, rel=1e-9)


def test_mastery_is_nine_tenths_when_the_stability_has_passed_and_none_of_nothing() -> None:
    assert mastery([memory(DAY, 7.0, last=DAY - 7)], DAY) == pytest.approx(0.9)
    assert mastery([memory(DAY, 7.0, last=DAY + 3)], DAY) == 1.0, "a clock set back"
    assert (mastery([], DAY), mastery([], DAY, of=4)) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], (0, 0, 0)),
        ([DAY], (1, 1, 1)),
        ([DAY - 1], (1, 1, 1)),  # today is not over
        ([DAY - 2], (0, 1, 1)),
        ([DAY - 9, DAY - 8, DAY - 7, DAY - 1, DAY], (2, 3, 5)),
        ([DAY - 1, DAY, DAY + 5], (2, 2, 2)),  # a clock set back
    ],
)
def test_streaks(days: list[int], found: tuple[int, int, int]) -> None:
    one = streak(days, DAY)
    assert (one.current, one.longest, one.days) == found


@given(st.sets(st.integers(DAY - 40, DAY)))
def test_a_streak_is_as_long_as_one_can_walk_back(days: set[int]) -> None:
    last = DAY if DAY in days else DAY - 1
    walked = 0
    while last - walked in days:
        walked += 1
    assert streak(days, DAY).current == walked
    assert walked <= streak(days, DAY).longest <= len(days)


@given(st.integers(100_000, 999_999), st.integers(1, 60))
def test_the_heat_map_holds_every_day_once_under_its_weekday(day: int, number: int) -> None:
    found = weeks({one: one for one in range(day - 500, day + 1)}, day, number)
    shown = [one for week in found for one in week if one is not None]
    assert shown == list(range(shown[0], day + 1))
    assert len(found) == number
    assert all(dt.date.fromordinal(week[0] or day).isoweekday() == 1 for week in found if week[0])
    assert found[-1][dt.date.fromordinal(day).isoweekday() - 1] == day


def test_months_stand_over_the_weeks_in_which_they_begin() -> None:
    day = dt.date(2024, 6, 1).toordinal()  # a Saturday; the week before has no first of a month
    assert months_line(day, 6) == " 5   6"
    assert months_line(day, 6, 2) == "  5       6"
    line = months_line(dt.date(2024, 12, 8).toordinal())
    assert line.split() == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
    assert len(line) <= 53 + 1


def test_shades_are_quarters_and_one_busy_day_does_not_pale_the_others() -> None:
    bounds = levels([10] * 30 + [1000])
    assert bounds == (3, 5, 8)
    assert [shade(one, bounds) for one in (0, 1, 2, 3, 5, 8, 1000)] == [0, 1, 1, 2, 3, 4, 4]
    assert levels([]) == levels([1, 1]) == (2, 3, 4)


def learn(desk: Desk, clock: Clock, days: int) -> None:
    """Study each day, and forget the price of Pu'er whenever it comes back."""
    for _ in range(days):
        sitting = desk.begin()
        while card := sitting.show(desk.now()):
            met = desk.memories.get(card)
            forgets = "price" in card and met and met.state == schedule.REVIEW
            desk.grade(sitting, AGAIN if forgets else GOOD, 4_000)
            clock.forward(minutes=11)
        clock.forward(days=1)


def test_the_figures_of_a_desk_agree_with_each_other(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    learn(desk, clock, 40)
    on = shelf(desk.texts.decks, "zh-en")
    with History(desk.store.path, on.slots, on.claims) as history:
        found = replace(count(history, on, desk.memories, desk.day()), retention=retention(history, on, desk.day(), desk.config))
    assert found.today == dt.date.fromordinal(desk.day())
    assert found.forecast[0].reviews == desk.plan().due
    assert sum(one.cards for one in found.stability) == sum(one.cards for one in found.difficulty) == len(desk.memories) == 7
    assert (found.cards.total, found.cards.new) == (7, 0)
    assert sum(one.reviews for one in found.a_day) == found.activity["all"].reviews == sum(m.reps for m in desk.memories.values())
    assert found.activity["all"].seconds == 4 * found.activity["all"].reviews
    assert sum(one.seconds for one in found.time["all"]) == sum(one.seconds for one in found.time["year"])
    assert len(found.time["month"]) == 30
    assert len(found.time["year"]) == 12
    assert found.retention is not None
    kept = found.retention.spans["all"]
    for groups in (kept.by_topic, kept.by_source, found.retention.by_month):
        assert sum(one.tested.reviews for one in groups) == kept.all.reviews > 10
        assert sum(one.tested.passed for one in groups) == kept.all.passed
    assert {one.id: one.tested.retention == 1 for one in kept.by_topic} == {"leaves": True, "trade": False}
    assert [one.name_en for one in kept.by_source] == ["Hill tea party", "Quay Q&A"]
    assert {card.card.split("/")[1] for card in found.hardest} == {"price-will-fall"}
    assert [card.answer for card in found.hardest if card.card.endswith("c1")] == ["价格"]
    assert found.hardest[0].lapses == max(m.lapses for m in desk.memories.values())
    lines = "\n".join(text.report(found, "all"))
    for part in (f"{kept.all.retention:.1%}", "码头问答 Quay Q&A", "价格", f"{found.hardest[0].lapses} lapses in"):
        assert part in lines


def test_in_the_other_direction_the_cards_are_others_and_the_log_is_one(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock, direction="en-zh")
    learn(desk, clock, 20)
    chinese, english = shelf(desk.texts.decks, "zh-en"), shelf(desk.texts.decks, "en-zh")
    for on, reviewed in ((chinese, 0), (english, len(desk.memories))):
        with History(desk.store.path, on.slots, on.claims) as history:
            found = count(history, on, desk.memories, desk.day())
            assert found.cards.total - found.cards.new == reviewed
            assert found.activity["all"].reviews > 0
            kept = retention(history, on, desk.day(), desk.config).spans["all"]
            assert [one.id for one in kept.by_topic] == ["leaves", "trade"], "a claim has its topic in either language"
    assert {card.answer for card in found.hardest if "/c1" in card.card} == {"price"}


def test_without_a_store_there_is_nothing_and_a_broken_one_is_one_line(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home / "elsewhere")
    on = shelf(desk.texts.decks, "zh-en")
    with History(home / "reviews.db", on.slots, on.claims) as history:
        found = count(history, on, {}, DAY)
        assert retention(history, on, DAY, Deal()).spans["all"].all.retention is None
    assert text.report(found, "all") == [text.EMPTY]
    assert found.cards.new == found.cards.total == 7
    assert not (home / "reviews.db").exists()
    (home / "reviews.db").write_bytes(b"garbage, and enough of it to be read as a header of a file" * 9)
    with pytest.raises(StudytoolError, match="cannot be read") as caught, History(home / "reviews.db", (), {}) as history:
        history.days()
    assert caught.value.code == OUTSIDE


def test_what_was_fitted_and_the_steps_set_tell_in_the_figures(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    learn(desk, clock, 40)
    on, day = shelf(desk.texts.decks, "zh-en"), desk.day() + 30
    with History(desk.store.path, on.slots, on.claims) as history:
        plain = count(history, on, desk.memories, day).cards.retrievability
        steeper = count(history, on, desk.memories, day, (*fsrs.Scheduler().parameters[:-1], 0.6)).cards.retrievability
        two = retention(history, on, day, desk.config).spans["all"].all
    with History(desk.store.path, on.slots, on.claims) as history:
        fifty = retention(history, on, day, Deal(learning_steps=(1,) * 50)).spans["all"].all
    assert plain is not None
    assert steeper is not None
    assert plain != pytest.approx(steeper, abs=1e-3)
    assert fifty.reviews < two.reviews, "with fifty steps a card is in review later"
