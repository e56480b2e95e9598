"""A deck that the learner already has is imported again: what is new arrives, and nothing of the learner's is lost."""

import time
from importlib import import_module
from pathlib import Path

import pytest

from anki_desk import NOW, Desk, change, desk, make
from studytool.anki import note_types

PRICE, TREES = "tea:quay-2024/price-will-fall", "tea:hill-2023/old-trees"
OLD, NEW = "of Pu'er to halve by 2030.", "of Pu'er to fall by half by 2030."


@pytest.fixture
def learner(tea: Path, tmp_path: Path):
    """A desk with the deck as it was built first."""
    with desk(tmp_path / "anki") as found:
        log = found.take(make(tea).apkg)
        assert (len(log.new), len(log.updated), len(log.duplicate)) == (7, 0, 0)
        yield found


def again(learner: Desk, tea: Path, now: int = NOW + 99) -> tuple[int, int, int]:
    """Build once more and import: how many notes are new, updated, untouched. No note may be in the way of another."""
    log = learner.take(make(tea, now).apkg)
    assert not log.conflicting
    assert not log.first_field_match
    assert (learner.col.note_count(), learner.col.card_count()) == (7 + len(log.new), 7 + len(log.new))
    return len(log.new), len(log.updated), len(log.duplicate)


def test_a_corrected_gloss_arrives_and_the_schedule_survives(learner: Desk, tea: Path):
    cards = learner.cards()
    answered = [cards[f"{PRICE}/cloze#1"], cards[f"{PRICE}/qa#1"], cards[f"{TREES}/cloze#1"]]
    fresh = [learner.schedule(card) for card in answered]
    for card in answered:
        learner.answer(card)
    known = [learner.schedule(card) for card in answered]
    assert all(before != after and after[-1] for before, after in zip(fresh, known, strict=True))
    change(tea / "quay-2024.toml", OLD, NEW)

    assert again(learner, tea) == (0, 2, 5)

    notes = learner.notes()
    assert "to fall by half by 2030." in notes[f"{PRICE}/cloze"]["English"]
    assert "to fall by half by 2030." in notes[f"{PRICE}/qa"]["StatementEnglish"]
    assert {key: card.id for key, card in learner.cards().items()} == {key: card.id for key, card in cards.items()}
    assert [learner.schedule(card) for card in answered] == known
    message, fine = learner.col.fix_integrity()
    assert fine, message


def test_an_unchanged_note_is_not_touched(learner: Desk, tea: Path):
    before = {key: (note.id, note.mod, note.usn, note.fields) for key, note in learner.notes().items()}
    change(tea / "quay-2024.toml", OLD, NEW)
    again(learner, tea)
    after = {key: (note.id, note.mod, note.usn, note.fields) for key, note in learner.notes().items()}
    assert {key for key in before if before[key] != after[key]} == {f"{PRICE}/cloze", f"{PRICE}/qa"}
    assert again(learner, tea, NOW + 999) == (0, 0, 7)


def test_a_correction_arrives_even_where_the_builder_s_clock_went_back(learner: Desk, tea: Path):
    change(tea / "quay-2024.toml", OLD, NEW)
    assert again(learner, tea, NOW - 5000) == (0, 2, 5)
    assert learner.notes()[f"{PRICE}/cloze"].mod == NOW + 1


def test_a_new_statement_is_added_beside_the_old(learner: Desk, tea: Path):
    learner.answer(learner.cards()[f"{TREES}/cloze#1"])
    known = learner.schedule(learner.cards()[f"{TREES}/cloze#1"])
    with (tea / "quay-2024.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[statement]]\nid = "cups"\ntopic = "trade"\nkind = "fact"\nspeaker = "周海"\nsection = "1. 行情"\n'
            'zh = "码头上的杯子都用{{c1::白瓷}}烧成。"\nen = "The cups on the quay are all made of {{c1::porcelain}}."\n'
        )
    assert again(learner, tea) == (1, 0, 7)
    assert learner.schedule(learner.cards()[f"{TREES}/cloze#1"]) == known
    assert learner.col.decks.name(learner.cards()["tea:quay-2024/cups/cloze#1"].did) == "Tea talk::Trade 买卖"


def test_a_learner_s_edit_is_kept_whenever_we_build(learner: Desk, tea: Path):
    """A change adds one second to a note's time, and no more: an edit, which bears the real time, is later than all of ours."""
    mine = {"English": "my own {{c1::word}} for it", "MyNotes": "see page 7"}
    learner.edit(f"{PRICE}/cloze", mine)
    change(tea / "quay-2024.toml", OLD, NEW)
    assert again(learner, tea, int(time.time()) + 9999) == (0, 1, 6)  # the question, which was not edited, is updated
    note = learner.notes()[f"{PRICE}/cloze"]
    assert {name: note[name] for name in mine} == mine


