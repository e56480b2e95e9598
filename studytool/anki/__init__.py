"""Deck -> .apkg, the only door to genanki; and back: the reviews in a package or collection of Anki's."""

from studytool.anki.collection import read_reviews
from studytool.anki.note_types import REVISED
from studytool.anki.notes import AnkiNote, anki_notes, english_notes
from studytool.anki.package import package
from studytool.anki.progress import Answer, Carried, Progress
from studytool.anki.published import Package, Retired, notes_of, published, read_package, read_retired, write_retired
from studytool.anki.revlog import AnkiReview, Found
from studytool.anki.unpack import is_anki
from studytool.anki.update import Update, compare

__all__ = [
    "REVISED",
    "AnkiNote",
    "AnkiReview",
    "Answer",
    "Carried",
    "Found",
    "Package",
    "Progress",
    "Retired",
    "Update",
    "anki_notes",
    "compare",
    "english_notes",
    "is_anki",
    "notes_of",
    "package",
    "published",
    "read_package",
    "read_retired",
    "read_reviews",
    "write_retired",
]
