"""The helps on a card through Pilot: pinyin, words, the other language and hints; how they fade, and prompts in English."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from test_quiz_app import prose, shown
from textual.color import Color
from textual.pilot import Pilot

from quiz_desk import Clock, word_desk
from screens import blocks
from studytool.cards import compile_deck
from studytool.config import Config
from studytool.corpus import read
from studytool.deck import encode, open_deck
from studytool.quiz import schedule
from studytool.quiz.desk import Desk
from studytool.quiz.schedule import EASY, RELEARNING
from studytool.quiz.store import open_store
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.body import CardBody
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.wordlist import word_lines

CARD = "tea:quay-2024/price-will-fall/c1"
ZH, EN = "周海预计，到 2030 年普洱的［…］会跌一半。", "Zhou Hai expects the ［…］ of Pu'er to halve by 2030."
PINYIN = "ZhōuHǎi yùjì, dào 2030 nián Pǔ'ěr de ［…］ huì diē yíbàn."


@pytest.fixture
def desk(tea: Path, home: Path) -> Desk:
    return word_desk(tea, home)


def studied(desk: Desk) -> QuizApp:
    return QuizApp(desk, "trade", straight=True)


def words(pilot: Pilot[None], name: str) -> list[str]:
    return [word.text for block in blocks(pilot) if block.name == name for word in block.words]


async def complete(pilot: Pilot[None]) -> None:
    """Wait for the parts of a card that come after its first paint."""
    while not pilot.app.screen._complete:  # type: ignore[attr-defined]
        await pilot.pause()
    await pilot.pause()


def known(desk: Desk, stability: float, **rest: int) -> Desk:
    """Have the first card of the topic due today, remembered so well."""
    desk.memories[CARD] = replace(
        schedule.review(None, EASY, 0, desk.day() - 30), due_day=desk.day(), stability=stability, **rest
    )
    return desk


async def test_p_shows_pinyin_under_the_chinese_with_a_gap_for_the_blank(desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert prose(pilot, "prompt") == ZH
        await pilot.press("p")
        assert prose(pilot, "prompt") == f"{ZH}\n{PINYIN}"
        await pilot.press("space")
        assert prose(pilot, "answer").endswith("\nZhōuHǎi yùjì, dào 2030 nián Pǔ'ěr de jiàgé huì diē yíbàn.")
        await pilot.press("p")
        assert "\n" not in prose(pilot, "answer")


async def test_w_lists_the_words_and_on_the_front_none_of_the_answer(desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert words(pilot, "words") == []
        await pilot.press("w")
        await pilot.pause()
        assert words(pilot, "words") == ["周海", "预计", "年", "普洱", "跌", "一半"]
        assert "预计yùjìtoexpect;toestimate·HSK5" in shown(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert words(pilot, "words") == []
        assert "价格" in words(pilot, "answer-words")
        await pilot.press("w")
        assert words(pilot, "answer-words") == []


async def test_g_flips_the_side_that_is_shown_and_each_side_remembers_its_own(tea: Path, home: Path, desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("g")
        assert prose(pilot, "prompt-other") == EN
        await pilot.press("space")
        assert "price" in prose(pilot, "answer-other")
        await pilot.press("g")
        assert prose(pilot, "answer-other") == ""
        assert "English" in shown(pilot)
    desk.store.close()
    again = word_desk(tea, home)
    async with studied(again).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert prose(pilot, "prompt-other") == EN
        await pilot.press("space")
        assert prose(pilot, "answer-other") == prose(pilot, "notes-other") == ""


async def test_what_is_switched_on_is_there_from_the_first_card_on(tea: Path, home: Path, desk: Desk) -> None:
    for switch in ("pinyin", "words"):
        desk.switches.flip(switch)
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert prose(pilot, "prompt") == f"{ZH}\n{PINYIN}"
        assert words(pilot, "words")[:2] == ["周海", "预计"]


async def test_hints_come_one_after_the_other_and_end(desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        for shown_so_far in ("jiàgé", "jiàgé   price", "jiàgé   price   价…", "jiàgé   price   价…"):
            await pilot.press("h")
            assert prose(pilot, "hint") == f"提示 hint  {shown_so_far}"
        assert [notice.message for notice in pilot.app._notifications] == ["There are no more hints."]
        await pilot.press("space", "h")
        assert prose(pilot, "hint") == ""
        await pilot.press("1")
        assert isinstance(pilot.app.screen, CardScreen)
        assert prose(pilot, "hint") == "", "the next card begins without"


@pytest.mark.parametrize(
    ("stability", "front", "back"),
    [
        (21.0, EN, "Zhou Hai expects the price of Pu'er to halve by 2030."),
        (30.0, "预计 to expect   跌 to fall   一半 half", "价格 price   预计 to expect   跌 to fall   一半 half"),
        (100.0, "", ""),
    ],
)
async def test_the_gloss_fades_and_g_brings_it_back_for_this_card(
    tea: Path, home: Path, stability: float, front: str, back: str
) -> None:
    desk = known(word_desk(tea, home, fade=True), stability)
    desk.switches.flip("gloss-front")
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert prose(pilot, "prompt-other") == front
        await pilot.press("space")
        assert prose(pilot, "answer-other") == back
        if stability > 21:
            await pilot.press("g")
            assert prose(pilot, "answer-other") == "Zhou Hai expects the price of Pu'er to halve by 2030."
            await pilot.press("g")
            assert prose(pilot, "answer-other") == back
            await pilot.press("g")
    assert desk.switches.on("gloss-front")
    assert desk.switches.on("gloss-back"), "that was for the one card"


async def test_a_lapsed_card_shows_its_gloss_whole(tea: Path, home: Path) -> None:
    desk = known(word_desk(tea, home, fade=True), 100.0, state=RELEARNING, due_at=1)
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("space")
        assert prose(pilot, "answer-other").endswith("to halve by 2030.")


async def test_a_prompt_in_english_asks_for_english_with_chinese_as_its_gloss(tea: Path, home: Path) -> None:
    desk = word_desk(tea, home, direction="en-zh")
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert (prose(pilot, "prompt"), prose(pilot, "prompt-other")) == (EN, "")
        assert "gChinese" in shown(pilot)
        await pilot.press("p")
        assert prose(pilot, "prompt") == EN
        assert ["g shows that" in notice.message for notice in pilot.app._notifications] == [True]
        await pilot.press("g")
        assert prose(pilot, "prompt-other") == f"{ZH}\n{PINYIN}"
        await pilot.press("h", "h")
        assert prose(pilot, "hint") == "提示 hint  价格   p……e (5 letters)"
        await pilot.press("space")
        assert prose(pilot, "answer") == "Zhou Hai expects the price of Pu'er to halve by 2030."
        assert prose(pilot, "answer-other").startswith("周海预计，到 2030 年普洱的价格会跌一半。\n")
        await pilot.press("4")
    assert set(desk.store.memories()) == {f"{CARD}-en"}


async def test_the_home_screen_says_that_prompts_are_in_english(tea: Path, home: Path) -> None:
    async with QuizApp(word_desk(tea, home, direction="en-zh")).run_test(size=(80, 24)) as pilot:
        assert "Today:0due,3new,about1min·Englishfirst" in shown(pilot)


async def test_the_disk_refusing_a_switch_is_told_and_it_turns_for_now(desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        desk.store.close()
        await pilot.press("p")
        assert [notice.severity for notice in pilot.app._notifications] == ["error"]
        assert prose(pilot, "prompt") == f"{ZH}\n{PINYIN}"


async def test_a_change_of_theme_changes_the_colours_of_the_tones(desk: Desk) -> None:
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("p")

        def colours() -> set[str]:
            return {span.style for block in blocks(pilot) for span in block.spans if span.style.startswith("#")}

        dark = colours()
        assert len(dark) == 5
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert not dark & colours()


@pytest.mark.parametrize(("theme", "darker"), [("ansi-dark", False), ("ansi-light", True)])
async def test_on_the_terminals_own_ground_tones_go_by_whether_the_theme_is_dark(
    tea: Path, home: Path, theme: str, darker: bool
) -> None:
    async with studied(word_desk(tea, home, theme=theme)).run_test(size=(80, 24)) as pilot:
        found = Color.parse(pilot.app.screen.query_one(CardBody)._tones()[2])
        assert (found.brightness < Color.parse("#08a828").brightness) == darker


@pytest.mark.parametrize("key", ["p", "w"])
async def test_a_deck_without_words_says_so(tea: Path, home: Path, key: str) -> None:
    (home / "decks").mkdir()
    path = home / "decks" / "bare.jsonl"
    path.write_bytes(encode(compile_deck(read(tea))))
    desk = Desk([open_deck(path)], open_store(home / "reviews.db"), Config(), Clock())
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await pilot.press(key, key)
        assert ["no list of words" in notice.message for notice in pilot.app._notifications] == [True]
        assert prose(pilot, "prompt") == ZH


async def test_without_colours_nothing_breaks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with studied(desk).run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("p", "w", "h", "space")
        await pilot.pause()
        assert "jiàgé" in shown(pilot)


@pytest.mark.parametrize("size", [(40, 12), (60, 20)])
async def test_in_a_narrow_window_the_english_of_a_word_stands_below_it(desk: Desk, size: tuple[int, int]) -> None:
    async with studied(desk).run_test(size=size) as pilot:
        await complete(pilot)
        await pilot.press("w")
        await pilot.pause()
        (words,) = [block for block in blocks(pilot) if block.name == "words"]
        lines = ["".join(span.text for span in line).strip() for line in word_lines(words.words, words.tones, size[0] - 4)]
        wanted = ["周海  ZhōuHǎi", "Zhou Hai (a tea merchant)"] if size[0] == 40 else ["周海  ZhōuHǎi  Zhou Hai (a tea merchant)"]
        assert lines[: len(wanted)] == wanted
