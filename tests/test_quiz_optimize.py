"""Parameters fitted to a learner's own reviews: the measure, the two optimizers, the command and the way back."""

import datetime as dt
import math
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

import fsrs
import pytest
from click.testing import CliRunner, Result

from learner import FORGETFUL, reviews
from studytool.cli import cli
from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz import optimizer
from studytool.quiz.loss import log_loss
from studytool.quiz.replay import Review
from studytool.quiz.schedule import AGAIN, EASY, GOOD, within_bounds
from studytool.quiz.store import open_store

USUAL = fsrs.Scheduler().parameters


def test_log_loss_as_worked_out_by_hand() -> None:
    """With stability 4 days after Easy and a decay of 0.5, R(t) = (1 + (0.9**-2 - 1) * t / 4) ** -0.5.

    So R(4) = 0.9, and R(12) = (1 + 0.234568 * 3) ** -0.5 = 1.703704 ** -0.5 = 0.766131. One card recalled after 4 days costs
    -ln 0.9 = 0.105361, one forgotten after 12 costs -ln 0.233869 = 1.452994; the mean is 0.779177.
    """
    parameters = (*USUAL[:3], 4.0, *USUAL[4:20], 0.5)
    log = [
        Review("a", EASY, 0, 100),
        Review("b", EASY, 0, 100),
        Review("a", GOOD, 0, 104),
        Review("c", AGAIN, 0, 104),  # the first of its card was not foreseen,
        Review("c", GOOD, 0, 104),  # and one of the same day does not count
        Review("b", AGAIN, 0, 112),
    ]
    assert log_loss(log[:3], parameters) == (pytest.approx(0.105361, abs=1e-6), 1)
    assert log_loss(log, parameters) == (pytest.approx(0.779177, abs=1e-6), 2)


def test_without_a_review_on_a_later_day_there_is_no_loss() -> None:
    found = log_loss([Review("a", GOOD, 0, 100), Review("a", GOOD, 0, 100)])
    assert math.isnan(found.mean)
    assert found.reviews == 0
    assert math.isnan(log_loss([]).mean)


def test_what_was_held_impossible_costs_much_and_not_endlessly() -> None:
    sure = (*USUAL[:3], 100.0, *USUAL[4:])
    never = [Review("a", EASY, 0, 100), Review("a", AGAIN, 0, 101)]
    assert log_loss([*never], sure).mean < 20


def test_the_real_optimizer_finds_what_the_learner_is_like() -> None:
    log = reviews(120, 150)
    found = optimizer.fit(log, optimizer.optimizer())
    assert found.by == "fsrs-rs-python"
    assert found.parameters == within_bounds(found.parameters)
    unfitted, fitted, best = log_loss(log), log_loss(log, found.parameters), log_loss(log, FORGETFUL)
    assert fitted.mean < (unfitted.mean + best.mean) / 2, "most of what there is to gain"
    other = reviews(120, 150, seed=2)  # and not for these reviews alone
    assert log_loss(other, found.parameters).mean < log_loss(other).mean


def fake_torch(monkeypatch: pytest.MonkeyPatch, answer: object) -> list[object]:
    """py-fsrs's optimizer by its API, and no other."""
    seen: list[object] = []

    class Fake:
        def __init__(self, review_logs: object) -> None:
            seen.append(review_logs)

        def compute_optimal_parameters(self, verbose: bool = False) -> object:
            if isinstance(answer, Exception):
                raise answer
            return answer

    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    monkeypatch.setattr(fsrs, "Optimizer", Fake, raising=False)
    return seen


def test_py_fsrs_is_asked_where_the_other_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = fake_torch(monkeypatch, [*USUAL[:20], 0.8000001])
    log = [Review("a", GOOD, 0, 100), Review("b", AGAIN, 50, 100), Review("a", EASY, 99, 101)]
    found = optimizer.fit(log, optimizer.optimizer())
    assert (found.by, found.parameters) == ("py-fsrs", (*USUAL[:20], 0.8))
    (logs,) = seen
    days = [(log.card_id, log.rating, log.review_datetime) for log in logs]  # type: ignore[attr-defined]
    noon = dt.datetime(1, 4, 10, 12, tzinfo=dt.UTC)
    assert days == [(0, 3, noon), (0, 4, noon + dt.timedelta(days=1)), (1, 1, noon)]


