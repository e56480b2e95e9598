"""Packages and collections of Anki's as nobody exports them: strategies of hypothesis, all of which begin with what the real Anki
or studytool wrote.

A collection is changed by SQL or by bytes, then packed as Anki does or as it never would, then damaged once more as a file.
"""

import json
import sqlite3
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import zstandard
from hypothesis import strategies as st

from hostile import END, HITS, JSON_VALUE, PLACE, damaged, picked
from studytool.anki.identity import guid


class Case(NamedTuple):
    """A file to import, and what lies beside it under its name and an ending."""

    data: bytes
    beside: Mapping[str, bytes] = MappingProxyType({})


_TREES = "tea:hill-2023/old-trees/cloze"
_NUMBERS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {}) INSERT INTO {} SELECT {} FROM n"
_BACKTRACKS = "('' || printf('%.*c', 20000, 'a')) LIKE '{}b'".format("%a" * 40)  # one call that takes years
_ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, 'x' AS guid, 'y' AS flds FROM n"


def _again(table: str, columns: str, kept: str) -> str:
    """A table made anew with other columns."""
    return f"ALTER TABLE {table} RENAME TO was; CREATE TABLE {table} ({columns}); INSERT INTO {table} ({kept}) SELECT {kept} FROM was"


def _told(name: str, sql: str) -> str:
    """The schema's own row of a table, written over: what it says need not be what it is."""
    quoted = sql.replace("'", "''")
    return f"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '{quoted}' WHERE name = '{name}'"


def _note(number: int, identity: str, fields: str) -> str:
    """A note whose GUID bears its identity out, and a card and a review of it."""
    told = fields.replace("'", "''")
    return (
        f"INSERT INTO notes (id, guid, flds, mid, mod, usn, tags, sfld, csum, flags, data) VALUES ({number}, '{guid(identity)}', '{told}', 1, 1, 0, '', '', 0, 0, '');"
        f"INSERT INTO cards SELECT {number}, {number}, did, 0, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data FROM cards LIMIT 1;"
        f"INSERT INTO revlog VALUES ({1_700_000_000_000 + number}, {number}, 0, 3, 4, 0, 500, 900, 0)"
    )


