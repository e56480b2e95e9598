"""Changing statement files: what a person wrote stays, what is changed is changed, and the reader takes it back the same."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytool import corpus
from studytool.corpus_edit import StatementFile, new_head, with_topics
from studytool.errors import StudytoolError
from studytool.model import Quote, Source, Statement, Topic

SOURCE = Source(id="talk", title="一次谈话", event="谈话", speakers=("沈岸",), published=dt.date(2025, 1, 2))
TOPIC = Topic(id="tea", name="茶", name_en="Tea")
ONE = Statement(
    id="one", topic="tea", kind="fact", speaker="沈岸", section="全文", zh="茶在{{c1::山里}}。", gloss="missing", status="proposed",
    quote=Quote(start=1, end=4, sha256="ab"),
)  # fmt: skip


def test_a_file_stays_as_it_was_written_but_for_what_is_changed(tea: Path) -> None:
    path = next(path for path in tea.glob("*.toml") if path.name != "corpus.toml")
    text = "# mine\n" + path.read_text("utf-8").replace("[[statement]]", "# why\n[[statement]]", 1)
    path.write_text(text, "utf-8")
    file = StatementFile.open(path)
    assert file.text() == text
    first = file.statements()[0]
    file.change(first.id, {"status": "rejected"})
    added = [line for line in file.text().split("\n") if line not in text.split("\n")]
    assert added == ['status = "rejected"']
    file.change(first.id, {"status": None})
    assert file.text() == text


def test_new_files_read_back(tmp_path: Path) -> None:
    file = StatementFile.new(tmp_path / "talk.toml", SOURCE)
    file.add(ONE)
    file.add(msgspec.structs.replace(ONE, id="two", question="茶在哪里？", answer="山里"))
    file.save()
    (tmp_path / "corpus.toml").write_text(new_head("tea", "茶", [TOPIC]), "utf-8")
    read = corpus.read(tmp_path)
    assert [entry.statement for entry in read.entries] == StatementFile.open(tmp_path / "talk.toml").statements()
    assert read.entries[0].statement == ONE
    assert read.sources == (SOURCE,)
    (tmp_path / "corpus.toml").write_text(
        with_topics(tmp_path / "corpus.toml", [Topic(id="road", name="路", name_en="Roads")]), "utf-8"
    )
    assert [topic.id for topic in corpus.read(tmp_path).head.topic] == ["tea", "road"]
    assert "\n\n[[topic]]\n" in (tmp_path / "corpus.toml").read_text("utf-8")


def test_a_statement_without_english_says_so(tmp_path: Path) -> None:
    file = StatementFile.new(tmp_path / "talk.toml", SOURCE)
    file.add(ONE)
    file.change("one", {"gloss": None})
    file.save()
    (tmp_path / "corpus.toml").write_text(new_head("tea", "茶", [TOPIC]), "utf-8")
    with pytest.raises(StudytoolError, match=r"missing field 'en'; add en = …, or gloss = \"missing\""):
        corpus.read(tmp_path)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[source\n", "utf-8")
    with pytest.raises(StudytoolError, match=r"a\.toml:1: is not TOML"):
        StatementFile.open(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_text("statement = 3\n", "utf-8")
    with pytest.raises(StudytoolError, match="is no list of tables"):
        StatementFile.open(tmp_path / "b.toml").statements()
    (tmp_path / "c.toml").write_text("[[statement]]\nid = 3\n", "utf-8")
    with pytest.raises(StudytoolError, match="run `studytool check`"):
        StatementFile.open(tmp_path / "c.toml").statements()


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip) | st.just('"""\n\\"')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(zh=TEXTS, note=TEXTS, accept=st.lists(TEXTS, max_size=3))
def test_whatever_is_written_comes_back(tmp_path: Path, zh: str, note: str, accept: list[str]) -> None:
    file = StatementFile.new(tmp_path / "talk.toml", SOURCE)
    file.add(msgspec.structs.replace(ONE, zh=zh, note=note))
    file.change("one", {"accept": tuple(accept), "question": zh})
    file.save()
    (back,) = StatementFile.open(tmp_path / "talk.toml").statements()
    assert (back.zh, back.note, back.accept, back.question) == (zh, note, tuple(accept), zh)


def test_toml_that_the_library_cannot_edit_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "talk.toml"
    path.write_text("\nx = " + "{ a = " * 150 + "1" + " }" * 150, "utf-8")
    with pytest.raises(StudytoolError, match="cannot be edited: TOML value nested more than 100 levels deep") as caught:
        StatementFile.open(path)
    assert str(caught.value.where) == f"{path}:2"
