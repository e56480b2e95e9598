"""Triage through Pilot: what a person decides, and what then stands in the file."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from studytool import chinese, cloze, corpus, corpus_edit, files
from studytool.articles import read_article
from studytool.corpus_edit import StatementFile
from studytool.errors import OUTSIDE, FaultsError, StudytoolError
from studytool.model import Entry, Quote, Source, Statement, Topic
from studytool.quiz.ui.widgets import Prose, TooSmall
from studytool.triage import run_triage
from studytool.triage.app import TriageApp
from studytool.triage.blank import Blank, movable
from studytool.triage.check import FieldError, check, find_kind, find_topic
from studytool.triage.closing import ClosingScreen
from studytool.triage.desk import TriageDesk
from studytool.triage.edit import EditSheet
from studytool.triage.move import BlankSheet
from studytool.triage.passage import Passage
from studytool.triage.statement import StatementScreen

ARTICLE = """# 茶山上的机器：与罗岚谈采茶

发布时间: 2024-05-06

**方舟：** 大家都在说机器要上茶山了。你在勐野做了十五年茶，先说说，机器到底能替人做多少？

**罗岚：** 五年之内，茶园里的采摘会有一半由机器完成。我这话不是随便说的：去年我们试了三台采摘机，一台机器一天能采八百公斤鲜叶，一个熟练的采茶工一天最多采二十公斤。不过机器分不清芽头和老叶，所以春茶仍然要靠人。

**方舟：** 那采茶工怎么办？

**罗岚：** 采茶工不会失业，他们会变成茶园的管理者。真正稀缺的不是力气，而是判断。什么时候采，采几叶，摊晾多久，这些事情机器现在做不了。

我认为，决定一款茶价格的是土壤，而不是工艺。工艺可以学，土壤学不来。我们把四十亩坡地休耕了三年，产量少了三成，鲜叶的价格却翻了一倍。

**方舟：** 年轻人愿意回来吗？

**罗岚：** 愿意的比你想的多。去年有十二个年轻人回到村里，他们带来了新的卖法。直播让小茶农第一次有了定价权，这比任何机器都重要。
"""
SOURCE = Source(
    id="hill-2024",
    title="茶山上的机器",
    event="茶山问答",
    outlet="茶讯",
    speakers=("罗岚", "方舟"),
    said="2024-05",
    published=dt.date(2024, 5, 6),
    article="articles/hill.md",
)
TOPICS = (Topic(id="work", name="采茶的人", name_en="Workers"), Topic(id="trade", name="茶的买卖", name_en="Trade"))
CLAIMS = (  # id, quote, statement, more
    (
        "half",
        "五年之内，茶园里的采摘会有一半由机器完成。",
        "罗岚预计，五年之内，茶园里的采摘会有一半由{{c1::机器}}完成。",
        {"kind": "forecast"},
    ),
    (
        "judgement",
        "真正稀缺的不是力气，而是判断。",
        "罗岚说，采茶这一行真正稀缺的不是力气，而是{{c1::判断}}。",
        {"question": "罗岚认为采茶这一行真正稀缺的是什么？", "answer": "判断"},
    ),
    (
        "soil",
        "决定一款茶价格的是土壤，而不是工艺。",
        "罗岚认为，决定一款茶价格的是{{c1::土壤}}，而不是工艺。",
        {"topic": "trade"},
    ),
    ("live", "直播让小茶农第一次有了定价权", "罗岚说，{{c1::直播}}让小茶农第一次有了定价权。", {"topic": "trade"}),
)


def made(folder: Path, article: str = ARTICLE) -> Path:
    """A corpus folder with an article and a statement file made of it, as `studytool extract` leaves them."""
    place = folder / "articles" / "hill.md"
    place.parent.mkdir(parents=True)
    place.write_text(article, encoding="utf-8")
    text = read_article(place).text
    path = folder / "hill-2024.toml"
    file = StatementFile.new(path, SOURCE)
    for name, quote, zh, more in CLAIMS:
        start = text.index(quote)
        where = Quote(start=start, end=start + len(quote), sha256=hashlib.sha256(quote.encode()).hexdigest())
        fields = {"topic": "work", "kind": "opinion", **more}
        file.add(
            Statement(id=name, speaker="罗岚", section="全文", zh=zh, gloss="missing", status="proposed", quote=where, **fields)
        )
    file.save()
    (folder / corpus.HEAD_FILE).write_text(corpus_edit.new_head("hill", "茶山", TOPICS), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "hill")


@pytest.fixture
def desk(path: Path) -> TriageDesk:
    return TriageDesk([path])


def on_disk(path: Path) -> dict[str, Statement]:
    """What a strict reader finds in the file."""
    return {entry.statement.id: entry.statement for entry in corpus.read(path.parent, [path]).entries}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(), after.splitlines()
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


def shown(pilot: Pilot[None]) -> str:
    """All text on the screen, blanks dropped."""
    strips = pilot.app.screen._compositor.render_strips()
    return "".join("".join(segment.text for segment in strip) for strip in strips).replace(" ", "")


def line(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk refuses every write."""

    def write_together(_: Mapping[Path, bytes]) -> None:
        raise StudytoolError("cannot be written: Read-only file system", code=OUTSIDE)

    monkeypatch.setattr(corpus_edit, "write_together", write_together)
    monkeypatch.setattr("studytool.triage.desk.write_together", write_together)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


