"""Deck -> .apkg. The only door to genanki."""

from studytool.anki.note_types import REVISED
from studytool.anki.notes import AnkiNote, anki_notes, english_notes
from studytool.anki.package import package
from studytool.anki.published import Package, Retired, notes_of, published, read_package, read_retired, write_retired
from studytool.anki.update import Update, compare

__all__ = [
    "REVISED",
    "AnkiNote",
    "Package",
    "Retired",
    "Update",
    "anki_notes",
    "compare",
    "english_notes",
    "notes_of",
    "package",
    "published",
    "read_package",
    "read_retired",
    "write_retired",
]
