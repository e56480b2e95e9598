"""Home, search and the claims through Pilot: what a learner chooses, and what then stands on the screen and in the store."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from quiz_desk import Clock, tea_desk, word_desk
from screens import prose, shown, worked
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.schedule import EASY
from studytool.quiz.selection import Selection
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.blocks import Blocks
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.claim import ClaimScreen
from studytool.quiz.ui.claims import ClaimsScreen
from studytool.quiz.ui.home import HomeScreen
from studytool.quiz.ui.pick import Pick
from studytool.quiz.ui.search import SearchScreen
from studytool.quiz.ui.summary import SummaryScreen
from studytool.quiz.ui.table import Topics

PRICE = "tea:quay-2024/price-will-fall"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tea: Path, home: Path, clock: Clock) -> Desk:
    return word_desk(tea, home, clock)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def study_all(desk: Desk) -> None:
    session = desk.begin()
    while session.show(desk.now()):
        desk.grade(session, EASY, 5000)


async def test_home_counts_and_welcomes_at_first_and_tells_recall_and_streak_later(desk: Desk, clock: Clock) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for part in ("Today:0due,3new,about1min", "Eachcardhides", "全部Everything007", "▾主题Topics", "买卖Trade002"):
            assert part in shown(pilot)
    study_all(desk)
    clock.forward(days=1)
    study_all(desk)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Eachcardhides" not in shown(pilot)
        assert "2-daystreak" in shown(pilot)
        assert "99%" in shown(pilot)


async def test_lines_fold_and_the_place_is_kept(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        assert "码头问答" in shown(pilot)
        await pilot.press("down", "down", "down", "left")
        table = pilot.app.screen.query_one(Topics)
        assert table.node is not None
        assert table.node.key == "topics", "from a topic to its heading"
        await pilot.press("enter")
        await pilot.pause()
        assert "买卖" not in shown(pilot)
        await pilot.press("right", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.wanted == Selection(topic="trade")
        await pilot.press("q")
        await pilot.pause()
        node = pilot.app.screen.query_one(Topics).node
        assert node is not None
        assert node.key == "topics:trade"


async def test_nothing_due_says_what_to_do_and_each_of_it_works(desk: Desk) -> None:
    study_all(desk)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        assert "Nothingdue.Nextcardin16h.xtocram." in shown(pilot), "what is new has siblings that were seen today"
        await pilot.press("n")
        await pilot.pause()
        assert [notice.message[:23] for notice in pilot.app._notifications] == ["No more new cards today"]
        before = desk.store.memories()
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert "cram:nothingisrecorded·7left" in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "again,soon" in shown(pilot)
        assert "done" in shown(pilot)
        await pilot.press("1", "q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert "Nothingofitwasrecorded" in shown(pilot)
        assert desk.store.memories() == before
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert "7left" in shown(pilot)


async def test_more_new_cards_today(tea: Path, home: Path, clock: Clock) -> None:
    desk = tea_desk(tea, home, clock, new_per_day=1)
    study_all(desk)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        assert "nfor5morenew" in shown(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "Today:0due,2new" in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)


async def test_search_finds_as_one_types_opens_and_studies(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await settled(pilot)
        assert isinstance(pilot.app.screen, SearchScreen)
        assert "3claims." in shown(pilot)
        await pilot.press(*"jiage")
        await pilot.pause()
        assert "1of3claims" in shown(pilot)
        assert "周海预计，到2030年普洱的价格会跌一半。" in shown(pilot)
        await pilot.press(*"qqq")
        await pilot.pause()
        assert "Noclaimhasthat." in shown(pilot)
        await pilot.press("backspace", "backspace", "backspace", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ClaimScreen)
        for part in ("Pu'ertohalve", "ZhouHai周海", "QuayQ&A", "《码头问答》茶讯", "2cards:new,new"):
            assert part in shown(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("slash", *"halve", "enter", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        await pilot.press("space", "4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert len(pilot.app.screen_stack) == 2, "what was passed through is left behind"
    assert {card.rsplit("/", 1)[0] for card in desk.store.memories()} == {PRICE}


async def test_traditional_characters_are_tried_where_nothing_is_found(desk: Desk) -> None:
    def fold(text: str) -> str:
        return text.replace("價", "价")

    async with QuizApp(desk, handed=Handed(fold=fold)).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = "價格"
        await pilot.pause()
        assert "1of3claims" in shown(pilot)


async def test_all_that_was_found_is_studied_or_crammed(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"lin wan")
        await settled(pilot)
        assert "2of3claims" in shown(pilot)
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.session.left.due == 5
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_claims_are_read_covered_filtered_and_studied(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 30)) as pilot:
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ClaimsScreen)
        for part in ("茶叶·Leaves", "已有三百年", "threecenturiesold", "—LinWan·Hillteaparty·2023-05·fact", "1/3"):
            assert part in shown(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert "thehillwas" not in shown(pilot)
        assert "已有三百年" in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "fullestaroma" in shown(pilot)
        assert "thehillwas" not in shown(pilot), "only the claim under the bar"
        await pilot.press("space", "space")
        await pilot.pause()
        assert "thehillwas" in shown(pilot)
        await pilot.press("z")
        await pilot.pause()
        assert "三百年" not in shown(pilot)
        assert "thehillwas" in shown(pilot)
        await pilot.press("z", "s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Pick)
        assert "码头问答(1)" in shown(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "1/1" in shown(pilot)
        assert "三百年" not in shown(pilot)
        await pilot.press("k", "escape")
        await pilot.pause()
        assert "1/1" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.wanted == Selection(statements=(PRICE,))


async def test_the_claims_of_a_line_and_the_mouse(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "c")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ClaimsScreen)
        assert [claim.topic for claim in pilot.app.screen.listed] == ["leaves", "leaves"]
        await pilot.click("#filter-kind")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Pick)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("2")
        await pilot.click(Blocks, offset=(5, 8))
        assert pilot.app.screen.query_one(Blocks).cursor == 1
        assert "thehillwas" not in shown(pilot)
        await pilot.click(Blocks, offset=(5, 8))
        await pilot.pause()
        assert "thehillwas" in shown(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ClaimScreen)


async def test_keys_move_nothing_where_there_is_nothing_yet(desk: Desk) -> None:
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ClaimsScreen)
        screen.listed, blocks = [], screen.query_one(Blocks)
        blocks.show(0)  # as before the claims are read
        for key in ("down", "up", "pagedown", "pageup", "home", "end"):
            await pilot.press(key)
        assert blocks.cursor == 0


async def test_what_else_was_said_stands_beside_or_below(tea: Path, home: Path) -> None:
    path = tea / "quay-2024.toml"
    path.write_text(path.read_text("utf-8").rstrip() + '\ndiffers = ["hill-2023/old-trees"]\n', "utf-8")
    desk = tea_desk(tea, home)
    for size, beside in (((80, 24), False), ((130, 40), True)):
        async with QuizApp(desk).run_test(size=size) as pilot:
            await pilot.press("c")
            await settled(pilot)
            await pilot.press("end")
            await pilot.pause()
            assert "另说saidotherwise,2023-05" in shown(pilot)
            assert ("另说" in prose(pilot, "related")) is beside
            await pilot.press("z")
            await pilot.pause()
            assert "三百年" not in shown(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_a_long_list_is_walked_whole_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async with QuizApp(desk).run_test(size=size) as pilot:
        await pilot.press("c")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ClaimsScreen)
        screen.listed = screen.listed * 400
        blocks = screen.query_one(Blocks)
        blocks.show(len(screen.listed))
        await pilot.press("end")
        await pilot.pause()
        assert "1200/1200" in shown(pilot)
        assert screen.listed[-1].statement in {screen.listed[place].statement for place in blocks._places}
        assert blocks._places[-1] == 1199
        await pilot.press("pageup", "up", "home")
        assert blocks._places[0] == 0
        seen = set()
        for _ in range(60):
            seen.update(blocks._places)
            await pilot.press("down")
        assert seen >= set(range(12)), "no claim is skipped, however low the window"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_every_size_has_its_home_search_and_claim(desk: Desk, size: tuple[int, int]) -> None:
    async with QuizApp(desk).run_test(size=size) as pilot:
        await pilot.pause()
        assert "茶叶" in shown(pilot)
        await pilot.press("slash", *"2030")
        await settled(pilot)
        assert "普洱" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "普洱" in shown(pilot)


async def test_a_very_large_deck_shows_its_names_before_it_is_counted(
    tea: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.quiz.ui.home._MANY", 1)
    async with QuizApp(tea_desk(tea, home)).run_test(size=(80, 24)) as pilot:
        for _ in range(50):
            if "全部Everything007" in shown(pilot):
                break
            await asyncio.sleep(0.02)
        assert "全部Everything007" in shown(pilot)
        assert "Today:0due,3new" in shown(pilot)


@pytest.mark.parametrize(
    ("whole", "broken", "told"),
    [
        (b'"zh":"', b'"zh":7,"x":"', "tea.jsonl:2"),
        (b'"notes":', b'"words":{"zh":[9999]},"notes":', "word table is too short"),
        (b'"notes":', b'"related":[{"key":"hill-2023/gone","again":true}],"notes":', "lacks the statement tea:hill-2023/gone"),
    ],
)
async def test_a_damaged_line_is_told_where_all_claims_are_asked_for(
    tea: Path, home: Path, whole: bytes, broken: bytes, told: str
) -> None:
    desk = tea_desk(tea, home)
    deck = desk.texts.decks[0]
    key = next(iter(deck._lines))
    line = deck._lines[key].split(b',"words"')[0].removesuffix(b"}") + b"}"
    assert whole in line
    deck._lines[key] = line.replace(whole, broken, 1)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        for key, screen in (("slash", SearchScreen), ("c", ClaimsScreen)):
            await pilot.press(key)
            await settled(pilot)
            assert told in [*pilot.app._notifications][-1].message
            assert isinstance(pilot.app.screen, screen)
            await pilot.press("escape")
            await pilot.pause()


async def test_when_the_time_is_over_the_summary_says_so(desk: Desk, clock: Clock) -> None:
    async with QuizApp(desk, Selection(minutes=1), straight=True).run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        clock.forward(seconds=61)
        await pilot.press("4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        assert "Timeisup" in shown(pilot)
        assert "Stilltoday:0due,2new." in shown(pilot)


async def test_what_was_asked_for_and_is_not_due_is_told_on_the_home_screen(desk: Desk) -> None:
    async with QuizApp(desk, Selection(topic="trade", due_only=True), straight=True).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert [notice.message for notice in pilot.app._notifications] == ["Nothing due. Next card in 16h. x to cram."]


async def test_the_learners_own_text_is_found_and_read_too(desk: Desk) -> None:
    assert desk.book.index.find("mooncakes") == []
    change = desk.texts.rewording(PRICE, {"en": "Zhou Hai expects the {{c1::price}} of mooncakes to halve by 2030."})
    desk.reword(PRICE, change, in_file=False)
    (found,) = desk.book.index.find("mooncakes")
    assert desk.book.claims[found].statement == PRICE
    async with QuizApp(desk).run_test(size=(100, 30)) as pilot:
        await pilot.press("c")
        await worked(pilot)
        assert "mooncakes" in shown(pilot)


async def test_who_leaves_while_something_is_looked_up_ends_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    study_all(desk)
    async with QuizApp(desk).run_test(size=(80, 24)) as pilot:
        await worked(pilot)

        def left(_: Path) -> list[int]:
            pilot.app.call_from_thread(pilot.app.screen.remove_children)
            return []

        monkeypatch.setattr("studytool.quiz.ui.home.days", left)
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        home.look_up(home._look_back())
        await pilot.app.workers.wait_for_complete()
        assert not home.children
    assert not pilot.app.return_code
