"""Reviews made in a real collection come into the log, once each, and memories follow as they would from the quiz."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from anki_connect_server import Server, serving
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from anki_desk import CardAnswer, Desk, desk, made
from studytool.anki.identity import card_of
from studytool.anki.revlog import AnkiReview, Entry, Found, Logged, found
from studytool.cli import cli
from studytool.errors import StudytoolError
from studytool.progress import from_anki
from studytool.quiz import exchange, schedule
from studytool.quiz.day import study_day
from studytool.quiz.merge import Kept, Line
from studytool.quiz.peek import peek, peek_all
from studytool.quiz.replay import Review, remembered
from studytool.quiz.session import Graded
from studytool.quiz.store import open_store

PRICE, TREES = "tea:quay-2024/price-will-fall", "tea:hill-2023/old-trees"
BUDS = "tea:hill-2023/picked-before-rain"
C1, QA, TREE = f"{PRICE}/c1", f"{PRICE}/qa", f"{TREES}/c1"


class Learner(Desk):
    """A desk with Anki open on it, and a terminal."""

    server: Server
    store: Path

    def pull(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["anki", "pull", *args, "--url", self.server.url])

    def log(self) -> list[Line]:
        return list(peek_all(self.store).reviews) if self.store.exists() else []

    def grade(self, name: str, rating: "CardAnswer.Rating.V") -> None:
        """Answer a card by Anki's own scheduler, each a minute after the last."""
        card = self.cards()[name]
        card.start_timer()
        states = self.col._backend.get_scheduling_states(card.id)
        self.col.sched.answer_card(self.col.sched.build_answer(card=card, states=states, rating=rating))
        self.spread()

    def spread(self) -> None:
        """Reviews of the tests come within a second of each other; put them a day apart, as if somebody had lived."""
        start = 1_790_000_000_000
        rows = self.col.db.list("select id from revlog order by rowid")
        for at, row in enumerate(rows):
            if row != start + at * 86_400_123:
                self.col.db.execute("update revlog set id = ? where id = ?", start + at * 86_400_123, row)


@pytest.fixture
def learner(tmp_path: Path, home: Path) -> Iterator[Learner]:
    """A collection with the deck in it, as imported."""
    with desk(tmp_path / "anki") as found, serving(found.col) as server:
        one = Learner(found.col)
        one.server, one.store = server, home / "reviews.db"
        one.take(made())
        yield one


def test_reviews_come_in_once_with_their_grades_moments_and_waits(learner: Learner) -> None:
    for name, rating in ((C1, CardAnswer.GOOD), (TREE, CardAnswer.AGAIN), (QA, CardAnswer.EASY), (C1, CardAnswer.HARD)):
        learner.grade(name.replace("/c1", "/cloze#1").replace("/qa", "/qa#1"), rating)
    done = learner.pull()
    assert done.output == "Anki has 7 notes of ours: 4 new reviews, 0 known\n", done.exception
    log = learner.log()
    assert [(one.card, one.grade) for one in log] == [(C1, 3), (TREE, 1), (QA, 4), (C1, 2)]
    rows = learner.col.db.all("select id / 1000, ivl, time from revlog order by id")
    assert [[one.at, one.ivl, one.took] for one in log] == rows
    assert all(one.day == study_day(dt.datetime.fromtimestamp(one.at, dt.UTC)) for one in log)
    assert log[2].ivl
    assert log[2].ivl > 0, "a wait in days"
    assert log[0].ivl
    assert log[0].ivl < 0, "a learning step, in seconds"
    assert learner.pull().output == "Anki has 7 notes of ours: 0 new reviews, 4 known\n"
    assert learner.log() == log
    replayed = remembered(Review(one.card, one.grade, one.at, one.day, one.ivl) for one in log)  # type: ignore[arg-type]
    assert peek(learner.store) == replayed
    assert learner.server.writes == []


