"""Two quizzes at once, as two real processes: the second says so and waits, nothing is lost or doubled, no crash locks anyone out."""

import json
import sqlite3
from pathlib import Path

import pytest
from test_cli import one_line

from console import run
from pty_quiz import Quiz
from studytool.build import build
from studytool.cli import cli
from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz.lock import take_turn, whose_turn
from studytool.quiz.store import open_store

WAITS = "this one begins when it is closed"


@pytest.fixture
def deck(tea: Path, home: Path) -> str:
    (built,) = build([tea], home / "decks", 1_700_000_000)
    (home / "config.toml").write_text("fuzz = false\n")  # what a button promises can be told beforehand
    return str(built.jsonl)


def reviews(home: Path) -> list[tuple[str, int]]:
    db = sqlite3.connect(home / "reviews.db")
    try:
        return db.execute("SELECT card, grade FROM review ORDER BY id").fetchall()
    finally:
        db.close()


def test_the_second_quiz_waits_for_the_first_and_then_knows_what_it_did(deck: str, home: Path) -> None:
    first = Quiz("quiz", "--deck", deck)
    first.press_until(b"", "3 new")
    second = Quiz("quiz", "--deck", deck)
    second.press_until(b"", WAITS)
    assert f"process {first.pid}" in second.seen
    assert run("due", "--deck", deck).stdout == "0 due, 3 new\n", "who only reads need not wait"
    assert run("claims", "--deck", deck).returncode == 0
    assert run("export", "--reviews", "meanwhile.json").returncode == 0
    assert "a quiz is open" in one_line(run("import", "meanwhile.json"), 2)

    first.press_until(b" ", "8d")
    first.press_until(b"4", "2 new")
    assert "2 new" not in second.seen
    assert first.ends(b"qq") == 0
    second.press_until(b"", "2 new")
    second.press_until(b" ", "8d")
    second.press_until(b"4", "1 new")
    assert second.ends(b"qq") == 0
    cards = reviews(home)
    assert [grade for _, grade in cards] == [4, 4]
    assert len(dict(cards)) == 2, "not the same card twice"
    store = open_store(home / "reviews.db")
    assert store.memories() == store.derived()
    store.close()


def test_a_quiz_that_was_killed_locks_nobody_out(deck: str, home: Path) -> None:
    first = Quiz("quiz", "--deck", deck)
    first.press_until(b"", "3 new")
    first.press_until(b" ", "8d")
    first.press_until(b"4", "2 new")
    second = Quiz("quiz", "--deck", deck)
    second.press_until(b"", WAITS)
    first.kill()
    second.press_until(b"", "2 new")
    second.kill()
    third = Quiz("quiz", "--deck", deck)
    third.press_until(b"", "2 new")
    assert WAITS not in third.seen
    assert third.ends(b"q\x1b[Bq") == 0, third.seen[-4000:]
    assert json.loads(run("due", "--deck", deck, "--json").stdout) == {"due": 0, "new": 2}


def test_waiting_ends_with_ctrl_c(deck: str) -> None:
    first = Quiz("quiz", "--deck", deck)
    first.press_until(b"", "3 new")
    second = Quiz("quiz", "--deck", deck)
    second.press_until(b"", WAITS)
    assert second.ends(b"\x03") == 130
    first.kill()


def test_one_has_the_turn_and_leaves_it(home: Path) -> None:
    path = home / "new" / "reviews.db"
    turn = take_turn(path)
    assert turn is not None
    assert take_turn(path) is None
    assert whose_turn(path).startswith("process ")
    turn.close()
    again = take_turn(path)
    assert again is not None
    again.close()
    path.with_suffix(".lock").write_bytes(b"\xff not a number")
    assert whose_turn(path) == ""
    third = take_turn(path)
    assert third is not None, "what stands in the file decides nothing"
    third.close()


def test_a_folder_that_cannot_be_written_to_is_one_line(home: Path) -> None:
    (home / "file").write_text("in the way")
    with pytest.raises(StudytoolError) as caught:
        take_turn(home / "file" / "reviews.db")
    assert caught.value.code == OUTSIDE
    (home / "reviews.lock").mkdir()
    with pytest.raises(StudytoolError) as caught:
        take_turn(home / "reviews.db")
    assert caught.value.code == OUTSIDE


def test_parameters_are_not_changed_under_an_open_quiz(deck: str, home: Path) -> None:
    quiz = Quiz("quiz", "--deck", deck)
    quiz.press_until(b"", "3 new")
    with pytest.raises(StudytoolError, match="a quiz is open"):
        cli.main(["optimize"], standalone_mode=False)
    quiz.kill()
