"""A collection or package of Anki's -> the reviews of our notes in it. It comes from anywhere, and nothing in it is believed.

What is read is a copy (see `unpack`), on which SQLite may only read: no view, no trigger, nothing that a row could run.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from studytool.anki.identity import card_of, note_of
from studytool.anki.unpack import unpacked
from studytool.errors import OUTSIDE, StudytoolError, Where

_TABLES = {"notes", "cards", "revlog"}
_LONGEST = 1 << 26  # bytes of a row
_MOST = 100_000  # reviews of our cards
_PATIENCE = 4.0  # seconds of a processor; the largest collections take two
_OPCODES = 100_000  # of SQLite, between looks at the clock
_TOLD = 200  # characters of a message
_FILTERED = 3  # what a review was of: a card in a filtered deck
_STEPS = (0, 2)  # what a review was of: a card in learning or in relearning
_IN_STEPS = (1, 3)  # types of cards, likewise
_EXPORT = "in Anki, File > Export writes one"


class AnkiReview(NamedTuple):
    """A review that moved a card of ours, as Anki logged it."""

    card: str
    moment: int  # milliseconds since 1970 UTC
    grade: int  # 1 to 4
    ivl: int  # the wait that it gave: days, or negative seconds
    took: int  # milliseconds
    in_steps: bool  # whether the card was in learning or relearning steps after it


class Found(NamedTuple):
    """What is ours in a collection."""

    reviews: list[AnkiReview]  # card by card, each card's oldest first
    ours: int  # notes of ours
    unknown: int  # all other notes
    by_hand: int  # cards of ours that were forgotten or given another due day by hand


_Entry = tuple[int, int, int, int, int, int]  # moment, grade, ivl, took, type, factor


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
        with closing(sqlite3.connect(copy)) as db:
            _only_read(db)
            found = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")}
            if missing := _TABLES - found:
                raise StudytoolError(f"is no collection of Anki's: it has no table {min(missing)!r}", where, _EXPORT)
            if computed := sorted(name for name in _TABLES if _computes(db, name)):
                raise StudytoolError(f"is no collection of Anki's: its table {computed[0]!r} computes columns", where, _EXPORT)
            db.set_authorizer(_allowed)
            return _ours(db, where)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter is of a message, which may quote what is damaged
        told = "".join(char for char in str(error)[:_TOLD] if char.isprintable())
        if told == "interrupted":
            raise StudytoolError("takes too long to read; nothing was taken in", where, "export a single deck") from None
        raise StudytoolError(f"is damaged: {told}; nothing was taken in", where, "export it again") from None


def _computes(db: sqlite3.Connection, table: str) -> bool:
    """Whether a table has columns that are computed, or none of its own: what reading a row costs must follow from its size."""
    return any(hidden for *_, hidden in db.execute(f"PRAGMA table_xinfo({table})"))


def _allowed(action: int, _: str | None, __: str | None, ___: str | None, inside: str | None) -> int:
    """SQLite's question before it runs a statement: a table is read, and no view in its place, nor any function that one calls."""
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
    cards: dict[int, tuple[str, bool]] = {}
    for number, note, ord_, type_ in db.execute("SELECT id, nid, ord, type FROM cards"):
        if note in notes and isinstance(ord_, int) and (card := card_of(notes[note], ord_)):
            cards[number] = card, type_ in _IN_STEPS
    log = _log(db, cards, where)
    reviews: list[AnkiReview] = []
    by_hand: set[str] = set()
    in_steps = dict(cards.values())
    for card in sorted(log):
        entries = sorted(log[card])
        if any(not _graded(entry) and entry[4] != _FILTERED for entry in entries):
            by_hand.add(card)
        reviews += _reviews(card, entries, in_steps[card])
    return Found(reviews, len(notes), unknown, len(by_hand))


def _log(db: sqlite3.Connection, cards: dict[int, tuple[str, bool]], where: Where) -> dict[str, list[_Entry]]:
    """The log of our cards, whatever else there is."""
    log: dict[str, list[_Entry]] = {}
    count = 0
    for number, *entry in _whole(db.execute("SELECT cid, id, ease, ivl, time, type, factor FROM revlog")):
        if number in cards:
            log.setdefault(cards[number][0], []).append(tuple(entry))  # type: ignore[arg-type]
            count += 1
            if count > _MOST:
                raise StudytoolError(f"holds more than {_MOST:,} reviews of our cards", where, "export a single deck")
    return log


def _whole(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[int]]:
    """The rows that are numbers all through, as Anki writes them."""
    return (row for row in rows if all(type(value) is int for value in row))


def _graded(entry: _Entry) -> bool:
    """Whether an entry is a grade that moved its card: not one made by hand, nor a look outside the schedule."""
    _, grade, _, _, type_, factor = entry
    return grade > 0 and not (type_ == _FILTERED and factor == 0)


def _reviews(card: str, entries: Sequence[_Entry], in_steps: bool) -> Iterator[AnkiReview]:
    for nth, entry in enumerate(entries):
        if _graded(entry):
            moment, grade, ivl, took, _, _ = entry
            # What the next one was of tells where this one led.
            stays = entries[nth + 1][4] in _STEPS if nth + 1 < len(entries) else in_steps
            yield AnkiReview(card, moment, grade, ivl, took, stays)