def test_the_memory_is_that_of_anki_s_own_fsrs(learner: Learner) -> None:
    learner.col.set_config("fsrs", True)
    for rating in (CardAnswer.EASY, CardAnswer.GOOD, CardAnswer.AGAIN):
        learner.grade(f"{PRICE}/cloze#1", rating)
    learner.pull()
    memory = peek(learner.store)[C1]
    asked = learner.col.compute_memory_state(learner.cards()[f"{PRICE}/cloze#1"].id)
    assert memory.stability == pytest.approx(asked.stability, rel=0.02)
    assert memory.difficulty == pytest.approx(asked.difficulty, rel=0.02)
    assert (memory.reps, memory.lapses) == (3, 1)


def test_a_step_over_the_night_is_no_interval_of_a_day() -> None:
    evening = int(dt.datetime(2026, 9, 1, 23, 0).timestamp())
    stays = AnkiReview(C1, evening * 1000, 1, 1, 500, in_steps=True)
    taken = from_anki(Found([stays, stays._replace(card=QA, in_steps=False)], 1, 0, 0, 0), 4)
    assert [(one.card, one.ivl) for one in taken.kept.reviews] == [(C1, -5 * 3600), (QA, 1)]


def test_own_reviews_stay_and_both_make_one_history(learner: Learner) -> None:
    at = 1_789_000_000
    day = study_day(dt.datetime.fromtimestamp(at, dt.UTC))
    with closing(open_store(learner.store)) as store:
        store.add(Graded(C1, 3, None, schedule.review(None, 3, at, day)), at, day, 900)
    learner.grade(f"{PRICE}/cloze#1", CardAnswer.GOOD)
    assert "1 new review, 0 known" in learner.pull().output
    assert [(one.card, one.at < at + 1) for one in learner.log()] == [(C1, True), (C1, False)]
    assert peek(learner.store)[C1].reps == 2
    assert list(learner.store.with_name("backups").iterdir()), "a backup is made first"


def test_a_dry_run_lists_the_reviews_and_writes_nothing(learner: Learner, home: Path) -> None:
    learner.grade(f"{PRICE}/cloze#1", CardAnswer.GOOD)
    done = learner.pull("--dry-run")
    when = dt.datetime.fromtimestamp(1_790_000_000)
    assert done.output.splitlines() == [
        f"+ {when:%Y-%m-%d %H:%M:%S} {C1} grade 3",
        "Anki has 7 notes of ours: 1 new review, 0 known; nothing was changed",
    ]
    assert list(home.iterdir()) == []
    learner.pull()
    assert learner.pull("--dry-run").output == "Anki has 7 notes of ours: 0 new reviews, 1 known; nothing was changed\n"


def test_what_nobody_answered_is_no_review_and_other_notes_are_none_of_ours(learner: Learner) -> None:
    learner.grade(f"{PRICE}/cloze#1", CardAnswer.GOOD)
    card = learner.cards()[f"{PRICE}/cloze#1"].id
    learner.col.sched.set_due_date([card], "5")  # writes a line of the kind "manual"
    learner.col.sched.schedule_cards_as_new([card])
    basic = learner.col.new_note(learner.col.models.by_name("Basic"))
    basic.fields = ["tea:quay-2024/price-will-fall/cloze", "not ours"]
    learner.col.add_note(basic, learner.col.decks.id("Default"))
    learner.answer(basic.cards()[0])
    assert learner.col.db.scalar("select count() from revlog") == 4
    assert learner.pull().output == (
        "Anki has 7 notes of ours: 1 new review, 0 known, 1 card with a due day changed other than by a grade, which stays in Anki\n"
    )


def test_a_quiz_that_is_open_is_not_written_under(learner: Learner) -> None:
    from studytool.quiz.lock import take_turn

    learner.grade(f"{PRICE}/cloze#1", CardAnswer.GOOD)
    with closing(take_turn(learner.store)):  # type: ignore[type-var]
        done = learner.pull()
    assert "a quiz is open" in str(done.exception)
    assert learner.log() == []


