"""The file reviews.db itself: made, brought to this version, looked at after a crash, read by who must not change it.

What stands in it is `store`'s business.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.malformed import sqlite_errors

VERSION = 5
SETTINGS_SINCE = 2  # the version from which there are settings
WAITS_SINCE = 3  # the version from which a review tells its wait
FLAGS_SINCE = 4  # the version from which there are flags and overrides
ANKI_SINCE = 5  # the version from which a review tells Anki's milliseconds
WRITABLE = "make it writable, or set $STUDYTOOL_HOME to a folder that is"
_MIGRATIONS: dict[int, tuple[str, ...]] = {  # from each version to the next
    1: ("CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",),
    # What a grade made its card wait, since fuzz, balance and settings can not be worked out anew. Those of before have none.
    2: ("ALTER TABLE review ADD COLUMN ivl INTEGER CHECK (ivl <> 0)",),
    3: (
        "CREATE TABLE flag ("
        "card TEXT PRIMARY KEY, suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)), buried INTEGER NOT NULL, "
        "marked INTEGER NOT NULL CHECK (marked IN (0, 1)), told INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE override (statement TEXT PRIMARY KEY, fields TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    ),
    # So that a review of Anki's goes back as the one that it was, and is no second one there.
    4: ("ALTER TABLE review ADD COLUMN ms INTEGER",),
}
BUSY = 5.0  # seconds to wait for another process's commit


def make_folder(path: Path) -> None:
    """Make the folder of a store. Raises StudytoolError (exit code 3) where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudytoolError(f"cannot be made: {error.strerror}", Where(str(path.parent)), WRITABLE, OUTSIDE) from None


@sqlite_errors()
def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made or brought to this version where need be, and checked whole where the last use did not end cleanly.

    Raises StudytoolError where it is of a newer studytool, sqlite3.DatabaseError where it is damaged or no store.
    """
    unclean = left_unclean(path)
    db = sqlite3.connect(path, timeout=BUSY, isolation_level="IMMEDIATE")
    try:
        version = version_of(db, path)
        # synchronous=FULL: a commit is on the disk when it returns.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        if version == 0:
            _create(db)
        if unclean:
            check(db)
        if 0 < version < VERSION:
            _migrate(db)
        db.execute("SELECT count(*) FROM memory, (SELECT 1 FROM review LIMIT 1), (SELECT 1 FROM undone LIMIT 1)")
    except BaseException:
        db.close()
        raise
    return db


def left_unclean(path: Path) -> bool:
    """Whether the last who wrote did not close the file: its log holds something. Who only reads may leave an empty one."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as it is, without making, mending or locking anything, while a quiz is open too.

    Raises StudytoolError where it is of a newer studytool (exit code 2), or cannot be read (exit code 3).
    """
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY)
        try:
            with sqlite_errors():
                version_of(db, path)
                yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise StudytoolError(
            f"cannot be read: {error}", Where(str(path)), "`studytool` sets a damaged file aside", OUTSIDE
        ) from None


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """The version of the schema; 0 for an empty file. Raises StudytoolError where it is newer than this studytool knows."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StudytoolError(
            f"is of a newer studytool (version {version}, this one reads {VERSION})",
            Where(str(path)),
            "upgrade studytool: pip install -U studytool",
        )
    return version


def check(db: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where the file is damaged anywhere."""
    if (found := db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(str(found).splitlines()[-1])


@sqlite_errors()
def copy(path: Path, to: Path) -> None:
    """Copy a store, with what its write-ahead log holds, into one sound file at `to`, synced to the disk.

    It may be in use meanwhile: SQLite's own backup takes one moment of it. Raises sqlite3.Error, OSError.
    """
    to.unlink(missing_ok=True)
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY)
    try:
        target = sqlite3.connect(to)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            check(target)
        finally:
            target.close()
    finally:
        source.close()


def set_aside(path: Path, why: str, now: dt.datetime) -> Path:
    """Rename a store and what SQLite keeps beside it: `reviews.<why>-<moment>.db`."""
    aside = beside(path, why, now)
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.rename(aside.with_name(aside.name + ending))
    return aside


def beside(path: Path, why: str, now: dt.datetime) -> Path:
    """Where a store that is replaced is kept."""
    return path.with_name(f"{path.stem}.{why}-{now:%Y-%m-%dT%H-%M-%S}{path.suffix}")


def _create(db: sqlite3.Connection) -> None:
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise sqlite3.DatabaseError("it is a database of another program")
    schema = Path(__file__).with_name("schema.sql").read_text("utf-8")
    db.executescript(f"BEGIN IMMEDIATE;\n{schema}\nCOMMIT;")


def _migrate(db: sqlite3.Connection) -> None:
    """Bring an older file to this version: all steps or none, and by one process alone."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        version = int(db.execute("PRAGMA user_version").fetchone()[0])  # another process may have been faster
        for step in range(version, VERSION):
            for change in _MIGRATIONS[step]:
                db.execute(change)
        db.execute(f"PRAGMA user_version = {VERSION}")
