"""What is done with a card beside answering it, through Pilot: put away, marked, edited, looked up; leeches."""

import hashlib
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from test_triage import ARTICLE
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from quiz_desk import Clock, tea_desk
from screens import prose, ready, shown, worked
from studytool.articles import read_article
from studytool.edits import edit
from studytool.passages import passage_of
from studytool.quiz import schedule
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.schedule import REVIEW
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.edit import EditSheet
from studytool.quiz.ui.home import HomeScreen
from studytool.quiz.ui.leech import LeechSheet
from studytool.quiz.ui.source import SourceSheet
from studytool.quiz.ui.summary import SummaryScreen

SIZE = (80, 24)
PRICE = "tea:quay-2024/price-will-fall"
DIRECTIONS = pytest.mark.parametrize("direction", ["zh-en", "en-zh"])


@pytest.fixture
def here(tea: Path, tmp_path: Path) -> Path:
    """The tea corpus where a learner would have it: in the working folder."""
    return tea.rename(tmp_path / "work" / "corpus")


def app(desk: Desk, topic: str | None = None, **more: object) -> QuizApp:
    return QuizApp(desk, topic, straight=True, handed=Handed(edit=edit, passage=passage_of), **more)  # type: ignore[arg-type]


def told(pilot: Pilot[None]) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


@DIRECTIONS
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("key", ["b", "exclamation_mark", "S"])
async def test_a_card_put_away_is_gone_until_undo(tea: Path, home: Path, direction: str, answered: bool, key: str) -> None:
    desk = tea_desk(tea, home, direction=direction)
    async with app(desk).run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        first = screen.card.slot.id
        await pilot.press(*(["space"] if answered else []), key)
        await pilot.pause()
        assert screen.card.slot.id != first
        assert not screen.answered
        flag = desk.flags[first]
        assert (flag.buried == desk.day(), flag.suspended) == ((True, False) if key == "b" else (False, True))
        assert first not in desk.plan().main
        await pilot.press("u")
        await pilot.pause()
        assert screen.card.slot.id == first
        assert first in desk.plan().main
        assert desk.store.memories() == {}, "no grade was given"


async def test_the_last_card_buried_ends_the_session_and_leaving_goes_home(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        await pilot.press("u")
        await pilot.pause()
        screen = await ready(pilot)
        assert screen.card.slot.statement == PRICE
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


@DIRECTIONS
async def test_a_mark_is_a_star_at_the_top(tea: Path, home: Path, direction: str) -> None:
    desk = tea_desk(tea, home, direction=direction)
    async with app(desk).run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        first = screen.card.slot.id
        await pilot.press("asterisk")
        await pilot.pause()
        assert "★3new" in shown(pilot)
        assert desk.flags.marked() == [first]
        await pilot.press("space", "3")
        await pilot.pause()
        assert "★" not in shown(pilot)
        await pilot.press("u", "asterisk")
        await pilot.pause()
        assert desk.flags.marked() == []


async def test_a_flag_that_the_disk_refuses_is_told(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    async with app(desk).run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        first = screen.card.slot.id
        desk.store.close()
        await pilot.press("b", "S", "asterisk", "t")
        await pilot.pause()
        assert screen.card.slot.id == first
        assert [notice.severity for notice in pilot.app._notifications] == ["error"] * 4


def lapsed(desk: Desk, card: str, lapses: int) -> None:
    """A card that is due, and was forgotten so often."""
    memory = schedule.review(None, 4, desk.now() - 86_400 * 30, desk.day() - 30)
    desk.memories[card] = replace(memory, state=REVIEW, lapses=lapses, due_day=desk.day(), due_at=0)


@DIRECTIONS
@pytest.mark.parametrize("wish", ["s", "k", "escape"])
async def test_a_leech_is_told_once_and_suspended_if_wanted(tea: Path, home: Path, direction: str, wish: str) -> None:
    desk = tea_desk(tea, home, direction=direction)
    card = f"{PRICE}/c1" + ("-en" if direction == "en-zh" else "")
    lapsed(desk, card, 7)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LeechSheet)
        assert "Forgotten8times" in shown(pilot)
        await pilot.press(wish)
        await pilot.pause()
        assert desk.flags[card].suspended == (wish == "s")
        assert not desk.is_leech(card), "told once"
        if wish == "s":
            assert isinstance(pilot.app.screen, SummaryScreen)
            await pilot.press("u")
            await pilot.pause()
            assert not desk.flags[card].suspended
        else:
            screen = await ready(pilot)
            assert screen.card.slot.id == card, "its relearning step comes"
            await pilot.press("space", "1")
            await pilot.pause()
            assert isinstance(pilot.app.screen, CardScreen)


async def test_a_leech_can_be_worded_better(here: Path, home: Path) -> None:
    desk = tea_desk(here, home)
    lapsed(desk, f"{PRICE}/c1", 7)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "1")
        await pilot.pause()
        await pilot.click("#wish-edit")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, EditSheet)


