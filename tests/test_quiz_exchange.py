"""Reviews carried between stores: by the real file and real stores, and what the command line says of bad ones."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from test_cli import one_line

from console import run
from studytool.errors import USAGE, StudytoolError
from studytool.quiz import exchange, schedule
from studytool.quiz.flags import Flag, Flags
from studytool.quiz.merge import Kept, Line
from studytool.quiz.overrides import Overridden, Override
from studytool.quiz.peek import peek_all
from studytool.quiz.replay import Review, remembered
from studytool.quiz.schedule import GRADES
from studytool.quiz.session import Graded
from studytool.quiz.store import Store, open_store

DAY, AT = 739_000, 1_700_000_000
CARDS = ["d:s/0/c1", "d:s/0/qa-en", "d:s/1/c2"]
NUMBER = itertools.count()

# What a learner does: grade a card, take the last grade of one back, flag one, change a text; and how much later the next is.
WAIT = st.sampled_from([0, 1, 60, 86_400 * 3])
GRADE = st.tuples(st.just("grade"), st.sampled_from(CARDS), st.sampled_from(GRADES), WAIT)
UNDO = st.tuples(st.just("undo"), st.sampled_from(CARDS), st.just(0), WAIT)
FLAG = st.tuples(st.just("flag"), st.sampled_from(CARDS), st.integers(0, 3), WAIT)
TEXT = st.tuples(st.just("text"), st.sampled_from(["d:s/0", "d:s/1"]), st.integers(0, 2), WAIT)
STEPS = st.lists(st.one_of(GRADE, GRADE, UNDO, FLAG, TEXT), max_size=14)
REAL_FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


class Device:
    """A store, and a learner whose clock shows seconds that no other device's shows."""

    def __init__(self, folder: Path, number: int = 0, of: int = 1, start: int = AT) -> None:
        self.path = folder / f"reviews-{next(NUMBER)}.db"
        self.store: Store = open_store(self.path)
        self.number, self.of, self.now = number, of, start

    def live(self, steps: list[tuple[str, str, int, int]]) -> "Device":
        for what, name, value, wait in steps:
            self.now += wait
            at = self.store.moment(name, self.now)
            at += (self.number - at) % self.of
            day = DAY + (at - AT) // 86_400
            before = self.store.memories().get(name)
            if what == "grade":
                grade: schedule.Grade = value  # type: ignore[assignment]
                self.store.add(Graded(name, grade, before, schedule.review(before, grade, at, day)), at, day, wait)
            elif what == "undo" and before:
                self.take_back(name, at)
            elif what == "flag":
                Flags(self.store).put(name, Flag(suspended=value > 1, marked=value % 2 == 1), at)
            elif what == "text":
                text = self.store.overrides().get(name)
                at = max(at, text.at + self.of) if text else at
                self.store.put_override(name, Overridden(Override(en=f"text {value}"), at))
        return self

    def take_back(self, card: str, at: int) -> None:
        live = sorted((one for one in self.log() if one.card == card and one.undone is None), key=lambda one: one.at)
        last = live[-1]
        earlier = [Review(one.card, one.grade, one.at, one.day, one.ivl) for one in live[:-1]]  # type: ignore[arg-type]
        before = remembered(earlier).get(card)
        after = self.store.memories()[card]
        self.store.undo(Graded(card, last.grade, before, after), at)  # type: ignore[arg-type]

    def log(self) -> list[Line]:
        return list(peek_all(self.path).reviews)

    def kept(self) -> Kept:
        """What there is, whatever the order it came in. Who took a grade back that another had taken back is not told to both."""
        kept = peek_all(self.path)
        reviews = (structs.replace(one, undone=None if one.undone is None else 0) for one in kept.reviews)
        return Kept(tuple(sorted(reviews, key=lambda one: (one.at, one.card, one.grade))), kept.flags, kept.overrides)

    def takes(self, other: "Device", folder: Path) -> None:
        """Over a real file, as `export` and `import` do it."""
        file = folder / "carried.json"
        file.write_bytes(exchange.encode(peek_all(other.path)))
        self.store.merge(exchange.read(file))


@REAL_FILES
@given(STEPS)
def test_export_and_import_give_an_equal_store_and_twice_is_once(tmp_path: Path, steps: list[tuple[str, str, int, int]]) -> None:
    one, other = Device(tmp_path).live(steps), Device(tmp_path)
    other.takes(one, tmp_path)
    assert peek_all(other.path) == peek_all(one.path)
    assert other.store.memories() == one.store.memories() == one.store.derived() == other.store.derived()
    before = other.path.read_bytes()
    kept = exchange.read(tmp_path / "carried.json")
    assert other.store.merge(kept)[1:] == (0, 0, 0, 0)
    assert one.store.merge(kept)[1:] == (0, 0, 0, 0), "nor does its own export change anything"
    assert (peek_all(other.path), other.path.read_bytes()) == (peek_all(one.path), before)


