"""`studytool build --plan`: what an import will do is told before anything is written, and nothing is."""

import json
from pathlib import Path

import pytest
from build_files import NOW, THEN, data, edit
from click.testing import CliRunner, Result

from anki_desk import desk
from studytool.anki import compare, notes_of
from studytool.build import build
from studytool.cli import cli
from studytool.errors import FaultsError, StudytoolError

HILL, QUAY = "hill-2023.toml", "quay-2024.toml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", *arguments], catch_exceptions=True, standalone_mode=False)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_plan_names_every_note_and_field_and_writes_nothing(tea: Path, tmp_path: Path) -> None:
    build([tea], Path("decks"), THEN)
    edit(tea / QUAY, "to halve by 2030.", "to fall by half by 2030.")
    edit(tea / HILL, "{{c2::80 度}}", "80 度")
    edit(tea / HILL, "{{c2::80 degrees}}", "80 degrees")
    edit(tea / HILL, "2023 年时山上最老", "{{c2::2023 年}}时山上最老")
    edit(tea / HILL, "that in 2023 the", "that in {{c2::2023}} the")
    before = snapshot(tmp_path)
    done = run(str(tea), "--plan")
    assert done.exception is None
    assert snapshot(tmp_path) == before
    assert done.stdout.splitlines() == [
        "tea.apkg, on top of the build of before: nothing is written yet",
        "notes: 1 added, 2 updated, 4 unchanged, 1 retired",
        "+ tea:hill-2023/old-trees/cloze-c2",
        "~ tea:quay-2024/price-will-fall/cloze",
        "    English: “…of Pu'er to halve by 2030.” → “…of Pu'er to fall by half by 2030.”",
        "~ tea:quay-2024/price-will-fall/qa",
        "    StatementEnglish: “…of Pu'er to halve by 2030.” → “…of Pu'er to fall by half by 2030.”",
        "- tea:hill-2023/picked-before-rain/cloze-c2: stays in Anki (--retired makes a package that tags it)",
        "cards keep their schedule; a note that a learner edited keeps the edit and is not updated",
    ]


def test_a_first_plan_needs_no_folder_and_makes_none(tea: Path) -> None:
    done = run(str(tea), "--plan", "-o", "new")
    assert done.exception is None
    assert done.stdout.startswith("tea.apkg, no build of before: nothing is written yet\nnotes: 7 added, 0 updated,")
    assert not Path("new").exists()


def test_a_plan_of_the_same_finds_nothing_to_do(tea: Path) -> None:
    build([tea], Path("decks"), THEN, direction="en-zh")
    done = run(str(tea), "--plan", "--direction", "en-zh")
    assert [line for line in done.stdout.splitlines() if line.startswith("notes")] == [
        "notes: 0 added, 0 updated, 7 unchanged, 0 retired"
    ] * 2


def test_a_plan_as_data_and_for_the_learner_of_english(tea: Path) -> None:
    build([tea], Path("decks"), THEN, direction="en-zh")
    edit(tea / QUAY, '"trade"', '"leaves"')
    done = run(str(tea), "--plan", "--json", "--direction", "en-zh")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["package"], second["package"]) == ("tea.apkg", "tea.en-zh.apkg")
    assert [note["id"] for note in second["updated"]] == [f"{note['id']}-en" for note in first["updated"]]
    assert first["updated"][0] == {
        "id": "tea:quay-2024/price-will-fall/cloze",
        "fields": [["Topic", "Trade · 买卖", "Leaves · 茶叶"]],
        "new_tags": ["topic::leaves"],
        "lost_tags": ["topic::trade"],
        "moved": ["Tea talk::Trade 买卖", "Tea talk::Leaves 茶叶"],
        "asks": None,
    }
    assert first["by_hand"] == [
        '2 notes stay in “Tea talk::Trade 买卖”: browse for "deck:Tea talk::Trade 买卖" tag:topic::leaves, '
        "and move the cards to “Tea talk::Leaves 茶叶”"
    ]


def test_what_is_to_be_done_by_hand_is_told_by_a_build_too(tea: Path) -> None:
    build([tea], Path("decks"), THEN)
    edit(tea / QUAY, '"trade"', '"leaves"')
    assert run(str(tea)).stderr.startswith("by hand: 2 notes stay in “Tea talk::Trade 买卖”: ")
    assert run(str(tea)).stderr == ""


def test_options_that_do_not_go_together(tea: Path) -> None:
    assert "--json is for --plan" in str(run(str(tea), "--json").exception)
    assert "so it asks no translator" in str(run(str(tea), "--plan", "--with", "google").exception)


def test_without_the_old_package_the_deck_file_tells(tea: Path) -> None:
    build([tea], Path("decks"), THEN)
    edit(tea / QUAY, "to halve by 2030.", "to fall by half by 2030.")
    whole = run(str(tea), "--plan").stdout
    for damage in (b"", b"PK\3\4 no zip", None):
        if damage is None:
            Path("decks/tea.apkg").unlink()
        else:
            Path("decks/tea.apkg").write_bytes(damage)
        assert run(str(tea), "--plan").stdout == whole


