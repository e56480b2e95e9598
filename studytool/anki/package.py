"""Anki notes -> the bytes of an .apkg: the same notes, the same bytes, on any day and any machine.

genanki writes the collection, its decks and note types. We write the notes, each with its own time of change (Anki updates a note
on import only where the package's is newer), and their cards, by numbers that stay; and zip it ourselves, since genanki's zip
holds today's date and is not compressed.
"""

import hashlib
import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping

import genanki

from studytool.anki.identity import card_of, guid, number_of
from studytool.anki.note_types import REVISED, note_type
from studytool.anki.notes import AnkiNote, html
from studytool.anki.progress import Carried, Progress, write_answers, write_calendar, write_card
from studytool.model import DeckHead
from studytool.words import CREDIT

_Note = tuple[str, int, int, str, str, str]  # GUID, note type, changed, tags, fields, the field to sort by
_Card = tuple[int, str, int, int, int, int]  # number, GUID of its note, deck, ord, changed, due
_SOME_DAY = (2024, 1, 1, 0, 0, 0)  # the zip's own dates, which nobody reads


def package(head: DeckHead, notes: Iterable[tuple[AnkiNote, int]], carried: Carried | None = None) -> bytes:
    """Make an .apkg of notes, each with the time it last changed (seconds since 1970 UTC), and of a learner's progress."""
    decks: dict[str, tuple[genanki.Deck, list[_Note]]] = {}
    cards: list[_Card] = []
    taken: set[int] = set()
    known: dict[int, str | None] = {}  # our ids of cards
    newest = REVISED
    for note, changed in notes:
        if note.deck not in decks:
            decks[note.deck] = genanki.Deck(_deck_id(head.name, note), note.deck, _description(head)), []
        deck, rows = decks[note.deck]
        kind, known_as = note_type(note.kind, note.direction), guid(note.id)
        deck.add_model(kind)
        rows.append((known_as, kind.model_id, changed, f" {' '.join(note.tags)} ", "\x1f".join(note.fields), note.fields[0]))
        newest = max(newest, changed)
        for ord_ in note.ords:
            number = number_of(known_as, ord_, taken)
            taken.add(number)
            cards.append((number, known_as, deck.deck_id, ord_, changed, note.due))
            if carried:
                known[number] = card_of(note.id, ord_)
    with sqlite3.connect(":memory:") as db:
        cursor = db.cursor()
        genanki.Package([deck for deck, _ in decks.values()]).write_to_db(cursor, newest, None)
        # Notes' ids count up from the newest change: they are milliseconds of the time at which Anki says a note was added.
        _write_notes(cursor, itertools.chain.from_iterable(rows for _, rows in decks.values()), newest * 1000)
        _write_cards(cursor, sorted(cards))
        if carried:
            _write_progress(cursor, carried, known)
    collection = db.serialize()
    db.close()
    return _zipped(collection)


def _write_notes(cursor: sqlite3.Cursor, notes: Iterable[_Note], first: int) -> None:
    """Write notes, whose ids count up from the first."""
    rows = ((id_, *note) for id_, note in enumerate(notes, first))
    cursor.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')", rows)


def _write_cards(cursor: sqlite3.Cursor, cards: Iterable[_Card]) -> None:
    """Write cards that are new; in order of their numbers, since SQLite fills its pages in that order."""
    notes = dict(cursor.execute("SELECT guid, id FROM notes"))
    rows = ((number, notes[one], *rest) for number, one, *rest in cards)
    cursor.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')", rows)


def _write_progress(cursor: sqlite3.Cursor, carried: Carried, known: Mapping[int, str | None]) -> None:
    """Put the cards of a collection where the learner left them; `known` are our ids of cards by their numbers."""
    write_calendar(cursor, carried)
    studied: dict[int, tuple[str, Progress]] = {}
    for number, card in known.items():
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
