"""The review log on disk. The only door to reviews.db.

Every grade is committed, and synced to the disk, before the next card shows: whatever kills the process, no graded card is
lost. The memory of each card stands beside the log, in the same transaction, so that opening the quiz replays nothing.
"""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz import schedule
from studytool.quiz.schedule import Memory
from studytool.quiz.session import Graded

VERSION = 2
_MIGRATIONS = {  # from each version to the next
    1: "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
}
_BUSY = 5.0  # seconds to wait for another process's commit
_MEMORY = "state, step, stability, difficulty, due_at, due_day, last_day, first_day, reps, lapses"


class Store:
    """An open reviews.db. `notice` tells what a user should know of its opening, such as a damaged file set aside."""

    def __init__(self, path: Path, db: sqlite3.Connection, retention: float, notice: str = "") -> None:
        self.path, self.notice = path, notice
        self._db, self._retention = db, retention

    def memories(self) -> dict[str, Memory]:
        """The memory of every card reviewed."""
        rows = self._guarded(f"SELECT card, {_MEMORY} FROM memory")
        return {card: Memory(*rest) for card, *rest in rows}

    def add(self, graded: Graded, at: int, day: int, took: int) -> None:
        """Keep a grade given at `at` (seconds since 1970 UTC) on a study day, `took` milliseconds after the prompt."""
        try:
            with self._db:
                self._db.execute(
                    "INSERT INTO review (card, grade, at, day, took) VALUES (?, ?, ?, ?, ?)",
                    (graded.card, graded.grade, at, day, max(0, took)),
                )
                self._learned(graded.card, graded.after)
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def undo(self, graded: Graded, at: int) -> None:
        """Note that the last grade of a card was taken back, at a moment (seconds since 1970 UTC)."""
        try:
            with self._db:
                self._db.execute(
                    "INSERT INTO undone (review, at) SELECT max(id), ? FROM review "
                    "WHERE card = ? AND id NOT IN (SELECT review FROM undone)",
                    (at, graded.card),
                )
                if graded.before is None:
                    self._db.execute("DELETE FROM memory WHERE card = ?", (graded.card,))
                else:
                    self._learned(graded.card, graded.before)
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def settings(self) -> dict[str, str]:
        """What the screens remember."""
        return dict(self._guarded("SELECT name, value FROM setting"))

    def remember(self, name: str, value: str) -> None:
        """Keep a setting of the screens."""
        try:
            with self._db:
                self._db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def derived(self) -> dict[str, Memory]:
        """The memory of every card, worked out from the log alone."""
        found: dict[str, Memory] = {}
        log = self._guarded("SELECT card, grade, at, day FROM review WHERE id NOT IN (SELECT review FROM undone) ORDER BY id")
        for card, grade, at, day in log:
            found[card] = schedule.review(found.get(card), grade, at, day, self._retention)
        return found

    def close(self) -> None:
        """Close the file; SQLite folds its write-ahead log into it."""
        self._db.close()

    def _learned(self, card: str, memory: Memory) -> None:
        values = (card, *(getattr(memory, name) for name in _MEMORY.split(", ")))
        self._db.execute(f"INSERT OR REPLACE INTO memory (card, {_MEMORY}) VALUES ({', '.join('?' * 11)})", values)

    def _guarded(self, query: str) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query).fetchall()
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def _refused(self, error: sqlite3.Error) -> StudytoolError:
        return StudytoolError(
            f"this was not kept: {error}" if "disk" in str(error) or "full" in str(error) else f"SQLite: {error}",
            Where(str(self.path)),
            "free some space or check the disk; all grades before it are safe",
            OUTSIDE,
        )


def open_store(path: Path, retention: float = 0.9, now: dt.datetime | None = None) -> Store:
    """Open or make the store. A damaged file is set aside under a dated name, never deleted, and said so in `notice`.

    Raises StudytoolError where the file is of a newer studytool, or its folder cannot be used (exit code 3).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudytoolError(f"cannot be made: {error.strerror}", Where(str(path.parent)), _WRITABLE, OUTSIDE) from None
    try:
        return Store(path, _connect(path), retention)
    except sqlite3.OperationalError as error:
        raise StudytoolError(f"cannot be opened: {error}", Where(str(path)), _WRITABLE, OUTSIDE) from None
    except sqlite3.DatabaseError as error:
        aside = _set_aside(path, now or dt.datetime.now(dt.UTC))
        notice = f"The review file was damaged ({error}). It is kept as {aside}; a new one was begun."
        return Store(path, _connect(path), retention, notice)


_WRITABLE = "make it writable, or set $STUDYTOOL_HOME to a folder that is"


def peek(path: Path) -> dict[str, Memory]:
    """The memory of every card reviewed, without making, mending or locking anything: for a shell prompt.

    Raises StudytoolError where the file cannot be read.
    """
    if not path.exists():
        return {}
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY)
        try:
            return {card: Memory(*rest) for card, *rest in db.execute(f"SELECT card, {_MEMORY} FROM memory")}
        finally:
            db.close()
    except sqlite3.Error as error:
        raise StudytoolError(
            f"cannot be read: {error}", Where(str(path)), "`studytool` sets a damaged file aside", OUTSIDE
        ) from None


def reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads, beside whoever writes; to an empty store where there is no file. Raises sqlite3.Error."""
    if path.exists():
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY)
    db = sqlite3.connect(":memory:")
    db.executescript(Path(__file__).with_name("schema.sql").read_text("utf-8"))
    return db


def _connect(path: Path) -> sqlite3.Connection:
    unclean = path.with_name(f"{path.name}-wal").exists()  # a clean end leaves none
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level="IMMEDIATE")
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise StudytoolError(
                f"is of a newer studytool (version {version}, this one reads {VERSION})",
                Where(str(path)),
                "upgrade studytool: pip install -U studytool",
            )
        # synchronous=FULL: a commit is on the disk when it returns.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        if version == 0:
            _create(db)
        if unclean and (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)
        if 0 < version < VERSION:
            _migrate(db)
        db.execute("SELECT count(*) FROM memory, (SELECT 1 FROM review LIMIT 1), (SELECT 1 FROM undone LIMIT 1)")
    except BaseException:
        db.close()
        raise
    return db


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
            db.execute(_MIGRATIONS[step])
        db.execute(f"PRAGMA user_version = {VERSION}")


def _set_aside(path: Path, now: dt.datetime) -> Path:
    """Rename a damaged store and what SQLite keeps beside it."""
    aside = path.with_name(f"{path.stem}.damaged-{now:%Y-%m-%dT%H-%M-%S}{path.suffix}")
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside
