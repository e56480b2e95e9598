"""Typing and choosing through Pilot: what is judged, shown and suggested, and what then stands in the store."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from quiz_desk import Clock, shipped_desk, tea_desk
from screens import prose, ready, shown, worked
from studytool.chinese import simplified
from studytool.config import Config
from studytool.quiz.answers import Wanted, judge
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.outcome import typed
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD
from studytool.quiz.store import open_store
from studytool.quiz.ui.answer_bar import AnswerBar
from studytool.quiz.ui.answering import NO_OPTIONS
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.summary import SummaryScreen
from studytool.quiz.ui.verdict import verdict

SIZE = (80, 24)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type as a terminal sends it, and wait until it is judged."""
    for char in text:
        await pilot.press({" ": "space", "'": "apostrophe", ".": "full_stop"}.get(char, char))
    await pilot.press("enter")
    await worked(pilot)


def app(desk: Desk, topic: str | None = "trade", **more: object) -> QuizApp:
    return QuizApp(desk, topic, straight=True, handed=Handed(fold=simplified), **more)  # type: ignore[arg-type]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tea: Path, home: Path, clock: Clock) -> Desk:
    return tea_desk(tea, home, clock)


def suggested(pilot: Pilot[None]) -> list[int]:
    suggested = pilot.app.screen.query_one(AnswerBar).suggested
    return [suggested] if suggested else []


@pytest.mark.parametrize(
    ("direction", "typed", "kind", "grades"),
    [
        ("zh-en", "价格", "right", {GOOD, EASY}),
        ("zh-en", "價格", "right", {GOOD}),  # traditional characters, folded as cli hands it in
        ("zh-en", "jia4 ge2", "partial", {HARD}),
        ("zh-en", "jiage", "partial", {HARD}),
        ("zh-en", "the price", "right", {GOOD}),
        ("zh-en", "产量", "wrong", {AGAIN}),
        ("en-zh", "Price", "right", {GOOD}),
        ("en-zh", "价格", "right", {GOOD, EASY}),
        ("en-zh", "harvest", "wrong", {AGAIN}),
    ],
)
async def test_a_typed_answer_is_judged_and_its_grade_suggested(
    tea: Path, home: Path, direction: str, typed: str, kind: str, grades: set[int]
) -> None:
    desk = tea_desk(tea, home, direction=direction)
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await type_in(pilot, typed)
        assert screen.answered
        assert screen.outcome is not None
        assert screen.outcome.kind == kind
        (proposed,) = suggested(pilot)
        assert proposed in grades
        assert "▸" in shown(pilot)
        await pilot.press("enter")
        (memory,) = desk.store.memories().values()
        assert memory.reps == 1
        assert desk.store._guarded("SELECT grade FROM review") == [(proposed,)]


async def test_the_suggestion_is_never_forced(desk: Desk) -> None:
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_in(pilot, "产量")
        assert suggested(pilot) == [AGAIN]
        await pilot.press("4")
        assert desk.store._guarded("SELECT grade FROM review") == [(EASY,)]


async def test_figures_and_letters_of_commands_can_be_typed(desk: Desk) -> None:
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        await ready(pilot)
        for key in "1234tmegpbquowh":
            await pilot.press(key)
        assert pilot.app.screen.query_one(Input).value == "1234tmegpbquowh"
        assert desk.store.memories() == {}
        await pilot.press("exclamation_mark", "asterisk", "question_mark", "space", "S")
        assert pilot.app.screen.query_one(Input).value.endswith("!*? S")


async def test_escape_leaves_the_line_and_tab_comes_back(desk: Desk) -> None:
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "escape", "g")
        assert pilot.app.screen is screen, "escape left the line, not the session"
        assert prose(pilot, "prompt-other").startswith("Zhou Hai expects")
        await pilot.press("tab", "y")
        assert pilot.app.screen.query_one(Input).value == "xy"
        await pilot.press("escape", "space")
        await pilot.pause()
        assert screen.answered
        assert screen.outcome is None, "the answer was asked for: nothing is judged"
        assert suggested(pilot) == []
        await pilot.press("space")
        assert desk.store._guarded("SELECT grade FROM review") == [(GOOD,)]


async def test_nothing_typed_is_not_known(desk: Desk) -> None:
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await type_in(pilot, "")
        assert prose(pilot, "verdict") == "✗ nothing typed"
        assert suggested(pilot) == [AGAIN]


async def test_the_next_card_has_an_empty_line_and_undo_too(desk: Desk) -> None:
    async with app(desk, None, mode="type").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        first = screen.card.slot.id
        await type_in(pilot, "香味")
        await pilot.press("3")
        await pilot.pause()
        line = screen.query_one(Input)
        assert (line.value, line.has_focus, screen.outcome) == ("", True, None)
        await pilot.press("escape", "u")
        await pilot.pause()
        assert screen.card.slot.id == first
        assert line.has_focus
        await pilot.press("z")
        assert line.value == "z"


async def test_the_bar_has_it_checked_and_a_click_reaches_the_line(desk: Desk) -> None:
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await pilot.press("escape")
        await pilot.click("#line")
        await pilot.press("j", "i", "a")
        await pilot.click(AnswerBar)
        await worked(pilot)
        assert screen.outcome is not None
        assert screen.outcome.kind == "wrong"


