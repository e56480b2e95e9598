"""Our notes as a running Anki has them, known by their field `ID`."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from msgspec import Struct

from studytool.anki.connect import Connection, Number, batches
from studytool.anki.identity import stated

# All kinds of notes that ever were ours, whatever a learner calls their note type by now.
_QUERY = '"ID:*/cloze*" or "ID:*/qa*"'
_AT_ONCE = 100  # notes, or cards


class There(NamedTuple):
    """A note in Anki."""

    id: str  # ours
    number: int  # Anki's
    fields: dict[str, str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]  # Anki's numbers


class _Field(Struct, frozen=True):
    value: str


class _Note(Struct, frozen=True):
    noteId: Number = 0  # noqa: N815  (AnkiConnect's name); 0 where the note is gone by now
    fields: dict[str, _Field] = {}
    tags: tuple[str, ...] = ()
    cards: tuple[Number, ...] = ()


def our_notes(connection: Connection, known: Collection[int] = frozenset()) -> tuple[dict[str, There], int]:
    """All notes of ours in Anki but those of known numbers, by identity, and how many copies a learner made of them.

    Of two the older one is ours.
    """
    numbers = sorted(set(connection.ask(list[Number], "findNotes", query=_QUERY)) - set(known))
    found: dict[str, There] = {}
    copies = 0
    for note in notes_of(connection, numbers):
        copies += note.id in found
        found.setdefault(note.id, note)
    return found, copies


def notes_of(connection: Connection, numbers: Iterable[int]) -> list[There]:
    """Notes of ours by Anki's numbers, as they are now; those that are gone, or are none of ours, are left out."""
    found = []
    for some in batches(list(numbers), _AT_ONCE):
        for note in connection.ask(list[_Note], "notesInfo", notes=some):
            fields = {name: field.value for name, field in note.fields.items()}
            if note.noteId and (identity := stated(fields.get("ID", ""))):
                found.append(There(identity, note.noteId, fields, note.tags, note.cards))
    return found


def decks_of(connection: Connection, cards: Iterable[int]) -> dict[int, str]:
    """The name of the deck of each card."""
    found: dict[int, str] = {}
    for some in batches(list(cards), _AT_ONCE * 5):
        for deck, there in connection.ask(dict[str, list[Number]], "getDecks", cards=some).items():
            found |= dict.fromkeys(there, deck)
    return found
