"""How each screen looks, at a fixed size and with a clock that stands still. `pytest --snapshot-update` takes new pictures:
look at each before it is committed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from quiz_desk import Clock, tea_desk, word_desk
from screens import ready, worked
from studytool.edits import edit
from studytool.quiz import schedule
from studytool.quiz.handed import Handed
from studytool.quiz.schedule import AGAIN, EASY
from studytool.quiz.selection import Selection
from studytool.quiz.ui.app import QuizApp

Compare = Callable[..., bool]


async def still(pilot: Pilot[None]) -> None:
    """No cursor that blinks."""
    await ready(pilot)
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
        await pilot.pause()


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type an answer and have it judged."""
    await still(pilot)
    await pilot.press(*text, "enter")
    await worked(pilot)


async def spoil(pilot: Pilot[None]) -> None:
    """A blank lost in the sheet for editing, and that refused."""
    await ready(pilot)
    await pilot.press("e")
    await pilot.pause()
    area = pilot.app.screen.query_one("#edit-zh", TextArea)
    area.text = area.text.replace("{{c1::香气}}", "香气")
    await pilot.press("ctrl+s")
    await worked(pilot)


SIZES = {"80x24": (80, 24), "120x40": (120, 40), "40x12": (40, 12)}


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_home(snap_compare: Compare, tea: Path, home: Path, size: str, theme: str) -> None:
    assert snap_compare(QuizApp(tea_desk(tea, home, theme=theme)), terminal_size=SIZES[size])


@pytest.mark.parametrize("size", SIZES)
def test_prompt(snap_compare: Compare, tea: Path, home: Path, size: str) -> None:
    assert snap_compare(QuizApp(tea_desk(tea, home), straight=True), press=["g"], terminal_size=SIZES[size])


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_answer(snap_compare: Compare, tea: Path, home: Path, theme: str) -> None:
    assert snap_compare(QuizApp(tea_desk(tea, home, theme=theme), straight=True), press=["space"], terminal_size=(80, 24))


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_pinyin_and_words(snap_compare: Compare, tea: Path, home: Path, theme: str) -> None:
    desk = word_desk(tea, home, theme=theme)
    assert snap_compare(QuizApp(desk, straight=True), press=["p", "w", "space"], terminal_size=(80, 24))


def test_hint(snap_compare: Compare, tea: Path, home: Path) -> None:
    assert snap_compare(QuizApp(word_desk(tea, home), straight=True), press=["p", "h", "h"], terminal_size=(80, 24))


def test_faded(snap_compare: Compare, tea: Path, home: Path) -> None:
    clock = Clock()
    desk = word_desk(tea, home, clock, fade=True)
    learned = replace(schedule.review(None, EASY, 0, desk.day() - 30), stability=30.0)
    desk.memories["tea:quay-2024/price-will-fall/c1"] = learned
    assert snap_compare(QuizApp(desk, "trade", straight=True), press=["space"], terminal_size=(80, 24))


@pytest.mark.parametrize("keys", [["g", "h", "h"], ["space", "p"]], ids=["front", "back"])
def test_prompt_in_english(snap_compare: Compare, tea: Path, home: Path, keys: list[str]) -> None:
    desk = word_desk(tea, home, direction="en-zh")
    assert snap_compare(QuizApp(desk, straight=True), press=keys, terminal_size=(80, 24))


