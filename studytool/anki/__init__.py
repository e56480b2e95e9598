"""Deck -> .apkg. The only door to genanki."""

from studytool.anki.notes import AnkiNote, anki_notes, english_notes
from studytool.anki.package import package

__all__ = ["AnkiNote", "anki_notes", "english_notes", "package"]