async def test_seven_lapses_make_no_leech(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    lapsed(desk, f"{PRICE}/c1", 6)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)


async def open_edit(pilot: Pilot[None]) -> EditSheet:
    await ready(pilot)
    await pilot.press("e")
    await pilot.pause()
    await pilot.pause()
    sheet = pilot.app.screen
    assert isinstance(sheet, EditSheet)
    return sheet


@DIRECTIONS
@pytest.mark.parametrize("answered", [False, True])
async def test_an_edit_is_in_the_file_and_on_the_card_and_the_progress_stays(
    here: Path, home: Path, direction: str, answered: bool
) -> None:
    clock = Clock()
    desk = tea_desk(here, home, clock, direction=direction)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        card = screen.card.slot.id
        await pilot.press("space", "3")
        clock.forward(minutes=10)
        await pilot.pause()
        before = desk.store.memories()
        await pilot.press(*(["space"] if answered else []))
        sheet = await open_edit(pilot)
        sheet.query_one("#edit-zh", TextArea).text = "周海估计，到 2030 年普洱的{{c1::价格}}会跌一半。"
        sheet.query_one("#edit-en", TextArea).text = "Zhou Hai reckons the {{c1::price}} of Pu'er will halve by 2030."
        await pilot.press("enter")
        await worked(pilot)
        assert pilot.app.screen is screen
        (notice,) = told(pilot)
        assert "corpus/quay-2024.toml" in notice
        assert "studytool build" in notice
        assert screen.answered == answered
        part = "answer" if answered else "prompt"
        assert ("估计" if direction == "zh-en" else "reckons") in prose(pilot, part)
        assert screen.card.slot.id == card
        assert desk.store.memories() == before
        assert "估计" in (here / "quay-2024.toml").read_text("utf-8")
        assert "估计" in desk.texts.read(PRICE)[0].statement.zh, "choices see it too"


async def test_what_is_wrong_stands_in_the_sheet_and_nothing_is_lost(here: Path, home: Path) -> None:
    desk = tea_desk(here, home)
    before = (here / "quay-2024.toml").read_bytes()
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        sheet = await open_edit(pilot)
        area = sheet.query_one("#edit-zh", TextArea)
        for text, why in (
            ("周海预计，普洱的价格会跌一半。", "the blanks must stay"),
            ("周海预计，到 2030 年普洱的价格{{c1::会}}跌一半。", "L32"),
        ):
            area.text = text
            await pilot.press("ctrl+s")
            await worked(pilot)
            assert pilot.app.screen is sheet
            assert why in str(sheet.query_one("#fault", Static).render())
            assert area.text == text
            assert area.has_focus
        assert (here / "quay-2024.toml").read_bytes() == before
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is sheet, "what was typed is given up only when that is said twice"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CardScreen)
        assert "会跌一半" in prose(pilot, "prompt")


