import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import fsrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from old_stores import OLD
from pty_quiz import Quiz
from studytool.build import build
from studytool.deal import Deal
from studytool.deck import Slot
from studytool.errors import OUTSIDE, USAGE, StudytoolError
from studytool.quiz import schedule
from studytool.quiz.flags import Flag
from studytool.quiz.overrides import Overridden, Override
from studytool.quiz.peek import peek, peek_all, peek_flags
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD
from studytool.quiz.session import Graded, Session
from studytool.quiz.store import open_store
from studytool.quiz.store_file import VERSION, left_unclean

DAY, AT = 739_000, 1_700_000_000


def graded(card: str, grade: schedule.Grade, before: schedule.Memory | None = None) -> Graded:
    return Graded(card, grade, before, schedule.review(before, grade, AT, DAY))


def test_a_grade_is_there_when_the_file_is_opened_again(home: Path) -> None:
    store = open_store(home / "reviews.db")
    store.add(graded("d:s/0/c1", GOOD), AT, DAY, 1200)
    store.close()
    again = open_store(home / "reviews.db")
    assert again.memories() == {"d:s/0/c1": schedule.review(None, GOOD, AT, DAY)}
    assert again.notice == ""
    assert peek(home / "reviews.db") == again.memories()


def test_undo_adds_to_the_log_and_takes_nothing_from_it(home: Path) -> None:
    store = open_store(home / "reviews.db")
    first = graded("d:s/0/c1", GOOD)
    second = graded("d:s/0/c1", AGAIN, first.after)
    store.add(first, AT, DAY, 0)
    store.add(second, AT, DAY, 0)
    store.undo(second, AT + 5)
    assert store.memories() == {"d:s/0/c1": first.after}
    store.undo(first, AT + 6)
    assert store.memories() == {}
    store.close()
    db = sqlite3.connect(home / "reviews.db")
    assert db.execute("SELECT count(*) FROM review").fetchone() == (2,)
    assert db.execute("SELECT review, at FROM undone ORDER BY at").fetchall() == [(2, AT + 5), (1, AT + 6)]


@pytest.mark.parametrize("change", ["DELETE FROM review", "UPDATE review SET grade = 4", "DELETE FROM undone"])
def test_the_log_refuses_to_be_rewritten(home: Path, change: str) -> None:
    store = open_store(home / "reviews.db")
    one = graded("d:s/0/c1", GOOD)
    store.add(one, AT, DAY, 0)
    store.undo(one, AT)
    store.close()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sqlite3.connect(home / "reviews.db").execute(change)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(schedule.GRADES), st.just(0)), max_size=25))
def test_memory_always_follows_from_the_log(tmp_path_factory: pytest.TempPathFactory, steps: list[int]) -> None:
    store = open_store(tmp_path_factory.mktemp("store") / "reviews.db")
    slots = [Slot(f"d:s/{nth}/c1", f"d:s/{nth}", "t", "s", "fact") for nth in range(4)]
    sitting, now = Session(plan(slots, {}, DAY, Deal(new_per_day=99)), {}), AT
    for step in steps:
        now += 400
        if step and sitting.show(now):
            store.add(sitting.grade(step, now, DAY), now, DAY, 5)  # type: ignore[arg-type]
        elif not step and (last := sitting.last):
            store.undo(last, now)
            sitting.undo()
        assert store.memories() == store.derived() == sitting.memories
    store.close()


KILLED = """
import sys
from pathlib import Path
from studytool.quiz import schedule
from studytool.quiz.flags import Flag
from studytool.quiz.session import Graded
from studytool.quiz.store import open_store
store = open_store(Path(sys.argv[1]))
for nth in range(100_000):
    after = schedule.review(None, 3, 1_700_000_000, 739_000)
    store.add(Graded(f"d:s/{nth}/c1", 3, None, after), 1_700_000_000, 739_000, 10)
    store.put_flag(f"d:s/{nth}/c1", Flag(suspended=True, at=nth))
    print(nth, flush=True)  # the learner sees the next card
"""