@pytest.mark.parametrize(
    ("note", "ord_", "card"),
    [
        ("tea:a/b/cloze", 1, "tea:a/b/c2"),
        ("tea:a/b/qa", 0, "tea:a/b/qa"),
        ("tea:a/b/cloze-en", 0, "tea:a/b/c1-en"),
        ("tea:a/b/cloze-c2", 1, "tea:a/b/c2"),
        ("tea:a/b/cloze-c2-en", 1, "tea:a/b/c2-en"),
        ("tea:a/b/cloze-c2", 0, None),
        ("tea:a/b/qa-en", 0, "tea:a/b/qa-en"),
        ("tea:a/b/qa", 1, None),
        ("tea:a/b/cloze", -1, None),
        ("tea:a/b/cloze", 999, None),
        ("tea:a/b/c/cloze", 0, None),
        ("tea a:a/b/cloze", 0, None),
        ("cloze", 0, None),
    ],
)
def test_the_card_of_a_note(note: str, ord_: int, card: str | None) -> None:
    assert card_of(note, ord_) == card


NUMBER = st.integers(-(1 << 62), 1 << 62) | st.integers(-2, 6)


@given(st.builds(Entry, id=NUMBER, ease=NUMBER, ivl=NUMBER, factor=NUMBER, time=NUMBER, type=NUMBER))
def test_whatever_anki_s_log_holds_a_review_fits_ours(entry: Entry) -> None:
    taken = from_anki(found([Logged(C1, 2, [entry])], 1), 4)
    lines = taken.kept.reviews
    if not lines:
        assert taken.refused == (entry.ease > 0 and (entry.type != 3 or entry.factor != 0))
        return
    assert (lines[0].grade, lines[0].at * 1000 + (lines[0].ms or 0)) == (entry.ease, entry.id)
    path = Path("reviews.json")
    path.write_bytes(exchange.encode(Kept(lines)))
    assert exchange.read(path).reviews == lines, "as strict as a file from elsewhere"


@pytest.mark.parametrize(("factor", "counts"), [(0, False), (2500, True)])
def test_an_extra_repetition_counts_where_it_moved_the_schedule(factor: int, counts: bool) -> None:
    entry = Entry(id=1_790_000_000_123, ease=3, ivl=4, factor=factor, time=900, type=3)
    told = found([Logged(C1, 2, [entry])], 1)
    assert (bool(told.reviews), told.by_hand) == (counts, 0)


def test_two_of_one_second_are_two_and_one_that_went_there_twice_is_one(learner: Learner) -> None:
    for rating in (CardAnswer.AGAIN, CardAnswer.GOOD, CardAnswer.GOOD):
        learner.grade(f"{PRICE}/cloze#1", rating)
    for number, at in enumerate((1_790_000_000_100, 1_790_000_000_200, 1_790_000_000_300)):
        row = learner.col.db.list("select id from revlog order by rowid")[number]
        learner.col.db.execute("update revlog set id = ? where id = ?", at, row)
    learner.pull()
    assert [(one.grade, one.at) for one in learner.log()] == [(1, 1_790_000_000), (3, 1_790_000_001)]
    assert "0 new reviews, 2 known" in learner.pull().output


def test_a_second_blank_is_a_card_of_its_own(learner: Learner) -> None:
    for name, rating in (("cloze#1", CardAnswer.GOOD), ("cloze-c2#2", CardAnswer.AGAIN), ("cloze-c2#2", CardAnswer.EASY)):
        learner.grade(f"{BUDS}/{name}", rating)
    assert "3 new reviews" in learner.pull().output
    assert [(one.card, one.grade) for one in learner.log()] == [(f"{BUDS}/c1", 3), (f"{BUDS}/c2", 1), (f"{BUDS}/c2", 4)]


