"""Statement files and corpus.toml that are hardly files at all: missing, empty, torn, huge, of another encoding."""

import os
from pathlib import Path

import pytest

from corpus_faults import QUAY, told
from studytool import corpus
from studytool.errors import FaultsError


def test_a_missing_file(tea: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        corpus.read(tea, [tea / "gone.toml", tea / QUAY])
    assert str(caught.value) == f"{tea}/gone.toml: no such file (a statement file was wanted); check the name"


@pytest.mark.parametrize("data", [b"", b" \n\n\t\n"])
def test_an_empty_file(tea: Path, data: bytes) -> None:
    (tea / "a.toml").write_bytes(data)
    assert told(tea) == ["a.toml: is empty; put a statement file there, or remove it"]


def test_a_file_of_comments_or_a_bom_alone(tea: Path) -> None:
    (tea / "a.toml").write_bytes(b"# later\n")
    (tea / "b.toml").write_bytes(b"\xef\xbb\xbf")
    nothing = ["no [source] table; say what is cited", "no [[statement]] in this file; add one, or remove the file"]
    assert sorted(told(tea)) == sorted(f"{name}: {fault}" for name in ("a.toml", "b.toml") for fault in nothing)


@pytest.mark.parametrize("tail", ["", "statement = []\n"])
def test_a_source_without_statements(tea: Path, tail: str) -> None:
    text = (tea / QUAY).read_text("utf-8").split("[[statement]]")[0]
    (tea / QUAY).write_text(tail + text, "utf-8")
    assert told(tea) == [f"{QUAY}: no [[statement]] in this file; add one, or remove the file"]


def test_statements_without_a_source(tea: Path) -> None:
    text = (tea / QUAY).read_text("utf-8")
    (tea / QUAY).write_text(text[text.index("[[statement]]") :], "utf-8")
    assert told(tea) == [f"{QUAY}: no [source] table; say what is cited"]


def test_a_table_where_a_list_of_tables_belongs(tea: Path) -> None:
    text = (tea / QUAY).read_text("utf-8")
    (tea / QUAY).write_text(text.replace("[[statement]]", "[statement]").replace("[source]", "[[source]]"), "utf-8")
    assert told(tea) == [
        f"{QUAY}: no [[statement]] in this file; add one, or remove the file",
        f"{QUAY}:1: [source] is not a table; write one key a line below it",
    ]


def test_a_half_written_file_is_told_at_its_end(tea: Path) -> None:
    text = (tea / QUAY).read_text("utf-8")
    torn = text[: text.index("预计") + 1]
    (tea / QUAY).write_text(torn, "utf-8")
    (fault,) = told(tea)
    assert fault.startswith(f"{QUAY}:{torn.count(chr(10)) + 1}: is not TOML: ")


def test_a_broken_line_is_told_with_its_number(tea: Path) -> None:
    text = (tea / QUAY).read_text("utf-8")
    (tea / QUAY).write_text(text.replace('topic = "trade"', 'topic "trade"'), "utf-8")
    (fault,) = told(tea)
    assert fault.startswith(f"{QUAY}:16: is not TOML: ")
    assert fault.endswith("; mend this line")


def test_a_file_that_is_not_utf_8_is_told_at_the_first_wrong_byte(tea: Path) -> None:
    (tea / QUAY).write_bytes((tea / QUAY).read_text("utf-8").encode("gb18030"))
    assert told(tea) == [f"{QUAY}:3: is not UTF-8 text; save it as UTF-8"]
    (tea / QUAY).write_bytes("\ufeff[source]".encode("utf-16-le"))
    assert told(tea) == [f"{QUAY}:1: is not UTF-8 text; save it as UTF-8"]


def test_a_character_torn_in_two(tea: Path) -> None:
    data = (tea / QUAY).read_bytes()
    (tea / QUAY).write_bytes(data[: data.index("普洱".encode()) + 2])
    assert told(tea) == [f"{QUAY}:20: is not UTF-8 text; save it as UTF-8"]


def test_a_file_that_is_too_big_is_not_read(tea: Path) -> None:
    with (tea / "big.toml").open("wb") as big:
        big.truncate(34_000_000)  # a hole: it takes no space
    assert told(tea) == ["big.toml: 34 MB is too big for a statement file (at most 34 MB); split it"]
    with (tea / "big.toml").open("wb") as big:
        big.truncate(5_000_000_000)
    assert told(tea) == ["big.toml: 5000 MB is too big for a statement file (at most 34 MB); split it"]


def test_a_folder_with_the_name_of_a_file(tea: Path) -> None:
    (tea / "a.toml").mkdir()
    assert told(tea) == ["a.toml: is a folder, not a statement file"]


def test_a_link_that_leads_nowhere(tea: Path) -> None:
    (tea / "a.toml").symlink_to(tea / "gone")
    assert told(tea) == ["a.toml: no such file (a statement file was wanted); check the name"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions stop nobody here: root, or no POSIX")
def test_a_file_that_may_not_be_read(tea: Path) -> None:
    (tea / QUAY).chmod(0)
    assert told(tea) == [f"{QUAY}: cannot be read: Permission denied; check its permissions"]


def test_bom_and_crlf_are_forgiven_and_change_nothing(tea: Path) -> None:
    before = corpus.read(tea)
    for path in tea.glob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = corpus.read(tea)
    assert after.entries == before.entries
    assert after.where(after.entries[1], "zh") == before.where(before.entries[1], "zh")


def test_crlf_keeps_the_lines_of_faults(tea: Path) -> None:
    data = (tea / QUAY).read_bytes().replace(b"\n", b"\r\n")
    (tea / QUAY).write_bytes(data.replace(b'"trade"', b'"x"'))
    assert told(tea) == [f"{QUAY}:16: unknown topic 'x'; add it to corpus.toml"]


def test_a_note_may_have_several_lines(tea: Path) -> None:
    text = (tea / QUAY).read_text("utf-8")
    (tea / QUAY).write_text(f'{text}note = """甲\n乙"""\nnote_en = "one\\ntwo"\n', "utf-8")
    statement = corpus.read(tea).entries[2].statement
    assert (statement.note, statement.note_en) == ("甲\n乙", "one\ntwo")


def test_no_corpus_toml(tea: Path) -> None:
    (tea / "corpus.toml").unlink()
    assert told(tea) == ["corpus.toml: no such file (the corpus's title and topics was wanted); check the name"]


def test_no_statement_file(tea: Path) -> None:
    for path in tea.glob("*-*.toml"):
        path.unlink()
    (line,) = told(tea)
    assert line == f"{tea}: no statement file in this folder; add <source>.toml"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "tea"', 'name = "Tea Talk"', 1, "a name is lower-case letters, digits and hyphens; rename it"),
        ('name = "tea"', 'name = "../tea"', 1, "a name is lower-case letters, digits and hyphens; rename it"),
        ('name = "tea"', 'name = "tea"\ntitel = "x"', 2, "unknown key 'titel'; did you mean 'title'?"),
        ('title = "茶话"', "title = 5", 2, "title: expected `str`, got `int`; mend the value"),
        ('title = "茶话"', 'title = ""', 2, "title is empty; write it, or remove the key"),
        ('id = "trade"', 'id = "leaves"', 14, "topic 'leaves' is there twice; rename one"),
        ('id = "trade"', 'id = "the trade"', 14, "an id is lower-case letters, digits and hyphens; rename it"),
        ('id = "trade"', 'id = ["trade"]', 14, "id: expected `str`, got `array`; mend the value"),
        ('name_en = "Trade"', 'name_en = "Tra\\u0000de"', 16, "name_en holds the invisible character U+0000; remove it"),
        ('name_en = "Trade"\n', "", 13, "missing field 'name_en'; add name_en = …"),
        ('id = "trade"', 'id = "trade"\nkeyword = ["x"]', 15, "unknown key 'keyword'; did you mean 'keywords'?"),
    ],
)
def test_faults_of_corpus_toml(tea: Path, old: str, new: str, line: int, message: str) -> None:
    text = (tea / "corpus.toml").read_text("utf-8")
    assert text.count(old) == 1
    (tea / "corpus.toml").write_text(text.replace(old, new), "utf-8")
    assert f"corpus.toml:{line}: {message}" in told(tea)
