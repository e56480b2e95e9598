"""The package for the learner of English, through the real Anki: prompts in English, Chinese as their gloss."""

import time
from pathlib import Path

import pytest

from anki_desk import NOW, Desk, TTSTag, change, desk
from studytool.build import Built, build

TREES = "tea:hill-2023/old-trees"


@pytest.fixture
def built(tea: Path, tmp_path: Path) -> Built:
    (found,) = build([tea], tmp_path / "decks", NOW, direction="en-zh")
    return found


@pytest.fixture
def learner(built: Built, tmp_path: Path):
    assert built.english
    with desk(tmp_path / "anki") as found:
        found.take(built.english)
        yield found


def test_no_such_package_unless_asked_for(tea: Path, tmp_path: Path):
    (plain,) = build([tea], tmp_path / "decks", NOW)
    assert plain.english is None
    assert sorted(path.name for path in (tmp_path / "decks").iterdir()) == ["tea.apkg", "tea.jsonl"]


def test_prompts_are_english_and_glosses_chinese(learner: Desk, built: Built):
    cards = learner.cards()
    assert len(cards) == sum(len(note.cards) for row in built.deck.rows for note in row.notes)
    for row in built.deck.rows:
        one = row.statement
        asked = next((card for key, card in cards.items() if key == f"tea:{row.key}/qa-en#1"), None)
        if not one.question:
            assert asked is None
            continue
        assert asked
        front, back = learner.sides(asked)
        assert front.texts("en") == [one.question_en]
        assert one.question not in front.unfolded
        assert one.question in front.text
        for answer in (one.answer, one.answer_en):
            assert answer not in front.text
            assert answer in back.unfolded
        assert back.texts("en")[:2] == [one.question_en, one.answer_en]


def test_a_blank_is_blank_in_both_languages(learner: Desk):
    front, back = learner.sides(learner.cards()["tea:hill-2023/picked-before-rain/cloze-en#1"])
    assert "[...]" in front.texts("en")[0]
    assert "aroma" not in front.text
    assert "香气" not in front.text
    assert "aroma" in back.unfolded
    assert "香气" in back.unfolded
    assert not back.all(".//ruby")  # who reads Chinese needs no pinyin
    assert [tag.lang for tag in back.av if isinstance(tag, TTSTag)] == ["en_US"]


def test_it_lies_beside_the_other_package(learner: Desk, built: Built):
    before = len(learner.cards())
    assert len(learner.take(built.apkg).new) > 0
    names = [deck.name for deck in learner.col.decks.all_names_and_ids()]
    assert "Tea talk::English to Chinese 英译中::Leaves 茶叶" in names
    assert "Tea talk::Leaves 茶叶" in names
    assert len(learner.cards()) == 2 * before
    assert len({note.guid for note in learner.notes().values()}) == len(learner.notes())
    assert not learner.col.get_empty_cards().notes


def test_a_changed_claim_updates_and_keeps_the_schedule(learner: Desk, tea: Path, tmp_path: Path):
    card = learner.cards()[f"{TREES}/cloze-en#1"]
    learner.answer(card)
    known = learner.schedule(learner.cards()[f"{TREES}/cloze-en#1"])
    old = next(
        line for line in (tea / "hill-2023.toml").read_text("utf-8").splitlines() if "old" in line and line.startswith("en =")
    )
    change(tea / "hill-2023.toml", old, old.replace("old", "very old", 1))
    (again,) = build([tea], tmp_path / "decks", NOW + 100, direction="en-zh")
    assert again.english
    log = learner.take(again.english)
    assert (len(log.new), len(log.updated)) == (0, 2)  # the cloze, and the question whose back shows the claim
    assert learner.schedule(learner.cards()[f"{TREES}/cloze-en#1"]) == known


def test_english_without_blanks_makes_no_card(tea: Path, tmp_path: Path):
    file = tea / "hill-2023.toml"
    text = file.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("en =") and "aroma" in line)
    bare = line.replace("{{c1::", "").replace("{{c2::", "").replace("}}", "")
    change(file, line, f'{bare}\ngloss = "google"')
    (built,) = build([tea], tmp_path / "decks", NOW, direction="en-zh")
    assert built.english
    with desk(tmp_path / "anki") as learner:
        learner.take(built.english)
        assert not any("picked-before-rain/cloze-en" in key for key in learner.cards())
        assert not learner.col.get_empty_cards().notes


def test_a_learner_s_edit_is_kept_and_a_blank_less_leaves_no_card_that_asks_nothing(learner: Desk, tea: Path, tmp_path: Path):
    rain = "tea:hill-2023/picked-before-rain"
    for card in learner.cards().values():
        learner.answer(card)
    known = {key: learner.schedule(card) for key, card in learner.cards().items()}
    learner.edit(f"{rain}/cloze-en", {"MyNotes": "mine"})
    change(tea / "hill-2023.toml", " and should be brewed at {{c2::80 degrees}}.", ".")
    change(tea / "hill-2023.toml", "，冲泡时要用 {{c2::80 度}}的水。", "。")
    (again,) = build([tea], tmp_path / "decks", int(time.time()) + 9999, direction="en-zh")
    assert again.english
    log = learner.take(again.english)
    assert (len(log.new), len(log.updated)) == (0, 1)  # the question; the cloze is edited, the second blank retired
    assert again.updates[1].retired == (f"{rain}/cloze-c2-en",)
    assert {key: learner.schedule(card) for key, card in learner.cards().items()} == known
    assert learner.notes()[f"{rain}/cloze-en"]["MyNotes"] == "mine"
    assert not learner.col.get_empty_cards().notes