@pytest.mark.parametrize("parameters", [(), (0.5, *fsrs.Scheduler().parameters[1:])])
def test_memory_follows_from_the_log_whatever_is_set_by_now(home: Path, parameters: schedule.Parameters) -> None:
    store = open_store(home / "reviews.db")
    if parameters:
        store.fit(parameters)
    slots = [Slot(f"d:s/{nth}/c1", f"d:s/{nth}", "t") for nth in range(40)]
    sitting = Session(plan(slots, {}, DAY, Deal(new_per_day=99)), {}, lambda _: Deal(retention=0.8), parameters)
    while sitting.show(AT):
        store.add(sitting.grade(EASY, AT, DAY), AT, DAY, 5)
    store.close()
    again = open_store(home / "reviews.db", retention=0.97)
    assert len({memory.due_day for memory in again.memories().values()}) > 5, "fuzz and balance had their say"
    assert again.derived() == again.memories()


@pytest.mark.parametrize("wait", [0.0, 0.03, 0.11])
def test_a_killed_process_loses_no_graded_card_and_no_flag(home: Path, wait: float) -> None:
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(home / "reviews.db")], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "0\n"
    time.sleep(wait)
    os.kill(child.pid, signal.SIGKILL)
    told = int((["0", *child.communicate()[0].split()])[-1])
    assert child.returncode == -signal.SIGKILL
    store = open_store(home / "reviews.db")
    assert store.notice == ""
    found = store.memories()
    assert {f"d:s/{nth}/c1" for nth in range(told + 1)} <= found.keys()
    assert len(found) <= told + 2
    assert found == store.derived()
    flags = store.flags()
    assert flags == {f"d:s/{nth}/c1": Flag(suspended=True, at=nth) for nth in range(len(flags))}
    assert told + 1 <= len(flags) <= len(found)
    store.close()


def test_only_an_end_that_was_not_clean_has_the_whole_file_checked_at_the_next_start(home: Path) -> None:
    path = home / "reviews.db"
    assert not left_unclean(path)
    store = open_store(path)
    store.add(graded("d:s/0/c1", EASY), AT, DAY, 0)
    assert left_unclean(path)
    store.close()
    assert not left_unclean(path)
    peek(path)
    assert (home / "reviews.db-wal").exists(), "a shell prompt leaves an empty one"
    assert not left_unclean(path)


def test_damage_deep_in_the_file_is_found_after_a_crash(home: Path) -> None:
    path = home / "reviews.db"
    store = open_store(path)
    for nth in range(400):
        store.add(graded(f"d:s/{nth}/c1", EASY), AT, DAY, 0)
    store.close()
    root, size = page_of(path, "review_card")
    store = open_store(path)
    store.remember("words", "on")
    left = {end: (home / f"reviews.db{end}").read_bytes() for end in ("", "-wal")}
    store.close()
    whole = left[""]
    cut = root * size
    (home / "reviews.db").write_bytes(whole[: cut - 600] + b"\x55" * 600 + whole[cut:])  # cells of the log's index
    (home / "reviews.db-wal").write_bytes(left["-wal"])
    store = open_store(path)
    assert "damaged" in store.notice
    assert list(home.glob("reviews.damaged-*.db"))


def page_of(path: Path, name: str) -> tuple[int, int]:
    """The number of the root page of an index, and the size of a page in bytes."""
    db = sqlite3.connect(path)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    return page, size


@pytest.mark.parametrize("damage", ["garbage", "torn", "empty header"])
def test_a_damaged_store_is_kept_aside_and_said_so(home: Path, damage: str) -> None:
    path = home / "reviews.db"
    store = open_store(path)
    for nth in range(400):
        store.add(graded(f"d:s/{nth}/c1", EASY), AT, DAY, 0)
    store.close()
    whole = path.read_bytes()
    bad = {"garbage": b"not a database, but long enough to look like one " * 50, "torn": whole[: len(whole) // 2]}.get(
        damage, b"\0" * 100 + whole[100:]
    )
    path.write_bytes(bad)
    store = open_store(path, now=dt.datetime(2024, 3, 19, 12, 30, tzinfo=dt.UTC))
    aside = home / "reviews.damaged-2024-03-19T12-30-00.db"
    assert aside.read_bytes() == bad
    assert str(aside) in store.notice
    assert store.memories() == {}
    store.add(graded("d:s/0/c1", EASY), AT, DAY, 0)
    store.close()
    assert open_store(path).notice == ""


def test_a_damaged_name_that_is_no_text_is_told_as_any_damage(home: Path) -> None:
    """SQLite quotes the name in its message, which Python then cannot read."""
    path = home / "reviews.db"
    open_store(path).close()
    path.write_bytes(path.read_bytes().replace(b"tablereviewreview\2CREATE", b"table\xff\xfeviewreview\2CRAATE", 1))
    with pytest.raises(StudytoolError, match="cannot be read: malformed database schema"):
        peek(path)
    assert "damaged (malformed database schema)" in open_store(path).notice
    assert list(home.glob("reviews.damaged-*.db"))


def test_another_programs_database_is_not_written_into(home: Path) -> None:
    path = home / "reviews.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.commit()
    other.close()
    store = open_store(path)
    assert "another program" in store.notice
    kept = next(home.glob("reviews.damaged-*.db"))
    assert sqlite3.connect(kept).execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]


