import datetime as dt
import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytool.build import build
from studytool.deck import Slot
from studytool.errors import OUTSIDE, USAGE, StudytoolError
from studytool.quiz import schedule
from studytool.quiz.plan import plan
from studytool.quiz.schedule import AGAIN, EASY, GOOD
from studytool.quiz.session import Graded, Session
from studytool.quiz.store import open_store, peek
from studytool.quiz.store_file import VERSION

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
    slots = [Slot(f"d:s/{nth}/c1", f"d:s/{nth}", "t") for nth in range(4)]
    sitting, now = Session(plan(slots, {}, DAY, 99), {}), AT
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
from studytool.quiz.session import Graded
from studytool.quiz.store import open_store
store = open_store(Path(sys.argv[1]))
for nth in range(100_000):
    after = schedule.review(None, 3, 1_700_000_000, 739_000)
    store.add(Graded(f"d:s/{nth}/c1", 3, None, after), 1_700_000_000, 739_000, 10)
    print(nth, flush=True)  # the learner sees the next card
"""


@pytest.mark.parametrize("wait", [0.0, 0.03, 0.11])
def test_a_killed_process_loses_no_graded_card(home: Path, wait: float) -> None:
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
    store.close()


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


VERSION_1 = """
CREATE TABLE review (
  id INTEGER PRIMARY KEY, card TEXT NOT NULL, grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4), at INTEGER NOT NULL,
  day INTEGER NOT NULL, took INTEGER NOT NULL CHECK (took >= 0)
) STRICT;
CREATE INDEX review_card ON review (card, id);
CREATE TABLE undone (review INTEGER PRIMARY KEY REFERENCES review (id), at INTEGER NOT NULL) STRICT;
CREATE TRIGGER review_is_kept   BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_is_fixed  BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_kept   BEFORE DELETE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_fixed  BEFORE UPDATE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TABLE memory (
  card TEXT PRIMARY KEY, state INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL,
  due_at INTEGER NOT NULL, due_day INTEGER NOT NULL, last_day INTEGER NOT NULL, first_day INTEGER NOT NULL,
  reps INTEGER NOT NULL, lapses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""


def test_a_store_of_version_1_goes_on_with_all_that_it_holds(home: Path) -> None:
    path = home / "reviews.db"
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    learned = schedule.review(None, GOOD, AT, DAY)
    old.execute("INSERT INTO review (card, grade, at, day, took) VALUES ('d:s/0/c1', ?, ?, ?, 900)", (GOOD, AT, DAY))
    columns = [row[1] for row in old.execute("PRAGMA table_info(memory)")][1:]
    values = ["d:s/0/c1", *(getattr(learned, column) for column in columns)]
    old.execute(f"INSERT INTO memory VALUES ({', '.join('?' * len(values))})", values)
    old.commit()
    old.close()
    assert peek(path) == {"d:s/0/c1": learned}, "a shell prompt reads it as it is"

    store = open_store(path)
    assert store.notice == ""
    assert store.memories() == store.derived() == {"d:s/0/c1": learned}
    assert store.settings() == {}
    store.remember("pinyin", "on")
    store.add(graded("d:s/1/c1", EASY), AT, DAY, 0)
    store.close()

    again = open_store(path)
    assert again.settings() == {"pinyin": "on"}
    assert again.memories().keys() == {"d:s/0/c1", "d:s/1/c1"}
    again.close()
    schemas = [sqlite3.connect(file).execute("PRAGMA user_version").fetchone() for file in (path, new_store(home))]
    assert schemas == [(VERSION,), (VERSION,)]


def new_store(home: Path) -> Path:
    open_store(home / "new.db").close()
    return home / "new.db"


def test_a_migrated_store_and_a_new_one_have_the_same_tables(home: Path) -> None:
    old = sqlite3.connect(home / "reviews.db")
    old.executescript(VERSION_1)
    old.close()
    open_store(home / "reviews.db").close()

    def shape(path: Path) -> list[object]:
        db = sqlite3.connect(path)
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master ORDER BY name")]
        return [names, *(db.execute(f"PRAGMA table_xinfo({name})").fetchall() for name in names)]

    assert shape(home / "reviews.db") == shape(new_store(home))


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
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, "-m", "studytool", "quiz", "--deck", str(built.jsonl)]
        os.execvpe(command[0], command, os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"})

    def press_until(keys: bytes, text: str) -> None:
        seen = b""
        os.write(terminal, keys)
        while text.encode() not in seen:
            assert select.select([terminal], [], [], 20)[0], f"{text!r} did not appear"
            seen += os.read(terminal, 65536)

    press_until(b"", "3 new")
    press_until(b" ", "8d")
    press_until(b"4", "2 new")
    press_until(b" ", "8d")
    press_until(b"3", "1 new")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    store = open_store(home / "reviews.db")
    assert sorted(memory.state for memory in store.memories().values()) == [schedule.LEARNING, schedule.REVIEW]
    assert store.memories() == store.derived()
    store.close()