def test_a_blank_that_stood_on_the_first_one_s_note_keeps_its_reviews(learner: Learner) -> None:
    """Packages once had both blanks on one note; the old card has its reviews until *Empty Cards* takes it out."""
    (name, text), *_ = learner.notes()[f"{BUDS}/cloze"].items()
    learner.edit(f"{BUDS}/cloze", {name: text.replace("80 度", "{{c2::80 度}}")})
    learner.grade(f"{BUDS}/cloze#2", CardAnswer.GOOD)
    learner.grade(f"{BUDS}/cloze-c2#2", CardAnswer.HARD)
    learner.grade(f"{BUDS}/cloze#2", CardAnswer.AGAIN)
    assert "3 new reviews" in learner.pull().output
    assert [(one.card, one.grade) for one in learner.log()] == [(f"{BUDS}/c2", grade) for grade in (3, 2, 1)]
    moments = [one.at for one in learner.log()]
    assert moments == sorted(moments)


def test_a_pull_and_an_import_of_the_collection_are_equal(learner: Learner, tmp_path: Path) -> None:
    """Steps, lapses, second blanks, grades of one second, a filtered deck, a card moved by hand, a step over the night."""
    names = (f"{PRICE}/cloze#1", f"{PRICE}/qa#1", f"{BUDS}/cloze#1", f"{BUDS}/cloze-c2#2", f"{TREES}/cloze#1")
    ratings = (CardAnswer.GOOD, CardAnswer.EASY, CardAnswer.AGAIN, CardAnswer.HARD)
    for nth in range(20):
        learner.grade(names[nth % 5], ratings[nth * 7 % 4])
    cards, db = learner.cards(), learner.col.db
    learner.col.sched.set_due_date([cards[names[4]].id], "5")
    for at, grade, wait, type_, factor in (
        (1_795_000_000_100, 3, 4, 1, 500), (1_795_000_000_900, 3, 4, 1, 500), (1_795_000_000_950, 1, -600, 1, 500),
        (1_795_100_000_000, 2, 3, 3, 0), (1_795_200_000_000, 2, 3, 3, 500), (1_795_300_000_000, 9, 3, 1, 500),
        (1_795_400_000_000, 1, 1, 2, 500),
    ):  # fmt: skip
        values = (at, cards[names[3]].id, -1, grade, wait, 0, factor, 800, type_)
        db.execute("insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)
    db.execute("update cards set type = 3 where id = ?", cards[names[3]].id)
    learner.col.save()
    pulled = learner.pull().output
    imported = CliRunner().invoke(
        cli, ["import", str(tmp_path / "anki" / "collection.anki2")], env={"STUDYTOOL_HOME": str(tmp_path / "other")}
    )
    left = "1 review that cannot be, 1 card with a due day changed other than by a grade, which stays in Anki"
    assert pulled == f"Anki has 7 notes of ours: 24 new reviews, 0 known, {left}\n"
    assert imported.output.endswith(f": 24 new reviews, 0 known, {left}\n")
    lines = peek_all(tmp_path / "other" / "reviews.db").reviews
    assert lines == tuple(learner.log())
    assert {one.card for one in lines} == {C1, QA, f"{BUDS}/c1", f"{BUDS}/c2", TREE}
    assert any(one.ms for one in lines)
    assert -86_400 < (lines[-1].ivl or 0) < 0, "the step over the night"


def test_a_flood_of_reviews_of_one_card_is_refused(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        learner.grade(f"{PRICE}/cloze#1", CardAnswer.GOOD)
    with monkeypatch.context() as few:
        few.setattr(exchange, "_MOST_OF_A_CARD", 3)
        refused = learner.pull().exception
    assert isinstance(refused, StudytoolError)
    assert "more than 3 reviews of one card; nothing was taken in" in str(refused)
    assert learner.pull().output.startswith("Anki has 7 notes of ours: 4 new reviews, 0 known")