_NAMES = [
    _TREES, "tea:hill-2023/\x1b[2J/qa", "tea:\u202ehill/x/cloze", "a:b/c/cloze-c999", f"a:b/{'x' * 480}/qa", "../..:../x/qa", "a:b/'; DROP TABLE review; --/qa",
    "a:b/%s{0.__class__}/qa", "a:b/\x85\x9b31m/qa", "<script>:a/b/qa-en", "a:b/茶\ufffe👩\u200d🌾/cloze-en",
]  # fmt: skip
_ODD_SQL = [
    "DROP TABLE revlog", "DROP TABLE notes", "ALTER TABLE cards RENAME TO kards", "ALTER TABLE notes DROP COLUMN guid",
    'ALTER TABLE revlog RENAME COLUMN ease TO "\x1b[2J"', "DELETE FROM cards", "DELETE FROM notes", "CREATE TABLE sqlite (x)",
    f"DROP TABLE notes; CREATE VIEW notes AS {_ENDLESS}",
    _told("notes", f"CREATE VIEW notes AS {_ENDLESS}"), _told("notes", f"CREATE VIEW notes AS SELECT 1 AS id, {_BACKTRACKS} AS guid, 'x' AS flds"),
    _told("revlog", "CREATE VIRTUAL TABLE revlog USING fts5(cid, id, ease, ivl, time, type, factor)"), _told("cards", "\x1b]0;x\x07"), _told("notes", "CREATE TABLE notes (" + "(" * 5000),
    _told("notes", "CREATE TABLE notes (id, guid, flds AS (load_extension('/tmp/x.so')))"), _told("revlog", "CREATE TABLE revlog (cid, id, ease, ivl, time, type, factor, x COLLATE none)"),
    _again("notes", f"id INTEGER PRIMARY KEY, guid, flds AS ({_BACKTRACKS})", "id, guid"),
    _again("cards", "id INTEGER PRIMARY KEY, nid, ord AS (abs(-9223372036854775808)), type", "id, nid, type"),
    _again("revlog", "id, cid, ease AS (type / 0), ivl, time, type, factor, PRIMARY KEY (cid, id)", "id, cid, ivl, time, type, factor"),
    "CREATE TRIGGER t AFTER INSERT ON revlog BEGIN DELETE FROM notes; END", "CREATE INDEX i ON notes (guid, id, flds)", "CREATE INDEX i ON notes (hex(flds))",
    "CREATE VIRTUAL TABLE v USING fts5(x); INSERT INTO v VALUES ('x')", "CREATE VIRTUAL TABLE v USING rtree(a, b, c)",
    "UPDATE notes SET flds = x'ff1f' || flds", "UPDATE notes SET guid = 7, flds = NULL", "UPDATE notes SET guid = (SELECT min(guid) FROM notes)",
    "UPDATE cards SET ord = -1", "UPDATE cards SET ord = 9223372036854775807, type = x'00'", "UPDATE cards SET nid = (SELECT min(id) FROM notes)", "UPDATE cards SET ord = 0.5, type = 'x'",
    "UPDATE revlog SET ease = 'good'", "UPDATE revlog SET ivl = -9223372036854775808", "UPDATE revlog SET ivl = 9223372036854775807, time = -1", "UPDATE revlog SET id = -id", "UPDATE revlog SET id = id * 1000",
    "UPDATE revlog SET ease = 0, type = 4", "UPDATE revlog SET ease = 5", "UPDATE revlog SET cid = NULL", "UPDATE revlog SET factor = 1e308, type = 0.5",
    *(_note(7 + nth, name, f"x\x1f{name}\x1f") for nth, name in enumerate(_NAMES)),
]  # fmt: skip
_ONE = " WHERE id = (SELECT min(id) FROM notes)"
_LARGE_SQL = [
    _again("notes", "id INTEGER PRIMARY KEY, guid, flds AS (hex(zeroblob(30000000)))", "id, guid"),
    _NUMBERS.format(300_000, "revlog", "x * 1000, (SELECT min(id) FROM cards), 0, x % 4 + 1, x % 90 - 30, 0, 500, x, x % 4"),
    _NUMBERS.format(20_000, "revlog", "x * 60000, (SELECT min(id) FROM cards), 0, 4, x, 0, 500, x, 1"),
    _NUMBERS.format(4000, "revlog", "x * 600000 + 1600000000000 + cards.id % 600000, cards.id, 0, x % 4 + 1, x % 90 - 30, 0, 500, x, x % 4") + " CROSS JOIN cards",
    _NUMBERS.format(300_000, "notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)", "x, 'abcdefghijkl', 1, 1, 0, '', 'a' || x, '', 0, 0, ''"),
    "UPDATE notes SET flds = CAST(zeroblob(60000000) AS TEXT)" + _ONE, "UPDATE notes SET flds = zeroblob(99000000)" + _ONE,
    "UPDATE notes SET flds = replace(printf('%.*c', 60000000, 'x'), 'x', char(31))" + _ONE, "UPDATE notes SET flds = flds || printf('%.*c', 30000000, '&')" + _ONE,
    "UPDATE notes SET flds = replace(printf('%.*c', 99999, 'x'), 'x', '&#x1b;' || char(31)) || flds" + _ONE, "UPDATE notes SET guid = printf('%.*c', 40000000, 'x')" + _ONE,
]  # fmt: skip
_AFTER = [
    "PRAGMA user_version = 99",
    "PRAGMA page_size = 512; VACUUM",
    "PRAGMA page_size = 65536; VACUUM",
    "PRAGMA auto_vacuum = 2; VACUUM",
    "",
]


def _collation(one: str, two: str) -> int:
    return (one > two) - (one < two)


