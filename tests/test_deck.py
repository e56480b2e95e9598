"""A deck file comes back as it was written, opens without being read whole, and tells where it is broken."""

from pathlib import Path

import msgspec
import pytest

from studytool import corpus
from studytool.build import build
from studytool.cards import compile_deck
from studytool.deck import FORMAT, encode, note_id, open_deck
from studytool.errors import StudytoolError
from studytool.model import Deck, Note, Row, Word


@pytest.fixture
def deck(tea: Path) -> Deck:
    return compile_deck(corpus.read(tea))


@pytest.fixture
def path(tmp_path: Path, deck: Deck) -> Path:
    file = tmp_path / "tea.jsonl"
    file.write_bytes(encode(deck))
    return file


def fault(path: Path) -> str:
    with pytest.raises(StudytoolError) as caught:
        open_deck(path)
    assert caught.value.code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def replace_line(path: Path, number: int, line: bytes) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = line
    path.write_bytes(b"\n".join(lines))


def test_round_trip(deck: Deck, path: Path) -> None:
    opened = open_deck(path)
    again = Deck(opened.head, tuple(opened.rows()))
    assert again == deck
    assert encode(again) == path.read_bytes()


def test_what_notes_know_comes_back(deck: Deck, path: Path) -> None:
    notes = (Note("cloze", ("c1", "c2"), 1_700_000_000, "0123456789abcdef"), Note("qa", ("qa",), 5, "f"))
    row = msgspec.structs.replace(deck.rows[0], notes=notes)
    path.write_bytes(encode(Deck(deck.head, (row,))))
    assert list(open_deck(path).rows()) == [row]


@pytest.mark.parametrize("text", ["a\nb", "\u2028", "a\tb", '"\\', "\\beta \\right \\u001b", "{}", "😀", "·“…”"])
def test_no_character_breaks_a_line(deck: Deck, path: Path, text: str) -> None:
    odd = msgspec.structs.replace(deck.rows[0].statement, note=text)
    rows = (msgspec.structs.replace(deck.rows[0], statement=odd), *deck.rows[1:])
    path.write_bytes(encode(Deck(deck.head, rows)))
    assert tuple(open_deck(path).rows()) == rows


@pytest.mark.parametrize("text", ["\x1b[2J", "\x00", "\x85", "\x9b31m", "\u202e", "\u2066x", "\r", "\b", "\x7f"])
@pytest.mark.parametrize("where", ["statement", "head", "words"])
def test_what_a_terminal_would_act_on_is_refused(deck: Deck, path: Path, text: str, where: str) -> None:
    odd = msgspec.structs.replace(deck.rows[0].statement, note=text)
    row = msgspec.structs.replace(deck.rows[0], statement=odd) if where == "statement" else deck.rows[0]
    head = msgspec.structs.replace(deck.head, title=text) if where == "head" else deck.head
    if where == "words":
        head = msgspec.structs.replace(head, words=msgspec.Raw(msgspec.json.encode([Word(text)])))
    path.write_bytes(encode(Deck(head, (row,))))

    def read() -> None:
        opened = open_deck(path)
        list(opened.rows() if where == "statement" else opened.all_words())

    with pytest.raises(StudytoolError, match="it holds control characters; build it again"):
        read()


@pytest.mark.parametrize("line", [0, 1])
def test_what_is_nested_without_end_is_refused(path: Path, line: int) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[line] = b'{"x":' + b"[" * 100_000
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(StudytoolError, match="is not a deck of studytool"):
        open_deck(path)


