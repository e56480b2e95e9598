"""Notes pushed into a real collection, through a server that speaks AnkiConnect's API: nothing of the learner's is lost."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_connect_server import Server, serving
from click.testing import CliRunner, Result

from anki_desk import Desk, change, desk, made, make
from studytool.anki.package import guid
from studytool.cli import cli

PRICE, TREES = "tea:quay-2024/price-will-fall", "tea:hill-2023/old-trees"
CLOZE, QA = f"{PRICE}/cloze", f"{PRICE}/qa"
OLD, NEW = "of Pu'er to halve by 2030.", "of Pu'er to fall by half by 2030."


class Learner(Desk):
    """A desk with Anki open on it, and a terminal."""

    server: Server

    def run(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["anki", *args, "--url", self.server.url])

    def push(self, *args: str, code: int = 0) -> str:
        """Push; what it says. A second dry run after a clean push would do nothing."""
        done = self.run("push", *args)
        assert done.exit_code == code, (done.output, done.exception)
        return done.output

    def state(self) -> list[object]:
        """All of the collection that a push might change."""
        notes = self.col.db.all("select id, guid, mid, mod, tags, flds from notes order by id")
        models = [(model["name"], model["css"], str(model["tmpls"])) for model in self.col.models.all()]
        return [notes, self.col.db.all("select * from cards order by id"), self.col.db.all("select * from revlog"), models]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """A collection that has nothing of ours, and a built deck."""
    made()
    with desk(tmp_path / "anki") as found, serving(found.col) as server:
        one = Learner(found.col)
        one.server = server
        yield one


def test_new_notes_are_those_that_an_import_would_make(learner: Learner, tea: Path, tmp_path: Path) -> None:
    said = learner.push()
    assert said == "7 notes added, 0 updated, 0 left as they were\n"
    with desk(tmp_path / "other") as other:
        other.take(make(tea).apkg)
        assert learner.notes().keys() == other.notes().keys()
        for key, note in learner.notes().items():
            twin = other.notes()[key]
            assert (note.guid, note.mid, note.fields, note.tags) == (guid(key), twin.mid, twin.fields, twin.tags)
        assert {key: learner.col.decks.name(card.did) for key, card in learner.cards().items()} == {
            key: other.col.decks.name(card.did) for key, card in other.cards().items()
        }
        assert {key: card.due for key, card in learner.cards().items()} == {key: card.due for key, card in other.cards().items()}
    assert not list(Path(learner.col.media.dir()).iterdir()), "the package does not stay in the media folder"
    log = learner.take(Path("decks/tea.apkg"))
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (0, 0, 7)


def test_a_second_push_changes_nothing(learner: Learner) -> None:
    learner.push()
    before, asked = learner.state(), len(learner.server.writes)
    assert learner.push() == "0 notes added, 0 updated, 7 left as they were\n"
    assert learner.state() == before
    assert len(learner.server.writes) == asked


def test_a_dry_run_tells_all_field_by_field_and_writes_nothing(learner: Learner, tea: Path, home: Path) -> None:
    empty = learner.state()
    said = learner.push("--dry-run")
    assert said.count("\n+ tea:") + said.startswith("+ tea:") == 7
    assert f"+ {QA}: new, into Tea talk::Trade 买卖" in said
    assert said.endswith("notes: 7 to add, 0 to update, 0 the same; nothing was changed\n")
    assert (learner.state(), learner.server.writes, list(home.iterdir())) == (empty, [], [])
    learner.push()
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    before, record, asked = learner.state(), (home / "anki-pushed.json").read_bytes(), list(learner.server.writes)
    said = learner.push("--dry-run")
    shown = (
        "    English\n      Anki: …price}} of Pu'er to halve by 2030.\n      ours: …price}} of Pu'er to fall by half by 2030.\n"
    )
    assert f"~ {CLOZE}\n{shown}" in said
    assert f"~ {QA}\n    StatementEnglish\n" in said
    assert "notes: 0 to add, 2 to update, 5 the same" in said
    assert (learner.state(), learner.server.writes) == (before, asked)
    assert (home / "anki-pushed.json").read_bytes() == record


def test_a_correction_arrives_and_the_schedule_and_my_notes_stay(learner: Learner, tea: Path) -> None:
    learner.push()
    card = learner.cards()[f"{CLOZE}#1"]
    learner.answer(card)
    known = learner.schedule(card)
    learner.edit(CLOZE, {"MyNotes": "see page 7", "Spare1": "my own", "Audio": "[sound:a.mp3]"})
    learner.col.tags.bulk_add([learner.notes()[CLOZE].id], "hard mine::too")
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    assert "0 notes added, 2 updated, 5 left" in learner.push()
    note = learner.notes()[CLOZE]
    assert "fall by half" in note["English"]
    assert (note["MyNotes"], note["Spare1"], note["Audio"]) == ("see page 7", "my own", "[sound:a.mp3]")
    assert {"hard", "mine::too", "topic::trade"} <= set(note.tags)
    assert learner.schedule(learner.cards()[f"{CLOZE}#1"]) == known
    message, fine = learner.col.fix_integrity()
    assert fine, message


def test_an_edit_of_what_we_did_not_change_is_kept(learner: Learner, tea: Path) -> None:
    learner.push()
    learner.edit(CLOZE, {"Note": "my words"})
    said = learner.push()
    assert "1 field edited in Anki and not here: left as they are" in said
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    assert f"= {CLOZE}: edited in Anki\n    Note\n" in learner.push("--dry-run")
    learner.push()
    assert learner.notes()[CLOZE]["Note"] == "my words"
    assert "fall by half" in learner.notes()[CLOZE]["English"]


def test_a_field_that_both_changed_is_listed_and_only_force_overwrites_it(learner: Learner, tea: Path) -> None:
    learner.push()
    learner.edit(CLOZE, {"English": "my {{c1::word}}", "MyNotes": "mine"})
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    for _ in range(2):
        said = learner.push(code=1)
        assert f"! {CLOZE}: changed here and in Anki" in said
        assert "      Anki: my {{c1::word}}\n" in said
        assert learner.notes()[CLOZE]["English"] == "my {{c1::word}}"
    assert "fall by half" in learner.notes()[QA]["StatementEnglish"], "all else goes on"
    assert "0 notes added, 1 updated" in learner.push("--force")
    note = learner.notes()[CLOZE]
    assert ("fall by half" in note["English"], note["MyNotes"]) == (True, "mine")
    assert "7 left as they were" in learner.push()


def test_what_anki_s_editor_writes_otherwise_is_no_edit(learner: Learner, tea: Path) -> None:
    learner.push()
    note = learner.notes()[CLOZE]
    learner.edit(CLOZE, {"English": note["English"].replace("&#39;", "'"), "Section": note["Section"] + " "})
    assert "7 left as they were" in learner.push()
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    assert "2 updated" in learner.push()


def test_imported_notes_that_differ_are_conflicts_as_nobody_knows_who_changed_them(learner: Learner, tea: Path) -> None:
    learner.take(Path("decks/tea.apkg"))
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    assert learner.push(code=1).count("since an unknown time") == 2
    assert "halve" in learner.notes()[CLOZE]["English"]
    assert "2 updated" in learner.push("--force")


def test_a_push_right_after_an_import_learns_what_is_there(learner: Learner, tea: Path) -> None:
    learner.take(Path("decks/tea.apkg"))
    assert "0 notes added, 0 updated, 7 left" in learner.push()
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    assert "2 updated" in learner.push()


def test_to_an_import_a_note_that_a_push_updated_is_an_edited_one(learner: Learner, tea: Path) -> None:
    """As the README says: who pushes goes on pushing."""
    learner.push()
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    learner.push()
    change(tea / "quay-2024.toml", NEW, "of Pu'er to be half by 2030.")
    log = learner.take(make(tea).apkg)
    assert (len(log.updated), len(log.duplicate)) == (0, 7)
    assert "fall by half" in learner.notes()[CLOZE]["English"]
    assert "2 updated" in learner.push()
    assert "to be half" in learner.notes()[CLOZE]["English"]


def test_a_topic_moves_with_its_tag_unless_the_learner_moved_the_cards(learner: Learner, tea: Path) -> None:
    learner.push()
    mine = learner.col.decks.id("Mine")
    learner.col.set_deck([learner.cards()[f"{QA}#1"].id], mine)
    change(tea / "quay-2024.toml", 'topic = "trade"', 'topic = "leaves"')
    make(tea)
    assert "into Tea talk::Leaves 茶叶" in learner.push("--dry-run")
    learner.push()
    note, cards = learner.notes()[CLOZE], learner.cards()
    assert ("topic::leaves" in note.tags, "topic::trade" in note.tags) == (True, False)
    assert learner.col.decks.name(cards[f"{CLOZE}#1"].did) == "Tea talk::Leaves 茶叶"
    assert learner.col.decks.name(cards[f"{QA}#1"].did) == "Mine"
    learner.push()
    assert learner.col.decks.name(learner.cards()[f"{QA}#1"].did) == "Mine"


def test_a_blank_added_becomes_a_note_of_its_own(learner: Learner, tea: Path) -> None:
    learner.push()
    card = learner.cards()[f"{CLOZE}#1"]
    learner.answer(card)
    known = learner.schedule(card)
    change(tea / "quay-2024.toml", "普洱的{{c1::价格}}", "{{c2::普洱}}的{{c1::价格}}")
    change(tea / "quay-2024.toml", "{{c1::price}} of Pu'er", "{{c1::price}} of {{c2::Pu'er}}")
    make(tea)
    learner.push()
    cards = learner.cards()
    assert learner.schedule(cards[f"{CLOZE}#1"]) == known
    assert cards[f"{CLOZE}-c2#2"].did == cards[f"{CLOZE}#1"].did
    assert "8 left as they were" in learner.push()


def test_deleted_notes_stay_out_and_retired_ones_stay_in(learner: Learner, tea: Path) -> None:
    learner.push()
    learner.col.remove_notes([learner.notes()[QA].id])
    text = (tea / "hill-2023.toml").read_text("utf-8")
    first = text.index("[[statement]]")
    second = text.index("[[statement]]", first + 1)
    (tea / "hill-2023.toml").write_text(text[:first] + text[second:], "utf-8")
    make(tea)
    there = len(learner.notes())
    said = learner.push()
    assert "1 note deleted in Anki: left out" in said
    assert "no longer in the deck: they stay in Anki" in said
    assert len(learner.notes()) == there
    assert "1 note added" in learner.push("--force")
    assert learner.notes()[QA].guid == guid(QA)


def test_the_learner_s_looks_stay_when_new_notes_come(learner: Learner, tea: Path) -> None:
    learner.push()
    for model in learner.col.models.all():
        if model["name"].startswith("studytool"):
            model["css"] = ".card { color: #123456; }"
            model["tmpls"][0]["qfmt"] += "<i>mine</i>"
            learner.col.models.update_dict(model)
    learner.col.db.execute("update notetypes set mtime_secs = 5")  # long before the deck that comes
    names = sorted(model.name for model in learner.col.models.all_names_and_ids())
    add_cups(tea)
    assert "1 note added" in learner.push()
    ours = [model for model in learner.col.models.all() if model["name"].startswith("studytool")]
    assert [model["css"] for model in ours] == [".card { color: #123456; }"] * 2
    assert all(model["tmpls"][0]["qfmt"].endswith("<i>mine</i>") for model in ours)
    assert sorted(model.name for model in learner.col.models.all_names_and_ids()) == names


def add_cups(tea: Path) -> None:
    with (tea / "quay-2024.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[statement]]\nid = "cups"\ntopic = "trade"\nkind = "fact"\nspeaker = "周海"\nsection = "1. 行情"\n'
            'zh = "码头上的杯子都用{{c1::白瓷}}烧成。"\nen = "The cups on the quay are all made of {{c1::porcelain}}."\n'
        )
    make(tea)


def test_a_note_type_with_fields_of_the_learner_s_gets_no_second_one(learner: Learner, tea: Path) -> None:
    learner.push()
    models = learner.col.models
    model = models.by_name("studytool cloze v1")
    models.add_field(model, models.new_field("Mnemonic"))
    models.update_dict(model)
    count = len(models.all_names_and_ids())
    add_cups(tea)
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    said = learner.push(code=1)
    assert "the note type 'studytool cloze v1' was changed in Anki: 1 new note of it cannot be pushed" in said
    assert "fall by half" in learner.notes()[CLOZE]["English"], "notes that are there are updated"
    assert len(models.all_names_and_ids()) == count


def test_a_renamed_note_type_and_a_copied_note(learner: Learner, tea: Path) -> None:
    learner.push()
    model = learner.col.models.by_name("studytool cloze v1")
    model["name"] = "My cloze"
    learner.col.models.update_dict(model)
    copy = learner.col.new_note(model)
    copy.fields = list(learner.notes()[CLOZE].fields)
    learner.col.add_note(copy, learner.col.decks.id("Mine"))
    add_cups(tea)
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    said = learner.push()
    assert "1 note copied in Anki: the copies are left alone" in said
    assert "1 note added, 2 updated" in said
    assert "halve" in learner.col.get_note(copy.id)["English"]
    assert learner.col.models.by_name("studytool cloze v1") is None


def test_the_learner_of_english_has_notes_of_their_own(learner: Learner) -> None:
    learner.push()
    said = learner.push("--direction", "en-zh")
    assert "retired" not in said
    added = len(learner.notes()) - 7
    assert added > 0
    assert f"{added} notes added" in said
    assert "no longer" not in learner.push()


def test_a_note_open_in_the_browser_is_told_and_comes_next_time(learner: Learner, tea: Path) -> None:
    learner.push()
    learner.server.actions.open_in_editor.add(learner.notes()[CLOZE].id)
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    said = learner.run("push")
    assert f"{CLOZE}: Anki did not take English; close Anki's Browser" in said.output
    assert said.exit_code
    assert "1 note could not be pushed" in str(said.exception)
    learner.server.actions.open_in_editor.clear()
    assert "1 updated" in learner.push()


@pytest.mark.parametrize("action", ["multi", "storeMediaFile", "importPackage", "deleteMediaFile"])
def test_a_push_that_is_killed_is_made_good_by_the_next(learner: Learner, tea: Path, action: str) -> None:
    """Killed while Anki does one of its parts; Anki finishes that, and the learner goes on."""
    learner.push()
    add_cups(tea)
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    learner.edit(CLOZE, {"MyNotes": "mine"})
    began = learner.server.pause(action)
    process = subprocess.Popen([sys.executable, "-m", "studytool", "anki", "push", "--url", learner.server.url])
    assert began.wait(30)
    process.kill()
    process.wait()
    learner.server.go_on()
    assert ("1 to add" in learner.push("--dry-run")) is (action in ("multi", "storeMediaFile"))
    learner.push()
    notes = learner.notes()
    assert len(notes) == 8
    assert "fall by half" in notes[CLOZE]["English"]
    assert "fall by half" in notes[QA]["StatementEnglish"]
    assert notes[CLOZE]["MyNotes"] == "mine"
    learner.edit(CLOZE, {"Note": "my own"})
    assert "1 field edited in Anki and not here" in learner.push()
    message, fine = learner.col.fix_integrity()
    assert fine, message


def test_what_was_pushed_before_it_broke_off_is_remembered(learner: Learner, tea: Path, home: Path) -> None:
    learner.push()
    add_cups(tea)
    change(tea / "quay-2024.toml", OLD, NEW)
    make(tea)
    learner.server.refused["importPackage"] = "disk is full"
    said = learner.run("push")
    assert "Anki refuses importPackage: disk is full" in str(said.exception)
    assert not list(Path(learner.col.media.dir()).iterdir())
    learner.server.refused.clear()
    change(tea / "quay-2024.toml", NEW, "of Pu'er to be half by 2030.")
    make(tea)
    assert "1 note added, 2 updated" in learner.push(), "the texts pushed before are ours, not the learner's"
    assert set(json.loads((home / "anki-pushed.json").read_bytes())["profiles"]) == {"User 1"}
