"""What a build writes: all or nothing, the same bytes of the same input, and a time of change that moves only with content."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from build_files import NAMES, NOW, THEN, changed, data, edit

from studytool.build import build, check_inputs
from studytool.deck import open_deck
from studytool.errors import USAGE, FaultsError, StudytoolError


def test_a_build_makes_two_files_and_counts_cards(tea: Path, tmp_path: Path) -> None:
    (built,) = build([tea], tmp_path / "new" / "out", THEN)  # a folder that is not there yet
    assert sorted(data(tmp_path / "new" / "out")) == sorted(NAMES)
    assert built.changed == 7
    assert [(topic, dict(kinds)) for topic, kinds in built.table()] == [
        ("Leaves", {"cloze": 3, "qa": 2}),
        ("Trade", {"cloze": 1, "qa": 1}),
    ]
    assert set(changed(tmp_path / "new" / "out").values()) == {THEN}


def test_the_same_input_gives_the_same_bytes_in_any_folder(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path / "a", THEN)
    build([tea], tmp_path / "b", THEN)
    assert data(tmp_path / "a") == data(tmp_path / "b")


def test_with_the_deck_of_before_the_clock_changes_nothing(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path / "a", THEN)
    before = data(tmp_path / "a")
    (built,) = build([tea], tmp_path / "a", NOW)
    assert data(tmp_path / "a") == before
    assert built.changed == 0


def test_the_bytes_hang_on_no_hash_seed(tea: Path, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, studytool.build as b; source, out = map(pathlib.Path, sys.argv[1:]); b.build([source], out, 7)"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent), "TZ": f"UTC{seed}"}
        subprocess.run([sys.executable, "-c", program, str(tea), str(tmp_path / seed)], env=environment, check=True)
    assert data(tmp_path / "1") == data(tmp_path / "2")
    build([tea], tmp_path / "here", 7)
    assert data(tmp_path / "here") == data(tmp_path / "1")


def test_only_the_notes_of_a_changed_gloss_are_changed(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([tea], out, THEN)
    before = data(out)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    (built,) = build([tea], out, NOW)
    assert built.changed == 1
    times = changed(out)
    assert times.pop("price-will-fall/qa") == THEN + 1
    assert set(times.values()) == {THEN}
    assert data(out)["tea.apkg"] != before["tea.apkg"]


def test_a_change_of_the_statement_itself_changes_its_notes_and_no_others(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path, THEN)
    edit(tea / "hill-2023.toml", "最老的茶树已有", "最老的茶树已经有")
    build([tea], tmp_path, NOW)
    assert {key for key, time in changed(tmp_path).items() if time != THEN} == {"old-trees/cloze", "old-trees/qa"}


def test_a_change_that_no_learner_sees_changes_no_note(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path, THEN)
    edit(tea / "hill-2023.toml", 'accept = ["芳香"]', 'accept = ["芳香", "香味"]')
    (built,) = build([tea], tmp_path, NOW)
    assert built.changed == 0
    assert set(changed(tmp_path).values()) == {THEN}
    assert "香味" in (tmp_path / "tea.jsonl").read_text("utf-8")


def test_a_new_statement_moves_no_time_of_the_old_ones(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path, THEN)
    first, second = (tea / "hill-2023.toml").read_text("utf-8").split("\n[[statement]]\n")[1:]
    fresh = second.replace("old-trees", "young-trees").replace("最老", "最小").replace("三百", "三")
    fresh = "\n".join(line for line in fresh.split("\n") if not line.startswith(("question", "answer")))
    edit(tea / "hill-2023.toml", first, f"{fresh}\n[[statement]]\n{first}")  # before the others: their positions move
    build([tea], tmp_path, NOW)
    assert {key for key, time in changed(tmp_path).items() if time == NOW} == {"young-trees/cloze"}


def test_a_changed_note_is_newer_than_before_even_if_the_clock_went_back(tea: Path, tmp_path: Path) -> None:
    build([tea], tmp_path, NOW)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    build([tea], tmp_path, THEN)
    assert changed(tmp_path)["price-will-fall/qa"] == NOW + 1


def test_a_fault_leaves_the_old_files_untouched(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([tea], out, THEN)
    before = data(out)
    edit(tea / "hill-2023.toml", "{{c1::三百年}}", "三百年")
    edit(tea / "quay-2024.toml", "Zhou Hai expects the", "At a price, Zhou Hai expects the")
    with pytest.raises(FaultsError) as caught:
        build([tea], out, NOW)
    assert len(caught.value.faults) == 1  # rules are asked only of a corpus that can be read
    edit(tea / "hill-2023.toml", "三百年。", "{{c1::三百年}}。")
    with pytest.raises(FaultsError, match="L31 blank c1 'price' is told by 'price'") as caught:
        build([tea], out, NOW)
    assert str(caught.value).startswith(f"{tea}/quay-2024.toml:21: L31 ")
    assert caught.value.code == USAGE
    assert data(out) == before


def test_faults_of_all_inputs_are_told_and_none_is_built(tea: Path, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("x", "utf-8")
    with pytest.raises(FaultsError) as caught:
        build([tea, tmp_path / "gone", tmp_path / "x.md"], tmp_path / "out", NOW)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{tmp_path}/gone: no such file or folder; name a corpus folder or a statement file",
        f"{tmp_path}/x.md: is neither a corpus folder nor a statement file (.toml); name one of these",
    ]
    assert not (tmp_path / "out").exists()


def test_two_corpora_of_one_name(tea: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in tea.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    with pytest.raises(FaultsError) as caught:
        build([tea, other], tmp_path / "out", NOW)
    assert str(caught.value) == f"{other}: a second deck of the name 'tea'; rename one of the corpora"
    edit(other / "corpus.toml", 'name = "tea"', 'name = "more-tea"')
    assert [built.jsonl.name for built in build([tea, other], tmp_path / "out", NOW)] == ["tea.jsonl", "more-tea.jsonl"]


def test_a_single_statement_file_keeps_the_identities_of_its_corpus(tea: Path, tmp_path: Path) -> None:
    (built,) = build([tea / "quay-2024.toml"], tmp_path / "out", NOW)
    assert sorted(data(tmp_path / "out")) == ["tea-quay-2024.apkg", "tea-quay-2024.jsonl"]
    assert [slot.id for slot in open_deck(built.jsonl).slots] == [
        "tea:quay-2024/price-will-fall/c1",
        "tea:quay-2024/price-will-fall/qa",
    ]


@pytest.mark.parametrize("old", [b"my own notes\n", b'{"a": 1}\n', b"\xff\xfe"])
def test_a_file_that_is_no_deck_is_not_overwritten(tea: Path, tmp_path: Path, old: bytes) -> None:
    (tmp_path / "tea.jsonl").write_bytes(old)
    with pytest.raises(FaultsError) as caught:
        build([tea], tmp_path, NOW)
    assert str(caught.value) == f"{tmp_path}/tea.jsonl:1: is not a deck of studytool; `studytool build` makes one"
    assert (tmp_path / "tea.jsonl").read_bytes() == old
    assert not (tmp_path / "tea.apkg").exists()


def test_check_reads_all_and_writes_nothing(tea: Path, tmp_path: Path) -> None:
    edit(tea / "quay-2024.toml", "Zhou Hai expects the", "At a price, Zhou Hai expects the")
    files = sorted(tmp_path.rglob("*"))
    findings, statements = check_inputs([tea, tea / "hill-2023.toml"])
    assert ([finding.code for finding in findings], statements) == (["L31"], 5)
    assert sorted(tmp_path.rglob("*")) == files
    with pytest.raises(FaultsError, match="no such file or folder"):
        check_inputs([tea, tmp_path / "gone"])


def test_a_corpus_of_rejected_statements_makes_no_deck(tea: Path, tmp_path: Path) -> None:
    for path in (tea / "hill-2023.toml", tea / "quay-2024.toml"):
        path.write_text(path.read_text("utf-8").replace('section = "1', 'status = "rejected"\nsection = "1'), "utf-8")
    with pytest.raises(StudytoolError, match="every statement is rejected"):
        build([tea], tmp_path / "out", 1)
    assert not (tmp_path / "out").exists()