async def test_where_the_disk_refuses_an_edit_the_sheet_stays(here: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = tea_desk(here, home)
    monkeypatch.setattr("studytool.files.os.replace", partial(_refuse, 28))
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        sheet = await open_edit(pilot)
        sheet.query_one("#edit-note", TextArea).text = "注。"
        await pilot.press("ctrl+s")
        await worked(pilot)
        assert pilot.app.screen is sheet
        assert "No space left" in str(sheet.query_one("#fault", Static).render())
        assert sheet.query_one("#edit-note", TextArea).text == "注。"


def _refuse(number: int, *_: object) -> None:
    raise OSError(number, "No space left on device")


async def test_an_edit_without_a_file_is_kept_with_the_reviews(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        sheet = await open_edit(pilot)
        sheet.query_one("#edit-note_en", TextArea).text = "Spot prices."
        sheet.query_one("#edit-note", TextArea).text = "指现货价格。"
        await pilot.press("ctrl+s")
        await worked(pilot)
        assert told(pilot) == ["Saved with your reviews, since no corpus file of this deck is at hand."]
        await pilot.press("space")
        await pilot.pause()
        assert prose(pilot, "notes") == "指现货价格。"
    assert desk.store.overrides()[PRICE].fields.note == "指现货价格。"


async def test_what_was_typed_so_far_stays_through_an_edit(here: Path, home: Path) -> None:
    desk = tea_desk(here, home)
    async with app(desk, "trade", mode="type").run_test(size=SIZE) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "y", "escape")
        sheet = await open_edit(pilot)
        sheet.query_one("#edit-note", TextArea).text = "注。"
        sheet.query_one("#edit-note_en", TextArea).text = "A note."
        await pilot.press("ctrl+s")
        await worked(pilot)
        assert pilot.app.screen is screen
        assert screen.query_one("#line").value == "xy"  # type: ignore[attr-defined]


@DIRECTIONS
@pytest.mark.parametrize("close", ["o", "escape"])
async def test_the_source_is_shown_on_the_back_alone(tea: Path, home: Path, direction: str, close: str) -> None:
    desk = tea_desk(tea, home, direction=direction)
    async with app(desk, "leaves").run_test(size=(100, 34)) as pilot:
        screen = await ready(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert pilot.app.screen is screen, "before the answer it would tell"
        await pilot.press("space", "o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SourceSheet)
        for part in ("《山上一席谈：茶农说茶》", "Atalkonthehill", "茶讯·2023-05-20", "LinWan林晚·opinion", "1.采摘", "指谷雨"):
            assert part in shown(pilot)
        assert "https://example.org/hill" in shown(pilot)
        await pilot.press(close)
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.answered


async def test_the_link_is_opened_and_only_a_web_link(tea: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QuizApp, "open_url", lambda _, url, **__: opened.append(url))
    path = tea / "hill-2023.toml"
    async with app(tea_desk(tea, home), "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "o", "enter")
        await pilot.pause()
        assert opened == ["https://example.org/quay?a=1&b=2"]
    path.write_text(path.read_text("utf-8").replace('url = "https://example.org/hill"\n', ""), "utf-8")
    async with app(tea_desk(tea, home), "leaves").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "o", "enter")
        await pilot.pause()
        assert not pilot.app.screen.query("#link")
        assert len(opened) == 1


async def test_related_claims_stand_beside_this_one(tea: Path, home: Path) -> None:
    path = tea / "quay-2024.toml"
    path.write_text(path.read_text("utf-8") + 'differs = ["hill-2023/old-trees"]\n', "utf-8")
    desk = tea_desk(tea, home)
    async with app(desk, "trade").run_test(size=(110, 34)) as pilot:
        await ready(pilot)
        await pilot.press("space", "o")
        await pilot.pause()
        sheet = pilot.app.screen
        assert "Said otherwise: Hill tea party · 2023-05" in prose(pilot, "others")
        assert "三百年" in prose(pilot, "others")
        assert sheet.query_one("#this").region.y == sheet.query_one("#others").region.y
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        assert sheet.query_one("#this").region.y < sheet.query_one("#others").region.y, "below it where it is narrow"


async def test_the_passage_is_shown_with_the_claim_set_off(here: Path, home: Path) -> None:
    quote = "采茶工不会失业，他们会变成茶园的管理者。"
    (here / "articles").mkdir()
    (here / "articles" / "hill.md").write_text(ARTICLE, "utf-8")
    text = read_article(here / "articles" / "hill.md").text
    start = text.index(quote)
    path = here / "quay-2024.toml"
    digest = hashlib.sha256(quote.encode()).hexdigest()
    found = path.read_text("utf-8").replace("[[statement]]", 'article = "articles/hill.md"\n\n[[statement]]')
    found += 'allow = ["L42: made up", "L43: made up"]\n'
    found += f'quote = {{ start = {start}, end = {start + len(quote)}, sha256 = "{digest}" }}\n'
    path.write_text(found, "utf-8")
    desk = tea_desk(here, home)
    async with app(desk, "trade").run_test(size=(100, 34)) as pilot:
        await ready(pilot)
        await pilot.press("space", "o")
        await worked(pilot)
        spans = pilot.app.screen.query_one("#passage")._spans  # type: ignore[attr-defined]
        assert [span.text for span in spans if "underline" in span.style] == [quote]
        assert "真正稀缺的不是力气" in shown(pilot), "what was said after it"
        assert "八百公斤" in shown(pilot), "and before"
        await pilot.press("escape")
        (here / "articles" / "hill.md").unlink()
        await pilot.press("o")
        await worked(pilot)
        assert "Thearticleisnotathand" in shown(pilot)


async def test_a_long_source_scrolls(tea: Path, home: Path) -> None:
    path = tea / "quay-2024.toml"
    path.write_text(path.read_text("utf-8") + f'note = "{"很长的注。" * 200}"\nnote_en = "{"a long note " * 60}"\n', "utf-8")
    desk = tea_desk(tea, home)
    async with app(desk, "trade").run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("space", "o")
        await pilot.pause()
        scroll = pilot.app.screen.query_one("#source")
        await pilot.press("j", "j", "pagedown")
        await pilot.pause()
        assert scroll.scroll_offset.y == 12
        await pilot.press("k", "up", "pageup")
        await pilot.pause()
        assert scroll.scroll_offset.y == 0
