"""A collection or package of Anki's -> the reviews of our notes in it. It comes from anywhere, and nothing in it is believed.

What is read is a copy (see `unpack`), on which SQLite may only read: no view, no trigger, nothing that a row could run.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studytool.anki.identity import card_of, note_of
from studytool.anki.revlog import Entry, Found, Logged, found
from studytool.anki.unpack import unpacked
from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.malformed import sqlite_errors

_TABLES = {"notes", "cards", "revlog"}
_LONGEST = 1 << 26  # bytes of a row
_MOST = 100_000  # reviews of our cards
_PATIENCE = 4.0  # seconds of a processor; the largest collections take two
_OPCODES = 100_000  # of SQLite, between looks at the clock
_TOLD = 200  # characters of a message
_EXPORT = "in Anki, File > Export writes one"


def read_reviews(path: Path) -> Found:
    """What is ours in a package (.apkg, .colpkg) or a collection (.anki2), which may be in use: it is never written to.

    Raises StudytoolError where it is none, is damaged or is too big, or where a copy finds no room (exit code 3).
    """
    try:
        with TemporaryDirectory(prefix="studytool-", ignore_cleanup_errors=True) as folder:
            return _read(path, unpacked(path, Path(folder)))
    except OSError as error:
        hint = "free some space in the temporary folder, or name another one in TMPDIR"
        raise StudytoolError(f"cannot be copied: {error.strerror}", Where(str(path)), hint, OUTSIDE) from None


def _read(path: Path, copy: Path) -> Found:
    where = Where(str(path))
    try:
        with sqlite_errors(), closing(sqlite3.connect(copy)) as db:
            _only_read(db)
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")}
            if missing := _TABLES - tables:
                raise StudytoolError(f"is no collection of Anki's: it has no table {min(missing)!r}", where, _EXPORT)
            if computed := sorted(name for name in _TABLES if _computes(db, name)):
                raise StudytoolError(f"is no collection of Anki's: its table {computed[0]!r} computes columns", where, _EXPORT)
            db.set_authorizer(_allowed)
            return _ours(db, where)
    except sqlite3.Error as error:
        told = "".join(char for char in str(error)[:_TOLD] if char.isprintable())
        if told == "interrupted":
            raise StudytoolError("takes too long to read; nothing was taken in", where, "export a single deck") from None
        raise StudytoolError(f"is damaged: {told}; nothing was taken in", where, "export it again") from None


def _computes(db: sqlite3.Connection, table: str) -> bool:
    """Whether a table has columns that are computed, or none of its own: what reading a row costs must follow from its size."""
    return any(hidden for *_, hidden in db.execute(f"PRAGMA table_xinfo({table})"))


def _allowed(action: int, _: str | None, __: str | None, ___: str | None, inside: str | None) -> int:
    """SQLite's question before a statement: a table is read, and no view in its place, nor any function that one calls."""
    plain = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) and inside is None
    return sqlite3.SQLITE_OK if plain else sqlite3.SQLITE_DENY


def _only_read(db: sqlite3.Connection) -> None:
    ends = time.process_time() + _PATIENCE
    db.set_progress_handler(lambda: int(time.process_time() > ends), _OPCODES)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("SELECT count(*) FROM sqlite_master")  # what its write-ahead log holds comes in first
    db.execute("PRAGMA query_only = ON")


def _ours(db: sqlite3.Connection, where: Where) -> Found:
    notes: dict[int, str] = {}
    unknown = 0
    for number, known_as, fields in db.execute("SELECT id, guid, flds FROM notes"):
        one = note_of(known_as, fields) if isinstance(known_as, str) and isinstance(fields, str) else None
        if one is None:
            unknown += 1
        else:
            notes[number] = one
    cards = {
        number: Logged(card_of(notes[note], ord_), type_, [])
        for number, note, ord_, type_ in _whole(db.execute("SELECT id, nid, ord, type FROM cards"))
        if note in notes
    }
    count = 0
    for number, *values in _whole(db.execute("SELECT cid, id, ease, ivl, factor, time, type FROM revlog")):
        if log := cards.get(number):
            log.entries.append(Entry(*values))
            count += 1
            if count > _MOST:
                raise StudytoolError(f"holds more than {_MOST:,} reviews of our cards", where, "export a single deck")
    return found(cards.values(), len(notes), unknown)


def _whole(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[int]]:
    """The rows that are numbers all through, as Anki writes them."""
    return (row for row in rows if all(type(value) is int for value in row))