# ---- on the screen ----


async def test_accepting_and_rejecting_change_one_word_each_and_are_on_disk_at_once(path: Path, desk: TriageDesk) -> None:
    before = path.read_text()
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert line(pilot, "counts") == "1 of 4 · 0 accepted · 0 rejected · 4 left"
        assert line(pilot, "about") == "采茶的人 · 罗岚 · forecast"
        assert "一半由机器完成" in shown(pilot)
        await press(pilot, "a")
        assert changed_lines(before, path.read_text()) == [('status = "proposed"', 'status = "accepted"')]
        assert line(pilot, "counts") == "2 of 4 · 1 accepted · 0 rejected · 3 left"
        assert "罗岚认为采茶这一行真正稀缺的是什么？→判断" in shown(pilot)
        await press(pilot, "r")
        assert [one.status for one in on_disk(path).values()] == ["accepted", "rejected", "proposed", "proposed"]
        assert line(pilot, "counts") == "3 of 4 · 1 accepted · 1 rejected · 2 left"
        await press(pilot, "q")
    assert desk.summary() == f"1 accepted, 1 rejected, 2 left in {path}"


async def test_when_nothing_is_left_it_says_so_and_undo_goes_on_from_there(path: Path, desk: TriageDesk) -> None:
    before = path.read_bytes()
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "r", "a", "r")
        assert isinstance(pilot.app.screen, ClosingScreen)
        assert "2accepted·2rejected" in shown(pilot)
        assert "uundo·qleave" in shown(pilot)
        await press(pilot, "p")
        assert "✗rejected" in shown(pilot)
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, ClosingScreen), "a decision may be turned round"
        for left in (0, 1, 2, 3, 4):
            await press(pilot, "u")
            assert isinstance(pilot.app.screen, StatementScreen)
            assert line(pilot, "counts").endswith(f"{left} left")
        assert path.read_bytes() == before
        await press(pilot, "u")
        assert line(pilot, "counts") == "1 of 4 · 0 accepted · 0 rejected · 4 left"


async def test_neighbours_can_be_looked_at_and_what_was_skipped_comes_last(desk: TriageDesk) -> None:
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "p", "n", "a")
        assert desk.entry.statement.id == "soil"
        await press(pilot, "p")
        assert line(pilot, "state") == "✓ accepted"
        await press(pilot, "n", "a", "a")
        assert desk.entry.statement.id == "half", "the one that was skipped"
        assert line(pilot, "counts") == "1 of 4 · 3 accepted · 0 rejected · 1 left"