def told_anew(collection: bytes, changes: tuple[str, ...]) -> bytes:
    """A collection after some SQL, as far as that could be run."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(collection[:18] + b"\1\1" + collection[20:])  # a write-ahead log cannot be had in memory
        db.create_collation("unicase", _collation)  # Anki's own, of which its schema speaks
        db.execute("PRAGMA journal_mode = OFF")
        for change in changes:
            with suppress(sqlite3.Error):
                db.executescript(change)
        return bytes(db.serialize())


def torn(data: bytes, hits: list[tuple[float, int, bytes]]) -> bytes:
    """A SQLite file with bytes of its pages' heads changed, where what they hold is told."""
    found = bytearray(data)
    size = max(512, int.from_bytes(data[16:18], "big"))
    for share, offset, piece in hits:
        at = int(share * (len(data) // size)) * size
        at += offset + (100 if at == 0 and offset < 50 else 0)  # the first page begins with the file's head
        found[at : at + len(piece)] = piece
    return bytes(found[: len(data)])


_TEARS = st.lists(
    st.tuples(PLACE, st.integers(0, 120), st.binary(min_size=1, max_size=4) | st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\1", b"\x7f\xff"])),
    min_size=1, max_size=8,
)  # fmt: skip

# What a collection is named in its zip, and how it is packed there.
_PLAIN = ["collection.anki2", "collection.anki21"]
_ELSEWHERE = [
    "../../../escape", "/tmp/escape", "a/../../collection.anki21", "..\\collection.anki2", "collection.anki2/", "x" * 300, "\u202ecollection.anki2",
    "0", "meta", "COLLECTION.ANKI2", "collection.anki2\0.txt",
]  # fmt: skip
_METHODS = st.sampled_from([ZIP_DEFLATED] * 8 + [ZIP_STORED] * 4 + [ZIP_BZIP2, ZIP_LZMA])


def squeezed(data: bytes, how: str) -> bytes:
    """Data packed by Zstandard, in ways that Anki uses and in others."""
    if how == "wide":  # a window of 1 GB
        wide = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
        frame = zstandard.ZstdCompressor(compression_params=wide).compressobj(size=-1)
        return frame.compress(data) + frame.flush()
    one = zstandard.ZstdCompressor(level=1, write_checksum=True).compress(data)
    return {
        "sound": one,
        "sum": one[:-1] + bytes([one[-1] ^ 1]),
        "frames": zstandard.ZstdCompressor(level=1).compress(b"") * 50_000 + one,
        "skipped": struct.pack("<II", 0x184D2A50, 9) + b"x" * 9 + one,
        "lying": one[:6] + b"\xff\xff\xff\x7f" + one[10:],
        "tail": one + b"x" * 99,
        "none": data,
    }[how]


_SQUEEZES = st.sampled_from(["sound"] * 8 + ["sum", "frames", "skipped", "lying", "tail", "none", "wide"])
_Member = tuple[str, bytes, int]


def zipped(members: Sequence[_Member], media: Any, before: bytes, comment: bytes) -> bytes:
    """A zip with members of any name, of the same one perhaps."""
    out = BytesIO(before)
    with catch_warnings(), ZipFile(out, "a" if before else "w") as archive:
        simplefilter("ignore")  # of names that come twice
        for name, data, method in members:
            info = ZipInfo("x")
            info.filename = name
            archive.writestr(info, data, method)
        archive.writestr("media", media if isinstance(media, bytes) else json.dumps(media))
        archive.comment = comment
    return out.getvalue()


def lied(package: bytes, lies: list[tuple[int, int, int]]) -> bytes:
    """A zip whose own list says what is not so: of sizes, sums, places, methods, flags."""
    found = bytearray(package)
    for nth, (field, width), value in ((nth, _FIELDS[field], value) for nth, field, value in lies):
        at = -1
        for _ in range(nth + 1):
            at = package.find(b"PK\1\2", at + 1)
        if at >= 0:
            found[at + field : at + field + width] = (value & ((1 << 8 * width) - 1)).to_bytes(width, "little")
    return bytes(found)


# Where they stand in an entry: version, flags, method, sum, packed and unpacked size, lengths of name, extra and comment, place.
_FIELDS = [(6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)]
_LIES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, len(_FIELDS) - 1), st.sampled_from([0, 1, 9, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 4096, -2])), max_size=2
)  # fmt: skip


