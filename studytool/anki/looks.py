"""The note types in a running Anki. A learner may have changed how cards look: a push leaves that as it is.

An import brings its own templates and styling where they are newer, so they are put back after it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from studytool.anki.connect import Connection, Number
from studytool.anki.note_types import fields, note_type
from studytool.anki.plan import Ours
from studytool.model import Direction, NoteKind


class Side(Struct, frozen=True):
    """The two sides of a template."""

    Front: str
    Back: str


class _Styling(Struct, frozen=True):
    css: str


class Look(NamedTuple):
    """A note type as Anki has it."""

    fields: tuple[str, ...]
    templates: dict[str, Side]
    css: str


class Looks(NamedTuple):
    """Our note types that Anki has, by the name that it has for them."""

    names: dict[int, str]  # by id
    found: dict[str, Look]

    def name(self, one: Ours) -> str:
        """What the note type of a note is called in Anki, or will be."""
        model = note_type(one.note.kind, one.note.direction)
        return self.names.get(model.model_id, str(model.name))


def looks_of(connection: Connection) -> Looks:
    """Our note types in Anki. Raises StudytoolError (exit code 3) where it answers otherwise."""
    kinds: list[tuple[NoteKind, Direction]] = [(kind, way) for kind in ("cloze", "qa") for way in ("zh-en", "en-zh")]
    ids = {note_type(kind, way).model_id for kind, way in kinds}
    names = {number: name for name, number in connection.ask(dict[str, Number], "modelNamesAndIds").items() if number in ids}
    return Looks(names, {name: _look(connection, name) for name in names.values()})


def odd_types(looks: Looks, new: Iterable[Ours]) -> tuple[str, ...]:
    """The note types of new notes whose fields or templates the learner changed: Anki would make another type for these notes."""
    found: dict[str, None] = {}
    for one in new:
        look = looks.found.get(name := looks.name(one))
        template = note_type(one.note.kind, one.note.direction).templates[0]["name"]
        if look and (look.fields != fields(one.note.kind, one.note.direction) or list(look.templates) != [template]):
            found[name] = None
    return tuple(found)


def keep_looks(connection: Connection, looks: Looks) -> None:
    """Put back what an import changed of the looks."""
    for name, before in looks.found.items():
        now = _look(connection, name)
        if now.templates != before.templates:
            connection.ask(type(None), "updateModelTemplates", model={"name": name, "templates": before.templates})
        if now.css != before.css:
            connection.ask(type(None), "updateModelStyling", model={"name": name, "css": before.css})


def _look(connection: Connection, name: str) -> Look:
    return Look(
        connection.ask(tuple[str, ...], "modelFieldNames", modelName=name),
        connection.ask(dict[str, Side], "modelTemplates", modelName=name),
        connection.ask(_Styling, "modelStyling", modelName=name).css,
    )
