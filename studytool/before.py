"""The build of before, which a new one goes on from: what it put into Anki, when each note last changed, what was retired since.

Anki updates a note where the package's time of change is later than its own. So the time of a note that is new is now, and every
change of it adds one second: a note as we made it is always older than the next change, and a note that a learner edited, which
bears the day of the edit, always newer.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from studytool import anki, deck
from studytool.anki import AnkiNote, Retired, Update
from studytool.errors import StudytoolError, Where
from studytool.model import Deck, Direction, Note, Word

RETIRED = "retired"  # the tag
_LOST = "{} is not beside its package: every note counts as new, and an import overwrites what learners edited; restore it first"


class Before:
    """The deck file at a place, or of the same corpus beside it under its earlier name; nothing where there is neither."""

    def __init__(self, path: Path, renamed_from: str = "") -> None:
        """Raises StudytoolError where a file at that place is no deck: it would be lost."""
        self.moved = None if path.exists() or not renamed_from else _of_name(path.parent, renamed_from)  # its earlier file
        self._path = path if path.exists() else self.moved
        self._lost = () if self._path or not path.with_suffix(".apkg").exists() else (_LOST.format(path.name),)
        self._open = deck.open_deck(self._path) if self._path else None
        self.notes: dict[str, Note] = {}
        self.retired: dict[str, Retired] = {}
        if self._open:
            self.notes = {deck.note_id(self._open.head.name, row, note): note for row in self._open.rows() for note in row.notes}
            try:
                self.retired = anki.read_retired(self._open.head.retired)
            except msgspec.DecodeError:
                raise self._damaged("its retired notes are broken") from None

    def words(self) -> tuple[Word, ...]:
        """The words as they were glossed."""
        return self._open.all_words() if self._open else ()

    def time(self, identity: str, digest: str, now: int) -> int:
        """When a note last changed (seconds since 1970 UTC), if its content has that digest now."""
        if was := self.notes.get(identity):
            return was.changed if was.digest == digest else was.changed + 1
        gone = self.retired.get(identity)
        return gone.changed + 1 if gone else now

    def published(self, direction: Direction) -> Mapping[str, AnkiNote] | None:
        """The notes that were put into Anki for one direction, by identity; None where there was no build."""
        if not self._open:
            return None
        try:
            return anki.published(Deck(self._open.head, tuple(self._open.rows())), direction, self._package(direction))
        except (KeyError, IndexError, ValueError) as error:
            raise self._damaged(f"a line lacks what another names: {error}") from None

    def update(self, direction: Direction, package: str, notes: Mapping[str, AnkiNote], newer: Collection[str]) -> Update:
        """What an import of a package does on top of this; `newer` are the notes whose time of change is later than here."""
        old = self._package(direction) if self.notes else None
        turned = {key.removesuffix(deck.ENGLISH) for key in notes} if direction == "en-zh" else set(notes)
        same = self.notes.keys() == turned and not newer
        before = notes if same else self.published(direction)
        if before is not None:  # what was retired is still in Anki, and may come back
            before = {**{key: _untagged(one.note) for key, one in self.retired.items() if key in notes}, **before}
        risen = {key for key in notes if key.removesuffix(deck.ENGLISH) in newer}
        found = anki.compare(package, before, notes, risen, looks=bool(old and old.looks < anki.REVISED))
        return msgspec.structs.replace(found, by_hand=(*self._lost, *found.by_hand))

    def retired_ways(self) -> dict[Direction, list[Retired]]:
        """The notes that were retired before, by direction."""
        found: dict[Direction, list[Retired]] = {}
        for one in self.retired.values():
            found.setdefault(one.note.direction, []).append(one)
        return found

    def gone(self, direction: Direction, kept: Mapping[str, AnkiNote]) -> list[Retired]:
        """The notes of one direction that were in Anki once and are not among those that are kept, tagged."""
        earlier = [one for one in self.retired_ways().get(direction, ()) if one.note.id not in kept]
        known = {one.note.id for one in earlier}
        fresh = [note for key, note in (self.published(direction) or {}).items() if key not in kept and key not in known]
        return earlier + [
            Retired(note._replace(tags=(*note.tags, RETIRED)), self.notes[note.id.removesuffix(deck.ENGLISH)].changed + 1)
            for note in fresh
        ]

    def _package(self, direction: Direction) -> anki.Package | None:
        if not self._path:
            return None
        path = self._path.with_suffix(".apkg" if direction == "zh-en" else ".en-zh.apkg")
        try:
            return anki.read_package(path.read_bytes())
        except OSError:
            return None  # then what the deck file says is all that is known

    def _damaged(self, what: str) -> StudytoolError:
        return StudytoolError(f"is damaged: {what}", Where(str(self._path)), "restore it, since the next build goes on from it")


def _untagged(note: AnkiNote) -> AnkiNote:
    return note._replace(tags=tuple(tag for tag in note.tags if tag != RETIRED))


def renamed(path: Path, name: str, keys: Collection[str]) -> str | None:
    """The name of another corpus in the same folder that has most of these statements (`<source>/<statement>`): they would be new
    notes and cards for whoever has that one. None where the deck is there already, or is like no other.
    """
    for other in _decks(path.parent) if not path.exists() else ():
        if other.head.name != name and sum(f"{other.head.name}:{key}" in other for key in keys) * 2 > len(keys):
            return other.head.name
    return None


def _of_name(folder: Path, name: str) -> Path | None:
    """The latest and largest deck in a folder that bears a name inside, whatever its file is called."""
    own = (one for one in _decks(folder) if one.head.name == name)
    sizes = {one.path: (len(one.slots), sum(note.changed for row in one.rows() for note in row.notes)) for one in own}
    return max(sizes, key=sizes.__getitem__, default=None)


def _decks(folder: Path) -> Iterator[deck.OpenDeck]:
    for path in sorted(folder.glob("*.jsonl")):
        try:
            yield deck.open_deck(path)
        except StudytoolError:
            continue  # no deck of ours