@REAL_FILES
@given(STEPS, STEPS, STEPS, STEPS)
def test_stores_that_went_apart_come_together_in_whatever_order(
    tmp_path: Path,
    shared: list[tuple[str, str, int, int]],
    here: list[tuple[str, str, int, int]],
    there: list[tuple[str, str, int, int]],
    later: list[tuple[str, str, int, int]],
) -> None:
    one = Device(tmp_path, 0, 2).live(shared)
    other = Device(tmp_path, 1, 2, one.now)
    other.takes(one, tmp_path)
    one.live(here)
    other.live(there)
    late = Device(tmp_path)
    for device in (other, one, other):
        late.takes(device, tmp_path)
    one.takes(other, tmp_path)
    other.takes(one, tmp_path)
    assert one.kept() == other.kept() == late.kept()
    assert one.store.memories() == other.store.memories() == late.store.memories() == one.store.derived()
    one.live(later)  # and it goes on
    other.takes(one, tmp_path)
    assert one.kept() == other.kept()
    assert one.store.memories() == other.store.memories() == one.store.derived() == other.store.derived()


def test_reviews_alike_in_card_moment_and_grade_are_neither_lost_nor_doubled(tmp_path: Path) -> None:
    """Stores of version 1 and 2 may hold such, of two keys pressed within a second."""
    one, other = Device(tmp_path), Device(tmp_path)
    first = schedule.review(None, 3, AT, DAY)
    second = schedule.review(first, 3, AT, DAY)
    one.store.add(Graded(CARDS[0], 3, None, first), AT, DAY, 10)
    other.takes(one, tmp_path)
    one.store.add(Graded(CARDS[0], 3, first, second), AT, DAY, 20)
    one.store.undo(Graded(CARDS[0], 3, first, second), AT + 5)
    for _ in range(2):
        other.takes(one, tmp_path)
        assert [(review.took, review.undone) for review in other.log()] == [(10, None), (20, AT + 5)]
        assert other.store.memories() == {CARDS[0]: first}


def written(path: Path, **change: object) -> Path:
    review = {"card": CARDS[0], "grade": 3, "at": AT, "day": DAY, "took": 5}
    path.write_text(json.dumps({"format": exchange.NAME, "version": 1, "reviews": [review]} | change), "utf-8")
    return path


def bad_review(**change: object) -> list[dict[str, object]]:
    good: dict[str, object] = {"card": CARDS[0], "grade": 3, "at": AT, "day": DAY, "took": 5}
    return [good, good | change]