def test_grades_of_before_version_3_are_replayed_as_they_were_given(home: Path) -> None:
    """By py-fsrs alone, with its own steps, rounding and order."""
    path, chance = home / "reviews.db", random.Random(3)
    old = sqlite3.connect(path)
    old.executescript(OLD[2])
    cards = [fsrs.Card(card_id=nth, due=dt.datetime.fromordinal(DAY).replace(tzinfo=dt.UTC)) for nth in range(30)]
    scheduler = fsrs.Scheduler(desired_retention=0.85, enable_fuzzing=False)
    for day in range(DAY, DAY + 120, 3):
        for nth in chance.sample(range(30), 12):
            grade = chance.choice(schedule.GRADES)
            noon = dt.datetime.fromordinal(day).replace(hour=12, tzinfo=dt.UTC)
            cards[nth], _ = scheduler.review_card(cards[nth], fsrs.Rating(grade), noon)
            values = (f"d:s/{nth}/c1", grade, AT + day * 86_400, day)
            old.execute("INSERT INTO review (card, grade, at, day, took) VALUES (?, ?, ?, ?, 9)", values)
    old.commit()
    old.close()
    found = open_store(path, 0.85).derived()
    assert len(found) == 30
    for card in cards:
        memory = found[f"d:s/{card.card_id}/c1"]
        assert (memory.state, memory.step, memory.stability) == (card.state, card.step or 0, card.stability)
        assert card.last_review is not None
        wait = card.due - card.last_review
        assert schedule.waited(memory, AT + memory.last_day * 86_400) == (wait.days or -wait.seconds)


@pytest.mark.parametrize("version", OLD)
def test_a_store_of_an_earlier_version_goes_on_with_all_that_it_holds(home: Path, version: int) -> None:
    path = home / "reviews.db"
    old = sqlite3.connect(path)
    old.executescript(OLD[version])
    assert old.execute("PRAGMA user_version").fetchone() == (version,)
    learned = schedule.review(None, GOOD, AT, DAY)
    old.execute("INSERT INTO review (card, grade, at, day, took) VALUES ('d:s/0/c1', ?, ?, ?, 900)", (GOOD, AT, DAY))
    old.execute("INSERT INTO review (card, grade, at, day, took) VALUES ('d:s/2/c1', ?, ?, ?, 900)", (GOOD, AT, DAY))
    old.execute("INSERT INTO undone (review, at) VALUES (2, ?)", (AT + 9,))
    columns = [row[1] for row in old.execute("PRAGMA table_info(memory)")][1:]
    values = ["d:s/0/c1", *(getattr(learned, column) for column in columns)]
    old.execute(f"INSERT INTO memory VALUES ({', '.join('?' * len(values))})", values)
    if version >= 2:
        old.execute("INSERT INTO setting VALUES ('words', 'on')")
    old.commit()
    old.close()
    before = path.read_bytes()
    assert peek(path) == {"d:s/0/c1": learned}, "a shell prompt reads it as it is"
    assert peek_flags(path) == {}
    kept = peek_all(path)
    assert ([review.undone for review in kept.reviews], kept.flags, kept.overrides) == ([None, AT + 9], {}, {})
    assert path.read_bytes() == before

    store = open_store(path)
    assert store.notice == ""
    assert store.memories() == store.derived() == {"d:s/0/c1": learned}
    assert store.settings() == ({"words": "on"} if version >= 2 else {})
    assert (store.flags(), store.overrides()) == ({}, {})
    store.remember("pinyin", "on")
    store.put_flag("d:s/0/c1", Flag(marked=True, at=AT))
    store.put_override("d:s/0", Overridden(Override(en="x"), AT))
    store.add(graded("d:s/1/c1", EASY), AT, DAY, 0)
    store.close()

    again = open_store(path)
    assert again.settings()["pinyin"] == "on"
    assert again.memories().keys() == {"d:s/0/c1", "d:s/1/c1"}
    assert again.flags() == {"d:s/0/c1": Flag(marked=True, at=AT)}
    assert again.overrides() == {"d:s/0": Overridden(Override(en="x"), AT)}
    again.close()
    schemas = [sqlite3.connect(file).execute("PRAGMA user_version").fetchone() for file in (path, new_store(home))]
    assert schemas == [(VERSION,), (VERSION,)]


