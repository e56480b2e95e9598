"""What is read of a package or collection of Anki's: our notes alone, a bounded copy, and nothing is believed that it says."""

import random
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, process_time

import pytest
import zstandard
from anki_traveller import Traveller
from hostile_packages import hot_journal
from test_cli import one_line

from console import run
from studytool.anki import is_anki, read_reviews, unpack
from studytool.anki.identity import card_of, guid, note_of, number_of
from studytool.cli import cli
from studytool.errors import OUTSIDE, USAGE, StudytoolError
from studytool.progress import from_anki
from studytool.quiz.peek import peek_all
from studytool.quiz.store import open_store

TREES = "tea:hill-2023/old-trees/cloze"
AT = 1_700_000_000


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traveller]:
    """Somebody who has studied two cards in Anki."""
    folder = tmp_path_factory.mktemp("studied")
    one = Traveller(Path(__file__).parent / "fixtures" / "tea", folder / "traveller")
    one.to_anki()
    for card in one.cards[:2]:
        one.grade_in_anki(card, 4)
    yield one
    one.close()


def collection(path: Path, *more: str) -> Path:
    """A small collection with one note of ours, its card and a review; `more` is done to it as well."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, flds)")
        db.execute("CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, ord, type)")
        db.execute("CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, ease, ivl, time, type, factor)")
        db.execute("INSERT INTO notes VALUES (1, ?, ?)", (guid(TREES), f"front\x1f{TREES}\x1f"))
        db.execute("INSERT INTO cards VALUES (2, 1, 0, 2)")
        db.execute("INSERT INTO revlog VALUES (?, 2, 3, 4, 900, 0, 500)", (AT * 1000 + 7,))
        for statement in more:
            db.execute(statement)
    return path


def refused(path: Path) -> bool:
    """Whether a file is refused, in one line."""
    try:
        from_anki(read_reviews(path), 4)
    except StudytoolError as error:
        return "\n" not in str(error)
    return False


def fault(path: Path) -> str:
    """The one line that is said of a file."""
    with pytest.raises(StudytoolError) as caught:
        from_anki(read_reviews(path), 4)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.code == USAGE
    return str(caught.value)


def test_notes_are_known_by_their_guid_however_they_were_edited(tmp_path: Path) -> None:
    assert note_of(guid(TREES), f"x\x1f{TREES}") == TREES
    assert note_of(guid(TREES + "-en"), f"{TREES}-en\x1f") == TREES + "-en"
    assert note_of(guid(TREES), "the ID is gone") is None
    assert note_of(guid("tea:a/b/qa"), TREES) is None, "an ID that its GUID does not bear out"
    assert note_of("", TREES) is None
    assert (card_of(TREES, 1), card_of("a:b/c/qa-en", 0)) == ("tea:hill-2023/old-trees/c2", "a:b/c/qa-en")
    assert (card_of("a:b/c/qa", 1), card_of(TREES, -1), card_of(TREES, 999), card_of("a:b/c", 0)) == (None,) * 4
    strangers = ("INSERT INTO notes VALUES (9, 'abcdefghijkl', 'x')", "INSERT INTO notes VALUES (10, 5, NULL)")
    found = read_reviews(collection(tmp_path / "c.anki2", *strangers))
    assert (found.ours, found.unknown, [(one.card, one.grade, one.ivl) for one in found.reviews]) == (
        1, 2, [("tea:hill-2023/old-trees/c1", 3, 4)],
    )  # fmt: skip


def test_the_numbers_of_cards_are_for_ever() -> None:
    assert [number_of(guid(TREES), ord_, ()) for ord_ in (0, 1)] == [1704903254049, 1704903254050]
    assert number_of(guid(TREES), 0, {1704903254049, 1704903254050}) == 1704903254051


def test_what_a_learner_does_by_hand_in_anki_is_no_review(tmp_path: Path) -> None:
    by_hand = "INSERT INTO revlog VALUES (1700000100000, 2, 0, 9, 0, 4, 2500)"  # set due date
    looked = "INSERT INTO revlog VALUES (1700000200000, 2, 1, -60, 5, 3, 0)"  # a filtered deck without rescheduling
    found = read_reviews(collection(tmp_path / "c.anki2", by_hand, looked))
    assert (len(found.reviews), found.by_hand) == (1, 1)


def test_cards_on_our_notes_that_are_none_of_ours_are_counted(home: Path, tmp_path: Path) -> None:
    odd = [f"INSERT INTO cards VALUES ({number}, 1, {ord_}, 2)" for number, ord_ in ((5, -1), (6, 999), (7, 1000))]
    reviewed = [f"INSERT INTO revlog VALUES ({AT * 1000 + cid}, {cid}, 3, 4, 900, 0, 500)" for cid in (5, 6)]
    path = collection(tmp_path / "c.anki2", *odd, *reviewed)
    assert run("import", str(path)).stdout == (
        f"{path}: 1 new review, 0 known, 2 cards with reviews that no deck of ours can have\n"
    )


def test_reviews_of_one_second_are_told_apart_by_grade_and_moments_rise(tmp_path: Path) -> None:
    rows = [(AT * 1000 + 300, 3), (AT * 1000 + 600, 1), (AT * 1000 + 1500, 3)]
    more = [f"INSERT INTO revlog VALUES ({moment}, 2, {grade}, -60, 900, 0, 500)" for moment, grade in rows]
    taken = from_anki(read_reviews(collection(tmp_path / "c.anki2", *more)), 4)
    assert [(one.at, one.grade) for one in taken.kept.reviews] == [(AT, 3), (AT + 1, 1), (AT + 2, 3)]


@pytest.mark.parametrize(
    "values",
    [
        "9223372036854775807, 2, 3, 4, 900, 0, 0",
        "-9223372036854775807, 2, 3, 4, 900, 0, 0",
        "1800000000000, 2, 9, 4, 900, 0, 0",
        "1800000000000, 2, 3, 99999999999, 900, 0, 0",
        "1800000000000, 2, 3, -9223372036854775807, 900, 0, 0",
        "1800000000000, 2, 3, 4, 9223372036854775807, 0, 0",
        "9000000000000, 2, 3, 4, 900, 0, 0",
    ],
)
def test_a_review_that_cannot_be_is_counted_and_left_out(tmp_path: Path, values: str) -> None:
    taken = from_anki(read_reviews(collection(tmp_path / "c.anki2", f"INSERT INTO revlog VALUES ({values})")), 4)
    assert [one.at for one in taken.kept.reviews] == [AT]
    assert taken.refused == 1
    store = open_store(tmp_path / "reviews.db")
    assert store.merge(taken.kept).added == 1
    assert store.memories() == store.derived()


def test_text_and_blobs_where_numbers_belong_are_skipped(tmp_path: Path) -> None:
    odd = (
        "INSERT INTO revlog VALUES (1800000000000, 2, 'good', x'00', NULL, 0.5, 0)",
        "INSERT INTO cards VALUES (5, 1, 'x', NULL)",
    )
    assert len(read_reviews(collection(tmp_path / "c.anki2", *odd)).reviews) == 1
    invalid = "UPDATE notes SET flds = CAST(x'ff1f' AS TEXT) || flds"
    assert read_reviews(collection(tmp_path / "d.anki2", invalid)).ours == 1


@pytest.mark.parametrize("kind", ["apkg", "old apkg", "colpkg", "old colpkg", "bare"])
def test_what_is_damaged_anywhere_is_read_or_refused_in_one_line(studied: Traveller, tmp_path: Path, kind: str) -> None:
    data = (studied.exported(kind) if kind != "bare" else collection(tmp_path / "c.anki2")).read_bytes()
    chance = random.Random(kind)
    refusals = 0
    for nth in range(60):
        path = tmp_path / f"{nth}.apkg"
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        path.write_bytes(hurt if nth % 3 else data[: chance.randrange(len(data))])
        refusals += refused(path)
    assert refusals > 15


def zipped(path: Path, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as package:
        package.writestr(name, data)
    return path


def retold(name: str, sql: str) -> tuple[str, str]:
    """Have the schema say something else of a table than what it is."""
    quoted = sql.replace("'", "''")
    return "PRAGMA writable_schema = ON", f"UPDATE sqlite_master SET sql = '{quoted}' WHERE name = '{name}'"


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "no such file": (lambda path: None, "no such file"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "empty": (lambda path: path.write_bytes(b""), "no package or collection"),
    "a text": (lambda path: path.write_text("x"), "no package or collection"),
    "a zip of something else": (lambda path: zipped(path, "x.txt", b""), "no package of Anki's"),
    "an empty zip": (lambda path: zipfile.ZipFile(path, "w").close(), "no package of Anki's"),
    "no database in it": (lambda path: zipped(path, "collection.anki2", b"x" * 9999), "is damaged"),
    "no zstd in it": (lambda path: zipped(path, "collection.anki21b", b"x" * 9999), "is damaged"),
    "lzma": (lambda path: zipped(path, "collection.anki2", b"x" * 9999, zipfile.ZIP_LZMA), "does not use"),
    "a path out of its folder": (lambda path: zipped(path, "../collection.anki2", b"x"), "no package of Anki's"),
    "a store of ours": (lambda path: open_store(path).close(), "no table 'cards'"),
    "a view in place of a table": (
        lambda path: collection(path, "DROP TABLE notes", "CREATE VIEW notes AS SELECT 1 AS id, 'x' AS guid, 'y' AS flds"),
        "no table 'notes'",
    ),
    "a view that claims to be a table": (
        lambda path: collection(
            path, *retold("notes", "CREATE VIEW notes AS SELECT nid AS id, 'x' AS guid, hex(ord) AS flds FROM cards")
        ),
        "is damaged",
    ),
    "columns that are computed": (
        lambda path: collection(path, "DROP TABLE cards", "CREATE TABLE cards (id, nid, ord AS (hex(zeroblob(nid))), type)"),
        "computes columns",
    ),
    "columns missing": (lambda path: collection(path, "ALTER TABLE revlog DROP COLUMN ease"), "is damaged"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_package_of_anki_s_is_one_line(tmp_path: Path, what: str) -> None:
    make, said = WRONG[what]
    path = tmp_path / "wrong.apkg"
    make(path)
    assert said in fault(path)
    assert {one.name for one in tmp_path.iterdir()} <= {"wrong.apkg", "home", "work"}


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = monotonic()
    path = zipped(tmp_path / "zeros.apkg", "collection.anki2", bytes(100 << 20))
    assert "more than a collection" in fault(path)
    squeezed = zstandard.ZstdCompressor(level=1).compress(bytes(100 << 20))
    assert len(squeezed) < 20_000
    assert "more than a collection" in fault(zipped(tmp_path / "zstd.apkg", "collection.anki21b", squeezed, zipfile.ZIP_STORED))
    window = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True))
    frame = window.compressobj(size=-1)
    wide = frame.compress(b"x" * 2_000_000) + frame.flush()
    assert "is damaged" in fault(zipped(tmp_path / "wide.apkg", "collection.anki21b", wide, zipfile.ZIP_STORED))
    monkeypatch.setattr(unpack, "_DIRECTORY", 1000)
    with zipfile.ZipFile(tmp_path / "many.apkg", "w") as package:
        for nth in range(100):
            package.writestr(str(nth), b"")
    assert "too many files" in fault(tmp_path / "many.apkg")
    monkeypatch.setattr(unpack, "_LARGEST", 1000)
    assert "more than a collection" in fault(collection(tmp_path / "c.anki2"))
    assert monotonic() - began < 20


def test_a_trigger_never_runs_and_a_table_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = "WITH RECURSIVE n (x) AS (SELECT 3 UNION ALL SELECT x + 1 FROM n"
    endless = f"CREATE TRIGGER endless AFTER INSERT ON revlog BEGIN SELECT count(*) FROM ({numbers}) SELECT x FROM n); END"
    assert len(read_reviews(collection(tmp_path / "c.anki2", endless)).reviews) == 1
    many = f"{numbers} WHERE x < 100000) INSERT INTO notes SELECT x, 'abcdefghijkl', 'x' FROM n"
    path = collection(tmp_path / "d.anki2", many)
    assert read_reviews(path).unknown == 99_998
    monkeypatch.setattr("studytool.anki.collection._PATIENCE", 0.0)
    assert "takes too long" in fault(path)


def test_a_journal_beside_it_has_no_file_deleted(tmp_path: Path) -> None:
    """SQLite itself would delete what the journal names."""
    precious = tmp_path / "precious"
    precious.write_text("x")
    for name, sound in (("read.anki2", True), ("open.anki2", False)):
        path = collection(tmp_path / name)
        path.with_name(f"{name}-journal").write_bytes(hot_journal(path.read_bytes(), str(precious)))
        if sound:
            assert "not of Anki's making" in fault(path)
            assert precious.exists()
        else:
            with closing(sqlite3.connect(path)) as db:
                assert db.execute("SELECT count(*) FROM notes").fetchone() == (1,)
            assert not precious.exists(), "so that the journal is one that SQLite obeys"


def test_what_lies_beside_it_and_is_no_file_is_left_alone(tmp_path: Path) -> None:
    path = collection(tmp_path / "c.anki2")
    (tmp_path / "c.anki2-wal").symlink_to("/dev/zero")
    assert len(read_reviews(path).reviews) == 1


def test_a_note_of_fields_without_end_is_not_taken_apart(tmp_path: Path) -> None:
    fields = "UPDATE notes SET flds = replace(printf('%.*c', 20000000, 'x'), 'x', char(31))"
    path = collection(tmp_path / "c.anki2", fields)
    began = process_time()
    assert (read_reviews(path).ours, read_reviews(path).unknown) == (0, 1)
    assert process_time() - began < 2


def test_more_reviews_than_anybody_makes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.anki.collection._MOST", 5)
    more = [f"INSERT INTO revlog VALUES ({nth}, 2, 3, 1, 1, 1, 1)" for nth in range(9)]
    assert "more than 5 reviews" in fault(collection(tmp_path / "c.anki2", *more))


def test_without_zstandard_there_is_advice(studied: Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    said = fault(studied.exported("apkg"))
    assert "pip install 'studytool[anki]'" in said
    assert "Support older Anki versions" in said
    assert len(studied.taken("old apkg").kept.reviews) == 2
    assert len(studied.taken("open collection").kept.reviews) == 2


def test_a_collection_in_use_is_left_as_it_is(studied: Traveller) -> None:
    """Not a byte of it changes, nothing is put beside it, and Anki goes on."""

    def seen() -> dict[str, tuple[int, bytes]]:
        return {one.name: (one.stat().st_mtime_ns, one.read_bytes()) for one in studied.folder.glob("collection.anki2*")}

    before = seen()
    assert sum(len(data) for name, (_, data) in before.items() if name.endswith("-wal")), "what is new is in the log beside it"
    assert len(studied.taken("open collection").kept.reviews) == 2
    assert seen() == before
    studied.grade_in_anki(studied.cards[0], 3)
    assert len(studied.taken("open collection").kept.reviews) == 3
    assert studied.col.fix_integrity()[1]


def test_a_collection_that_never_rests_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = collection(tmp_path / "collection.anki2")
    real = shutil.copyfile

    def meanwhile(source: Path, to: Path) -> None:
        real(source, to)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("INSERT INTO notes VALUES (NULL, 'x', hex(zeroblob(9999)))")

    monkeypatch.setattr(shutil, "copyfile", meanwhile)
    assert "close Anki" in fault(path)


def test_no_room_for_the_copy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StudytoolError, match="No space left") as caught:
        read_reviews(collection(tmp_path / "c.anki2"))
    assert caught.value.code == OUTSIDE


def test_the_kind_of_a_file_is_told_by_what_it_is(tmp_path: Path) -> None:
    assert is_anki(collection(tmp_path / "renamed.json"))
    assert is_anki(zipped(tmp_path / "also.json", "x", b""))
    assert is_anki(tmp_path / "none.COLPKG")
    (tmp_path / "reviews.json").write_text("{}")
    assert not is_anki(tmp_path / "reviews.json")
    assert not is_anki(tmp_path / "none")


def test_the_commands_go_there_and_back(tea: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*args: str) -> tuple[str, str]:
        cli.main(args, standalone_mode=False)
        return capsys.readouterr()

    assert "progress of 0 cards" in run("build", str(tea), "--with-progress")[0]
    path = collection(tmp_path / "collection.anki2", "INSERT INTO notes VALUES (9, 'abcdefghijkl', 'x')")
    assert run("import", str(path)) == (f"{path}: 1 new review, 0 known, 1 note not of studytool\n", "")
    assert run("import", str(path)) == (f"{path}: 0 new reviews, 1 known, 1 note not of studytool\n", "")
    assert [(one.at, one.ms) for one in peek_all(home / "reviews.db").reviews] == [(AT, 7)]
    assert "progress of 1 card, for you alone:" in run("build", str(tea), "--with-progress", "--direction", "en-zh")[0]
    assert run("import", "decks/tea.apkg") == ("decks/tea.apkg: 0 new reviews, 1 known\n", "")
    run("build", str(tea))
    out, err = run("import", "decks/tea.apkg")
    assert (out, err.count("\n")) == ("decks/tea.apkg: 0 new reviews, 0 known\n", 1)
    assert "Include scheduling information" in err


def test_an_error_is_one_line_and_nothing_is_taken_in(home: Path, tmp_path: Path) -> None:
    good, bad = collection(tmp_path / "good.anki2"), collection(tmp_path / "bad.anki2", "DROP TABLE revlog")
    assert "bad.anki2: is no collection of Anki's" in one_line(run("import", str(good), str(bad)), 2)
    assert not (home / "reviews.db").exists()
