"""What a push would do to each note, from our notes, those in Anki and what was last pushed. It does nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from studytool.anki.note_types import fields
from studytool.anki.notes import AnkiNote
from studytool.anki.published import notes_of
from studytool.anki.pushed import Pushed
from studytool.anki.there import There
from studytool.anki.three_way import digest, same_name, tags, verdict
from studytool.deck import ENGLISH, OpenDeck, note_id
from studytool.model import Deck, DeckHead, Direction

_NEVER = {"ID", "MyNotes"}  # the note's identity, and what is the learner's alone


class Ours(NamedTuple):
    """A note as we want it in Anki."""

    note: AnkiNote
    changed: int  # when its content last changed, in seconds since 1970 UTC
    head: DeckHead

    @property
    def fields(self) -> dict[str, str]:
        """What is ours to write, by field."""
        names = fields(self.note.kind, self.note.direction)
        return {name: text for name, text in zip(names, self.note.fields, strict=True) if name not in _NEVER}


class Difference(NamedTuple):
    """A field of a note that is not the same here and in Anki."""

    note: str
    field: str
    theirs: str
    ours: str


class Update(NamedTuple):
    """What is to be done to a note that is in Anki."""

    ours: Ours
    there: There
    fields: tuple[Difference, ...]
    add_tags: tuple[str, ...]
    drop_tags: tuple[str, ...]
    move: tuple[int, ...]  # cards that go to our deck

    def __bool__(self) -> bool:
        return bool(self.fields or self.add_tags or self.drop_tags or self.move)


class Plan(NamedTuple):
    """What a push would do."""

    add: tuple[Ours, ...]
    updates: tuple[Update, ...]
    conflicts: tuple[Difference, ...]  # both changed, or who did is not known; Anki's stays
    kept: tuple[Difference, ...]  # the learner's edits of what we did not change
    deleted: tuple[str, ...]  # notes that were pushed once, and that the learner took out
    retired: tuple[str, ...]  # notes in Anki that the deck no longer has
    same: int  # notes with nothing to do


def notes_to_push(decks: Iterable[OpenDeck], direction: Direction) -> dict[str, Ours]:
    """The notes of decks in a direction, by identity; of two decks that have the same note the first counts."""
    found: dict[str, Ours] = {}
    for opened in decks:
        deck = Deck(opened.head, tuple(opened.rows()))
        changed = {note_id(deck.head.name, row, note): note.changed for row in deck.rows for note in row.notes}
        for key, note in notes_of(deck, direction).items():
            found.setdefault(key, Ours(note, changed[key.removesuffix(ENGLISH)], deck.head))
    return found


def plan(
    ours: Mapping[str, Ours],
    there: Mapping[str, There],
    decks: Mapping[int, str],
    pushed: Mapping[str, Pushed],
    force: bool = False,
) -> Plan:
    """What is to be done. `decks` are those of Anki's cards, by card.

    With `force` conflicts are settled for us, and notes that the learner deleted come back.
    """
    missing = [note for key, note in ours.items() if key not in there]
    # A collection without any note of ours is another one: nobody takes them all out one by one.
    deleted = [one.note.id for one in missing if there and not force and one.note.id in pushed]
    updates: list[Update] = []
    conflicts: list[Difference] = []
    kept: list[Difference] = []
    for key in ours.keys() & there.keys():
        last = pushed.get(key, Pushed())
        mine, note = ours[key], there[key]
        written: list[Difference] = []
        for name, text in mine.fields.items():
            if name not in note.fields:
                continue  # the learner removed it from the note type
            difference = Difference(key, name, note.fields[name], text)
            found = verdict(last.fields.get(name), text, note.fields[name])
            if found == "ours" or (found == "conflict" and force):
                written.append(difference)
            elif found != "same":
                (kept if found == "theirs" else conflicts).append(difference)
        add, drop = tags(last.tags if key in pushed else None, mine.note.tags, note.tags)
        updates.append(Update(mine, note, tuple(written), tuple(add), tuple(drop), _moved(mine, note, decks, last)))
    return Plan(
        tuple(one for one in missing if one.note.id not in set(deleted)),
        tuple(sorted((update for update in updates if update), key=lambda update: update.there.number)),
        tuple(sorted(conflicts)),
        tuple(sorted(kept)),
        tuple(deleted),
        tuple(sorted(_retired(ours, there))),
        sum(not update for update in updates),
    )


def now_pushed(one: Ours, there: There, decks: Mapping[int, str], last: Pushed) -> Pushed:
    """What is to be remembered of a note as Anki has it now: ours where Anki has ours, else what was remembered before."""
    found = dict(last.fields)
    for name, text in one.fields.items():
        if name in there.fields and digest(there.fields[name]) == digest(text):
            found[name] = digest(text)
    at_home = there.cards and all(same_name(decks.get(card, ""), one.note.deck) for card in there.cards)
    known = tuple(tag for tag in one.note.tags if tag in last.tags or any(same_name(tag, has) for has in there.tags))
    return Pushed(found, known, one.note.deck if at_home else last.deck)


def _moved(ours: Ours, there: There, decks: Mapping[int, str], last: Pushed) -> tuple[int, ...]:
    """The cards that are still where we put them, though our deck for them is another by now."""
    if not last.deck or same_name(last.deck, ours.note.deck):
        return ()
    return tuple(card for card in there.cards if same_name(decks.get(card, ""), last.deck))


def _retired(ours: Mapping[str, Ours], there: Iterable[str]) -> list[str]:
    """Notes in Anki of sources that our decks have, in the same direction, which the decks no longer hold."""
    sources = {(_source(key), key.endswith(ENGLISH)) for key in ours}
    return [key for key in there if key not in ours and (_source(key), key.endswith(ENGLISH)) in sources]


def _source(note: str) -> str:
    return note.partition("/")[0]


def in_order(differences: Sequence[Difference]) -> dict[str, list[Difference]]:
    """Differences by note."""
    found: dict[str, list[Difference]] = {}
    for one in differences:
        found.setdefault(one.note, []).append(one)
    return found
