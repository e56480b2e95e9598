"""Every kind of change that a maker makes, imported by a learner who has studied and edited: nothing of theirs is harmed.

Each is tried twice through the real Anki. A learner who edited nothing gets exactly what the plan said, and in the end has what a
new learner has, the schedule apart. A learner who edited every note keeps every edit, and no card is left that asks nothing.
"""

import shutil
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from anki_desk import NOW, Desk, change, desk, make
from studytool.anki import REVISED, note_types
from studytool.build import Built, build

TREES, PRICE, RAIN = "tea:hill-2023/old-trees", "tea:quay-2024/price-will-fall", "tea:hill-2023/picked-before-rain"
HILL, QUAY, HEAD = "hill-2023.toml", "quay-2024.toml", "corpus.toml"
Edit = Callable[[Path, pytest.MonkeyPatch], None]


def says(*changes: tuple[str, str, str]) -> Edit:
    """Other texts in files of the corpus."""

    def edit(tea: Path, _: pytest.MonkeyPatch) -> None:
        for file, old, new in changes:
            change(tea / file, old, new)

    return edit


def retired(tea: Path, _: pytest.MonkeyPatch) -> None:
    text = (tea / HILL).read_text("utf-8")
    (tea / HILL).write_text(text[: text.rindex("[[statement]]")], "utf-8")


def restyled(_: Path, patch: pytest.MonkeyPatch) -> None:
    for place in ("studytool.anki", "studytool.anki.package"):
        patch.setattr(import_module(place), "REVISED", REVISED + 1)
    for kind in ("cloze", "qa"):
        patch.setattr(note_types.note_type(kind, "zh-en"), "css", ".card { color: #123456; }")


KINDS: dict[str, tuple[Edit, set[str], set[str], set[str]]] = {  # the edit; notes added, updated, retired
    "a claim reworded": (says((HILL, "最老的茶树", "最老的一棵茶树")), set(), {f"{TREES}/cloze", f"{TREES}/qa"}, set()),
    "a gloss corrected": (says((QUAY, "to halve by", "to fall by half by")), set(), {f"{PRICE}/cloze", f"{PRICE}/qa"}, set()),
    "an answer corrected": (says((QUAY, 'answer_en = "2030"', 'answer_en = "the year 2030"')), set(), {f"{PRICE}/qa"}, set()),
    "a topic moved": (says((QUAY, '"trade"', '"leaves"')), set(), {f"{PRICE}/cloze", f"{PRICE}/qa"}, set()),
    "a blank added": (
        says((HILL, "2023 年时山上最老", "{{c2::2023 年}}时山上最老"), (HILL, "that in 2023 the", "that in {{c2::2023}} the")),
        {f"{TREES}/cloze-c2"},
        set(),
        set(),
    ),
    "a blank removed": (
        says((HILL, "{{c2::80 度}}", "80 度"), (HILL, "{{c2::80 degrees}}", "80 degrees")),
        set(),
        set(),
        {f"{RAIN}/cloze-c2"},
    ),
    "a blank removed with its words": (
        says((HILL, "，冲泡时要用 {{c2::80 度}}的水。", "。"), (HILL, " and should be brewed at {{c2::80 degrees}}.", ".")),
        set(),
        {f"{RAIN}/cloze", f"{RAIN}/qa"},
        {f"{RAIN}/cloze-c2"},
    ),
    "a statement retired": (retired, set(), set(), {f"{TREES}/cloze", f"{TREES}/qa"}),
    "a statement rejected": (
        says((QUAY, 'topic = "trade"', 'topic = "trade"\nstatus = "rejected"')),
        set(),
        set(),
        {f"{PRICE}/cloze", f"{PRICE}/qa"},
    ),
    "a question withdrawn": (
        says(*((HILL, line, "") for line in ('answer = "三百岁"\n', 'answer_en = "three hundred"\n')),
             (HILL, 'question = "2023 年时，山上最老的那棵树多大年纪？"\n', ""),
             (HILL, 'question_en = "In 2023, what was the age of the oldest bush on the hill?"\n', "")),
        set(),
        set(),
        {f"{TREES}/qa"},
    ),
    "a corpus renamed": (says((HEAD, 'name = "tea"', 'name = "green-tea"\nid = "tea"')), set(), set(), set()),
    "a topic renamed": (
        says((HEAD, 'name_en = "Trade"', 'name_en = "Commerce"')), set(), {f"{PRICE}/cloze", f"{PRICE}/qa"}, set()
    ),
    "a source cited otherwise": (
        says((QUAY, 'outlet = "茶讯"', 'outlet = "茶报"')), set(), {f"{PRICE}/cloze", f"{PRICE}/qa"}, set()
    ),
    "templates and styles revised": (restyled, set(), set(), set()),
}  # fmt: skip


