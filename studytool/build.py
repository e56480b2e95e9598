"""Corpus -> deck file and Anki package: all of them, or none where a fault is found."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool import anki, corpus, deck
from studytool.cards import Finding, compile_deck, lint
from studytool.errors import FaultsError, StudytoolError, Where
from studytool.files import write_together
from studytool.model import Deck, Note


class Built(Struct, frozen=True):
    """What a build made of one input."""

    deck: Deck
    jsonl: Path
    apkg: Path
    changed: int  # notes that differ from the deck file of before

    def table(self) -> list[tuple[str, Counter[str]]]:
        """Cards by topic (its English name) and by kind of card, in the corpus's order of topics."""
        rows = {topic.id: (topic.name_en, Counter[str]()) for topic in self.deck.head.topics}
        for row in self.deck.rows:
            for note in row.notes:
                rows[row.statement.topic][1][note.kind] += len(note.cards)
        return [row for row in rows.values() if row[1].total()]


def build(inputs: Sequence[Path], out: Path, now: int) -> list[Built]:
    """Build each input, a corpus folder or a statement file, into `out`.

    `now` (seconds since 1970 UTC) is the time of change of what is new. Raises FaultsError with all faults of all inputs,
    StudytoolError where the folder cannot be written; no old file is touched then.
    """
    faults: list[StudytoolError] = []
    made: dict[str, tuple[Built, bytes, bytes]] = {}
    for path in inputs:
        try:
            read = _read(path)
            name = read.head.name if path.is_dir() else f"{read.head.name}-{read.sources[0].id}"
            if name in made:
                raise StudytoolError(f"a second deck of the name {name!r}", Where(str(path)), "rename one of the corpora")
            found = [
                StudytoolError(f"{f.code} {f.message}", f.where, "mend it, or answer with allow") for f in lint(read) if f.error
            ]
            if found:
                raise FaultsError(found)
            made[name] = _make(compile_deck(read), out / f"{name}.jsonl", now)
        except FaultsError as error:
            faults += error.faults
        except StudytoolError as error:
            faults.append(error)
    if faults:
        raise FaultsError(faults)
    files = {}
    for built, jsonl, apkg in made.values():
        files[built.jsonl], files[built.apkg] = jsonl, apkg
    write_together(files)
    return [built for built, _, _ in made.values()]


def check_inputs(inputs: Sequence[Path]) -> tuple[list[Finding], int]:
    """The lint findings of corpus folders and statement files, and how many statements were read.

    Raises FaultsError with every structural fault of every input.
    """
    faults: list[StudytoolError] = []
    findings: list[Finding] = []
    statements = 0
    for path in inputs:
        try:
            read = _read(path)
        except FaultsError as error:
            faults += error.faults
        except StudytoolError as error:
            faults.append(error)
        else:
            findings += lint(read)
            statements += len(read.entries)
    if faults:
        raise FaultsError(faults)
    return findings, statements


def _read(path: Path) -> corpus.Corpus:
    if path.is_dir():
        return corpus.read(path)
    if not path.exists():
        raise StudytoolError("no such file or folder", Where(str(path)), "name a corpus folder or a statement file")
    if path.suffix != ".toml":
        raise StudytoolError("is neither a corpus folder nor a statement file (.toml)", Where(str(path)), "name one of these")
    return corpus.read(path.parent, [path])


def _make(fresh: Deck, path: Path, now: int) -> tuple[Built, bytes, bytes]:
    """Fill in when each note last changed: as the deck file of before says where the content is the same, else now."""
    if not fresh.rows:
        raise StudytoolError("every statement is rejected", Where(fresh.head.name), "accept one, or build another corpus")
    before = _notes_before(path)
    notes = list(anki.anki_notes(fresh))
    changed: dict[str, Note] = {}
    for note in notes:
        digest = hashlib.sha256(note.content()).hexdigest()[:16]
        old = before.get(note.id)
        time = old.changed if old and old.digest == digest else max(now, old.changed + 1 if old else now)
        changed[note.id] = Note(note.kind, (), time, digest)
    rows = tuple(
        msgspec.structs.replace(
            row,
            notes=tuple(
                msgspec.structs.replace(changed[deck.note_id(fresh.head.name, row, note)], cards=note.cards) for note in row.notes
            ),
        )
        for row in fresh.rows
    )
    whole = Deck(fresh.head, rows)
    apkg = anki.package(whole.head, ((note, changed[note.id].changed) for note in notes))
    news = sum(key not in before or before[key].changed != note.changed for key, note in changed.items())
    return Built(whole, path, path.with_suffix(".apkg"), news), deck.encode(whole), apkg


def _notes_before(path: Path) -> dict[str, Note]:
    """The notes of the deck file that the build replaces. Raises StudytoolError where that file is not a deck:
    it would be lost."""
    if not path.exists():
        return {}
    old = deck.open_deck(path)
    return {deck.note_id(old.head.name, row, note): note for row in old.rows() for note in row.notes}
