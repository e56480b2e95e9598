"""Notes into a running Anki: what the plan says, in batches, and what was done is remembered however it ends.

New notes go in as a package, not one by one: only so do they get our GUIDs, note types and order, and an import of the same deck
later finds them again. AnkiConnect's own `addNote` would make notes that Anki takes for others.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from studytool.anki.connect import Connection, batches
from studytool.anki.looks import Looks, keep_looks, looks_of, odd_types
from studytool.anki.package import package
from studytool.anki.plan import Ours, Plan, Update, now_pushed, plan
from studytool.anki.pushed import Pushed
from studytool.anki.there import There, decks_of, notes_of, our_notes
from studytool.anki.three_way import digest
from studytool.errors import OUTSIDE, StudytoolError

_FILE = "_studytool-push.apkg"  # in Anki's media folder for a moment; the underscore keeps Anki from calling it unused
_NEW_AT_ONCE = 200  # notes of one package: a hundred thousand bytes
_UPDATES_AT_ONCE = 50


class Ready(NamedTuple):
    """A push that may be done, or only told."""

    connection: Connection
    plan: Plan
    copies: int  # that the learner made of our notes; they are left alone
    there: dict[str, There]
    decks: dict[int, str]
    looks: Looks
    odd: tuple[str, ...]  # note types that the learner changed so that no new note can go in


class Done(NamedTuple):
    """What a push did."""

    added: int
    updated: int
    failures: tuple[str, ...]  # a line each


def prepare(connection: Connection, ours: Mapping[str, Ours], pushed: Mapping[str, Pushed], force: bool = False) -> Ready:
    """Look at what is in Anki, and plan; nothing is changed. Raises StudytoolError (exit code 3) where Anki answers otherwise."""
    there, copies = our_notes(connection)
    decks = decks_of(connection, [card for note in there.values() for card in note.cards])
    found = plan(ours, there, decks, pushed, force)
    looks = looks_of(connection)
    return Ready(connection, found, copies, there, decks, looks, odd_types(looks, found.add))


def push(ready: Ready, ours: Mapping[str, Ours], pushed: dict[str, Pushed], save: Callable[[], None]) -> Done:
    """Do what was planned. `pushed` is brought up to date, and `save` called batch by batch, whatever happens on the way.

    Raises StudytoolError (exit code 3) where Anki stops answering; what is done by then stays, and is remembered.
    """
    failures: list[str] = []
    updated = added = 0
    known = {note.number for note in ready.there.values()}
    for key in ours.keys() & ready.there.keys():
        _remember(pushed, ours[key], ready.there[key], ready.decks)
    try:
        for some in batches(ready.plan.updates, _UPDATES_AT_ONCE):
            failed = _update(ready.connection, some, pushed)
            save()
            failures += failed
            updated += len(some) - len(failed)
        for one in _packages(ready):
            added += _add(ready, one, pushed, failures, known)
    finally:
        save()
    return Done(added, updated, tuple(failures))


def _update(connection: Connection, updates: Sequence[Update], pushed: dict[str, Pushed]) -> list[str]:
    """Update some notes, and look whether it was done: a note open in Anki's own editor keeps what stands there."""
    actions: list[tuple[str, Mapping[str, Any]]] = []
    owner: list[str] = []
    for one in updates:
        for action in _actions(one):
            actions.append(action)
            owner.append(one.there.id)
    failures = {owner[refused.number]: f"{owner[refused.number]}: {refused.why}" for refused in connection.do(actions)}
    now = {note.id: note for note in notes_of(connection, [one.there.number for one in updates])}
    decks = decks_of(connection, [card for note in now.values() for card in note.cards])
    for one in updates:
        key = one.there.id
        if (note := now.get(key)) is None:
            failures.setdefault(key, f"{key}: is gone from Anki by now")
            continue
        _remember(pushed, one.ours, note, decks)
        if missed := [field.field for field in one.fields if digest(note.fields.get(field.field, "")) != digest(field.ours)]:
            why = "close Anki's Browser and editor, then push again"
            failures.setdefault(key, f"{key}: Anki did not take {', '.join(missed)}; {why}")
    return list(failures.values())


def _actions(one: Update) -> Iterable[tuple[str, Mapping[str, Any]]]:
    number = one.there.number
    if one.fields:
        written = {field.field: field.ours for field in one.fields}
        yield "updateNoteFields", {"note": {"id": number, "fields": written}}
    if one.add_tags:
        yield "addTags", {"notes": [number], "tags": " ".join(one.add_tags)}
    if one.drop_tags:
        yield "removeTags", {"notes": [number], "tags": " ".join(one.drop_tags)}
    if one.move:
        yield "changeDeck", {"cards": one.move, "deck": one.ours.note.deck}


def _packages(ready: Ready) -> Iterable[Sequence[Ours]]:
    """The new notes that can go in, a package at a time, each of one deck file."""
    by_deck: dict[str, list[Ours]] = {}
    for one in ready.plan.add:
        if ready.looks.name(one) not in ready.odd:
            by_deck.setdefault(one.head.name, []).append(one)
    for notes in by_deck.values():
        yield from batches(notes, _NEW_AT_ONCE)


def _add(ready: Ready, notes: Sequence[Ours], pushed: dict[str, Pushed], failures: list[str], known: set[int]) -> int:
    """Let Anki import a package of new notes: it goes through its media folder, where Anki finds it wherever it runs.

    `known` are the numbers of our notes that are in Anki by now; the new ones come to them.
    """
    connection = ready.connection
    data = package(notes[0].head, ((one.note, one.changed) for one in notes))
    name = connection.ask(str, "storeMediaFile", filename=_FILE, data=b64encode(data).decode())
    try:
        taken = connection.ask(bool, "importPackage", path=name)
    finally:
        with suppress(StudytoolError):  # what the import said is what matters
            connection.do([("deleteMediaFile", {"filename": name})])
    keep_looks(connection, ready.looks)
    if not taken:
        hint = "import the .apkg with File > Import instead"
        raise StudytoolError(f"Anki did not take in {len(notes)} new notes", None, hint, OUTSIDE)
    wanted = {one.note.id: one for one in notes}
    # Only those that were not there before: a first push is of many packages.
    there = {key: note for key, note in our_notes(connection, known)[0].items() if key in wanted}
    known.update(note.number for note in there.values())
    decks = decks_of(connection, [card for note in there.values() for card in note.cards])
    for key, note in there.items():
        _remember(pushed, wanted[key], note, decks)
    failures += [f"{key}: Anki did not take it in" for key in wanted if key not in there]
    return len(there)


def _remember(pushed: dict[str, Pushed], ours: Ours, there: There, decks: Mapping[int, str]) -> None:
    pushed[there.id] = now_pushed(ours, there, decks, pushed.get(there.id, Pushed()))