@pytest.fixture
def learner(tea: Path, tmp_path: Path):
    """A learner who has seen every card of the first build."""
    with desk(tmp_path / "anki") as found:
        found.take(make(tea).apkg)
        for card in found.cards().values():
            found.answer(card)
        found.col.fix_integrity()  # answers of one millisecond, which no person gives, leave something to mend
        yield found


def edits(learner: Desk) -> dict[str, list[Any]]:
    """A learner's own hand on every note: a field of theirs, a tag, a field of ours."""
    for nth, (key, note) in enumerate(learner.notes().items()):
        if nth % 3 == 0:
            note["MyNotes"] = f"my own {nth}"
        elif nth % 3 == 1:
            note.tags.append("mine")
        else:
            note["Note"] = f"put otherwise: {nth}"
        learner.col.update_note(note)
        assert learner.notes()[key].mod > NOW
    return {key: [note.fields, sorted(note.tags)] for key, note in learner.notes().items()}


def imported(learner: Desk, tea: Path) -> tuple[Built, Any]:
    """Build once more, long after, and import: what was built, with its plan, and what Anki says. No harm is done whatever came."""
    before = {key: learner.schedule(card) for key, card in learner.cards().items()}
    built = make(tea, int(time.time()) + 99_999)
    (update,) = built.updates
    log = learner.take(built.apkg)
    after = learner.cards()  # two notes of one identity would be told here
    assert {key: learner.schedule(after[key]) for key in before} == before, "a card is gone, or its schedule is"
    assert after.keys() - before.keys() == {f"{key}#{2 if key.endswith('c2') else 1}" for key in update.added}
    assert not log.conflicting
    assert len(learner.col.models.all_names_and_ids()) == 6 + 2, "a note type came twice"
    for card in after.values():
        front, back = learner.sides(card)
        assert "found on card" not in front.text + back.text, "a card asks nothing"
        assert front.text != back.text
    assert not learner.col.get_empty_cards().notes
    assert learner.col.fix_integrity() == ("Database rebuilt and optimized.", True)
    return built, log


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_planned_arrives_and_no_schedule_is_lost(
    kind: str, learner: Desk, tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    edit, added, updated, gone = KINDS[kind]
    names = {note.id: key for key, note in learner.notes().items()}
    before = {key: note.mod for key, note in learner.notes().items()}
    edit(tea, monkeypatch)
    built, log = imported(learner, tea)
    (update,) = built.updates
    assert (set(update.added), {note.id for note in update.updated}, set(update.retired)) == (added, updated, gone)
    assert {names[note.id.nid] for note in log.updated} == updated
    assert len(log.new) == len(added)
    assert len(log.duplicate) == update.unchanged
    notes = learner.notes()
    assert {key for key in before if notes[key].mod != before[key]} == updated
    with desk(tmp_path / "new") as other:
        other.take(built.apkg)
        fresh = {key: [note.fields, sorted(note.tags)] for key, note in other.notes().items()}
    assert {key: [note.fields, sorted(note.tags)] for key, note in notes.items() if key not in gone} == fresh
    assert update.looks == (kind == "templates and styles revised")
    front, _ = learner.sides(learner.cards()[f"{RAIN}/cloze#1"])
    assert ("#123456" in front.css) == update.looks


@pytest.mark.parametrize("kind", KINDS)
def test_no_edit_is_overwritten(kind: str, learner: Desk, tea: Path, monkeypatch: pytest.MonkeyPatch):
    mine = edits(learner)
    KINDS[kind][0](tea, monkeypatch)
    built, log = imported(learner, tea)
    (update,) = built.updates
    notes = learner.notes()
    assert {key: [notes[key].fields, sorted(notes[key].tags)] for key in mine} == mine
    assert (len(log.new), len(log.updated)) == (len(update.added), 0)


def test_a_deck_that_is_renamed_in_anki_first_stays_one(learner: Desk, tea: Path, monkeypatch: pytest.MonkeyPatch):
    change(tea / HEAD, 'title_en = "Tea talk"', 'title_en = "Tea lectures"')
    change(tea / HEAD, 'name_en = "Trade"', 'name_en = "Commerce"')
    (update,) = make(tea).updates
    assert update.by_hand == (
        "before the import, rename the deck “Tea talk” to “Tea lectures”: else its cards stay apart from new ones",
        "before the import, rename the deck “Tea lectures::Trade 买卖” to “Tea lectures::Commerce 买卖”: "
        "else its cards stay apart from new ones",
    )
    for old, new in (("Tea talk", "Tea lectures"), ("Tea lectures::Trade 买卖", "Tea lectures::Commerce 买卖")):
        deck = learner.col.decks.by_name(old)
        assert deck
        learner.col.decks.rename(deck, new)
    learner.take(Path("decks/tea.apkg"))
    names = {deck.name for deck in learner.col.decks.all_names_and_ids()}
    assert names == {"Default", "Tea lectures", "Tea lectures::Leaves 茶叶", "Tea lectures::Commerce 买卖"}


def test_cards_of_another_topic_are_found_by_the_search_that_the_plan_tells(learner: Desk, tea: Path):
    KINDS["a topic moved"][0](tea, pytest.MonkeyPatch())
    (update,) = imported(learner, tea)[0].updates
    (line,) = update.by_hand
    search = line.split("browse for ")[1].split(", and move")[0]
    found = learner.col.find_cards(search)
    assert {card.id for key, card in learner.cards().items() if key.startswith(PRICE)} == set(found)


def test_a_retired_note_is_tagged_and_nothing_else(learner: Desk, tea: Path):
    retired(tea, pytest.MonkeyPatch())
    make(tea, NOW + 9)
    (built,) = build([tea], Path("decks"), NOW + 99, retired=True)  # a later build still knows
    before = {key: (learner.schedule(card), learner.notes()[key.split("#")[0]].fields) for key, card in learner.cards().items()}
    log = learner.take(built.retired[0])
    assert (built.retired[0].name, len(log.new), len(log.updated)) == ("tea.retired.apkg", 0, 2)
    notes = learner.notes()
    assert {key for key, note in notes.items() if "retired" in note.tags} == {f"{TREES}/cloze", f"{TREES}/qa"}
    assert {
        key: (learner.schedule(card), learner.notes()[key.split("#")[0]].fields) for key, card in learner.cards().items()
    } == before


def test_what_comes_back_is_no_longer_retired(learner: Desk, tea: Path, tmp_path: Path):
    kept = shutil.copy(tea / HILL, tmp_path / "kept.toml")
    retired(tea, pytest.MonkeyPatch())
    (built,) = build([tea], Path("decks"), NOW + 9, retired=True)
    learner.take(built.retired[0])
    shutil.copy(kept, tea / HILL)
    built, log = imported(learner, tea)
    (update,) = built.updates
    assert (update.added, {note.id for note in update.updated}, len(log.updated)) == ((), {f"{TREES}/cloze", f"{TREES}/qa"}, 2)
    assert not any("retired" in note.tags for note in learner.notes().values())
    assert build([tea], Path("decks"), NOW, retired=True)[0].retired == ()