def test_what_anki_has_is_what_the_old_package_says(tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of studytool may have laid the notes out otherwise; then a note changes though its claim did not."""
    from studytool.anki import notes

    with monkeypatch.context() as patch:
        patch.setitem(notes.KINDS, "forecast", "预言 prophecy")
        build([tea], Path("decks"), THEN)
    (built,) = build([tea], Path("decks"), NOW, dry=True)
    assert [(note.id, note.fields) for note in built.updates[0].updated] == [
        (f"tea:quay-2024/price-will-fall/{kind}", (("Kind", "预言 prophecy", "预测 forecast"),)) for kind in ("cloze", "qa")
    ]


def test_a_changed_id_and_another_question_are_told(tea: Path) -> None:
    build([tea], Path("decks"), THEN)
    edit(tea / QUAY, 'id = "price-will-fall"', 'id = "cheaper"')
    edit(tea / HILL, "已有{{c1::三百年}}", "{{c1::已有}}三百年")
    edit(tea / HILL, "was {{c1::three centuries}} old", "{{c1::was}} three centuries old")
    told = run(str(tea), "--plan").stderr
    assert "tea:quay-2024/cheaper/cloze says what tea:quay-2024/price-will-fall/cloze said: give it that id back" in told
    assert "tea:hill-2023/old-trees/cloze asks “已有” where it asked “三百年”, and keeps the schedule" in told


def test_a_corpus_that_seems_renamed_is_not_built_as_another(tea: Path) -> None:
    build([tea], Path("decks"), THEN)
    before = data(Path("decks"))
    edit(tea / "corpus.toml", 'name = "tea"', 'name = "green-tea"')
    with pytest.raises(FaultsError) as caught:
        build([tea], Path("decks"), NOW)
    assert str(caught.value) == (
        f"{tea}/corpus.toml: has the statements of 'tea', which decks holds, under the name 'green-tea'; below the name write "
        'id = "tea", and all progress stays, or id = "green-tea" if it is another corpus'
    )
    assert data(Path("decks")) == before
    edit(tea / "corpus.toml", 'name = "green-tea"', 'name = "green-tea"\nid = "green-tea"')
    (other,) = build([tea], Path("decks"), NOW)
    assert (other.updates[0].first, other.superseded) == (True, None)


def test_a_corpus_with_a_new_name_goes_on_from_the_old_one(tea: Path) -> None:
    build([tea], Path("decks"), THEN)
    edit(tea / "corpus.toml", 'name = "tea"', 'name = "green-tea"\nid = "tea"')
    edit(tea / QUAY, "to halve by 2030.", "to fall by half by 2030.")
    done = run(str(tea))
    assert done.stderr == "by hand: remove tea.jsonl, tea.apkg from decks: green-tea.jsonl goes on from it\n"
    (built,) = build([tea], Path("decks"), NOW)
    times = {note.changed for row in built.deck.rows for note in row.notes}
    assert (times, built.deck.head.name, built.superseded) == ({THEN, THEN + 1}, "tea", None)


def test_the_retired_of_both_directions(tea: Path, tmp_path: Path) -> None:
    build([tea], Path("decks"), THEN, direction="en-zh")
    edit(tea / QUAY, 'topic = "trade"', 'topic = "trade"\nstatus = "rejected"')
    done = run(str(tea), "--retired", "--direction", "en-zh")
    assert "decks/tea.retired.apkg   for who has an older build" in done.stdout
    with desk(tmp_path / "anki") as learner:
        for name in ("tea.retired.apkg", "tea.retired.en-zh.apkg"):
            learner.take(Path("decks") / name)
        assert {key: note.tags[-1] for key, note in sorted(learner.notes().items())} == {
            f"tea:quay-2024/price-will-fall/{kind}": "topic::trade" for kind in ("cloze", "cloze-en", "qa", "qa-en")
        }
        assert all("retired" in note.tags for note in learner.notes().values())
    again = data(Path("decks"))
    assert run(str(tea), "--retired", "--direction", "en-zh").exception is None
    assert data(Path("decks")) == again


def test_nothing_retired_makes_no_package(tea: Path) -> None:
    assert "nothing was ever retired: no package of it" in run(str(tea), "--retired").stdout
    assert sorted(data(Path("decks"))) == ["tea.apkg", "tea.jsonl"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"retired":[]', b'"retired":[1]', "its retired notes are broken"),
        (b'"zh":[12,33', b'"zh":[99999,33', "a line lacks what another names"),
    ],
)
def test_a_damaged_deck_file_of_before_is_one_line(tea: Path, old: bytes, new: bytes, told: str) -> None:
    (built,) = build([tea], Path("decks"), THEN)
    whole = built.jsonl.read_bytes()
    assert old in whole
    built.jsonl.write_bytes(whole.replace(old, new, 1))
    edit(tea / QUAY, "to halve by 2030.", "to fall by half by 2030.")
    with pytest.raises(StudytoolError, match=told):
        build([tea], Path("decks"), NOW)


def test_a_note_that_loses_a_card_is_told(tea: Path) -> None:
    (built,) = build([tea], Path("decks"), THEN)
    after = notes_of(built.deck, "zh-en")
    key = "tea:hill-2023/picked-before-rain/cloze"
    before = after | {key: after[key]._replace(ords=(0, 1))}
    told = compare("tea.apkg", before, after, [key], looks=False).by_hand
    assert told == (f"card 2 of {key} asks nothing any more: after the import, Tools > Empty Cards takes it out",)


def test_the_plan_of_an_article(tea: Path) -> None:
    article = str(Path(__file__).parent / "fixtures" / "articles" / "harbour.txt")
    done = run(article, "--plan", "-o", "new")
    assert done.stdout.startswith("harbour.apkg, no build of before: nothing is written yet\nnotes: ")
    assert "to choose among more" not in done.stdout
    assert not Path("new").exists()


def test_a_lost_deck_file_is_told(tea: Path) -> None:
    (built,) = build([tea], Path("decks"), THEN)
    built.jsonl.unlink()
    told = run(str(tea), "--plan").stderr
    assert told.startswith("by hand: tea.jsonl is not beside its package: every note counts as new, and an import overwrites")