async def test_an_edit_is_saved_with_nothing_else_changed(path: Path, desk: TriageDesk) -> None:
    before = path.read_text()
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "e")
        sheet = pilot.app.screen
        assert isinstance(sheet, EditSheet)
        assert "edit-en" not in {widget.id for widget in sheet.query("*")}, "no English to edit"
        sheet.query_one("#edit-zh", TextArea).text = "罗岚说，采茶真正稀缺的\n是{{c1::判断}}。"
        sheet.query_one("#edit-topic", Input).value = "茶的"
        sheet.query_one("#edit-kind", Input).value = "f"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, EditSheet)
        assert "unknown kind 'f'" in line(pilot, "fault")
        assert pilot.app.focused is sheet.query_one("#edit-kind")
        assert path.read_text() == before
        sheet.query_one("#edit-kind", Input).value = "fac"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StatementScreen)
        assert changed_lines(before, path.read_text()) == [
            ('topic = "work"', 'topic = "trade"'),
            ('kind = "opinion"', 'kind = "fact"'),
            (
                'zh = "罗岚说，采茶这一行真正稀缺的不是力气，而是{{c1::判断}}。"',
                'zh = "罗岚说，采茶真正稀缺的 是{{c1::判断}}。"',
            ),
        ]
        assert "采茶真正稀缺的是判断" in shown(pilot)
        assert line(pilot, "about") == "茶的买卖 · 罗岚 · fact"
        await press(pilot, "u")
        assert path.read_text() == before


async def test_fast_typing_is_not_overtaken_by_the_key_that_saves(path: Path, desk: TriageDesk) -> None:
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "e")
        for key in ("Q", "W", "E"):
            pilot.app.post_message(Key(key, key))
        pilot.app.post_message(Key("enter", "\r"))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, StatementScreen)
    assert on_disk(path)["half"].zh.startswith("QWE罗岚")


async def test_an_edit_given_up_changes_nothing(path: Path, desk: TriageDesk) -> None:
    before = path.read_bytes()
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "e", "x", "escape")
        assert isinstance(pilot.app.screen, StatementScreen)
        await press(pilot, "e", "enter")
        assert desk.steps == 0
    assert path.read_bytes() == before


async def test_the_blank_steps_over_words_and_is_set(path: Path, desk: TriageDesk) -> None:
    before = path.read_text()
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "n", "b")
        assert isinstance(pilot.app.screen, BlankSheet)
        assert "决定一款茶价格的是［…］，而不是工艺。" in shown(pilot)
        await press(pilot, "right")
        assert "而不是［…］。" in shown(pilot), "marks and words of grammar are passed over"
        await press(pilot, "h", "h", "L")
        assert "茶［…］是土壤" in shown(pilot)
        await press(pilot, "shift+left", "enter")
        assert isinstance(pilot.app.screen, StatementScreen)
        old = 'zh = "罗岚认为，决定一款茶价格的是{{c1::土壤}}，而不是工艺。"'
        assert changed_lines(before, path.read_text()) == [(old, 'zh = "罗岚认为，决定一款茶{{c1::价格}}的是土壤，而不是工艺。"')]
        await press(pilot, "b", "left", "escape", "u")
    assert path.read_text() == before


async def test_undo_goes_back_over_statements_and_kinds_of_change(path: Path, desk: TriageDesk) -> None:
    states = [path.read_bytes()]
    async with TriageApp(desk).run_test(size=(80, 24)) as pilot:
        for keys in (["a"], ["b", "left", "enter"], ["r"], ["p", "p", "r"]):
            await press(pilot, *keys)
            states.append(path.read_bytes())
        assert len(set(states)) == 5
        for state, name in zip(reversed(states[:-1]), ("half", "judgement", "judgement", "half"), strict=True):
            await press(pilot, "u")
            assert path.read_bytes() == state
            assert desk.entry.statement.id == name
    assert desk.counts() == (0, 0, 4)


async def test_a_disk_that_refuses_takes_no_decision(path: Path, desk: TriageDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with TriageApp(desk).run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "a")
        before = path.read_bytes()
        refuse(monkeypatch)
        await press(pilot, "r")
        assert "cannotbewritten:Read-only" in shown(pilot)
        assert line(pilot, "counts") == "2 of 4 · 1 accepted · 0 rejected · 3 left"
        await press(pilot, "u")
        assert line(pilot, "counts") == "2 of 4 · 1 accepted · 0 rejected · 3 left"
        await press(pilot, "e", "x", "enter")
        assert isinstance(pilot.app.screen, EditSheet), "what was written is not lost"
        assert "Read-only" in line(pilot, "fault")
        await press(pilot, "escape", "b", "left", "enter")
        assert isinstance(pilot.app.screen, BlankSheet)
        assert path.read_bytes() == before
        monkeypatch.setattr(corpus_edit, "write_together", files.write_together)
        await press(pilot, "escape", "r")
    assert [one.status for one in on_disk(path).values()][:2] == ["accepted", "rejected"]


