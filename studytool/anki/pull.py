"""The reviews of our cards that a running Anki has."""

from typing import NamedTuple

from msgspec import Struct

from studytool.anki.connect import Connection, Number, batches
from studytool.anki.revlog import AnkiReview, Entry, reviews
from studytool.anki.there import card_id, our_notes

_LOGS_AT_ONCE = 200  # cards; a log of a card is some thousand bytes
_IN_STEPS = (1, 3)  # types of cards
_CARDS_AT_ONCE = 50  # Anki renders both sides of each


class Pulled(NamedTuple):
    """What Anki has of our cards."""

    reviews: tuple[AnkiReview, ...]  # card by card, each card's oldest first
    notes: int
    others: int  # lines of its log that are no reviews
    strangers: int  # cards with reviews that no card of ours can be


class _Card(Struct, frozen=True):
    cardId: Number = 0  # noqa: N815  (AnkiConnect's name); 0 where the card is gone by now
    fieldOrder: int = 0  # noqa: N815  (its place in the note, from 0)
    type: int = 2  # 0 new, 1 learning, 2 review, 3 relearning


def pull(connection: Connection) -> Pulled:
    """Read all reviews of our cards. Raises StudytoolError (exit code 3) where Anki does not answer as it should."""
    notes, _ = our_notes(connection)
    note_of = {card: note.id for note in notes.values() for card in note.cards}
    logs: dict[int, list[Entry]] = {}
    for some in batches(list(note_of), _LOGS_AT_ONCE):
        logs |= connection.ask(dict[Number, list[Entry]], "getReviewsOfCards", cards=some)
    reviewed = [card for card in note_of if logs.get(card)]
    found: list[AnkiReview] = []
    others = strangers = 0
    for some in batches(reviewed, _CARDS_AT_ONCE):
        for card in connection.ask(list[_Card], "cardsInfo", cards=some):
            identity = card_id(note_of[card.cardId], card.fieldOrder) if card.cardId in note_of else None
            if identity is None:
                strangers += 1
                continue
            log = logs.get(card.cardId, [])
            told = reviews(identity, log, card.type in _IN_STEPS)
            found += told
            others += len(log) - len(told)
    return Pulled(tuple(found), len(notes), others, strangers)
