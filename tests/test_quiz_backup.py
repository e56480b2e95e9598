"""A backup each study day, made by the real app and beside a store in use; and the way back to one."""

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest
from test_cli import one_line

from console import run
from pty_quiz import Quiz
from quiz_desk import NOON, tea_desk
from studytool.build import build
from studytool.errors import OUTSIDE, USAGE, StudytoolError
from studytool.quiz import schedule
from studytool.quiz.backup import KEEP, back_up, backups, restore, reviews_in
from studytool.quiz.flags import Flag
from studytool.quiz.peek import peek
from studytool.quiz.session import Graded
from studytool.quiz.store import Store, open_store
from studytool.quiz.ui.app import QuizApp

DAY = dt.date(2024, 6, 1).toordinal()
AT = 1_700_000_000


def grow(store: Store, cards: range) -> None:
    for nth in cards:
        after = schedule.review(None, 3, AT + nth, DAY)
        store.add(Graded(f"d:s/{nth}/c1", 3, None, after), AT + nth, DAY, 900)


@pytest.fixture
def store(home: Path) -> Store:
    opened = open_store(home / "reviews.db")
    grow(opened, range(3))
    opened.put_flag("d:s/0/c1", Flag(marked=True, at=AT))
    return opened


def test_a_backup_is_whole_though_the_store_is_in_use_and_its_log_not_folded_in(store: Store, home: Path) -> None:
    assert (home / "reviews.db-wal").stat().st_size > 0
    path = back_up(store.path, DAY)
    assert path == home / "backups" / "reviews-2024-06-01.db"
    assert back_up(store.path, DAY) is None, "once a day"
    grow(store, range(3, 5))
    assert back_up(store.path, DAY) is None
    assert {file.name for file in path.parent.iterdir()} == {path.name}, "one file and nothing beside it"
    assert peek(path).keys() == {f"d:s/{nth}/c1" for nth in range(3)}
    opened = open_store(path)
    assert (opened.notice, opened.memories(), opened.flags()) == ("", opened.derived(), store.flags())
    opened.close()


def test_the_newest_14_are_kept_and_what_is_not_ours_is_left(store: Store, home: Path) -> None:
    folder = home / "backups"
    folder.mkdir()
    (folder / "reviews-by-hand.db").write_text("mine")
    for day in range(DAY, DAY + KEEP + 3):
        assert back_up(store.path, day)
    dates = [backup.date for backup in backups(store.path)]
    assert dates == [dt.date.fromordinal(day).isoformat() for day in range(DAY + KEEP + 2, DAY + 2, -1)]
    assert len(dates) == KEEP
    assert (folder / "reviews-by-hand.db").read_text() == "mine"


def test_a_damaged_store_pushes_no_good_backup_out(store: Store, home: Path) -> None:
    for day in range(DAY, DAY + KEEP):
        back_up(store.path, day)
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[:4096] + b"\x55" * 4096 + whole[8192:])
    with pytest.raises(StudytoolError, match="backup was not made") as caught:
        back_up(store.path, DAY + 99)
    assert caught.value.code == OUTSIDE
    assert len(backups(store.path)) == KEEP
    assert sorted(file.suffix for file in (home / "backups").iterdir()) == [".db"] * KEEP, "and leaves no rest"


def test_the_rest_of_a_backup_that_was_cut_short_is_cleared_away(store: Store, home: Path) -> None:
    (home / "backups").mkdir()
    for ending in ("", "-journal"):
        (home / "backups" / f".reviews-2024-05-30.db.part{ending}").write_bytes(b"half")
    path = back_up(store.path, DAY)
    assert list((home / "backups").iterdir()) == [path]