async def test_a_passage_is_shown_around_its_quote_which_is_in_sight(path: Path) -> None:
    for size in ((80, 24), (60, 16), (40, 12)):
        desk = TriageDesk([path])
        async with TriageApp(desk).run_test(size=size) as pilot:
            for _, quote, *_ in CLAIMS:
                await pilot.pause()
                await pilot.pause()
                assert quote[:6] in shown(pilot).replace("│", ""), size
                assert "· 4 left" in line(pilot, "counts")
                assert "4left" in shown(pilot), size
                await press(pilot, "n")


async def test_without_its_article_a_statement_is_shown_all_the_same(path: Path) -> None:
    (path.parent / "articles" / "hill.md").unlink()
    async with TriageApp(TriageDesk([path])).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Thearticlehill.mdisnotathand." in shown(pilot)
        await press(pilot, "a")
    assert on_disk(path)["half"].status == "accepted"


async def test_markup_in_a_statement_is_text(path: Path) -> None:
    file = StatementFile.open(path)
    file.change(
        "half", {"zh": "[bold]{{c1::罗岚}}[/] [red", "section": "[b]一[/i]", "question": "[@click=app.quit]？[/", "answer": "[/]"}
    )
    file.save()
    async with TriageApp(TriageDesk([path])).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[bold]罗岚[/][red" in shown(pilot)
        await press(pilot, "b", "escape", "e")
        assert "[bold]{{c1::罗岚}}[/][red" in shown(pilot)


async def test_more_than_one_blank_is_left_to_the_form(path: Path) -> None:
    file = StatementFile.open(path)
    file.change("half", {"zh": "{{c1::五年}}内{{c2::一半}}。"})
    file.save()
    async with TriageApp(TriageDesk([path])).run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "b")
        assert "morethanone" in shown(pilot)
        assert isinstance(pilot.app.screen, StatementScreen)


async def test_help_and_a_window_too_small(desk: TriageDesk) -> None:
    async with TriageApp(desk).run_test(size=(100, 30)) as pilot:
        await press(pilot, "question_mark")
        assert "Takethelaststepback" in shown(pilot).replace("▏", "") or "Takethe" in shown(pilot)
        await press(pilot, "question_mark")
        await pilot.resize_terminal(39, 11)
        await pilot.pause()
        assert pilot.app.screen.query_one(TooSmall).display
        await press(pilot, "e")
        assert pilot.app.screen.query_one(TooSmall).display
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pilot.app.screen.query_one("#zh", Prose).display


# ---- at the desk ----


def test_only_what_is_proposed_is_there_in_the_order_of_the_files(path: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other")
    other.write_text(other.read_text().replace('"hill-2024"', '"dale-2024"').replace('status = "proposed"', "", 3))
    desk = TriageDesk([other, path, other, path.parent / "corpus.toml"])
    assert [entry.key for entry in desk.entries] == ["dale-2024/live"] + [f"hill-2024/{name}" for name, *_ in CLAIMS]
    desk.decide("accepted")
    assert desk.path == path
    assert desk.summary() == f"1 accepted, 0 rejected, 4 left in {other}, {path}"


def test_faults_of_a_file_are_told(path: Path) -> None:
    path.write_text(path.read_text().replace("{{c1::机器}}", "机器").replace('"trade"', '"trad"', 1))
    with pytest.raises(FaultsError) as raised:
        TriageDesk([path])
    assert len(raised.value.faults) == 2


def test_nothing_proposed_is_told_before_a_screen_opens(path: Path) -> None:
    path.write_text(path.read_text().replace('status = "proposed"\n', ""))
    with pytest.raises(StudytoolError, match=r"no proposed statement in .*hill-2024.toml; `studytool extract` makes some"):
        run_triage([path])


def test_run_triage_returns_the_summary(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TriageApp, "run", lambda app: app.desk.decide("accepted"))
    assert run_triage([path], "textual-light") == f"1 accepted, 0 rejected, 3 left in {path}"


def test_a_passage_holds_the_paragraphs_around_it(desk: TriageDesk) -> None:
    desk.move(1)
    found = desk.passage()
    assert isinstance(found, Passage)
    assert found.quote == "真正稀缺的不是力气，而是判断。"
    assert found.before.endswith("方舟：那采茶工怎么办？\n罗岚：采茶工不会失业，他们会变成茶园的管理者。")
    assert found.after.startswith("什么时候采，采几叶")
    assert "\n我认为，决定一款茶价格的是土壤" in found.after


def test_a_passage_is_found_where_the_text_has_shifted(path: Path) -> None:
    place = path.parent / "articles" / "hill.md"
    place.write_text(ARTICLE.replace("十五年", "二十多年"), "utf-8")
    desk = TriageDesk([path])
    desk.move(3)
    found = desk.passage()
    assert isinstance(found, Passage)
    assert found.quote == "直播让小茶农第一次有了定价权"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda place: place.write_text(ARTICLE.replace("第一次", "头一回")), "The quote no longer stands in the article"),
        (lambda place: place.write_text(ARTICLE[:300]), "The quote no longer stands in the article"),
        (lambda place: place.write_text("短"), "The article hill.md cannot be read: it has only 1 Chinese characters."),
        (lambda place: place.write_bytes(b"\x00\xff" * 9000), "The article hill.md cannot be read: it "),
        (lambda place: (place.unlink(), place.mkdir()), "The article hill.md cannot be read: it is a folder"),
        (lambda place: place.unlink(), "The article hill.md is not at hand."),
    ],
)
def test_why_there_is_no_passage(path: Path, spoil: Any, reason: str) -> None:
    spoil(path.parent / "articles" / "hill.md")
    desk = TriageDesk([path])
    desk.warm()
    desk.move(3)
    found = desk.passage()
    assert isinstance(found, str)
    assert found.startswith(reason)


