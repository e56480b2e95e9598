"""Deck -> .apkg, the only door to genanki; and back: the reviews in a package or collection of Anki's."""

from studytool.anki.collection import AnkiReview, read_reviews
from studytool.anki.notes import AnkiNote, anki_notes, english_notes
from studytool.anki.package import package
from studytool.anki.progress import Answer, Carried, Progress
from studytool.anki.unpack import is_anki

__all__ = [
    "AnkiNote",
    "AnkiReview",
    "Answer",
    "Carried",
    "Progress",
    "anki_notes",
    "english_notes",
    "is_anki",
    "package",
    "read_reviews",
]