@cache
def bomb(name: str) -> bytes:
    """A package of some kilobytes, or a megabyte, that unpacks to 400 megabytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        if name.endswith("b"):
            frame = zstandard.ZstdCompressor(level=1).compressobj()
            packed = b"".join(frame.compress(bytes(1_000_000)) for _ in range(400)) + frame.flush()
            archive.writestr(name, packed, ZIP_STORED)
        else:
            with archive.open(name, "w") as member:
                for _ in range(400):
                    member.write(bytes(1_000_000))
        archive.writestr("media", "{}")
    return out.getvalue()


def hot_journal(of: bytes, names: str) -> bytes:
    """What SQLite would take for the journal of a broken transaction on a file, and for one of many that a third one names."""
    pages = len(of) // 4096
    name = names.encode()
    total = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    magic = bytes.fromhex("d9d505f920a163d7")
    head = magic + struct.pack(">iIIII", 0, 7, pages, 512, 4096)
    return head.ljust(512, b"\0") + struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), total) + magic


def packages(collections: Sequence[bytes], files: Sequence[bytes], logs: Sequence[bytes], victim: str) -> st.SearchStrategy[Case]:
    """Files for `studytool import` that claim to be of Anki.

    `collections` are sound SQLite files of Anki's to change, `files` sound packages to damage, `logs` write-ahead logs that belong
    to the first collection. `victim` is the path of a file that a journal beside a collection names.
    """
    large = [(), *((sql,) for sql in _LARGE_SQL), *[()] * 4 * len(_LARGE_SQL)]
    changes = st.builds(
        lambda odd, large, last: (*odd, *large, last),
        st.lists(picked(_ODD_SQL), min_size=1, max_size=2),
        picked(large),
        picked(_AFTER),
    )
    sound = picked(collections)
    changed = st.builds(told_anew, sound, changes)
    collection = st.integers(0, 9).flatmap(
        lambda nth: changed if nth < 6 else st.builds(torn, sound, _TEARS) if nth < 8 else sound
    )
    collection = st.builds(
        lambda data, hits, torn: damaged(data, hits, 1.0) if torn else data,
        collection,
        HITS,
        st.just(False) | st.just(False) | st.booleans(),
    )
    plain = st.tuples(st.sampled_from(_PLAIN * 3 + _ELSEWHERE), collection, _METHODS)
    spare = st.tuples(st.sampled_from(_PLAIN), sound, _METHODS)
    newest = st.tuples(st.just("collection.anki21b"), st.builds(squeezed, collection, _SQUEEZES), st.just(ZIP_STORED) | _METHODS)
    other = st.tuples(st.sampled_from([*_ELSEWHERE, "meta"]), st.binary(max_size=64), _METHODS)
    members = st.builds(
        lambda one, more, first: [*more, one] if first else [one, *more],
        plain | newest,
        st.lists(other | spare, max_size=2),
        st.booleans(),
    )
    media = (
        st.dictionaries(
            st.sampled_from(["0", "1", "../0", "-1"]), st.sampled_from(["../../x", "/etc/cron.d/x", "con", "x\0y", "\ud800"])
        )
        | JSON_VALUE
    )
    before = st.sampled_from([b""] * 9 + [b"PK\3\4" * 30, b"PK" + b"x" * 5000])
    comment = st.sampled_from([b""] * 9 + [b"PK\5\6" * 20, b"x" * 65_535])
    package = st.builds(lied, st.builds(zipped, members, media, before, comment), st.just([]) | _LIES)
    small = st.builds(damaged, package | package | package | picked(files), HITS, END)
    bombs = st.builds(bomb, st.sampled_from(["collection.anki2", "collection.anki21", "collection.anki21b"]))
    bare = collection.map(Case)
    logged = st.builds(lambda log, hits, end: Case(collections[0], {"-wal": damaged(log, hits, end)}), picked(logs), HITS, END)
    journals = st.builds(lambda data: Case(data, {"-journal": hot_journal(data, victim)}), sound)
    kinds: list[Callable[[], st.SearchStrategy[Case]]] = [*[lambda: small.map(Case)] * 20, *[lambda: bare] * 6, lambda: logged, lambda: logged, lambda: journals, lambda: bombs.map(Case)]  # fmt: skip
    return st.integers(0, len(kinds) - 1).flatmap(lambda nth: kinds[nth]())