BAD: dict[str, dict[str, object]] = {
    "of another format": {"format": "anki"},
    "no version": {"version": "one"},
    "newer": {"version": 2},
    "no reviews": {"reviews": 5},
    "grade 0": {"reviews": bad_review(grade=0)},
    "grade 5": {"reviews": bad_review(grade=5)},
    "a grade in words": {"reviews": bad_review(grade="good")},
    "a card without a name": {"reviews": bad_review(card="")},
    "a card of no statement": {"reviews": bad_review(card="d:s/c1")},
    "a card of two lines": {"reviews": bad_review(card="d:s/0/c1\n")},
    "a moment too late for SQLite": {"reviews": bad_review(at=1 << 64)},
    "a moment before 1970": {"reviews": bad_review(at=-1)},
    "a day before the calendar": {"reviews": bad_review(day=0)},
    "a day past the calendar": {"reviews": bad_review(day=3_652_059)},
    "half a second": {"reviews": bad_review(at=AT + 0.5)},
    "taken back at no time": {"reviews": bad_review(undone=-1)},
    "flags of no card": {"flags": {"nothing": {"marked": True}}},
    "flags too late": {"flags": {CARDS[0]: {"at": 1 << 70}}},
    "texts of no field": {"overrides": {"d:s/0": {"fields": {"id": "other"}, "at": 1}}},
    "texts too late": {"overrides": {"d:s/0": {"fields": {"zh": "x"}, "at": 1 << 70}}},
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_one_line_and_nothing_is_taken_in(tmp_path: Path, fault: str) -> None:
    assert exchange.read(written(tmp_path / "good.json")).reviews == (Line(CARDS[0], 3, AT, DAY, 5),)
    with pytest.raises(StudytoolError) as caught:
        exchange.read(written(tmp_path / "bad.json", **BAD[fault]))
    assert caught.value.code == USAGE
    assert str(caught.value).startswith(str(tmp_path / "bad.json"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b'{"format":"\\ud800"}', b"\0" * 99, b"PK\3\4"]
)
def test_what_is_no_such_file_at_all_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(data)
    with pytest.raises(StudytoolError) as caught:
        exchange.read(tmp_path / "bad.json")
    assert caught.value.code == USAGE
    assert "\n" not in str(caught.value)


def test_a_file_that_was_cut_off_is_refused_wherever_that_was(tmp_path: Path) -> None:
    device = Device(tmp_path).live([("grade", CARDS[0], 3, 0), ("flag", CARDS[1], 1, 5), ("text", "d:s/1", 1, 5)])
    whole = exchange.encode(peek_all(device.path))
    for end in range(0, len(whole) - 2, 7):
        (tmp_path / "cut.json").write_bytes(whole[:end])
        with pytest.raises(StudytoolError):
            exchange.read(tmp_path / "cut.json")


def test_reviews_that_fsrs_can_count_are_all_that_is_let_in(tmp_path: Path) -> None:
    last = int((exchange._END.toordinal() - 719_163) * 86_400)
    reviews = [{"card": CARDS[0], "grade": 4, "at": last - nth, "day": exchange._END.toordinal(), "took": 0} for nth in range(40)]
    reviews += [{"card": CARDS[0], "grade": 4, "at": 0, "day": 1, "took": 0}]
    store = open_store(tmp_path / "reviews.db")
    assert store.merge(exchange.read(written(tmp_path / "far.json", reviews=reviews))).added == 41
    assert store.memories() == store.derived()


def test_a_merge_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    device = Device(tmp_path).live([("grade", CARDS[0], 3, 0)])
    before = peek_all(device.path), device.store.memories()
    bad = Line(CARDS[1], 9, AT, DAY, 0)  # the table refuses it
    with pytest.raises(StudytoolError, match="CHECK"):
        device.store.merge(Kept((Line(CARDS[1], 3, AT, DAY, 0), bad)))
    assert (peek_all(device.path), device.store.memories()) == before


def test_the_commands_carry_everything_and_say_how_much(home: Path, tmp_path: Path) -> None:
    assert "no reviews yet" in one_line(run("export", "--reviews", "mine.json"), 2)
    assert "--reviews" in one_line(run("export"), 2)
    device = Device(tmp_path).live(
        [
            ("grade", CARDS[0], 3, 0),
            ("grade", CARDS[1], 1, 0),
            ("undo", CARDS[1], 0, 9),
            ("flag", CARDS[2], 1, 0),
            ("text", "d:s/1", 1, 0),
        ]
    )
    device.store.close()
    device.path.rename(home / "reviews.db")
    done = run("export", "--reviews", "mine.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 reviews" in done.stdout
    assert sorted(json.loads(Path("mine.json").read_text("utf-8"))) == ["flags", "format", "overrides", "reviews", "version"]

    other = str(tmp_path / "other")
    first = run("import", "mine.json", STUDYTOOL_HOME=other)
    assert (first.stdout, first.stderr, first.returncode) == (
        "mine.json: 2 new reviews, 0 known, flags of 1 card, your texts of 1 statement\n",
        "",
        0,
    )
    assert run("import", "mine.json", STUDYTOOL_HOME=other).stdout == "mine.json: 0 new reviews, 2 known\n"
    assert peek_all(tmp_path / "other" / "reviews.db") == peek_all(home / "reviews.db")
    assert run("export", "--reviews", "back.json", STUDYTOOL_HOME=other).returncode == 0
    assert Path("back.json").read_bytes() == Path("mine.json").read_bytes()

    Path("bad.json").write_text("[]", "utf-8")
    assert "bad.json" in one_line(run("import", "mine.json", "bad.json"), 2)
    assert "no such file" in one_line(run("import", "none.json"), 2)
    assert "cannot be written" in one_line(run("export", "--reviews", "mine.json/in/it.json"), 3)


def test_a_review_of_anki_s_keeps_its_millisecond_on_its_way(tmp_path: Path) -> None:
    one, other = Device(tmp_path), Device(tmp_path)
    line = Line(CARDS[0], 3, AT, DAY, 5, None, 4, 789)
    one.store.merge(Kept((line,)))
    other.takes(one, tmp_path)
    assert other.log() == one.log() == [line]


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202e", "\x85"])
def test_what_a_terminal_would_act_on_is_not_taken_in(tmp_path: Path, text: str) -> None:
    path = tmp_path / "theirs.json"
    path.write_bytes(exchange.encode(Kept((), {}, {"d:s/0": Overridden(Override(note=text), 1)})))
    with pytest.raises(StudytoolError, match="control characters; nothing was taken in"):
        exchange.read(path)
    path.write_bytes(exchange.encode(Kept((), {f"d:s/{text}/c1": Flag()})))
    with pytest.raises(StudytoolError, match="nothing was taken in"):
        exchange.read(path)


def test_more_reviews_of_a_card_than_anybody_makes_are_refused(tmp_path: Path) -> None:
    """`stats` would take minutes to count them."""
    path = tmp_path / "theirs.json"
    lines = tuple(Line(CARDS[nth // 5000], 3, AT + nth, DAY, 5) for nth in range(5001))
    path.write_bytes(exchange.encode(Kept(lines)))
    assert len(exchange.read(path).reviews) == 5001
    path.write_bytes(exchange.encode(Kept((*lines, structs.replace(lines[0], at=AT - 1)))))
    with pytest.raises(StudytoolError, match="more than 5,000 reviews of one card"):
        exchange.read(path)
