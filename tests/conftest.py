"""What all tests share. No test sees the developer's own config, data or cache, nor leaves a trace of its own."""

import os
import shutil
from pathlib import Path

import pytest

TEA = Path(__file__).parent / "fixtures" / "tea"
CHECKOUT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("STUDYTOOL_SHARED", CHECKOUT.parent / "shared"))  # articles and tools that are not ours to ship


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, and a working folder without corpus or decks."""
    folder, work = tmp_path / "home", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    monkeypatch.setenv("STUDYTOOL_HOME", str(folder))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(work)
    return folder


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """A copy of the small corpus of our own writing: three statements, two sources, two topics, seven cards."""
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


@pytest.fixture(scope="session")
def _tea_built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from studytool.build import build

    out = tmp_path_factory.mktemp("built")
    build([TEA], out, 1_700_000_000)
    return out


@pytest.fixture
def tea_built(_tea_built_once: Path, tmp_path: Path) -> Path:
    """A folder with the deck and the package of the small corpus, for a test that builds nothing itself."""
    return Path(shutil.copytree(_tea_built_once, tmp_path / "built"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", action="store_true", help="The fault suite in its full counts, which takes a quarter of an hour."
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the fault suite tried, in figures."""
    from sandbox import FIGURES

    for what, found in config.stash.get(FIGURES, {}).items():
        counts = ", ".join(f"{value:g} {name}" for name, value in found.items())
        terminalreporter.write_line(f"faults: {what}: {counts}")
