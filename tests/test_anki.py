"""A built deck in the real Anki: what is imported, and what each card shows."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from anki_desk import GAP, NOW, Desk, Page, TTSTag, change, desk, make, rows, words
from conftest import CHECKOUT, SHARED, TEA
from studytool import cloze
from studytool.anki.note_types import fields as field_names
from studytool.anki.note_types import note_type
from studytool.anki.package import guid
from studytool.build import Built
from studytool.deck import note_id, open_deck
from studytool.model import Row

CHECKER = SHARED / "tools" / "anki" / "check_apkg.py"


def statements(built: Built) -> dict[str, Row]:
    return {f"tea:{row.source}/{row.statement.id}": row for row in built.deck.rows}


@pytest.fixture
def built(tea: Path) -> Built:
    return make(tea)


@pytest.fixture
def learner(built: Built, tmp_path: Path):
    with desk(tmp_path / "anki") as found:
        found.take(built.apkg)
        yield found


def test_every_note_and_card_arrives_in_its_topic_s_deck(learner: Desk):
    where = {key: learner.col.decks.name(card.did) for key, card in learner.cards().items()}
    leaves, trade = "Tea talk::Leaves 茶叶", "Tea talk::Trade 买卖"
    assert where == {
        "tea:hill-2023/picked-before-rain/cloze#1": leaves,
        "tea:hill-2023/picked-before-rain/cloze-c2#2": leaves,
        "tea:hill-2023/picked-before-rain/qa#1": leaves,
        "tea:hill-2023/old-trees/cloze#1": leaves,
        "tea:hill-2023/old-trees/qa#1": leaves,
        "tea:quay-2024/price-will-fall/cloze#1": trade,
        "tea:quay-2024/price-will-fall/qa#1": trade,
    }
    assert len(learner.notes()) == 7
    assert {deck.name for deck in learner.col.decks.all_names_and_ids()} == {"Default", "Tea talk", leaves, trade}


def test_tags_fields_and_types(learner: Desk):
    notes = learner.notes()
    assert sorted(notes["tea:hill-2023/old-trees/qa"].tags) == [
        "kind::fact", "source::hill-2023", "speaker::Lin_Wan", "topic::leaves",
    ]  # fmt: skip
    for key, note in notes.items():
        name, fields = (
            (note_type("cloze", "zh-en").name, field_names("cloze", "zh-en"))
            if "/cloze" in key
            else (note_type("qa", "zh-en").name, field_names("qa", "zh-en"))
        )
        assert note.note_type()["name"] == name
        assert tuple(note.keys()) == fields
        assert note["MyNotes"] == ""
        assert note["Said"]
        assert note["Date"]


def test_new_cards_stand_in_the_deck_s_order_then_the_questions_then_second_blanks(learner: Desk):
    in_order = sorted(learner.cards().items(), key=lambda item: (item[1].due, item[1].ord))
    assert [key.split("/", 1)[1] for key, _ in in_order] == [
        "picked-before-rain/cloze#1", "old-trees/cloze#1", "price-will-fall/cloze#1",
        "picked-before-rain/qa#1", "old-trees/qa#1", "price-will-fall/qa#1", "picked-before-rain/cloze-c2#2",
    ]  # fmt: skip


def test_anki_finds_nothing_to_mend(learner: Desk):
    assert learner.col.fix_integrity() == ("Database rebuilt and optimized.", True)
    assert not learner.col.get_empty_cards().notes
    assert (learner.col.note_count(), learner.col.card_count()) == (7, 7)


def test_guids_hang_on_the_note_s_identity_alone(tea: Path):
    def guids(built: Built) -> list[str]:
        return [found for (found,) in rows(built.apkg, "select guid from notes order by id")]

    first = guids(make(tea))
    assert len(set(first)) == 7
    assert first[-2] == "6qYkG4dl1aOn"  # for ever: another GUID is another note, and the learner's progress is lost
    assert guids(make(tea, NOW + 9)) == first
    change(tea / "quay-2024.toml", "to halve by 2030.", "to fall by half by 2030.")
    assert guids(make(tea, NOW + 99)) == first


def test_mod_is_the_deck_file_s_changed(tea: Path):
    make(tea)
    change(tea / "quay-2024.toml", "to halve by 2030.", "to fall by half by 2030.")
    built = make(tea, NOW + 99)
    file = open_deck(built.jsonl)
    changed = {guid(note_id(file.head.name, row, note)): note.changed for row in file.rows() for note in row.notes}
    assert dict(rows(built.apkg, "select guid, mod from notes")) == changed
    assert sorted(changed.values()) == [NOW] * 5 + [NOW + 1] * 2


def test_equal_input_makes_equal_bytes_in_any_process(tea: Path):
    here = make(tea).apkg.read_bytes()
    assert make(tea).apkg.read_bytes() == here
    code = (
        "import sys; from pathlib import Path; from studytool.build import build; build([Path(sys.argv[1])], Path('there'), %d)"
    )
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code % NOW, str(tea)], env=env, check=True, timeout=60)
    assert Path("there/tea.apkg").read_bytes() == here


def test_the_zip_is_deflated_and_dateless(built: Built):
    with zipfile.ZipFile(built.apkg) as package:
        members = package.infolist()
        assert package.testzip() is None
    assert {member.filename for member in members} == {"collection.anki2", "media"}
    for member in members:
        assert member.date_time == (2024, 1, 1, 0, 0, 0)
        assert member.compress_type == zipfile.ZIP_DEFLATED
    assert sum(member.compress_size for member in members) < sum(member.file_size for member in members) / 3


def test_a_cloze_front_is_blank_in_both_languages(built: Built, learner: Desk):
    for key, card in learner.cards().items():
        if "/cloze#" not in key:
            continue
        statement = statements(built)[key.rsplit("/", 1)[0]].statement
        number = card.ord + 1
        front, back = learner.sides(card)
        assert front.texts("zh-Hans") == [cloze.hide(statement.zh, number, GAP)]
        assert front.texts("en") == [cloze.hide(statement.en, number, GAP)]
        assert GAP in front.texts("en")[0]
        assert front.texts("en")[0] not in front.unfolded
        assert front.texts("zh-Hans")[0] in front.unfolded
        for answer in (cloze.blank(statement.zh, number), cloze.blank(statement.en, number)):
            assert answer not in front.text
            assert answer in back.unfolded
        assert back.texts("zh-Hans")[0] == cloze.plain(statement.zh)
        assert back.texts("en") == [cloze.plain(statement.en)]
        assert GAP not in back.text


def test_a_question_s_front_tells_no_answer(built: Built, learner: Desk):
    for key, card in learner.cards().items():
        if "/qa#" not in key:
            continue
        statement = statements(built)[key.rsplit("/", 1)[0]].statement
        front, back = learner.sides(card)
        assert front.texts("zh-Hans") == [statement.question]
        assert front.texts("en") == [statement.question_en]
        assert statement.question in front.unfolded
        assert statement.question_en not in front.unfolded
        for answer in (statement.answer, statement.answer_en):
            assert answer not in front.text
        for shown in (statement.question, statement.question_en, statement.answer, statement.answer_en):
            assert shown in back.unfolded
        assert cloze.plain(statement.zh) in back.texts("zh-Hans")
        assert cloze.plain(statement.en) in back.texts("en")


def test_every_back_cites_its_source(built: Built, learner: Desk):
    sources = {source.id: source for source in built.deck.head.sources}
    speakers = {"hill-2023": "Lin Wan 林晚", "quay-2024": "Zhou Hai 周海"}
    events = {"hill-2023": "Hill tea party 山上茶会", "quay-2024": "Quay Q&A 码头问答"}
    for key, card in learner.cards().items():
        row = statements(built)[key.rsplit("/", 1)[0]]
        source = sources[row.source]
        front, back = learner.sides(card)
        cited = back.one(".//div[@class='source']")
        assert words(cited[0]).startswith(f"{speakers[source.id]} · {events[source.id]} · {source.said} · ")
        assert words(cited[0]).endswith(f" {row.statement.kind}")
        assert words(cited[1]) == f"{source.title}, {source.outlet}, {source.published} · {row.statement.section}"
        assert words(cited) in back.unfolded
        links = {words(link): link.get("href") for link in back.all(".//a")}
        assert links == {source.title: source.url} | ({"original recording": source.recording} if source.recording else {})
        assert source.title not in front.text
        assert not front.all(".//a")


def test_notes_show_on_the_back_in_both_languages(learner: Desk):
    front, back = learner.sides(learner.cards()["tea:hill-2023/picked-before-rain/cloze#1"])
    assert words(back.one(".//details[@class='note']")).endswith("指谷雨这个节气。\nThe rain is the solar term Guyu.")
    assert "谷雨" not in front.text
    _, without = learner.sides(learner.cards()["tea:hill-2023/old-trees/cloze#1"])
    assert not without.all(".//details[@class='note']")


def test_backs_tell_pinyin_and_words(learner: Desk):
    front, back = learner.sides(learner.cards()["tea:hill-2023/picked-before-rain/cloze#1"])
    bare, read = back.pinyin
    assert bare == "林晚认为，雨前采下的嫩芽香气最足，冲泡时要用 80 度的水。"
    assert "rèn wéi yǔ qián cǎi xià de nèn yá xiāng qì zuì zú chōng pào shí yào yòng dù de shuǐ" in read
    assert {ruby.get("class") for ruby in back.all(".//ruby")} >= {"tone1", "tone2", "tone3", "tone4", "tone5"}
    folded = back.one(".//details/table[@class='words']")
    rows = {cells[0]: cells[1:] for row in folded for cells in [[words(cell) for cell in row]]}
    assert rows["香气"][0] == "xiāngqì"
    assert "aroma" in rows["香气"][1]
    assert rows["水"] == ["shuǐ", "water; river", "HSK 1"]
    assert "的" not in rows  # grammar
    assert "aroma" not in back.unfolded.replace("fullest aroma", "")
    assert not front.all(".//ruby")
    assert not front.all(".//table")


def test_backs_scroll_to_the_answer_and_speak_chinese(built: Built, learner: Desk):
    for key, card in learner.cards().items():
        front, back = learner.sides(card)
        assert len(back.all(".//*[@id='answer']")) == 1
        assert not front.all(".//*[@id='answer']")
        assert front.av == ()
        (spoken,) = back.av
        assert isinstance(spoken, TTSTag)
        assert spoken.lang == "zh_CN"
        assert spoken.field_text == cloze.plain(statements(built)[key.rsplit("/", 1)[0]].statement.zh)
        template = card.template()
        assert "{{tts" not in template["qfmt"]
        assert template["afmt"].count("{{tts zh_CN:") == template["afmt"].count("{{tts ") == 1


def test_every_colour_has_one_for_the_night(learner: Desk):
    page: Page = learner.sides(learner.cards()["tea:hill-2023/old-trees/qa#1"])[0]
    day, night = set(), set()
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", page.css):
        for selector in map(str.strip, selectors.split(",")):
            if re.search(r"(^|[\s;])color: #", body):
                dark = ".nightMode" in selector
                (night if dark else day).add(selector.replace(".nightMode", "").strip())
    assert day
    assert day <= night
    assert re.search(r"\.card\.nightMode[^{}]*\{[^{}]*background: #1", page.css)


def _checked() -> str:
    missing = [name for name in ("selectolax", "pypinyin") if importlib.util.find_spec(name) is None]
    if not CHECKER.exists():
        return f"no {CHECKER} beside this checkout"
    return f"the checker needs {', '.join(missing)}" if missing else ""


@pytest.mark.skipif(bool(_checked()), reason=_checked())
@pytest.mark.parametrize("name", ["tea", "altman"])
def test_the_independent_checker_finds_no_fault(name: str, tmp_path: Path):
    apkg = make(TEA).apkg if name == "tea" else CHECKOUT / "decks" / f"{name}.apkg"
    if not apkg.exists():
        pytest.skip(f"no {apkg} in this checkout")
    done = subprocess.run([sys.executable, str(CHECKER), "--json", str(apkg)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = [finding for finding in json.loads(done.stdout)["findings"] if finding["severity"] != "info"]
    assert [finding for finding in found if finding["code"].startswith(("style.", "package."))] == []
