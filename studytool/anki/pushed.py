"""What was last pushed to Anki, beside the reviews: without it nobody could tell the learner's edits from our own old texts.

Losing the file loses nothing of the learner's: each text that differs is then a conflict, and stays.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.files import read_bytes, write_together

_VERSION = 1
_LARGEST = 1 << 28  # bytes; a note takes about one thousand


class Pushed(Struct, frozen=True, omit_defaults=True):
    """What Anki had of a note when it last was as we wanted it."""

    fields: dict[str, str] = {}  # digests, by field; a field where Anki never had ours is missing
    tags: tuple[str, ...] = ()
    deck: str = ""  # "" where its cards never were in ours


class _File(Struct, frozen=True):
    version: int
    profiles: dict[str, dict[str, Pushed]] = {}


def path_beside(store: Path) -> Path:
    """Where it lies."""
    return store.with_name("anki-pushed.json")


def read(path: Path, profile: str) -> dict[str, Pushed]:
    """What was last pushed to a profile of Anki, by note. Raises StudytoolError where the file is damaged or newer."""
    return _read(path).profiles.get(profile, {})


def write(path: Path, profile: str, pushed: Mapping[str, Pushed]) -> None:
    """Keep what is now pushed to a profile. Raises StudytoolError (exit code 3) where it cannot be written."""
    file = _File(_VERSION, _read(path).profiles | {profile: dict(pushed)})
    try:
        write_together({path: msgspec.json.encode(file, order="deterministic")})
    except StudytoolError as error:
        hint = "free some space; until then what is pushed counts as edited in Anki"
        raise StudytoolError(error.message, error.where, hint, OUTSIDE) from None


def _read(path: Path) -> _File:
    if not path.exists():
        return _File(_VERSION)
    data = read_bytes(path, "a record of what was pushed to Anki", _LARGEST)
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "remove it: what differs in Anki is then told, and stays until you push with --force"
        raise StudytoolError(f"is damaged: {error}", Where(str(path)), hint) from None
    if file.version > _VERSION:
        raise StudytoolError("is of a newer studytool", Where(str(path)), "upgrade: pip install -U studytool")
    return file
