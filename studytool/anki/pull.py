"""The reviews of our cards that a running Anki has."""

from msgspec import Struct

from studytool.anki.connect import Connection, Number, batches
from studytool.anki.identity import card_of
from studytool.anki.revlog import Entry, Found, Logged, found
from studytool.anki.there import our_notes

_LOGS_AT_ONCE = 200  # cards; a log of a card is some thousand bytes
_CARDS_AT_ONCE = 50  # Anki renders both sides of each


class _Card(Struct, frozen=True):
    cardId: Number = 0  # noqa: N815  (AnkiConnect's name); 0 where the card is gone by now
    fieldOrder: int = 0  # noqa: N815  (its place in the note, from 0)
    type: int = 2


def pull(connection: Connection) -> Found:
    """Read all reviews of our cards. Raises StudytoolError (exit code 3) where Anki does not answer as it should."""
    notes, _ = our_notes(connection)
    note_of = {card: note.id for note in notes.values() for card in note.cards}
    logs: dict[int, list[Entry]] = {}
    for some in batches(list(note_of), _LOGS_AT_ONCE):
        logs |= connection.ask(dict[Number, list[Entry]], "getReviewsOfCards", cards=some)
    reviewed = [card for card in note_of if logs.get(card)]
    cards = [
        Logged(card_of(note_of[card.cardId], card.fieldOrder), card.type, logs[card.cardId])
        for some in batches(reviewed, _CARDS_AT_ONCE)
        for card in connection.ask(list[_Card], "cardsInfo", cards=some)
        if card.cardId in note_of and card.cardId in logs
    ]
    return found(cards, len(notes))
