"""The app through Pilot: what a learner does, and what then stands on the screen and in the store."""

from pathlib import Path

import pytest

from quiz_desk import Clock, tea_desk
from screens import prose, shown
from studytool.quiz.desk import Desk
from studytool.quiz.schedule import EASY
from studytool.quiz.ui.answer_bar import AnswerBar
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.home import HomeScreen, Topics
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.summary import SummaryScreen
from studytool.quiz.ui.widgets import TooSmall


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tea: Path, home: Path, clock: Clock) -> Desk:
    return tea_desk(tea, home, clock)


async def test_from_home_through_a_card_to_the_summary_and_back(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "Today:0due,3new" in shown(pilot)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert "周海预计，到2030年普洱的［…］会跌一半。" in shown(pilot)
        assert "价格" not in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        for part in ("价格", "thepriceofPu'er", "ZhouHai周海", "QuayQ&A", "2024-02-03", "《码头问答》茶讯"):
            assert part in shown(pilot)
        await pilot.press("4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert "1answer,100%recalled" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "Today:0due,2new" in shown(pilot)
    assert {card: memory.reps for card, memory in desk.store.memories().items()} == {"tea:quay-2024/price-will-fall/c1": 1}


async def test_grades_show_the_interval_they_then_give(desk: Desk, clock: Clock) -> None:
    async with QuizApp(desk, "trade", straight=True).run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        for part in ("1Again", "2Hard", "3Good", "4Easy", "1m", "6m", "10m", "8d"):
            assert part in shown(pilot)
        await pilot.press("3")
        (memory,) = desk.store.memories().values()
        assert memory.due_at - desk.now() == 600
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen), "a learning step comes back within the session"
        clock.forward(minutes=10)
        await pilot.press("space", "3")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)


async def test_a_grade_before_the_answer_is_none(desk: Desk) -> None:
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "4", "1")
        assert desk.store.memories() == {}
        await pilot.press("space", "space")
        (memory,) = desk.store.memories().values()
        assert memory == next(iter(desk.memories.values()))
        assert memory.due_at - desk.now() == 600, "space on the answer grades Good, as in Anki"


async def test_undo_goes_back_as_often_as_wanted_even_from_the_summary(desk: Desk) -> None:
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        first = prose(pilot, "prompt")
        for _ in range(3):
            await pilot.press("space", "4")
            await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert len(desk.store.memories()) == 3
        for _ in range(3):
            await pilot.press("u")
            await pilot.pause()
        assert prose(pilot, "prompt") == first
        assert desk.store.memories() == {}
        await pilot.press("u")
        assert prose(pilot, "prompt") == first


async def test_the_other_language_is_folded_until_asked_for_and_has_the_same_blank(desk: Desk) -> None:
    async with QuizApp(desk, "trade", straight=True).run_test(size=(80, 24)) as pilot:
        assert prose(pilot, "prompt-other") == ""
        await pilot.press("g")
        assert prose(pilot, "prompt-other") == "Zhou Hai expects the ［…］ of Pu'er to halve by 2030."
        await pilot.press("g")
        assert prose(pilot, "prompt-other") == ""


async def test_a_question_shows_its_answer_and_the_claim_behind_it(desk: Desk, clock: Clock) -> None:
    session = desk.begin("trade")
    session.show(desk.now())
    desk.grade(session, EASY, 10)
    clock.forward(days=1)
    async with QuizApp(desk, "trade", straight=True).run_test(size=(80, 24)) as pilot:
        assert prose(pilot, "prompt") == "周海预计哪一年普洱会跌到一半？"
        await pilot.press("space")
        await pilot.pause()
        assert prose(pilot, "answer") == "2030 年"
        assert prose(pilot, "answer-other") == "2030"
        assert prose(pilot, "prompt-other").startswith("By what year")
        assert "普洱的价格会跌一半" in prose(pilot, "claim")


