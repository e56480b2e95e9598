"""The benchmarks' one command: its table, its JSON, and what it fails for."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "benchmarks"


@pytest.mark.parametrize(
    ("ratio", "verdict", "in_full", "quick"),
    [(1.5, "ok", 0, 0), (1.6, "over", 1, 0), (3.0, "over", 1, 0), (3.1, "FAR OVER", 1, 1)],
)
def test_a_quick_form_fails_only_on_twice_the_goal(
    monkeypatch: pytest.MonkeyPatch, ratio: float, verdict: str, in_full: int, quick: int
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    told = import_module("measure")
    one = told.allowed("a thing", ratio, 1.0, "s")
    one = told.Measure(one.name, one.ours, one.reference, one.unit, 1.5, one.ratio)
    assert one.verdict == verdict
    assert (told.failed([one], quick=False), told.failed([one], quick=True)) == (in_full, quick)
    assert one.line().split()[-len(verdict.split()) :] == verdict.split()
    assert told.decode(told.encode([one], quick=True)) == [one]


def test_the_ratio_is_the_median_of_runs_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    one = import_module("measure").in_turn("a thing", [1.0, 9.0, 3.0], [1.0, 3.0, 1.5], goal=2.0)
    assert (one.ours, one.reference, one.unit, one.ratio, one.verdict) == (3000.0, 1500.0, "ms", 2.0, "ok")


def test_one_benchmark_by_its_name(tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER), "--quick", "--json", str(tmp_path / "found.json"), "grade"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert len(ran.stdout.splitlines()) == 2, ran.stderr
    (row,) = json.loads((tmp_path / "found.json").read_text("utf-8"))["measures"]
    assert row["ours"] > 0 < row["reference"]
    assert row["goal"] == 3.0
    assert ran.returncode == int(row["verdict"] == "FAR OVER")


def test_a_name_that_is_none() -> None:
    ran = subprocess.run([sys.executable, str(FOLDER), "speed"], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "no benchmark 'speed'; there are build, commands" in ran.stderr
