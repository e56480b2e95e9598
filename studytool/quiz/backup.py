"""A backup of the store each study day, and the way back to one. A backup is a whole store: a SQLite file named by its date."""

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz.store_file import beside, connect, copy, reading, set_aside

KEEP = 14  # backups, the newest


class Backup(Struct, frozen=True):
    """A backup that is there."""

    date: str  # YYYY-MM-DD, the study day it was made on
    path: Path


def backups(store: Path) -> list[Backup]:
    """The backups of a store, the newest first."""
    found = []
    for path in _folder(store).glob(f"{store.stem}-*{store.suffix}"):
        date = path.stem.removeprefix(f"{store.stem}-")
        with suppress(ValueError):
            found.append(Backup(dt.date.fromisoformat(date).isoformat(), path))
    return sorted(found, key=lambda backup: backup.date, reverse=True)


def back_up(store: Path, day: int) -> Path | None:
    """Back up a store where that was not done on a study day (a proleptic ordinal) yet; None where it was.

    The store may be in use. What is there under the backup's name is always whole. Raises StudytoolError (exit code 3).
    """
    date = dt.date.fromordinal(day).isoformat()
    path = _folder(store) / f"{store.stem}-{date}{store.suffix}"
    if path.exists():
        return None
    try:
        path.parent.mkdir(exist_ok=True)
        for rest in path.parent.glob(f".{store.stem}-*.part*"):
            rest.unlink(missing_ok=True)  # of a process that was killed
        _copied(store, path)
        for old in backups(store)[KEEP:]:
            old.path.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise StudytoolError(
            f"today's backup was not made: {error}", Where(str(path)), "free some space; nothing is lost so far", OUTSIDE
        ) from None
    return path


def reviews_in(backup: Backup) -> int:
    """How many reviews a backup holds, those taken back left out. Raises StudytoolError where it cannot be read."""
    with reading(backup.path) as db:
        ((count,),) = db.execute("SELECT (SELECT count(*) FROM review) - (SELECT count(*) FROM undone)").fetchall()
    return int(count)


def restore(store: Path, date: str, now: dt.datetime) -> Path | None:
    """Put a backup in the store's place; where the file that was there is kept now, None where there was none.

    At any moment either the old store or the backup is in place, whole. No other process may have the store open.
    Raises StudytoolError where there is no such backup, it is damaged or of a newer studytool (nothing is changed then), or where
    the disk refuses.
    """
    there = {backup.date: backup for backup in backups(store)}
    if (backup := there.get(date)) is None:
        hint = f"there are {', '.join(there)}" if there else "the quiz makes one each study day"
        raise StudytoolError(f"no backup of {date}", Where(str(_folder(store))), hint)
    try:
        with reading(backup.path):
            pass  # not of a newer studytool
    except StudytoolError as error:
        raise _damaged(backup, error.message) if error.code == OUTSIDE else error from None
    part = store.with_name(f".{store.name}.part")
    try:
        copy(backup.path, part)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise _damaged(backup, str(error)) from None
    except OSError as error:
        raise _refused(store, error) from None
    try:
        aside = _kept_aside(store, now) if store.exists() else None
        part.replace(store)
    except OSError as error:
        raise _refused(store, error) from None
    finally:
        part.unlink(missing_ok=True)
    return aside


def _kept_aside(store: Path, now: dt.datetime) -> Path:
    """Keep the present store under a dated name. Its write-ahead log may not stay: SQLite would read it into the backup."""
    try:
        with closing(connect(store)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, StudytoolError):  # damaged, or newer: it goes as it is
        return set_aside(store, "replaced", now)
    aside = beside(store, "replaced", now)
    shutil.copy2(store, aside)
    return aside


def _copied(store: Path, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        copy(store, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _folder(store: Path) -> Path:
    return store.with_name("backups")


def _damaged(backup: Backup, why: str) -> StudytoolError:
    return StudytoolError(f"this backup is damaged: {why}", Where(str(backup.path)), "restore an older one")


def _refused(store: Path, error: OSError) -> StudytoolError:
    return StudytoolError(
        f"cannot be replaced: {error.strerror}", Where(str(store)), "free some space, or check its permissions", OUTSIDE
    )
