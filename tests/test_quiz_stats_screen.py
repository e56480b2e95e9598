"""The statistics screen and the command: what a learner sees of the figures."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from test_cli import one_line
from test_quiz_app import shown
from textual.pilot import Pilot

from console import run
from quiz_desk import Clock, tea_desk
from studytool.quiz import schedule
from studytool.quiz.desk import Desk
from studytool.quiz.schedule import AGAIN, GOOD
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.charts import Bars, HeatMap
from studytool.quiz.ui.home import HomeScreen
from studytool.quiz.ui.stats import StatsScreen

Compare = Callable[..., bool]


def learned(tea: Path, home: Path, days: int = 60, **config: object) -> Desk:
    """A desk after some days, not all of them studied, on which one claim was hard."""
    clock = Clock()
    desk = tea_desk(tea, home, clock, **config)
    for day in range(days):
        sitting = desk.begin() if day % 7 != 3 else None
        while sitting and (card := sitting.show(desk.now())):
            met = desk.memories.get(card)
            forgets = "price" in card and met and met.state == schedule.REVIEW and day % 2
            desk.grade(sitting, AGAIN if forgets else GOOD, 7_500)
            clock.forward(minutes=11)
        clock.forward(days=1)
    return desk


async def settled(pilot: Pilot[None]) -> StatsScreen:
    for _ in range(500):
        if isinstance(pilot.app.screen, StatsScreen) and pilot.app.screen.complete:
            break
        await asyncio.sleep(0.01)
    await pilot.pause()
    assert isinstance(pilot.app.screen, StatsScreen)
    return pilot.app.screen


async def test_s_shows_the_figures_and_q_leads_back(tea: Path, home: Path) -> None:
    desk = learned(tea, home)
    async with QuizApp(desk).run_test(size=(120, 60)) as pilot:
        await pilot.press("s")
        screen = await settled(pilot)
        reviews = sum(memory.reps for memory in desk.memories.values())
        text = shown(pilot)
        assert f"{reviews}reviewson" in text
        assert "Trueretention" in text
        assert "7cards:0new" in text
        assert [bars.display for bars in screen.query(Bars)] == [True] * len(screen.query(Bars))
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_tab_and_clicks_turn_to_another_period(tea: Path, home: Path) -> None:
    desk = learned(tea, home)
    async with QuizApp(desk).run_test(size=(120, 60)) as pilot:
        await pilot.press("s")
        screen = await settled(pilot)
        assert "[365days]" in shown(pilot)
        assert "inthelast365days" in shown(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "[all]" in shown(pilot)
        assert "inthelast" not in shown(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert screen.span == "month"
        assert "inthelast30days" in shown(pilot)
        await pilot.press("shift+tab")
        await pilot.pause()
        assert screen.span == "all"
        await pilot.click("#span-year")
        await pilot.pause()
        assert "inthelast365days" in shown(pilot)


async def test_all_of_it_can_be_scrolled_to_in_a_small_window(tea: Path, home: Path) -> None:
    async with QuizApp(learned(tea, home)).run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        screen = await settled(pilot)
        assert "Hardestcards" not in shown(pilot)
        await pilot.press("j", "down", "k", "up")
        await pilot.pause()
        assert screen.query_one("#stats").scroll_y == 0
        for _ in range(12):
            await pilot.press("space")
        await pilot.pause()
        assert "Hardestcards" in shown(pilot)
        assert "lapsesin" in shown(pilot)
        assert screen.query_one(HeatMap).size.width <= 76


async def test_before_the_first_review_it_says_what_to_do(tea: Path, home: Path) -> None:
    async with QuizApp(tea_desk(tea, home)).run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await settled(pilot)
        assert "Noreviewsyet." in shown(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "Noreviewsyet." in shown(pilot)
        assert "Stability" not in shown(pilot)


async def test_a_log_that_cannot_be_read_is_told_and_the_app_goes_on(tea: Path, home: Path) -> None:
    desk = learned(tea, home, 3)
    with sqlite3.connect(desk.store.path) as other:
        other.execute("DROP TABLE undone")
    other.close()
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause(0.5)
        assert "cannotberead:nosuchtable" in shown(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_leaving_while_it_counts_ends_the_counting(tea: Path, home: Path) -> None:
    desk = learned(tea, home, 5)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            await pilot.press("s")
            await pilot.press("q")
        await pilot.pause(0.3)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "cannotberead" not in shown(pilot)


def test_the_charts_are_not_loaded_before_the_screen_opens() -> None:
    code = "import sys, studytool.quiz.ui.home, studytool.quiz.ui.app; print([m for m in sys.modules if 'plotext' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def opened(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Opens the screen, and presses keys when all figures are there."""

    async def before(pilot: Pilot[None]) -> None:
        await pilot.press("s")
        await settled(pilot)
        await pilot.press(*keys)

    return before


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_looks(snap_compare: Compare, tea: Path, home: Path, size: tuple[int, int], theme: str) -> None:
    app = QuizApp(learned(tea, home, theme=theme))
    assert snap_compare(app, run_before=opened(), terminal_size=size)


def test_looks_further_down(snap_compare: Compare, tea: Path, home: Path) -> None:
    assert snap_compare(QuizApp(learned(tea, home)), run_before=opened("tab", "space"), terminal_size=(120, 40))


def test_looks_without_reviews_or_colours(snap_compare: Compare, tea: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(QuizApp(tea_desk(tea, home)), run_before=opened(), terminal_size=(80, 24))


@pytest.fixture
def studied(tea: Path, home: Path) -> str:
    """The deck file of a learner."""
    desk = learned(tea, home)
    desk.store.close()
    return str(desk.texts.decks[0].path)


def test_stats_tells_in_words_and_as_json_what_the_screen_shows(studied: str) -> None:
    done = run("stats", "--deck", studied, "--period", "all")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(run("stats", "--deck", studied, "--json").stdout)
    all_ = found["retention"]["spans"]["all"]
    assert f"{all_['all']['retention']:.1%} of {all_['all']['reviews']} reviews in all" in done.stdout
    for group in (*all_["by_topic"], *all_["by_source"]):
        assert f"{group['tested']['retention']:.1%} of {group['tested']['reviews']:>6,}  {group['name']}" in done.stdout
    for card in found["hardest"]:
        assert f"{card['lapses']} lapses in {card['reviews']} reviews  {card['answer']} ← {card['text']}" in done.stdout
    assert len(found["forecast"]) == 30
    assert f"{found['activity']['all']['reviews']} reviews on {found['streak']['days']} days in all" in done.stdout


def test_stats_makes_no_store_and_tells_of_a_broken_one(tea: Path, home: Path) -> None:
    run("build", str(tea), "-o", "decks")
    done = run("stats")
    assert (done.returncode, done.stdout.startswith("No reviews yet.")) == (0, True)
    assert not (home / "reviews.db").exists()
    assert json.loads(run("stats", "--json").stdout)["retention"]["spans"]["all"]["all"]["retention"] is None
    (home / "reviews.db").write_bytes(b"garbage, and enough of it to be read as a header of a file" * 9)
    assert "cannot be read" in one_line(run("stats"), 3)
    assert "decade" in one_line(run("stats", "--period", "decade"), 2)