def test_own_notes_survive_where_ours_did_not_change(learner: Desk, tea: Path):
    learner.edit(f"{TREES}/cloze", {"MyNotes": "the bush of my village"})
    change(tea / "quay-2024.toml", OLD, NEW)
    assert again(learner, tea, int(time.time()) + 9999) == (0, 2, 5)
    assert learner.notes()[f"{TREES}/cloze"]["MyNotes"] == "the bush of my village"
    _, back = learner.sides(learner.cards()[f"{TREES}/cloze#1"])
    assert "the bush of my village" in back.unfolded


def test_a_note_of_a_later_time_is_replaced_whole(learner: Desk, tea: Path):
    """Anki's way, for which a lost deck file is enough. Were it otherwise, the tests above would prove nothing."""
    learner.edit(f"{PRICE}/cloze", {"MyNotes": "gone soon"})
    change(tea / "quay-2024.toml", OLD, NEW)
    Path("decks/tea.jsonl").unlink()
    assert again(learner, tea, int(time.time()) + 9999) == (0, 7, 0)
    assert learner.notes()[f"{PRICE}/cloze"]["MyNotes"] == ""


def test_who_wants_our_text_after_all_tells_anki_to_update_always(learner: Desk, tea: Path):
    learner.edit(f"{PRICE}/cloze", {"MyNotes": "gone soon"})
    change(tea / "quay-2024.toml", OLD, NEW)
    learner.take(make(tea).apkg, always=True)
    note = learner.notes()[f"{PRICE}/cloze"]
    assert (note["MyNotes"], "to fall by half" in note["English"]) == ("", True)


@pytest.mark.parametrize("raised", [0, 1])
def test_new_looks_arrive_if_and_only_if_revised_is_raised(
    learner: Desk, tea: Path, raised: int, monkeypatch: pytest.MonkeyPatch
):
    learner.answer(learner.cards()[f"{TREES}/cloze#1"])
    known = learner.schedule(learner.cards()[f"{TREES}/cloze#1"])
    monkeypatch.setattr(import_module("studytool.anki.package"), "REVISED", note_types.REVISED + raised)
    monkeypatch.setattr(note_types.note_type("cloze", "zh-en"), "css", ".card { color: #123456; }")
    assert again(learner, tea) == (0, 0, 7)
    front, _ = learner.sides(learner.cards()[f"{TREES}/cloze#1"])
    assert ("#123456" in front.css) == bool(raised)
    assert learner.schedule(learner.cards()[f"{TREES}/cloze#1"]) == known


def test_looks_that_a_learner_changed_are_theirs(learner: Desk, tea: Path, monkeypatch: pytest.MonkeyPatch):
    held = learner.col.models.get(note_types.note_type("cloze", "zh-en").model_id)
    held["css"] = ".card { color: #abcdef; }"
    learner.col.models.update_dict(held)
    monkeypatch.setattr(import_module("studytool.anki.package"), "REVISED", note_types.REVISED + 1)
    monkeypatch.setattr(note_types.note_type("cloze", "zh-en"), "css", ".card { color: #123456; }")
    assert again(learner, tea) == (0, 0, 7)
    front, _ = learner.sides(learner.cards()[f"{TREES}/cloze#1"])
    assert "#abcdef" in front.css


@pytest.mark.parametrize("merge", [False, True])
def test_a_field_of_the_learner_s_own_keeps_updates_out_unless_merged_and_always(learner: Desk, tea: Path, merge: bool):
    held = learner.col.models.get(note_types.note_type("cloze", "zh-en").model_id)
    learner.col.models.add_field(held, learner.col.models.new_field("Mine"))
    learner.col.models.update_dict(held)
    for card in learner.cards().values():
        learner.answer(card)
    known = {key: learner.schedule(card) for key, card in learner.cards().items()}
    change(tea / "quay-2024.toml", OLD, NEW)
    log = learner.take(make(tea).apkg, always=True, merge=merge)
    assert {key: learner.schedule(card) for key, card in learner.cards().items()} == known
    assert "Mine" in learner.notes()[f"{PRICE}/cloze"]
    assert ("to fall by half" in learner.notes()[f"{PRICE}/cloze"]["English"]) == merge
    assert bool(log.conflicting) == (not merge)
    assert learner.col.fix_integrity() == ("Database rebuilt and optimized.", True)
