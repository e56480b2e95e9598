"""Anki notes -> the bytes of an .apkg: the same notes, the same bytes, on any day and any machine.

genanki writes the collection. We give each note its own time of change (Anki updates a note on import only where the
package's is newer), and zip it ourselves, since genanki's zip holds today's date and is not compressed.
"""

import hashlib
import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import genanki

from studytool.anki.identity import card_of, guid, number_of
from studytool.anki.note_types import REVISED, note_type
from studytool.anki.notes import AnkiNote, html
from studytool.anki.progress import Carried, Progress, write_answers, write_calendar, write_card
from studytool.model import DeckHead
from studytool.words import CREDIT

_SOME_DAY = (2024, 1, 1, 0, 0, 0)  # the zip's own dates, which nobody reads


class _Card(genanki.Card):  # type: ignore[misc]
    """A card with a number of its own."""

    number = 0

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, note_id: int, id_gen: Any, due: int = 0) -> None:
        super().write_to_db(cursor, timestamp, deck_id, note_id, iter((self.number,)), due)


class _Note(genanki.Note):  # type: ignore[misc]
    """A note that knows its cards and when it changed."""

    def __init__(self, note: AnkiNote, changed: int, taken: set[int]) -> None:
        super().__init__(note_type(note.kind, note.direction), list(note.fields), guid=guid(note.id), due=note.due)
        self._tags = note.tags
        self.changed = changed
        # Set where genanki would search the fields for them.
        self.cards = [_Card(ord_) for ord_ in note.ords]
        for card in self.cards:
            card.number = number_of(note.id, card.ord, taken)
            taken.add(card.number)

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        super().write_to_db(cursor, self.changed, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing to check: `notes.html` made these fields."""


def package(head: DeckHead, notes: Iterable[tuple[AnkiNote, int]], carried: Carried | None = None) -> bytes:
    """Make an .apkg of notes, each with the time it last changed (seconds since 1970 UTC), and of a learner's progress."""
    decks: dict[str, genanki.Deck] = {}
    known: dict[str, str] = {}
    taken: set[int] = set()
    newest = REVISED
    for note, changed in notes:
        deck = decks.get(note.deck)
        if deck is None:
            deck = decks[note.deck] = genanki.Deck(_deck_id(head.name, note), note.deck, _description(head))
        deck.notes.append(_Note(note, changed, taken))
        known[deck.notes[-1].guid] = note.id
        newest = max(newest, changed)
    with sqlite3.connect(":memory:") as db:
        cursor = db.cursor()
        # Notes' ids count up from the newest change: they are milliseconds of the time at which Anki says a note was added.
        genanki.Package(list(decks.values())).write_to_db(cursor, newest, itertools.count(newest * 1000))
        if carried:
            _write_progress(cursor, carried, known)
    collection = db.serialize()
    db.close()
    return _zipped(collection)


def _write_progress(cursor: sqlite3.Cursor, carried: Carried, known: Mapping[str, str]) -> None:
    """Put the cards of a collection where the learner left them; `known` are the notes by GUID."""
    write_calendar(cursor, carried)
    studied: dict[int, tuple[str, Progress]] = {}
    for number, ord_, one in cursor.execute("SELECT cards.id, ord, guid FROM cards JOIN notes ON notes.id = nid").fetchall():
        card = card_of(known[one], ord_)
        if card and (progress := carried.cards.get(card)):
            studied[number] = card, progress
            write_card(cursor, number, progress, carried.day)
    write_answers(cursor, studied)


def _deck_id(corpus: str, note: AnkiNote) -> int:
    """The id of a note's deck: stable, and positive in 53 bits, as Anki's own are."""
    turned = "" if note.direction == "zh-en" else f"/{note.direction}"
    digest = hashlib.sha256(f"{corpus}/{note.tags[0]}{turned}".encode()).digest()
    return (1 << 40) + int.from_bytes(digest[:5], "big")


def _description(head: DeckHead) -> str:
    return "<br>".join(map(html, (head.description, head.description_en, CREDIT)))


def _zipped(collection: bytes) -> bytes:
    # Bytes 96 to 99 of an SQLite file name the library that wrote it, and differ from machine to machine.
    members = {"collection.anki2": collection[:96] + bytes(4) + collection[100:], "media": b"{}"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _SOME_DAY)
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()
