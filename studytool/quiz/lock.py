"""One quiz at a time over a store: two would each grade the same card, and each undo what the other did.

The operating system holds the lock and drops it when the process ends, however it ends: nobody is ever locked out by a crash.
The file stays; what stands in it, the process's number, is only for the message.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz.store_file import WRITABLE, make_folder


class Turn:
    """The right to write to a store, until it is closed."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def close(self) -> None:
        """Let others have it."""
        self._file.close()


def take_turn(store: Path) -> Turn | None:
    """The turn, None where another process has it. Raises StudytoolError where the folder cannot be written to (exit code 3)."""
    make_folder(store)
    path = _beside(store)
    try:
        file = path.open("a+", encoding="ascii")
    except OSError as error:
        raise StudytoolError(f"cannot be opened: {error.strerror}", Where(str(path)), WRITABLE, OUTSIDE) from None
    if not _locked(file):
        file.close()
        return None
    with suppress(OSError):  # a full disk: the number is only for a message
        file.truncate(0)
        os.write(file.fileno(), str(os.getpid()).encode("ascii"))
    return Turn(file)


def is_taken(store: Path) -> bool:
    """Whether another process has the turn. Raises StudytoolError as `take_turn` does."""
    if (turn := take_turn(store)) is None:
        return True
    turn.close()
    return False


def whose_turn(store: Path) -> str:
    """The process that has the turn, as "process 4711"; "" where it cannot be told."""
    try:
        number = _beside(store).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return f"process {number}" if number.isdecimal() else ""


def _beside(store: Path) -> Path:
    return store.with_suffix(".lock")


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[str]) -> bool:
        file.seek(1 << 20)  # not where the number stands: what is locked cannot be read there
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        file.seek(0)
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # a file system without locks: better two quizzes than none
        return True
