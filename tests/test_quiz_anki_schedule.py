"""Our schedule against that of the real Anki (FSRS on, fuzz off): 200 random histories, each grade at each review."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from studytool.deal import Deal
from studytool.quiz import schedule
from studytool.quiz.fuzz import bounds
from studytool.quiz.schedule import GRADES, Memory, Rules

DAY = 739_000
KINDS = {"learning": schedule.LEARNING, "review": schedule.REVIEW, "relearning": schedule.RELEARNING}
FITTED = [0.5, 1.5, 3, 10, 6, 0.9, 2.5, 0.01, 1.6, 0.2, 0.9, 1.6, 0.08, 0.3, 1.4, 0.5, 2, 0.6, 0.2, 0.1, 0.3]
SETTINGS: list[dict[str, Any]] = [
    {"retention": 0.9, "learning_steps": [1, 10], "relearning_steps": [10], "parameters": [], "histories": 100},
    {"retention": 0.8, "learning_steps": [5], "relearning_steps": [1, 20, 60], "parameters": FITTED, "histories": 50},
    {"retention": 0.95, "learning_steps": [], "relearning_steps": [], "parameters": [], "histories": 50},
]


def anki(asked: object, **environment: str) -> Any:
    """What the driver beside this file tells of Anki."""
    base = {name: value for name, value in os.environ.items() if name != "ANKI_TEST_MODE"}
    command = [sys.executable, str(Path(__file__).with_name("anki_schedule.py"))]
    told = subprocess.run(
        command, input=json.dumps(asked), env=base | environment, capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(told.stdout)


@pytest.fixture(scope="module")
def told() -> Any:
    return anki(SETTINGS, ANKI_TEST_MODE="1")


def rules(settings: dict[str, Any]) -> Rules:
    steps = {name: tuple(settings[name]) for name in ("learning_steps", "relearning_steps")}
    return Rules(Deal(retention=settings["retention"], fuzz=False, **steps), tuple(settings["parameters"]))


def test_every_grade_makes_a_card_wait_as_long_as_in_anki(told: Any) -> None:
    """Reviews lie at any time of their study day: that whole study days count, not 24-hour windows, is held here too."""
    compared = 0
    for settings, histories in zip(SETTINGS, told, strict=True):
        ours = rules(settings)
        for history in histories:
            memory, day = None, DAY
            for step in history:
                day += step["gone"]
                if memory:  # Anki keeps stability to four places and difficulty to three
                    memory = replace(memory, stability=step["kept"][0], difficulty=step["kept"][1])
                for grade, theirs in zip(GRADES, step["nexts"], strict=True):
                    after = schedule.review(memory, grade, 0, day, ours)
                    wait = schedule.waited(after, 0)
                    assert (after.state, wait) == (KINDS[theirs["kind"]], pytest.approx(theirs["wait"], abs=wait < 0)), memory
                    assert after.stability == pytest.approx(theirs["stability"], rel=2e-5)
                    assert after.difficulty == pytest.approx(theirs["difficulty"], rel=2e-5)
                    compared += 1
                memory = schedule.review(memory, step["grade"], 0, day, ours)
    assert (sum(map(len, told)), compared) == (200, 200 * 14 * 4)


def test_over_a_whole_history_the_two_stay_together(told: Any) -> None:
    """With memories of our own all along, Anki's rounding of what it keeps may shift an interval by a day, or by 0.5%."""
    off = total = 0
    for settings, histories in zip(SETTINGS, told, strict=True):
        ours = rules(settings)
        for history in histories:
            memory: Memory | None = None
            day = DAY
            for step in history:
                day += step["gone"]
                theirs = step["nexts"][step["grade"] - 1]["wait"]
                memory = schedule.review(memory, step["grade"], 0, day, ours)
                wait = schedule.waited(memory, 0)
                assert wait == pytest.approx(theirs, abs=120 if wait < 0 else 1, rel=0.005)
                off, total = off + (wait > 0 and wait != theirs), total + 1
    assert off < total / 50


def test_fuzz_stays_in_anki_s_range_and_uses_all_of_it() -> None:
    intervals = [1, 2, 3, 4, 6, 7, 8, 12, 19, 20, 21, 35]
    for days, found in zip(intervals, anki(intervals), strict=True):
        low, high = bounds(days, 1)
        assert found == list(range(low, high + 1)), days
