"""The .apkg part of `build` of 10,000 statements against genanki's own `write_to_file` of the same notes: ≤ 1.2.

Ours is everything from the deck to the bytes of the package: fields, tags, genanki's writing and the zip written again.

    python tests/benchmarks/bench_build.py [RUNS]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import genanki

from made_up import write_corpus
from studytool import anki, corpus
from studytool.anki.note_types import note_type
from studytool.anki.package import guid
from studytool.cards import compile_deck
from studytool.model import Deck

STATEMENTS, BOUND = 10_000, 1.2


def ours(deck: Deck) -> float:
    began = time.perf_counter()
    anki.package(deck.head, ((note, 1_700_000_000) for note in anki.anki_notes(deck)))
    return time.perf_counter() - began


def genankis_own(deck: Deck, path: Path) -> float:
    notes = list(anki.anki_notes(deck))
    decks: dict[str, genanki.Deck] = {}
    for note in notes:
        model = note_type(note.kind, note.direction)
        into = decks.setdefault(note.deck, genanki.Deck(1_000_000 + len(decks), note.deck))
        into.add_note(genanki.Note(model, list(note.fields), tags=note.tags, guid=guid(note.id), due=note.due))
    began = time.perf_counter()
    genanki.Package(list(decks.values())).write_to_file(path)
    return time.perf_counter() - began


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        deck = compile_deck(corpus.read(write_corpus(Path(folder) / "corpus", STATEMENTS)))
        pairs = [(ours(deck), genankis_own(deck, Path(folder) / "bare.apkg")) for _ in range(runs + 1)][1:]
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f".apkg of {STATEMENTS} statements, {2 * STATEMENTS} notes: {one:.2f} s, genanki's own writing {other:.2f} s, ", end="")
    print(f"ratio {ratio:.2f} (bound {BOUND}) {'ok' if ratio <= BOUND else 'TOO SLOW'}")
    return int(ratio > BOUND)


if __name__ == "__main__":
    sys.exit(main())
