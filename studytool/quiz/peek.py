"""Reading the store beside whoever writes to it: for a shell prompt, figures, exports. Nothing is made, mended or locked."""

import sqlite3
from pathlib import Path

from studytool.quiz import rows
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line
from studytool.quiz.schedule import Memory, Parameters
from studytool.quiz.store_file import ANKI_SINCE, BUSY, FLAGS_SINCE, SETTINGS_SINCE, WAITS_SINCE, reading, version_of


def peek(path: Path) -> dict[str, Memory]:
    """The memory of every card reviewed, without making, mending or locking anything: for a shell prompt.

    Raises StudytoolError where the file cannot be read.
    """
    if not path.exists():
        return {}
    with reading(path) as db:
        return {card: Memory(*rest) for card, *rest in db.execute(f"SELECT card, {rows.MEMORY} FROM memory")}


def peek_flags(path: Path) -> dict[str, Flag]:
    """The flags of every card, likewise."""
    if not path.exists():
        return {}
    with reading(path) as db:
        return rows.flags(db.execute(rows.FLAGS)) if version_of(db, path) >= FLAGS_SINCE else {}


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
        log = db.execute(rows.LOG.format(**{name: name if version >= first else "NULL" for name, first in since.items()}))
        reviews = tuple(Line(*rest) for _, *rest in log)
        if version < FLAGS_SINCE:
            return Kept(reviews)
        return Kept(reviews, rows.flags(db.execute(rows.FLAGS)), rows.overrides(db.execute(rows.OVERRIDES)))


def peek_parameters(path: Path) -> Parameters:
    """The parameters of FSRS that were fitted to the log, likewise; none: its defaults."""
    if not path.exists():
        return ()
    with reading(path) as db:
        found = db.execute(rows.PARAMETERS).fetchall() if version_of(db, path) >= SETTINGS_SINCE else []
    return (rows.fitted(found, path) or [()])[-1]