def test_an_optimizer_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_torch(monkeypatch, RuntimeError("out of memory"))
    with pytest.raises(StudytoolError, match="py-fsrs failed: out of memory; nothing was changed") as caught:
        optimizer.fit([], optimizer.optimizer())
    assert caught.value.code == OUTSIDE
    fake_torch(monkeypatch, USUAL[:19])
    with pytest.raises(StudytoolError, match="py-fsrs gave 19 parameters"):
        optimizer.fit([], optimizer.optimizer())


def test_without_either_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fsrs_rs_python", "torch"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(StudytoolError, match=r"no optimizer is installed; pip install 'studytool\[optimize\]'"):
        optimizer.optimizer()


def keep(home: Path, log: list[Review]) -> None:
    """Put a log into the store, as the quiz would have."""
    open_store(home / "reviews.db").close()
    db = sqlite3.connect(home / "reviews.db")
    db.executemany("INSERT INTO review (card, grade, at, day, ivl, took) VALUES (?, ?, ?, ?, ?, 900)", log)
    db.commit()
    db.close()
    store = open_store(home / "reviews.db")
    store.fit(())  # works the memories out
    store.unfit()
    store.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["optimize", *arguments])


def test_the_command_fits_tells_and_takes_back(home: Path) -> None:
    keep(home, reviews(100, 120))
    store = open_store(home / "reviews.db")
    first = store.memories()

    tried = run("--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "nothing was changed" in tried.output
    assert (store.memories(), store.parameters()) == (first, ())

    done = run()
    assert done.exit_code == 0, done.output
    before, after = (float(word) for word in done.output.split() if word.startswith("0."))
    assert after < before
    assert "100 cards' memories worked out anew" in done.output
    second = store.memories()
    assert second == store.derived()
    assert len(store.parameters()) == 21
    assert {card: memory.due_day for card, memory in second.items()} == {card: memory.due_day for card, memory in first.items()}
    assert all(second[card].stability != first[card].stability for card in first)

    again = run()
    assert again.exit_code == 1
    assert "nothing to gain" in again.output

    back = run("--undo")
    assert back.exit_code == 0, back.output
    assert (store.memories(), store.parameters()) == (first, ())
    assert run("--undo").exit_code == 1
    store.close()


def test_below_400_reviews_it_advises_and_changes_nothing(home: Path) -> None:
    log = reviews(30, 30)
    keep(home, log)
    few = run()
    assert few.exit_code == 1
    assert f"{log_loss(log).reviews} of your {len(log)} reviews can be used" in few.output
    assert "default parameters are the better guess" in few.output
    assert open_store(home / "reviews.db").parameters() == ()


def test_what_cannot_be_done_is_one_line(home: Path) -> None:
    assert run("--undo", "--dry-run").exit_code == 2
    keep(home, [])
    db = sqlite3.connect(home / "reviews.db")
    db.execute("UPDATE setting SET value = '[[1, 2'")
    db.commit()
    with pytest.raises(StudytoolError, match="parameters of FSRS in it are damaged"):
        open_store(home / "reviews.db").parameters()


def test_a_fit_that_the_disk_refuses_leaves_all_as_it_was(home: Path) -> None:
    keep(home, reviews(20, 20))
    store = open_store(home / "reviews.db")
    first = store.memories()
    other = sqlite3.connect(home / "reviews.db")
    other.execute(
        "CREATE TRIGGER full BEFORE INSERT ON memory WHEN new.card LIKE '%/9/%' BEGIN SELECT raise(ABORT, 'disk full'); END"
    )
    other.commit()
    with pytest.raises(StudytoolError, match="disk full"):
        store.fit(FORGETFUL)
    assert (store.memories(), store.parameters()) == (first, ())
