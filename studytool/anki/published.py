"""What a learner who imported the build of before has in Anki: the notes of its package, as they stand there.

Notes are compared with these, not with what an older deck file would become by now: another version of studytool may lay a note
out otherwise, and that too is a change which an import brings.
"""

import io
import json
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from typing import NamedTuple

import msgspec
from msgspec import Raw, Struct

from studytool.anki.identity import guid
from studytool.anki.notes import AnkiNote, anki_notes, english_notes
from studytool.model import Deck, Direction

_LARGEST = 1 << 30  # bytes of a collection; ours have some megabytes
_UNREADABLE = (zipfile.BadZipFile, sqlite3.Error, KeyError, ValueError, TypeError, OSError, EOFError, NotImplementedError)


class Retired(Struct, frozen=True):
    """A note that the deck no longer has, as Anki got it last: there it stays."""

    note: AnkiNote
    changed: int  # seconds since 1970 UTC, as `model.Note.changed`


class Package(NamedTuple):
    """What stands in an .apkg of ours."""

    notes: dict[str, tuple[tuple[str, ...], tuple[str, ...], str, tuple[int, ...]]]  # by GUID: fields, tags, deck, cards
    looks: int  # when the note types' templates and styles were last changed, in seconds since 1970 UTC


def notes_of(deck: Deck, direction: Direction) -> dict[str, AnkiNote]:
    """The notes of a deck for one direction, by identity."""
    notes = anki_notes(deck) if direction == "zh-en" else (note for note, _ in english_notes(deck))
    return {note.id: note for note in notes}


def published(deck: Deck, direction: Direction, package: Package | None) -> dict[str, AnkiNote]:
    """The notes that the deck of before put into Anki, by identity; as its package has them, where that is at hand."""
    found = notes_of(deck, direction)
    for identity, note in found.items() if package else ():
        if package and (known := package.notes.get(guid(identity))):
            fields, tags, place, ords = known
            found[identity] = note._replace(fields=fields, tags=tags, deck=place, ords=ords)
    return found


def read_package(data: bytes) -> Package | None:
    """The notes of an .apkg that we made; None where it is none, or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = archive.getinfo("collection.anki2")
            if member.file_size > _LARGEST:
                return None
            collection = archive.read(member)
        with closing(sqlite3.connect(":memory:")) as db:
            db.deserialize(collection)
            models, decks = db.execute("SELECT models, decks FROM col").fetchone()
            names = {int(number): str(deck["name"]) for number, deck in json.loads(decks).items()}
            cards = defaultdict[int, list[tuple[int, int]]](list)
            for note, ord_, deck in db.execute("SELECT nid, ord, did FROM cards ORDER BY ord"):
                cards[note].append((ord_, deck))
            notes = {
                known_as: (
                    tuple(fields.split("\x1f")),
                    tuple(tags.split()),
                    names[cards[number][0][1]],
                    tuple(ord_ for ord_, _ in cards[number]),
                )
                for number, known_as, tags, fields in db.execute("SELECT id, guid, tags, flds FROM notes")
                if cards[number]
            }
            return Package(notes, max((int(model["mod"]) for model in json.loads(models).values()), default=0))
    except _UNREADABLE:
        return None


def read_retired(raw: Raw) -> dict[str, Retired]:
    """The retired notes that a deck file remembers, by identity. Raises msgspec.DecodeError where they are none."""
    return {one.note.id: one for one in msgspec.json.decode(raw, type=tuple[Retired, ...])}


def write_retired(retired: Iterable[Retired]) -> Raw:
    """Retired notes as a deck file keeps them, in the order of their identities."""
    return Raw(msgspec.json.encode(sorted(retired, key=lambda one: one.note.id)))
