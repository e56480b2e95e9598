"""What was translated once is never asked for again: an SQLite file in our cache folder, committed a sentence at a time."""

import sqlite3
import threading
from pathlib import Path

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.malformed import sqlite_errors


class Cache:
    """Translations by translator and text. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            columns = "translator TEXT, zh TEXT, en TEXT, PRIMARY KEY (translator, zh)"
            with sqlite_errors():
                self._base.execute("PRAGMA journal_mode=WAL")
                self._base.execute(f"CREATE TABLE IF NOT EXISTS sentence ({columns}) WITHOUT ROWID")
        except (sqlite3.Error, OSError) as error:
            raise StudytoolError(f"the cache cannot be used: {error}", Where(str(path)), "remove the file", OUTSIDE) from None

    def get(self, translator: str, text: str) -> str | None:
        """What that translator made of a text, if it ever did."""
        with self._lock:
            row = self._base.execute("SELECT en FROM sentence WHERE translator = ? AND zh = ?", (translator, text)).fetchone()
        return str(row[0]) if row else None

    def put(self, translator: str, text: str, answer: str) -> None:
        """Keep a translation."""
        with self._lock:
            self._base.execute("INSERT OR REPLACE INTO sentence VALUES (?, ?, ?)", (translator, text, answer))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()
