"""Which of our cards a card of Anki's is: told by its note's identity, which stands in the field `ID` and makes the GUID."""

import hashlib
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Container
from html import unescape

from studytool.deck import ENGLISH

GUID_LENGTH = 12  # characters of every GUID that we make
_NOTE = re.compile(rf"([^\s/:]+:[^\s/]+/[^\s/]+)/(cloze(?:-c[0-9]{{1,3}})?|qa)((?:{ENGLISH})?)\Z")
_LONGEST = 500  # characters of an identity
_MOST_BLANKS = 999
_MOST_FIELDS = 200  # of a note; ours have two dozen, and a learner may add some
_FIRST, _SPAN = 1_704_067_200_000, 365 * 86_400_000  # numbers of cards are milliseconds of the year 2024


def guid(note_id: str) -> str:
    """A note's GUID, by which Anki knows it again: made of its identity alone, so that no correction makes a second note."""
    return b2a_base64(hashlib.sha256(note_id.encode()).digest()[:9], newline=False).decode()


def number_of(known_as: str, ord_: int, taken: Container[int]) -> int:
    """The number in Anki of a card of the note of a GUID: the same in every package, but where it is taken.

    Anki keeps the reviews of a card that is deleted. Whatever comes later by its number has them, which must be the same card.
    """
    number = _FIRST + int.from_bytes(a2b_base64(known_as), "big") % _SPAN + ord_
    while number in taken:
        number += 1
    return number


def note_of(known_as: str, fields: str) -> str | None:
    """The identity of a note of ours, of its GUID and its fields as Anki keeps them; None for any other note.

    The field is looked for by what it says, since a learner may have moved or renamed it. What the GUID does not bear out is
    not believed.
    """
    if len(known_as) != GUID_LENGTH:
        return None
    return next((text for text in map(stated, fields.split("\x1f", _MOST_FIELDS)) if text and guid(text) == known_as), None)


def stated(field: str) -> str | None:
    """The identity that a field's HTML states; None where it states none."""
    text = unescape(field).strip() if len(field) <= _LONGEST else ""
    return text if _NOTE.match(text) else None


def card_of(note_id: str, ord_: int) -> str | None:
    """The id of a card of a note, by its number in the note from 0; None where we make no such card."""
    if (found := _NOTE.match(note_id)) is None:
        return None
    statement, kind, turned = found.groups()
    if kind == "qa":
        return f"{statement}/qa{turned}" if ord_ == 0 else None
    card = f"c{ord_ + 1}"
    # Second blanks stood on the first one's note once; on a note of their own nothing else is ours.
    fits = 0 <= ord_ < _MOST_BLANKS if kind == "cloze" else kind == f"cloze-{card}"
    return f"{statement}/{card}{turned}" if fits else None
