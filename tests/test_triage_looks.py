"""How the triage screens look, at a fixed size. `pytest --snapshot-update` takes new pictures: look at each before it is committed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_triage import made

from studytool.triage.app import TriageApp
from studytool.triage.desk import TriageDesk

Compare = Callable[..., bool]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TriageDesk:
    made(tmp_path / "hill")
    monkeypatch.chdir(tmp_path)
    return TriageDesk([Path("hill/hill-2024.toml")])


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_statement(snap_compare: Compare, desk: TriageDesk, theme: str) -> None:
    assert snap_compare(TriageApp(desk, theme), press=["a"], terminal_size=(80, 24))


def test_statement_wide(snap_compare: Compare, desk: TriageDesk) -> None:
    assert snap_compare(TriageApp(desk), press=["a", "r", "p"], terminal_size=(120, 40))


def test_blank(snap_compare: Compare, desk: TriageDesk) -> None:
    assert snap_compare(TriageApp(desk), press=["b", "left", "shift+right"], terminal_size=(80, 24))


def test_edit(snap_compare: Compare, desk: TriageDesk) -> None:
    keys = ["n", "e", "tab", "tab", "tab", "x", "enter"]
    assert snap_compare(TriageApp(desk), press=keys, terminal_size=(80, 24))


def test_closing(snap_compare: Compare, desk: TriageDesk) -> None:
    assert snap_compare(TriageApp(desk), press=["a", "a", "r", "a"], terminal_size=(60, 16))