def test_a_statement_without_a_quote_or_article_has_no_passage(path: Path) -> None:
    text = path.read_text()
    path.write_text(text.replace('article = "articles/hill.md"\n', ""))
    assert "No article is named" in str(TriageDesk([path]).passage())
    path.write_text(text.replace('"articles/hill.md"', '"-"'))
    assert TriageDesk([path]).passage() == "The article - is not at hand.", "never standard input"


def test_a_file_changed_by_another_hand_is_not_written_over(path: Path, desk: TriageDesk) -> None:
    desk.decide("accepted")
    path.write_text("# mine\n" + path.read_text().replace("全文", "开场"))
    with pytest.raises(StudytoolError, match="changed by another program"):
        desk.decide("rejected")
    assert desk.entry.statement.section == "开场"
    desk.decide("rejected")
    assert path.read_text().startswith("# mine\n")
    assert desk.undo()
    assert desk.undo(), "no longer to the byte, but the status all the same"
    assert path.read_text().startswith("# mine\n")
    assert {one.status for one in on_disk(path).values()} == {"proposed"}
    path.unlink()
    with pytest.raises(StudytoolError, match="no such file"):
        desk.decide("accepted")


def test_a_statement_that_is_gone_is_told(path: Path, desk: TriageDesk) -> None:
    path.write_text(path.read_text().replace('id = "half"', 'id = "halves"'))
    with pytest.raises(StudytoolError, match="'half' is no longer there"):
        desk.decide("accepted")


def test_an_edit_tells_what_else_it_means(path: Path) -> None:
    file = StatementFile.open(path)
    english = {"en": "Half by {{c1::machines}}.", "accept": ("机械",), "gloss": "machine"}
    asked = {"question": "由什么完成？", "answer": "机器", "accept_answer": ("机械",)}
    file.change("half", {**english, **asked})
    file.save()
    desk = TriageDesk([path])
    known = desk.edit({"zh": "五年之内，{{c1::一半}}由机器完成。", "question": "", "answer": ""})
    assert "机械" in known
    assert "the English still hides “machines”" in known
    statement = on_disk(path)["half"]
    assert (statement.accept, statement.question, statement.answer, statement.accept_answer) == ((), "", "", ())
    assert desk.edit({"zh": "五年之内，{{c1::一半}}由机器做完。"}) == ""
    assert desk.undo()
    assert desk.undo()
    assert on_disk(path)["half"].accept == ("机械",)


