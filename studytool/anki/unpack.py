"""Any file of Anki's -> a copy of its collection in a folder of ours, where it may be read at leisure.

A package is a zip that holds the collection as a SQLite file, bare or compressed by Zstandard; it may come from anybody, so that
what it unpacks to is bounded. A collection may be open in Anki: it is not opened by SQLite where it lies, since even who only
reads would lock it and write files beside it.
"""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from studytool.errors import StudytoolError, Where

_SQLITE = b"SQLite format 3\0"
_ZIP = b"PK\3\4"
_ENDINGS = (".apkg", ".colpkg", ".anki2", ".anki21", ".anki21b")
_LARGEST = 1 << 30  # bytes of a collection
_PER_BYTE, _SPARE = 200, 1 << 26  # bytes that a packed byte may become, and some that any may; real ones become three to ten
_DIRECTORY = 1 << 24  # bytes of a zip's list of files: 300,000 of them
_TAIL = (1 << 16) + 22 + 20 + 56  # bytes at a zip's end within which that list's length stands
_CHUNK = 1 << 20
_WINDOW = 1 << 27  # bytes that Zstandard may look back, its own default bound
_MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")  # the newest first: the others may be mere notices
_TRIES = 5
_NAMED = bytes.fromhex("d9d505f920a163d7")  # what a journal ends with that names a file for SQLite to delete
_ZSTD = "pip install 'studytool[anki]', or export it again with “Support older Anki versions” ticked"


def is_anki(path: Path) -> bool:
    """Whether a file is a package or collection of Anki's, or claims to be by its name; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE))
    except OSError:
        start = b""
    return start == _SQLITE or start.startswith(_ZIP) or path.suffix.lower() in _ENDINGS


def unpacked(path: Path, folder: Path) -> Path:
    """The copy, a SQLite file in `folder`. Raises StudytoolError where there is no collection in it, or too big a one, and
    OSError where the copy cannot be made.
    """
    copy = folder / "collection.anki2"
    with _opened(path) as file:
        start = file.read(len(_SQLITE))
        if start == _SQLITE:
            _copy(path, copy)
        elif start.startswith(b"PK"):
            _unzip(file, path, copy)
        else:
            raise StudytoolError("is no package or collection of Anki's", Where(str(path)), "in Anki, File > Export writes one")
    return copy


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    where = Where(str(path))
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise StudytoolError("no such file", where, "check the name") from None
    except IsADirectoryError:
        raise StudytoolError("is a folder", where, "name the package, or the file collection.anki2") from None
    except OSError as error:
        raise StudytoolError(f"cannot be read: {error.strerror}", where, "check its permissions") from None
    with file:
        yield file


def _copy(path: Path, to: Path) -> None:
    """Copy a collection that may be in use, with what SQLite keeps beside it: once more, where it was written to meanwhile."""
    parts = [(path.with_name(path.name + ending), to.with_name(to.name + ending)) for ending in ("", "-wal", "-journal")]

    def state() -> list[tuple[int, int] | None]:
        found = (part.stat() if part.is_file() else None for part, _ in parts)
        return [(one.st_size, one.st_mtime_ns) if one else None for one in found]

    for _ in range(_TRIES):
        before = state()
        if sum(one[0] for one in before if one) > _LARGEST:
            raise _too_big(path)
        for part, copy in parts:
            copy.unlink(missing_ok=True)
            if part.is_file():
                shutil.copyfile(part, copy)
        if state() == before:
            _take_no_orders(path, parts[-1][1])
            return
    raise StudytoolError("is being written to", Where(str(path)), "close Anki, or export from it with File > Export")


def _take_no_orders(path: Path, journal: Path) -> None:
    """Refuse a journal that is one of several under a common one: SQLite would delete the file that it names for that, whichever
    it is. Anki's never are.
    """
    if journal.exists() and journal.read_bytes().endswith(_NAMED):
        told = "has a journal beside it that is not of Anki's making"
        raise StudytoolError(told, Where(str(path)), f"look at {path.name}-journal; export from Anki with File > Export")


def _unzip(file: IO[bytes], path: Path, to: Path) -> None:
    where = Where(str(path))
    if _listed(file) > _DIRECTORY:
        raise StudytoolError("holds too many files", where, "export it again, without media")
    try:
        with zipfile.ZipFile(file) as package:
            name = next((one for one in _MEMBERS if one in package.NameToInfo), None)
            if name is None:
                raise StudytoolError("is a zip, but no package of Anki's", where, "in Anki, File > Export writes one")
            member = package.NameToInfo[name]
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise StudytoolError("is packed in a way that Anki does not use", where, "export it again")
            room = min(_LARGEST, _SPARE + _PER_BYTE * member.compress_size)
            with package.open(member) as packed, to.open("wb") as out:
                if name.endswith("b"):
                    _unzstd(packed, out, room, path)
                else:
                    _pour(packed, out, room, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:  # the last where it is encrypted
        raise StudytoolError(f"is damaged: {error}; nothing was taken in", where, "export it again") from None


def _unzstd(packed: IO[bytes], out: IO[bytes], room: int, path: Path) -> None:
    try:
        import zstandard
    except ModuleNotFoundError:
        raise StudytoolError("is packed by Zstandard, which is not installed", Where(str(path)), _ZSTD) from None
    try:
        with zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(packed, read_across_frames=True) as stream:
            _pour(stream, out, room, path)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None


def _pour(source: IO[bytes], out: IO[bytes], room: int, path: Path) -> None:
    while chunk := source.read(_CHUNK):
        room -= len(chunk)
        if room < 0:
            raise _too_big(path)
        out.write(chunk)


def _listed(file: IO[bytes]) -> int:
    """The bytes of a zip's list of files, which `zipfile` would read as a whole; 0 where it has none."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    short, long = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    listed = int.from_bytes(tail[short + 12 : short + 16], "little") if short >= 0 else 0
    return max(listed % 0xFFFFFFFF, int.from_bytes(tail[long + 40 : long + 48], "little") if long >= 0 else 0)


def _too_big(path: Path) -> StudytoolError:
    return StudytoolError("holds more than a collection of Anki's can be", Where(str(path)), "export a single deck")
