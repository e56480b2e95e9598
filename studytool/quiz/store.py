"""The review log on disk. The only door to reviews.db.

Every grade is committed, and synced to the disk, before the next card shows: whatever kills the process, no graded card is
lost. The memory of each card stands beside the log, in the same transaction, so that opening the quiz replays nothing.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz import overrides, schedule
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line, Merged, newer, unknown
from studytool.quiz.overrides import Overridden
from studytool.quiz.replay import Review, remembered
from studytool.quiz.schedule import Memory, Parameters
from studytool.quiz.session import Graded
from studytool.quiz.store_file import (
    ANKI_SINCE,
    BUSY,
    FLAGS_SINCE,
    SETTINGS_SINCE,
    WAITS_SINCE,
    WRITABLE,
    connect,
    make_folder,
    reading,
    set_aside,
    version_of,
)

_FITTED = "fsrs"  # the setting with the parameters of FSRS: those in force last, those of before ahead of them
_MEMORY = "state, step, stability, difficulty, due_at, due_day, last_day, first_day, reps, lapses"
_ADD = "INSERT INTO review (card, grade, at, day, took, ivl, ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
_LOG = (
    "SELECT review.id, card, grade, review.at, day, took, undone.at, {ivl}, {ms} "
    "FROM review LEFT JOIN undone ON undone.review = review.id ORDER BY review.id"
)
_FLAGS = "SELECT card, suspended, buried, marked, told, at FROM flag"
_PARAMETERS = f"SELECT value FROM setting WHERE name = '{_FITTED}'"
_OVERRIDES = "SELECT statement, fields, at FROM override"


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

        def write() -> None:
            values = (graded.card, graded.grade, at, day, max(0, took), schedule.waited(graded.after, at) or None, None)
            self._db.execute(_ADD, values)
            self._learned(graded.card, graded.after)

        self._kept(write)

    def undo(self, graded: Graded, at: int) -> None:
        """Note that the last grade of a card was taken back, at a moment (seconds since 1970 UTC)."""

        def write() -> None:
            self._db.execute(
                "INSERT INTO undone (review, at) SELECT id, ? FROM review "
                "WHERE card = ? AND id NOT IN (SELECT review FROM undone) ORDER BY review.at DESC, id DESC LIMIT 1",
                (at, graded.card),
            )
            self._learned(graded.card, graded.before)

        self._kept(write)

    def moment(self, card: str, now: int) -> int:
        """The moment to log for a grade given now: later than all earlier ones of the card, whatever was done to the clock.

        So a card's reviews can be told apart and put in order by their moments alone, which is how two stores are merged.
        """
        ((last,),) = self._guarded("SELECT max(at) FROM review WHERE card = ?", card)
        return now if last is None else max(now, last + 1)

    def flags(self) -> dict[str, Flag]:
        """The flags of every card that has or had any."""
        return _flags(self._guarded(_FLAGS))

    def put_flag(self, card: str, flag: Flag) -> None:
        """Keep the flags of a card."""
        self._kept(lambda: self._put_flag(card, flag))

    def overrides(self) -> dict[str, Overridden]:
        """The learner's own texts, by statement."""
        return _overrides(self._guarded(_OVERRIDES))

    def put_override(self, statement: str, change: Overridden) -> None:
        """Keep the learner's own texts of a statement."""
        self._kept(lambda: self._put_override(statement, change))

    def settings(self) -> dict[str, str]:
        """What the screens remember."""
        return dict(self._guarded("SELECT name, value FROM setting"))

    def times(self, count: int) -> list[int]:
        """How long the last so many reviews took, in milliseconds from prompt to grade, in no order."""
        return [took for (took,) in self._guarded(f"SELECT took FROM review ORDER BY id DESC LIMIT {count:d}")]

    def remember(self, name: str, value: str) -> None:
        """Keep a setting of the screens."""
        self._kept(lambda: self._db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value)))

    def log(self) -> list[Review]:
        """All grades that stand, in the order in which they were given."""
        query = "SELECT card, grade, at, day, ivl FROM review WHERE id NOT IN (SELECT review FROM undone) ORDER BY at, grade, id"
        return [Review(*row) for row in self._guarded(query)]

    def derived(self) -> dict[str, Memory]:
        """The memory of every card, worked out from the log and the parameters in force."""
        return remembered(self.log(), self.parameters(), self._retention)

    def parameters(self) -> Parameters:
        """The parameters of FSRS that were fitted to the log; none: its defaults."""
        return (self._fitted() or [()])[-1]

    def fit(self, parameters: Parameters) -> int:
        """Put parameters in force and work all memories out anew, or leave all as it was. The number of memories.

        When cards are due does not change: new parameters tell from the next grade on, as in Anki.
        """
        return self._fit([*self._fitted(), parameters])

    def unfit(self) -> int | None:
        """Go back to the parameters before the last `fit`; None where there was none."""
        fitted = self._fitted()
        return self._fit(fitted[:-1]) if fitted else None

    def _fitted(self) -> list[Parameters]:
        return _fitted(self._guarded(_PARAMETERS), self.path)

    def _fit(self, fitted: list[Parameters]) -> int:
        try:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")  # nobody adds a grade meanwhile
                self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_FITTED, msgspec.json.encode(fitted).decode()))
                memories = self.derived()
                for card, memory in memories.items():
                    self._learned(card, memory)
        except sqlite3.Error as error:
            raise self._refused(error) from None
        return len(memories)

    def merge(self, theirs: Kept) -> Merged:
        """Take in what another store keeps, all of it or nothing; memories are worked out anew where the log changed.

        Each store may be merged into the other, in any order and as often as wanted: they then keep the same.
        """
        merged = Merged()

        def take() -> None:
            nonlocal merged
            self._db.execute("BEGIN IMMEDIATE")  # what is read next is what is added to
            mine = [(number, Line(*rest)) for number, *rest in self._db.execute(_LOG.format(ivl="ivl", ms="ms"))]
            added, undone = unknown(mine, theirs.reviews)
            for review in added:
                values = (review.card, review.grade, review.at, review.day, review.took, review.ivl, review.ms)
                number = self._db.execute(_ADD, values).lastrowid
                if review.undone is not None and number:
                    undone[number] = review
            self._db.executemany(
                "INSERT INTO undone (review, at) VALUES (?, ?)", [(number, review.undone) for number, review in undone.items()]
            )
            self._replay({review.card for review in (*added, *undone.values())})
            flags = newer(_flags(self._db.execute(_FLAGS)), theirs.flags)
            for card, flag in flags.items():
                self._put_flag(card, flag)
            texts = newer(_overrides(self._db.execute(_OVERRIDES)), theirs.overrides)
            for statement, change in texts.items():
                self._put_override(statement, change)
            back = sum(review.undone is not None for review in added)
            merged = Merged(len(theirs.reviews), len(added), len(undone) - back, len(flags), len(texts))

        self._kept(take)
        return merged

    def _replay(self, cards: Collection[str]) -> None:
        """Work out the memory of some cards from the log."""
        found = remembered((review for review in self.log() if review.card in cards), self.parameters(), self._retention)
        for card in sorted(cards):
            self._learned(card, found.get(card))

    def close(self) -> None:
        """Close the file; SQLite folds its write-ahead log into it."""
        self._db.close()

    def _learned(self, card: str, memory: Memory | None) -> None:
        if memory is None:
            self._db.execute("DELETE FROM memory WHERE card = ?", (card,))
            return
        values = (card, *(getattr(memory, name) for name in _MEMORY.split(", ")))
        self._db.execute(f"INSERT OR REPLACE INTO memory (card, {_MEMORY}) VALUES ({', '.join('?' * 11)})", values)

    def _put_flag(self, card: str, flag: Flag) -> None:
        values = (card, flag.suspended, flag.buried, flag.marked, flag.told, flag.at)
        self._db.execute(
            "INSERT OR REPLACE INTO flag (card, suspended, buried, marked, told, at) VALUES (?, ?, ?, ?, ?, ?)", values
        )

    def _put_override(self, statement: str, change: Overridden) -> None:
        values = (statement, overrides.encode(change.fields), change.at)
        self._db.execute("INSERT OR REPLACE INTO override (statement, fields, at) VALUES (?, ?, ?)", values)

    def _kept(self, write: Callable[[], object]) -> None:
        """Write something in one transaction: all of it or nothing."""
        try:
            with self._db:
                write()
        except sqlite3.Error as error:
            raise self._refused(error) from None

    def _guarded(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
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
    make_folder(path)
    try:
        return Store(path, connect(path), retention)
    except sqlite3.OperationalError as error:
        raise StudytoolError(f"cannot be opened: {error}", Where(str(path)), WRITABLE, OUTSIDE) from None
    except sqlite3.DatabaseError as error:
        from studytool.quiz.backup import backups

        aside = set_aside(path, "damaged", now or dt.datetime.now(dt.UTC))
        notice = f"The review file was damaged ({error}). It is kept as {aside}; a new one was begun."
        if found := backups(path):
            notice += f" `studytool restore {found[0].date}` brings back the last backup."
        return Store(path, connect(path), retention, notice)


def peek(path: Path) -> dict[str, Memory]:
    """The memory of every card reviewed, without making, mending or locking anything: for a shell prompt.

    Raises StudytoolError where the file cannot be read.
    """
    if not path.exists():
        return {}
    with reading(path) as db:
        return {card: Memory(*rest) for card, *rest in db.execute(f"SELECT card, {_MEMORY} FROM memory")}


def peek_flags(path: Path) -> dict[str, Flag]:
    """The flags of every card, likewise."""
    if not path.exists():
        return {}
    with reading(path) as db:
        return _flags(db.execute(_FLAGS)) if version_of(db, path) >= FLAGS_SINCE else {}


def reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads, beside whoever writes; to an empty store where there is no file. Raises sqlite3.Error."""
    if path.exists():
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY)
    db = sqlite3.connect(":memory:")
    db.executescript(Path(__file__).with_name("schema.sql").read_text("utf-8"))
    return db


def days(path: Path) -> list[int]:
    """The study days on which a card was graded, the latest first. Opens the file anew, to read alone: it may be asked in
    a thread, since a log of a million reviews takes a while. Raises StudytoolError where the file cannot be read.
    """
    query = "SELECT DISTINCT day FROM review WHERE id NOT IN (SELECT review FROM undone) ORDER BY day DESC"
    with reading(path) as db:
        return [day for (day,) in db.execute(query)]


def peek_all(path: Path) -> Kept:
    """All that is worth carrying to another machine, likewise."""
    with reading(path) as db:
        version = version_of(db, path)
        since = {"ivl": WAITS_SINCE, "ms": ANKI_SINCE}
        log = db.execute(_LOG.format(**{name: name if version >= first else "NULL" for name, first in since.items()}))
        reviews = tuple(Line(*rest) for _, *rest in log)
        if version < FLAGS_SINCE:
            return Kept(reviews)
        return Kept(reviews, _flags(db.execute(_FLAGS)), _overrides(db.execute(_OVERRIDES)))


def peek_parameters(path: Path) -> Parameters:
    """The parameters of FSRS that were fitted to the log, likewise; none: its defaults."""
    if not path.exists():
        return ()
    with reading(path) as db:
        rows = db.execute(_PARAMETERS).fetchall() if version_of(db, path) >= SETTINGS_SINCE else []
    return (_fitted(rows, path) or [()])[-1]


def _fitted(rows: Sequence[tuple[Any, ...]], path: Path) -> list[Parameters]:
    try:
        return msgspec.json.decode(rows[0][0], type=list[Parameters]) if rows else []
    except msgspec.DecodeError as error:
        hint = f"delete the setting {_FITTED!r} in it, then run `studytool optimize`"
        raise StudytoolError(f"the parameters of FSRS in it are damaged: {error}", Where(str(path)), hint) from None


def _flags(rows: Iterable[tuple[Any, ...]]) -> dict[str, Flag]:
    return {card: Flag(bool(suspended), buried, bool(marked), told, at) for card, suspended, buried, marked, told, at in rows}


def _overrides(rows: Iterable[tuple[Any, ...]]) -> dict[str, Overridden]:
    return {statement: Overridden(overrides.decode(fields), at) for statement, fields, at in rows}