def test_question_and_answer(snap_compare: Compare, tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin()
    while session.show(desk.now()):
        desk.grade(session, EASY, 10)
    clock.forward(days=1)
    assert snap_compare(QuizApp(desk, "trade", straight=True), press=["space"], terminal_size=(80, 24))


def test_summary(snap_compare: Compare, tea: Path, home: Path) -> None:
    keys = ["space", "1", "space", "4", "space", "3", "q"]
    assert snap_compare(QuizApp(tea_desk(tea, home), straight=True), press=keys, terminal_size=(80, 24))


def test_nothing_due(snap_compare: Compare, tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    session = desk.begin()
    while session.show(desk.now()):
        desk.grade(session, EASY, 10)
    assert snap_compare(QuizApp(desk), terminal_size=(80, 24))


def test_too_small(snap_compare: Compare, tea: Path, home: Path) -> None:
    assert snap_compare(QuizApp(tea_desk(tea, home), straight=True), press=["space"], terminal_size=(38, 10))


def test_help(snap_compare: Compare, tea: Path, home: Path) -> None:
    assert snap_compare(QuizApp(tea_desk(tea, home), straight=True), press=["question_mark"], terminal_size=(100, 30))


@pytest.mark.parametrize("size", SIZES)
def test_home_of_a_learner(snap_compare: Compare, tea: Path, home: Path, size: str) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    for _ in range(2):
        session = desk.begin()
        while session.show(desk.now()):
            desk.grade(session, EASY if session.done else AGAIN, 10_000)
        clock.forward(days=1)
    assert snap_compare(QuizApp(desk), press=["down", "down"], terminal_size=SIZES[size], run_before=settled)


def test_cram(snap_compare: Compare, tea: Path, home: Path) -> None:
    app = QuizApp(tea_desk(tea, home), Selection(cram=True), straight=True)
    assert snap_compare(app, press=["space"], terminal_size=(80, 24))


@pytest.mark.parametrize(("size", "theme"), [("80x24", "textual-dark"), ("40x12", "textual-dark"), ("120x40", "textual-light")])
def test_search(snap_compare: Compare, tea: Path, home: Path, size: str, theme: str) -> None:
    async def search(pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"xiangqi")
        await settled(pilot)
        pilot.app.screen.query_one(Input).cursor_blink = False

    assert snap_compare(QuizApp(word_desk(tea, home, theme=theme)), terminal_size=SIZES[size], run_before=search)


def test_claim(snap_compare: Compare, tea: Path, home: Path) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("o", "p")

    assert snap_compare(QuizApp(word_desk(tea, home)), terminal_size=(80, 24), run_before=opened)


@pytest.mark.parametrize(("size", "theme"), [("80x24", "textual-dark"), ("40x12", "textual-dark"), ("120x40", "textual-light")])
def test_claims(snap_compare: Compare, tea: Path, home: Path, size: str, theme: str) -> None:
    path = tea / "quay-2024.toml"
    path.write_text(path.read_text("utf-8").rstrip() + '\ndiffers = ["hill-2023/old-trees"]\n', "utf-8")

    async def read(pilot: Pilot[None]) -> None:
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("g", "end", "space")

    assert snap_compare(QuizApp(tea_desk(tea, home, theme=theme)), terminal_size=SIZES[size], run_before=read)


def test_pick(snap_compare: Compare, tea: Path, home: Path) -> None:
    async def pick(pilot: Pilot[None]) -> None:
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("s")

    assert snap_compare(QuizApp(tea_desk(tea, home)), terminal_size=(80, 24), run_before=pick)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_typing(snap_compare: Compare, tea: Path, home: Path, theme: str) -> None:
    app = QuizApp(tea_desk(tea, home, theme=theme), straight=True, mode="type")
    assert snap_compare(app, press=["香", "味"], terminal_size=(80, 24), run_before=still)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_typed(snap_compare: Compare, tea: Path, home: Path, theme: str) -> None:
    app = QuizApp(tea_desk(tea, home, theme=theme), straight=True, mode="type")
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(type_in, text="茶香味"))


def test_typed_without_colour(snap_compare: Compare, tea: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = QuizApp(tea_desk(tea, home, direction="en-zh"), "trade", straight=True, mode="type")
    assert snap_compare(app, terminal_size=(80, 24), run_before=partial(type_in, text="prize"))


@pytest.mark.parametrize("keys", [[], ["g"], ["a"]], ids=["front", "both", "back"])
def test_choosing(snap_compare: Compare, tea: Path, home: Path, keys: list[str]) -> None:
    app = QuizApp(tea_desk(tea, home), straight=True, mode="choose")
    assert snap_compare(app, press=keys, terminal_size=(80, 24))


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_source(snap_compare: Compare, tea: Path, home: Path, size: str) -> None:
    path = tea / "quay-2024.toml"
    path.write_text(
        path.read_text("utf-8") + 'differs = ["hill-2023/old-trees"]\nnote = "指现货。"\nnote_en = "Spot."\n', "utf-8"
    )
    app = QuizApp(tea_desk(tea, home, theme="textual-light"), "trade", straight=True)
    assert snap_compare(app, press=["space", "o"], terminal_size=SIZES[size])


def test_edit(snap_compare: Compare, tea: Path, home: Path) -> None:
    app = QuizApp(tea_desk(tea, home), straight=True, handed=Handed(edit=edit))
    assert snap_compare(app, terminal_size=(80, 24), run_before=spoil)


def test_leech(snap_compare: Compare, tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    memory = schedule.review(None, EASY, 0, desk.day() - 30)
    desk.memories["tea:quay-2024/price-will-fall/c1"] = replace(memory, lapses=7, due_day=desk.day())
    assert snap_compare(QuizApp(desk, "trade", straight=True), press=["space", "1"], terminal_size=(80, 24))


def test_marked(snap_compare: Compare, tea: Path, home: Path) -> None:
    app = QuizApp(tea_desk(tea, home), straight=True, mode="choose")
    assert snap_compare(app, press=["asterisk"], terminal_size=(40, 12))
