"""Reading text that may be anything, and writing several files as one step."""

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from studytool.errors import OUTSIDE, StudytoolError, Where

# `errors.CONTROL` as it stands in JSON, escaped or not.
_CONTROL = re.compile(
    rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
    rb"|(?<!\\)(?:\\\\)*\\(?:u00[0189][0-9a-f]|u007f|u202[a-e]|u206[6-9]|[bfr])",
    re.IGNORECASE,
)
_LEFT = 3600  # seconds after which what lies beside a file, half written, is of a process that was killed
LARGEST = 32 * 1024 * 1024  # bytes; a hand-kept text file is never that big, a wrong file often is


def read_bytes(path: Path, what: str, largest: int = LARGEST) -> bytes:
    """The bytes of a file. Raises StudytoolError where it is missing, empty, a folder, too big or unreadable."""
    where = Where(str(path))
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise StudytoolError(f"is a folder, not {what}", where)
        if size > largest:
            raise StudytoolError(f"{size / 1e6:.0f} MB is too big for {what} (at most {largest / 1e6:.0f} MB)", where, "split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise StudytoolError(f"no such file ({what} was wanted)", where, "check the name") from None
    except OSError as error:
        raise StudytoolError(f"cannot be read: {error.strerror}", where, "check its permissions") from None
    if not data or data.isspace():
        raise StudytoolError("is empty", where, f"put {what} there, or remove it")
    return data


def read_text(path: Path, what: str) -> str:
    """The text of a UTF-8 file, BOM and CRLF forgiven. Raises StudytoolError, with the line of the first wrong byte."""
    data = read_bytes(path, what)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StudytoolError("is not UTF-8 text", Where(str(path), line), "save it as UTF-8") from None


def has_controls(json: bytes) -> bool:
    """Whether texts of a JSON value hold what a terminal would act on (`errors.CONTROL`), which nothing of ours writes."""
    return bool(_CONTROL.search(json))


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: each is written beside its place, then all are renamed.

    Raises StudytoolError (exit code 3) where the folder or the disk refuses; old files are then as they were.
    """
    import shutil  # not on the way to a card
    import tempfile

    ready: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    replaced: list[Path] = []
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _tidied(path)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
            ready[path] = Path(name)
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(name).chmod(0o666 & ~_umask())
        for path, part in ready.items():
            if path.exists():
                kept[path] = part.with_suffix(".old")
                shutil.copy2(path, kept[path])
        for path, part in ready.items():
            part.replace(path)
            replaced.append(path)
    except OSError as error:
        for done in replaced:
            if done in kept:
                kept[done].replace(done)
            else:
                done.unlink()
        raise StudytoolError(
            f"cannot be written: {error.strerror}",
            Where(str(path)),
            "free some space, or name another folder with -o; the old files are untouched",
            OUTSIDE,
        ) from None
    finally:
        for part in (*ready.values(), *kept.values()):
            part.unlink(missing_ok=True)


def _tidied(path: Path) -> None:
    """Remove what processes that were killed left beside a file; what is younger may be of one that still writes."""
    import glob
    import time

    for end in (".part", ".old"):
        for left in path.parent.glob(f".{glob.escape(path.name)}.*{end}"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT:
                    left.unlink()


def cache_folder() -> Path:
    """Our folder of what can be made again at any time."""
    import platformdirs

    return Path(platformdirs.user_cache_path("studytool", ensure_exists=True))


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