async def test_the_mouse_does_what_the_keys_do(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.click(Topics, offset=(5, 4))
        await pilot.click(Topics, offset=(5, 4))
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.wanted.topic == "trade"
        await pilot.click(AnswerBar)
        await pilot.pause()
        assert pilot.app.screen.answered
        await pilot.click(AnswerBar, offset=(70, 1))
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
    assert len(desk.store.memories()) == 1


async def test_leaving_before_any_grade_goes_home_and_after_one_to_the_summary(desk: Desk) -> None:
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("space", "1", "q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert "Sessionleftearly" in shown(pilot)
        assert "Again1" in shown(pilot)


async def test_nothing_due_says_when_there_will_be(desk: Desk) -> None:
    session = desk.begin()
    while session.show(desk.now()):
        desk.grade(session, EASY, 5)
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "Nothingdue.Nextcardin16h.xtocram." in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_help_lists_the_keys_and_goes_away(desk: Desk) -> None:
    async with QuizApp(desk, straight=True).run_test(size=(100, 30)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Showor" in shown(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Showor" not in shown(pilot)


@pytest.mark.parametrize("size", [(39, 24), (80, 11)])
async def test_a_window_too_small_says_so_plainly(desk: Desk, size: tuple[int, int]) -> None:
    async with QuizApp(desk, straight=True).run_test(size=size) as pilot:
        await pilot.pause()
        assert "studytoolneeds40×12characters." in shown(pilot)
        assert not pilot.app.screen.query_one(KeyBar).display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not pilot.app.screen.query_one(TooSmall).display
        assert "［…］" in shown(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 60)])
async def test_every_size_from_40_by_12_shows_prompt_and_grades(desk: Desk, size: tuple[int, int]) -> None:
    async with QuizApp(desk, straight=True).run_test(size=size) as pilot:
        await pilot.pause()
        assert "［…］" in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert all(f"{grade}{name}" in shown(pilot) for grade, name in enumerate(("Again", "Hard", "Good", "Easy"), 1))


async def test_an_answer_asked_for_before_the_screen_is_complete_is_not_lost(desk: Desk) -> None:
    app = QuizApp(desk, straight=True)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CardScreen)
        while not screen._complete:
            await pilot.pause()
        screen._complete = False
        screen.action_answer()
        assert not screen.answered
        await screen._complete_screen()
        assert screen.answered


async def test_text_that_looks_like_markup_is_shown_as_it_is(tea: Path, home: Path) -> None:
    path = tea / "quay-2024.toml"
    odd = '[/b] [bold]粗[/bold] <script>x</script> :: 😀 \\"引\\"'
    text = path.read_text("utf-8").replace("普洱的", f"{odd}普洱的").replace("Pu'er to", f"{odd} Pu'er to")
    path.write_text(
        text.replace('section = "1. 行情"', 'section = "[red]{{c2::行"\nnote = "}} [/] {{c1::"\nnote_en = "[/x]"'), "utf-8"
    )
    async with QuizApp(tea_desk(tea, home), "trade", straight=True).run_test(size=(100, 40)) as pilot:
        plain = odd.replace('\\"', '"')
        assert plain in prose(pilot, "prompt")
        await pilot.press("space")
        await pilot.pause()
        on_screen = shown(pilot)
        for part in ("[/b]", "[bold]粗[/bold]", "<script>x</script>", "::", '"引"', "}}[/]{{c1::", "[red]{{c2::行"):
            assert part in on_screen
        assert plain in prose(pilot, "answer-other")


async def test_a_damaged_store_is_told_at_the_start(tea: Path, home: Path) -> None:
    (home / "reviews.db").write_bytes(b"garbage" * 999)
    async with QuizApp(tea_desk(tea, home)).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        (notice,) = pilot.app._notifications
        assert "is kept as" in notice.message


async def test_the_disk_refusing_a_grade_is_told_and_the_card_stays(desk: Desk) -> None:
    async with QuizApp(desk, straight=True).run_test(size=(80, 24)) as pilot:
        before = prose(pilot, "prompt")
        await pilot.press("space")
        desk.store.close()
        await pilot.press("3")
        await pilot.pause()
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
        assert prose(pilot, "prompt") == before or prose(pilot, "answer")
        assert pilot.app.screen.session.done == 0  # type: ignore[attr-defined]


async def test_themes_come_from_the_config(tea: Path, home: Path) -> None:
    async with QuizApp(tea_desk(tea, home, theme="textual-light")).run_test() as pilot:
        assert pilot.app.theme == "textual-light"