HUMAN = {"gloss": "human", "en": "By {{c1::machines}}."}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"zh": "没有空"}, "zh"),
        ({"zh": ""}, "zh"),
        ({"zh": "{{c1::}}完成"}, "zh"),
        ({"zh": "{{c2::机器}}完成"}, "zh"),
        ({"zh": "{{c1::机器完成"}, "zh"),
        ({"en": "By {{c1::machines."}, "en"),
        ({"en": "By {{c1::machines}} {{c2::soon}}."}, "en"),
        ({"answer": "机器"}, "answer"),
        ({"topic": "nowhere"}, "topic"),
        ({"topic": ""}, "topic"),
        ({"kind": "guess"}, "kind"),
        ({"kind": ""}, "kind"),
        ({**HUMAN, "en": ""}, "en"),
        ({**HUMAN, "en": "By machines."}, "en"),
        ({**HUMAN, "question": "什么？"}, "question"),
        ({**HUMAN, "question_en": "What?"}, "question_en"),
        ({**HUMAN, "question": "什么？", "question_en": "What?", "answer": "机器"}, "answer"),
        ({**HUMAN, "question": "什么？", "question_en": "What?", "answer_en": "Machines"}, "answer_en"),
        ({}, ""),
        ({"en": "By machines."}, ""),
        ({"question": "什么？"}, ""),
        (HUMAN, ""),
        ({**HUMAN, "question": "什么？", "question_en": "What?", "answer": "机器", "answer_en": "Machines"}, ""),
    ],
)
def test_what_is_refused_here_is_what_a_strict_reader_refuses(path: Path, fields: dict[str, str], field: str) -> None:
    statement = msgspec.structs.replace(on_disk(path)["half"], **fields)
    refused = ""
    try:
        check(statement, TOPICS)
    except FieldError as error:
        refused = error.field
    assert refused == field
    file = StatementFile.open(path)
    file.change("half", fields)
    file.save()
    if field:
        with pytest.raises(FaultsError):
            corpus.read(path.parent, [path])
    else:
        assert Entry(on_disk(path)["half"], statement)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trade", "trade"),
        ("采茶的人", "work"),
        ("WORKERS", "work"),
        ("买卖", "trade"),
        ("茶", "trade"),
        ("的", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_a_topic_is_found_by_id_name_or_part(text: str, found: str) -> None:
    topic = find_topic(text, TOPICS)
    assert (topic.id if topic else "") == found
    assert find_kind(text) is None


def test_text_is_tidied_before_it_is_kept(path: Path, desk: TriageDesk) -> None:
    desk.edit({"question": " 谁？\u200b\r\n 为何？ ", "answer": "cafe\u0301"})
    statement = on_disk(path)["half"]
    assert (statement.question, statement.answer) == ("谁？ 为何？", "café")


# ---- the blank ----


def test_every_step_of_a_blank_is_a_whole_statement_with_one_blank() -> None:
    zh = "2024 年，罗岚说 OpenAI 的 GPT-4 比{{c1::采茶工}}更会写“茶”，而且便宜 30%。"
    blank = movable(zh)
    assert blank is not None
    assert blank.zh == zh
    seen = [blank]
    for move in [*[(Blank.stepped, -1)] * 9, *[(Blank.stepped, 1)] * 20, *[(Blank.widened, 1)] * 5, *[(Blank.widened, -1)] * 9]:
        seen.append(move[0](seen[-1], move[1]))
    for one in seen:
        assert cloze.plain(one.zh) == cloze.plain(zh)
        assert cloze.faults(one.zh) == []
        hidden = cloze.blank(one.zh, 1)
        assert hidden == hidden.strip()
        assert hidden not in chinese.FUNCTION_WORDS
    hidden = {cloze.blank(one.zh, 1) for one in seen}
    assert {"2024", "OpenAI", "GPT-4", "便宜"} <= hidden


def test_a_blank_widens_word_by_word_and_stops_at_a_mark() -> None:
    blank = movable("他说 {{c1::GPT-4}} 模型很强，真的。")
    assert blank is not None
    wide = blank.widened(1)
    assert wide.parts[1] == "GPT-4 模型"
    assert wide.widened(-1) == blank
    assert blank.widened(-1) == blank
    for _ in range(5):
        wide = wide.widened(1)
    assert wide.parts[1] == "GPT-4 模型很强"


def test_a_blank_set_inside_a_word_can_be_moved() -> None:
    blank = movable("采茶工{{c1::不}}会失业，管理{{c1::者}}。")
    assert blank is None
    blank = movable("他是管{{c1::理}}者。")
    assert blank is not None
    assert blank.zh == "他是管{{c1::理}}者。"
