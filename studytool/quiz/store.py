"""The review log on disk. The only door to reviews.db.

Every grade is committed, and synced to the disk, before the next card shows: whatever kills the process, no graded card is
lost. The memory of each card stands beside the log, in the same transaction, so that opening the quiz replays nothing.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import msgspec

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz import overrides, rows, schedule
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line, Merged, newer, unknown
from studytool.quiz.overrides import Overridden
from studytool.quiz.replay import Review, remembered
from studytool.quiz.schedule import Memory, Parameters
from studytool.quiz.session import Graded
from studytool.quiz.store_file import (
    WRITABLE,
    connect,
    make_folder,
    set_aside,
)

_ADD = "INSERT INTO review (card, grade, at, day, took, ivl, ms) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Store:
    """An open reviews.db. `notice` tells what a user should know of its opening, such as a damaged file set aside."""

    def __init__(self, path: Path, db: sqlite3.Connection, retention: float, notice: str = "") -> None:
        self.path, self.notice = path, notice
        self._db, self._retention = db, retention

    def memories(self) -> dict[str, Memory]:
        """The memory of every card reviewed."""
        found = self._guarded(f"SELECT card, {rows.MEMORY} FROM memory")
        return {card: Memory(*rest) for card, *rest in found}

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
        return rows.flags(self._guarded(rows.FLAGS))

    def put_flag(self, card: str, flag: Flag) -> None:
        """Keep the flags of a card."""
        self._kept(lambda: self._put_flag(card, flag))

    def overrides(self) -> dict[str, Overridden]:
        """The learner's own texts, by statement."""
        return rows.overrides(self._guarded(rows.OVERRIDES))

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
        return rows.fitted(self._guarded(rows.PARAMETERS), self.path)

    def _fit(self, fitted: list[Parameters]) -> int:
        try:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")  # nobody adds a grade meanwhile
                text = msgspec.json.encode(fitted).decode()
                self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (rows.FITTED, text))
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
            mine = [(number, Line(*rest)) for number, *rest in self._db.execute(rows.LOG.format(ivl="ivl", ms="ms"))]
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
            flags = newer(rows.flags(self._db.execute(rows.FLAGS)), theirs.flags)
            for card, flag in flags.items():
                self._put_flag(card, flag)
            texts = newer(rows.overrides(self._db.execute(rows.OVERRIDES)), theirs.overrides)
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
        values = (card, *(getattr(memory, name) for name in rows.MEMORY.split(", ")))
        self._db.execute(f"INSERT OR REPLACE INTO memory (card, {rows.MEMORY}) VALUES ({', '.join('?' * 11)})", values)

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