def test_a_line_a_statement(deck: Deck, path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    assert len(lines) == 1 + len(deck.rows) + 1
    assert lines[-1] == b""
    assert [msgspec.json.decode(line, type=Row) for line in lines[1:-1]] == list(deck.rows)


def test_the_outline_names_every_card_and_its_siblings(path: Path) -> None:
    slots = open_deck(path).slots
    assert [(slot.id, slot.topic) for slot in slots] == [
        ("tea:hill-2023/picked-before-rain/c1", "leaves"),
        ("tea:hill-2023/picked-before-rain/c2", "leaves"),
        ("tea:hill-2023/picked-before-rain/qa", "leaves"),
        ("tea:hill-2023/old-trees/c1", "leaves"),
        ("tea:hill-2023/old-trees/qa", "leaves"),
        ("tea:quay-2024/price-will-fall/c1", "trade"),
        ("tea:quay-2024/price-will-fall/qa", "trade"),
    ]
    assert all(slot.id.startswith(f"{slot.statement}/") for slot in slots)


def test_a_row_on_demand(deck: Deck, path: Path) -> None:
    opened = open_deck(path)
    row = opened.row("tea:quay-2024/price-will-fall")
    assert row == deck.rows[2]
    assert opened.topics[row.statement.topic].name == "买卖"
    assert opened.sources[row.source].speakers == ("周海",)
    assert note_id("tea", row, row.notes[1]) == "tea:quay-2024/price-will-fall/qa"


def test_a_question_is_a_card_only_where_there_is_one(tea: Path) -> None:
    text = (tea / "quay-2024.toml").read_text("utf-8")
    (tea / "quay-2024.toml").write_text(text[: text.index("question = ")], "utf-8")
    assert compile_deck(corpus.read(tea)).rows[2].notes == (Note("cloze", ("c1",)),)


def test_what_was_rejected_is_no_card(tea: Path) -> None:
    with (tea / "quay-2024.toml").open("a", encoding="utf-8") as file:
        file.write('status = "rejected"\n')
    assert [row.statement.id for row in compile_deck(corpus.read(tea)).rows] == ["picked-before-rain", "old-trees"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\xff\xfe\x00",
        b"hello\n",
        b"{}\n",
        b"[1]\n",
        b'\n{"format":1}',
        b'{"format":"1"}',
        b'{"format":1,"name":"\xff"}',
        b"\xff",
    ],
)
def test_a_foreign_file(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert fault(path) == f"{path}:1: is not a deck of studytool; `studytool build` makes one"


def test_a_file_of_a_newer_format(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2', 1))
    assert fault(path) == f"{path}:1: has deck format 2, this studytool reads {FORMAT}; build it again"


def test_no_file_an_empty_file_and_a_folder(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"\n")
    assert fault(path) == f"{path}: is empty; put a deck file there, or remove it"
    path.unlink()
    assert fault(path) == f"{path}: no such file (a deck file was wanted); check the name"
    assert fault(tmp_path) == f"{tmp_path}: is a folder, not a deck file"


@pytest.mark.parametrize("line", [b"<<<<<<< HEAD", b'{"source":"hill-2023"}', b"", b"null", b'{"source":"a","statement":{"id":1'])
def test_a_broken_line_is_told_with_its_number(path: Path, line: bytes) -> None:
    replace_line(path, 3, line)
    assert fault(path).startswith(f"{path}:3: is not a deck of studytool: ")


def test_a_torn_file_is_told_at_its_last_line(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])
    assert fault(path).startswith(f"{path}:4: is not a deck of studytool: ")


@pytest.mark.parametrize(
    ("old", "new"), [(b'"kind":"fact"', b'"kind":"guess"'), (b'"zh":', b'"hz":'), ("三百年".encode(), b"\xff\xff")]
)
def test_a_fault_that_the_outline_skips_is_told_when_its_row_is_wanted(path: Path, old: bytes, new: bytes) -> None:
    lines = path.read_bytes().split(b"\n")
    assert lines[2].count(old) == 1
    replace_line(path, 3, lines[2].replace(old, new))
    opened = open_deck(path)
    assert opened.row("tea:hill-2023/picked-before-rain").source == "hill-2023"
    with pytest.raises(StudytoolError) as caught:
        opened.row("tea:hill-2023/old-trees")
    assert str(caught.value).startswith(f"{path}:3: is not a deck of studytool: ")
    assert str(caught.value).endswith("; build it again")


def test_line_ends_of_windows_are_forgiven(deck: Deck, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert tuple(open_deck(path).rows()) == deck.rows


def test_a_row_whose_topic_the_head_lacks_is_told_with_its_line(tea: Path, tmp_path: Path) -> None:
    (built,) = build([tea], tmp_path / "out", 1)
    text = built.jsonl.read_text("utf-8").replace('"topic":"trade"', '"topic":"trades"')
    built.jsonl.write_text(text, "utf-8")
    with pytest.raises(StudytoolError, match=r"tea\.jsonl:4: .*'trades'"):
        open_deck(built.jsonl)


def test_a_newer_format_is_told_by_its_number_whatever_else_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    path.write_text('{"format":2,"shape":"other"}\n')
    with pytest.raises(StudytoolError, match="format 2, this studytool reads 1"):
        open_deck(path)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ({}, ["c1-en", "c2-en", "qa-en"]),
        ({"en": "It says {{c2::80 degrees}} and aroma."}, ["c2-en", "qa-en"]),
        ({"en": ""}, ["qa-en"]),
        ({"en": "", "answer_en": ""}, []),
        ({"question_en": ""}, ["c1-en", "c2-en"]),
        ({"answer_en": ""}, ["c1-en", "c2-en"]),
        ({"answer": "", "answer_en": ""}, ["c1-en", "c2-en", "qa-en"]),
        ({"en": "", "answer": "", "answer_en": ""}, []),
    ],
)
def test_a_card_prompts_in_english_where_that_has_its_blank(
    deck: Deck, tmp_path: Path, texts: dict[str, str], wanted: list[str]
) -> None:
    row = deck.rows[0]
    row = msgspec.structs.replace(row, statement=msgspec.structs.replace(row.statement, **texts))
    (tmp_path / "tea.jsonl").write_bytes(encode(msgspec.structs.replace(deck, rows=(row,))))
    opened = open_deck(tmp_path / "tea.jsonl")
    assert [slot.id.rsplit("/", 1)[1] for slot in opened.slots_for("en-zh")] == wanted
    assert opened.slots_for("zh-en") == opened.slots
    assert {(slot.statement, slot.topic) for slot in opened.slots_for("en-zh")} <= {(s.statement, s.topic) for s in opened.slots}


def test_a_line_whose_english_is_no_text_is_told_with_its_number(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"en":"Zhou', b'"en":7,"x":"Zhou'))
    with pytest.raises(StudytoolError, match=r"tea.jsonl:4: is not a deck of studytool"):
        open_deck(path).slots_for("en-zh")