async def test_the_app_makes_one_after_the_first_card_is_on_the_screen(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        assert backups(desk.store.path) == []
        await pilot.press("space", "4")
        for _ in range(100):
            await pilot.pause(0.05)
            if found := backups(desk.store.path):
                break
        assert [backup.date for backup in found] == [NOON.date().isoformat()]
        await pilot.app.workers.wait_for_complete()
    assert reviews_in(found[0]) == 1


async def test_a_backup_that_fails_is_told_and_study_goes_on(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    (home / "backups").write_text("in the way")
    async with QuizApp(desk, straight=True).run_test(size=(80, 24), notifications=True) as pilot:
        for _ in range(100):
            await pilot.pause(0.05)
            if told := list(pilot.app._notifications):
                break
        assert "backup was not made" in told[0].message
        await pilot.press("space", "4")
        assert len(desk.store.memories()) == 1


def test_restoring_keeps_what_was_there(store: Store, home: Path) -> None:
    back_up(store.path, DAY)
    grow(store, range(3, 7))
    store.close()
    aside = restore(store.path, "2024-06-01", dt.datetime(2024, 6, 9, 8, 30, tzinfo=dt.UTC))
    assert aside == home / "reviews.replaced-2024-06-09T08-30-00.db"
    assert len(peek(aside)) == 7
    again = open_store(store.path)
    assert (again.notice, len(again.memories()), again.flags()["d:s/0/c1"].marked) == ("", 3, True)
    assert again.memories() == again.derived()
    again.close()
    restored = {file.name for file in home.iterdir() if file.is_file()}
    assert restored == {"reviews.db", aside.name}


def test_restoring_after_a_crash_reads_nothing_of_the_old_log_into_the_backup(store: Store, home: Path) -> None:
    back_up(store.path, DAY)
    grow(store, range(3, 7))
    left = {name: (home / name).read_bytes() for name in ("reviews.db", "reviews.db-wal", "reviews.db-shm")}
    store.close()
    for name, data in left.items():
        (home / name).write_bytes(data)  # as kill -9 leaves them
    aside = restore(store.path, "2024-06-01", NOON)
    assert len(peek(store.path)) == 3
    assert aside is not None
    assert len(peek(aside)) == 7


@pytest.mark.parametrize("damage", ["gone", "garbage", "newer"])
def test_restoring_where_the_store_is_gone_damaged_or_newer(store: Store, home: Path, damage: str) -> None:
    back_up(store.path, DAY)
    store.close()
    if damage == "gone":
        store.path.unlink()
    elif damage == "garbage":
        store.path.write_bytes(b"not a database, but long enough to look like one " * 90)
        (home / "reviews.db-wal").write_bytes(b"rest")
    else:
        db = sqlite3.connect(store.path)
        db.execute("PRAGMA user_version = 99")
        db.close()
    before = store.path.read_bytes() if damage != "gone" else b""
    aside = restore(store.path, "2024-06-01", NOON)
    assert (aside.read_bytes() if aside else b"") == before
    again = open_store(store.path)
    assert (again.notice, len(again.memories())) == ("", 3)


@pytest.mark.parametrize("damage", ["torn", "garbage", "newer", "not there"])
def test_a_backup_that_is_no_good_is_not_put_in_place(store: Store, home: Path, damage: str) -> None:
    path = back_up(store.path, DAY)
    assert path is not None
    if damage == "torn":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "garbage":
        path.write_bytes(b"garbage " * 999)
    elif damage == "newer":
        db = sqlite3.connect(path)
        db.execute("PRAGMA user_version = 99")
        db.close()
    before = {file: file.read_bytes() for file in home.iterdir() if file.is_file()}
    with pytest.raises(StudytoolError) as caught:
        restore(store.path, "2024-06-01" if damage != "not there" else "2024-06-02", NOON)
    assert caught.value.code == USAGE
    told = {"newer": "newer studytool", "not there": "no backup of 2024-06-02"}.get(damage, "this backup is damaged")
    assert told in str(caught.value)
    assert {file: file.read_bytes() for file in home.iterdir() if file.is_file()} == before


def test_a_damaged_store_is_said_to_have_backups(store: Store, home: Path) -> None:
    back_up(store.path, DAY)
    store.close()
    store.path.write_bytes(b"garbage " * 999)
    assert "`studytool restore 2024-06-01`" in open_store(store.path).notice


def test_the_command_lists_restores_and_refuses_while_a_quiz_is_open(store: Store, home: Path, tea: Path) -> None:
    assert run("restore").stderr == "No backups yet: the quiz makes one each study day.\n"
    assert "no backup of last" in one_line(run("restore", "last"), 2)
    back_up(store.path, DAY)
    grow(store, range(3, 5))
    back_up(store.path, DAY + 1)
    grow(store, range(5, 6))
    store.close()
    listed = run("restore").stdout.splitlines()
    assert [line.split()[:3] for line in listed] == [["2024-06-02", "5", "reviews"], ["2024-06-01", "3", "reviews"]]
    assert [json.loads(line)["reviews"] for line in run("restore", "--json").stdout.splitlines()] == [5, 3]
    assert "there are 2024-06-02, 2024-06-01" in one_line(run("restore", "2024-06-03"), 2)
    assert "no backup of ../reviews" in one_line(run("restore", "../reviews"), 2)

    (built,) = build([tea], home / "decks", AT)
    quiz = Quiz("quiz", "--deck", str(built.jsonl))
    quiz.press_until(b"", "3 new")
    assert "a quiz is open" in one_line(run("restore", "last"), 2)
    quiz.kill()
    done = run("restore", "last")
    assert (done.returncode, done.stderr) == (0, "")
    assert "backed up on 2024-06-02" in done.stdout
    assert len(peek(home / "reviews.db")) == 5
    (aside,) = home.glob("reviews.replaced-*.db")
    assert str(aside) in done.stdout
    assert len(peek(aside)) == 6
