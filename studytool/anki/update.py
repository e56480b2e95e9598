"""What an import of a new build will do in a collection that has the build of before, note by note and field by field."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from studytool import cloze
from studytool.anki.note_types import fields
from studytool.anki.notes import AnkiNote

_ENDS = re.compile(r"<br>|</tr>|</div>")
_TAG = re.compile(r"<[^>]*>")


class FieldChange(NamedTuple):
    """A field whose text differs, as plain text."""

    field: str
    was: str
    now: str


class NoteChange(Struct, frozen=True):
    """A note that Anki will update, unless its learner edited it."""

    id: str
    fields: tuple[FieldChange, ...]
    new_tags: tuple[str, ...] = ()
    lost_tags: tuple[str, ...] = ()
    moved: tuple[str, str] | None = None  # from one deck of Anki's to another: it stays in the first
    asks: tuple[str, str] | None = None  # what its blank hid, and what it hides, where that is something else


class Update(Struct, frozen=True):
    """What an import on top of the build of before will do. Notes are named by their identities."""

    package: str  # the file to be imported
    first: bool  # whether there was no build before
    added: tuple[str, ...]
    updated: tuple[NoteChange, ...]
    unchanged: int
    retired: tuple[str, ...]  # no longer in the package; Anki keeps them
    looks: bool  # whether templates or styles are revised
    by_hand: tuple[str, ...]  # what an import cannot do, and how a person does it in Anki


def compare(
    package: str,
    before: Mapping[str, AnkiNote] | None,
    after: Mapping[str, AnkiNote],
    newer: Collection[str],
    looks: bool,
) -> Update:
    """Compare the notes of two builds; `newer` are those that Anki will take for newer than what it has."""
    was = before or {}
    added = tuple(key for key in after if key not in was)
    retired = tuple(key for key in was if key not in after)
    updated = tuple(_change(was[key], note) for key, note in after.items() if key in was and key in newer)
    advice = (*_decks(was, after), *_twins(was, after, added, retired), *_other_questions(updated), *_empty(was, after))
    return Update(package, before is None, added, updated, len(after) - len(added) - len(updated), retired, looks, tuple(advice))


def plain(text: str) -> str:
    """A field's HTML as text in one line: pinyin in brackets behind its character, lines and rows parted by a slash."""
    text = _ENDS.sub(" / ", text.replace("<rt>", "(").replace("</rt>", ")").replace("</td><td>", " "))
    return html.unescape(_TAG.sub("", text)).replace("\n", " ").strip(" /")


def _change(was: AnkiNote, now: AnkiNote) -> NoteChange:
    names = fields(now.kind, now.direction)
    changes = (
        FieldChange(name, plain(old), plain(new))
        for name, old, new in zip(names, was.fields, now.fields, strict=False)
        if old != new
    )
    return NoteChange(
        now.id,
        tuple(changes),
        tuple(tag for tag in now.tags if tag not in was.tags),
        tuple(tag for tag in was.tags if tag not in now.tags),
        (was.deck, now.deck) if was.deck != now.deck else None,
        _asks(was, now) if now.kind == "cloze" else None,
    )


def _asks(was: AnkiNote, now: AnkiNote) -> tuple[str, str] | None:
    for ord_ in now.ords:
        old, new = (plain(cloze.blank(note.fields[0], ord_ + 1)) for note in (was, now))
        if old and old not in new and new not in old:
            return old, new
    return None


def _decks(was: Mapping[str, AnkiNote], after: Mapping[str, AnkiNote]) -> Iterator[str]:
    """Anki finds a deck by its name alone, and moves no card that it has."""
    decks = {note.deck for note in was.values()}
    renamed: dict[tuple[str, str], None] = {}
    moved: dict[tuple[str, str, str], int] = {}
    for key, note in after.items():
        old = was.get(key)
        if old is None or old.deck == note.deck:
            continue
        if old.tags[:1] == note.tags[:1] and note.deck not in decks:  # the same topic under a new name
            renamed |= dict.fromkeys(_renamed(old.deck.split("::"), note.deck.split("::")))
        else:
            move = old.deck, note.deck, note.tags[0]
            moved[move] = moved.get(move, 0) + 1
    for one, other in renamed:
        yield f"before the import, rename the deck “{one}” to “{other}”: else its cards stay apart from new ones"
    for (old_deck, new_deck, topic), count in moved.items():
        place = old_deck
        for one, other in renamed:  # by then
            place = f"{other}{place[len(one) :]}" if f"{place}::".startswith(f"{one}::") else place
        notes = "1 note stays" if count == 1 else f"{count} notes stay"
        yield f'{notes} in “{place}”: browse for "deck:{place}" tag:{topic}, and move the cards to “{new_deck}”'


def _renamed(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The renamings that make one deck's name another, outermost level first."""
    for level, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            yield "::".join([*new[:level], one]), "::".join([*new[:level], other])


def _twins(
    was: Mapping[str, AnkiNote], after: Mapping[str, AnkiNote], added: tuple[str, ...], retired: tuple[str, ...]
) -> Iterator[str]:
    said = {was[key].fields[0]: key for key in retired}
    for key in added:
        if old := said.get(after[key].fields[0]):
            yield f"{key} says what {old} said: give it that id back, or Anki has both, and the learner starts anew"


def _other_questions(updated: tuple[NoteChange, ...]) -> Iterator[str]:
    for note in updated:
        if note.asks:
            old, new = note.asks
            yield f"{note.id} asks “{new}” where it asked “{old}”, and keeps the schedule: is that a new claim, with a new id?"


def _empty(was: Mapping[str, AnkiNote], after: Mapping[str, AnkiNote]) -> Iterator[str]:
    """Cards that a note loses, as notes of several blanks did, which were built before each blank had a note of its own."""
    for key, note in after.items():
        for ord_ in sorted(set(was[key].ords) - set(note.ords)) if key in was else ():
            yield f"card {ord_ + 1} of {key} asks nothing any more: after the import, Tools > Empty Cards takes it out"
