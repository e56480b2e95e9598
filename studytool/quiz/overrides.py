"""Texts of a statement that a learner changed in the quiz, where there is no corpus file to write them to.

Only what differs from the deck is kept, so that what the deck corrects elsewhere still arrives.
"""

import msgspec
from msgspec import UNSET, Struct, UnsetType, structs

from studytool import cloze
from studytool.model import Row, Statement

Text = str | UnsetType
Texts = tuple[str, ...] | UnsetType


class Override(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields that differ from the deck's; the others are unset."""

    zh: Text = UNSET
    en: Text = UNSET
    question: Text = UNSET
    question_en: Text = UNSET
    answer: Text = UNSET
    answer_en: Text = UNSET
    note: Text = UNSET
    note_en: Text = UNSET
    accept: Texts = UNSET
    accept_answer: Texts = UNSET


class Overridden(Struct, frozen=True):
    """An override with the moment it was made, in seconds since 1970 UTC."""

    fields: Override
    at: int


def difference(deck: Statement, wanted: Statement) -> Override:
    """What must be overridden for the deck's statement to read as wanted."""
    pairs = ((name, getattr(wanted, name)) for name in Override.__struct_fields__)
    return Override(**{name: text for name, text in pairs if text != getattr(deck, name)})


def overridden(row: Row, override: Override) -> Row:
    """A row with the learner's texts; as the deck has it where its cards could no longer be asked with them.

    That happens where the deck was built again with another blank, or where a file that was imported says so.
    """
    changed = {name: text for name, text in structs.asdict(override).items() if text is not UNSET}
    statement = structs.replace(row.statement, **changed)
    deck = row.statement
    try:
        asked = cloze.numbers(statement.zh) == cloze.numbers(deck.zh) and bool(statement.question) == bool(deck.question)
        asked = asked and set(cloze.numbers(statement.en)) <= set(cloze.numbers(deck.zh))
    except ValueError:  # a blank's number of thousands of digits
        return row
    return structs.replace(row, statement=statement) if asked else row


def encode(override: Override) -> str:
    """As JSON."""
    return msgspec.json.encode(override).decode()


def decode(text: str) -> Override:
    """Of JSON; an empty one where a newer studytool wrote what this one does not know."""
    try:
        return msgspec.json.decode(text, type=Override)
    except msgspec.DecodeError:
        return Override()