async def test_the_way_is_remembered_and_shown(desk: Desk, tea: Path, home: Path) -> None:
    async with app(desk).run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert "type1new" in shown(pilot)
        assert desk.store.settings()["mode"] == "type"
        await pilot.press("escape", "m")
        await pilot.pause()
        assert "choose1new" in shown(pilot)
        await pilot.press("m")
        await pilot.pause()
        assert "choose" not in shown(pilot)
        assert "type" not in shown(pilot)
        await pilot.press("m")
    async with app(tea_desk(tea, home), None).run_test(size=SIZE) as pilot:
        await ready(pilot)
        assert "choose" in shown(pilot)
        assert desk.store.settings()["mode"] == "choose"
    async with app(desk, mode="type").run_test(size=SIZE) as pilot:
        await ready(pilot)
        assert pilot.app.screen.query_one(Input).has_focus
    assert desk.store.settings()["mode"] == "choose", "what the command line says is for this time"


@pytest.mark.parametrize("keys", ["abcd", "1234"])
@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
async def test_a_choice_by_key(tmp_path: Path, keys: str, direction: str) -> None:
    desk = Desk(shipped_desk().texts.decks, open_store(tmp_path / "r.db"), Config(direction=direction), Clock())  # type: ignore[arg-type]
    async with app(desk, None, mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        assert len(screen.options) == 4
        right = next(nth for nth, option in enumerate(screen.options) if option.right)
        texts = [option.en if direction == "en-zh" else option.zh for option in screen.options]
        assert all(text.replace(" ", "")[:10] in shown(pilot) for text in texts)
        await pilot.press(keys[right])
        await pilot.pause()
        assert screen.answered
        assert prose(pilot, "verdict") == "✓ right"
        assert suggested(pilot) == [GOOD]
        assert screen.query_one(f"#option{right}").has_class("-right")
        await pilot.press("space")
        await pilot.pause()
        assert desk.store._guarded("SELECT grade FROM review") == [(GOOD,)]
        assert not screen.answered
        wrong = next(nth for nth, option in enumerate(screen.options) if not option.right)
        await pilot.press(keys[wrong])
        await pilot.pause()
        assert prose(pilot, "verdict") == "✗ wrong"
        assert suggested(pilot) == [AGAIN]
        assert screen.query_one(f"#option{wrong}").has_class("-wrong")
        assert len(screen.query(".-right")) == 1
        await pilot.press("enter")
        assert desk.store._guarded("SELECT grade FROM review") == [(GOOD,), (AGAIN,)]


async def test_a_choice_by_the_mouse_and_the_answer_without_one(desk: Desk) -> None:
    async with app(desk, mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        assert 2 <= len(screen.options) <= 4
        await pilot.click("#option1")
        await pilot.pause()
        assert screen.outcome is not None
        assert screen.outcome.chosen == 1
        await pilot.press("1")
        screen.session.undo()
    async with app(desk, "leaves", mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert screen.answered
        assert screen.outcome is None
        assert not screen.query_one("#choose").display


async def test_the_same_card_has_the_same_options_until_it_comes_back(desk: Desk, clock: Clock) -> None:
    async with app(desk, mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        before = screen.options
        await pilot.press("m", "m")
        await pilot.pause()
        assert screen.options == before
        await pilot.press("g")
        await pilot.pause()
        other = before[0].en.replace(" ", "")
        assert other in shown(pilot), "with the other language on, options are told in both"


async def test_without_options_it_says_so_and_recalls(tea: Path, home: Path) -> None:
    (tea / "hill-2023.toml").unlink()
    text = (tea / "quay-2024.toml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("question", "answer"))]
    (tea / "quay-2024.toml").write_text("\n".join(kept) + "\n", "utf-8")
    desk = tea_desk(tea, home)
    async with app(desk, mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        assert screen.options == ()
        assert prose(pilot, "told") == NO_OPTIONS
        await pilot.press("1", "a")
        assert not screen.answered
        await pilot.press("space", "4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)


async def test_b_is_an_option_before_the_answer_and_buries_after_it(desk: Desk) -> None:
    async with app(desk, mode="choose").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await pilot.press("b")
        await pilot.pause()
        assert screen.outcome is not None
        assert screen.outcome.chosen == 1
        card = screen.card.slot.id
        await pilot.press("b")
        await pilot.pause()
        assert desk.flags[card].buried == desk.day()


def test_the_diff_is_read_without_colour_too() -> None:
    outcome = typed(judge("the price of coffee", Wanted("茶价", "the price of tea")))
    plain = "".join(span.text for span in verdict(outcome, coloured=False))
    assert "the price of [-coffee-]{+tea+}" in plain
    part = "".join(span.text for span in verdict(typed(judge("power", Wanted("权力斗争", "power struggle"))), coloured=False))
    assert part.endswith("power {+struggle+}")
    coloured = {span.text: span.style for span in verdict(outcome, coloured=True)}
    assert coloured["coffee"] == "strike $text-error"
    assert coloured["tea"] == "underline $text-success"
