"""What SQLite says of a damaged file may quote bytes of it that are no text. Then Python has no sqlite3.Error for it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sqlite_errors() -> Iterator[None]:
    """Raises sqlite3.DatabaseError where Python could not read the message of one; a decorator, too."""
    try:
        yield
    except UnicodeDecodeError:
        raise sqlite3.DatabaseError("malformed database schema") from None
