"""The reviews of our cards that a running Anki has."""

from typing import NamedTuple

from msgspec import Struct

from studytool.anki.connect import Connection, Number, batches
from studytool.anki.revlog import Answer, Entry, answer
from studytool.anki.there import card_id, our_notes

_LOGS_AT_ONCE = 200  # cards; a log of a card is some thousand bytes
_CARDS_AT_ONCE = 50  # Anki renders both sides of each


class Pulled(NamedTuple):
    """What Anki has of our cards."""

    answers: tuple[Answer, ...]  # the oldest first
    notes: int
    others: int  # lines of its log that are no answers
    strangers: int  # cards with reviews that no card of ours can be


class _Card(Struct, frozen=True):
    cardId: Number = 0  # noqa: N815  (AnkiConnect's name); 0 where the card is gone by now
    fieldOrder: int = 0  # noqa: N815  (its place in the note, from 0)


def pull(connection: Connection) -> Pulled:
    """Read all reviews of our cards. Raises StudytoolError (exit code 3) where Anki does not answer as it should."""
    notes, _ = our_notes(connection)
    note_of = {card: note.id for note in notes.values() for card in note.cards}
    logs: dict[int, list[Entry]] = {}
    for some in batches(list(note_of), _LOGS_AT_ONCE):
        logs |= connection.ask(dict[Number, list[Entry]], "getReviewsOfCards", cards=some)
    reviewed = [card for card in note_of if logs.get(card)]
    answers: list[Answer] = []
    others = strangers = 0
    for some in batches(reviewed, _CARDS_AT_ONCE):
        for card in connection.ask(list[_Card], "cardsInfo", cards=some):
            identity = card_id(note_of[card.cardId], card.fieldOrder) if card.cardId in note_of else None
            if identity is None:
                strangers += 1
                continue
            told = [answer(identity, entry) for entry in logs.get(card.cardId, ())]
            answers += [one for one in told if one]
            others += told.count(None)
    return Pulled(tuple(sorted(answers, key=lambda one: (one.at, one.card, one.grade))), len(notes), others, strangers)
