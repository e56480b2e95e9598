"""The .apkg part of `build` of 10,000 statements against genanki's own `write_to_file` of the same notes, in processor time.

Ours is everything from the deck to the bytes of the package: fields, tags, the collection, and the zip.
"""

import gc
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import genanki

from made_up import many_rows, write_corpus
from measure import Measure, in_turn, run
from studytool import anki, corpus
from studytool.anki.note_types import note_type
from studytool.anki.package import guid
from studytool.cards import compile_deck
from studytool.model import Deck


def ours(deck: Deck) -> float:
    gc.collect()
    began = time.process_time()
    anki.package(deck.head, ((note, 1_700_000_000) for note in anki.anki_notes(deck)))
    return time.process_time() - began


def genankis_own(deck: Deck, path: Path) -> float:
    decks: dict[str, genanki.Deck] = {}
    for note in anki.anki_notes(deck):
        model = note_type(note.kind, note.direction)
        into = decks.setdefault(note.deck, genanki.Deck(1_000_000 + len(decks), note.deck))
        into.add_note(genanki.Note(model, list(note.fields), tags=note.tags, guid=guid(note.id), due=note.due))
    gc.collect()
    began = time.process_time()
    genanki.Package(list(decks.values())).write_to_file(path)
    return time.process_time() - began


def measure(quick: bool) -> Iterator[Measure]:
    statements, runs = (2_000, 3) if quick else (10_000, 9)
    with tempfile.TemporaryDirectory() as folder:
        few = compile_deck(corpus.read(write_corpus(Path(folder) / "corpus", 200)))
        deck = many_rows(few, statements)
        pairs = [(ours(deck), genankis_own(deck, Path(folder) / "bare.apkg")) for _ in range(runs + 1)][1:]
    yield in_turn(f".apkg of {statements:,} statements / genanki's own writing", *zip(*pairs, strict=True), goal=1.2)


if __name__ == "__main__":
    run(__doc__, measure)