def new_store(home: Path) -> Path:
    open_store(home / "new.db").close()
    return home / "new.db"


@pytest.mark.parametrize("version", OLD)
def test_a_migrated_store_and_a_new_one_have_the_same_tables(home: Path, version: int) -> None:
    old = sqlite3.connect(home / "reviews.db")
    old.executescript(OLD[version])
    old.close()
    open_store(home / "reviews.db").close()

    def shape(path: Path) -> list[object]:
        db = sqlite3.connect(path)
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master ORDER BY name")]
        return [names, *(db.execute(f"PRAGMA table_xinfo({name})").fetchall() for name in names)]

    assert shape(home / "reviews.db") == shape(new_store(home))
    checks = sqlite3.connect(home / "reviews.db")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        checks.execute("INSERT INTO flag VALUES ('d:s/0/c1', 2, 0, 0, 0, 0)")


def test_every_earlier_version_has_its_schema_here() -> None:
    assert list(OLD) == list(range(1, VERSION))


def test_a_setting_is_kept_at_once_and_written_over(home: Path) -> None:
    store = open_store(home / "reviews.db")
    store.remember("words", "on")
    assert sqlite3.connect(home / "reviews.db").execute("SELECT * FROM setting").fetchall() == [("words", "on")]
    store.remember("words", "off")
    assert store.settings() == {"words": "off"}
    sqlite3.connect(home / "reviews.db").execute("DROP TABLE setting")
    with pytest.raises(StudytoolError, match="no such table") as caught:
        store.remember("words", "on")
    assert caught.value.code == OUTSIDE


def test_a_newer_store_is_left_alone(home: Path) -> None:
    path = home / "reviews.db"
    open_store(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StudytoolError, match="newer studytool") as caught:
        open_store(path)
    assert caught.value.code == USAGE
    assert "upgrade" in str(caught.value)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_one_line(home: Path) -> None:
    (home / "file").write_text("in the way")
    with pytest.raises(StudytoolError) as caught:
        open_store(home / "file" / "reviews.db")
    assert caught.value.code == OUTSIDE
    assert "\n" not in str(caught.value)
    (home / "folder.db").mkdir()
    with pytest.raises(StudytoolError) as caught:
        open_store(home / "folder.db")
    assert caught.value.code == OUTSIDE


def test_peeking_makes_no_file(home: Path) -> None:
    assert peek(home / "reviews.db") == {}
    assert list(home.iterdir()) == []
    (home / "reviews.db").write_bytes(b"garbage, and enough of it to be read as a header of a file" * 9)
    with pytest.raises(StudytoolError, match="cannot be read"):
        peek(home / "reviews.db")


def test_a_quiz_killed_between_two_cards_has_kept_every_grade(tea: Path, home: Path) -> None:
    (built,) = build([tea], home / "decks", 1_700_000_000)
    (home / "config.toml").write_text("fuzz = false\n")
    quiz = Quiz("quiz", "--deck", str(built.jsonl))
    quiz.press_until(b"", "3 new")
    quiz.press_until(b" ", "8d")
    quiz.press_until(b"4", "2 new")
    quiz.press_until(b" ", "8d")
    quiz.press_until(b"3", "1 new")
    quiz.kill()
    store = open_store(home / "reviews.db")
    assert sorted(memory.state for memory in store.memories().values()) == [schedule.LEARNING, schedule.REVIEW]
    assert store.memories() == store.derived()
    store.close()
