"""What statements say: as their decks have it, with the learner's own texts where there are any."""

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from studytool.deck import OpenDeck, Slot
from studytool.model import Row, Statement
from studytool.quiz.card import Card, Words
from studytool.quiz.overrides import Overridden, difference, overridden
from studytool.quiz.rewording import Rewording, reworded
from studytool.quiz.store import Store


class Texts:
    """The statements of some decks, by `<corpus>:<source>/<id>`; of two decks that hold one, the first tells.

    `now` tells the time, in seconds since 1970 UTC.
    """

    def __init__(self, decks: Sequence[OpenDeck], store: Store, now: Callable[[], int]) -> None:
        self.decks = tuple(decks)
        self._store, self._now = store, now
        self._overrides = store.overrides()
        self._edited: dict[str, Statement] = {}  # in their corpus files since the decks were built

    def deck(self, statement: str) -> OpenDeck:
        """The deck of a statement."""
        return next(deck for deck in self.decks if statement in deck)

    def row(self, statement: str) -> Row:
        """A statement with all that stands beside it."""
        return self.own(statement, self.deck(statement).row(statement))

    def own(self, statement: str, row: Row) -> Row:
        """The row of a deck, with the learner's own texts."""
        if edited := self._edited.get(statement):
            return replace(row, statement=edited)
        change = self._overrides.get(statement)
        return overridden(row, change.fields) if change else row

    def read(self, statement: str) -> tuple[Row, Words]:
        """A statement and its words."""
        row, deck = self.row(statement), self.deck(statement)
        return row, Words(*map(deck.words, (row.words.zh, row.words.question, row.words.answer)))

    def card(self, slot_id: str) -> Card:
        """The card of an id."""
        statement, name = slot_id.rsplit("/", 1)
        deck = self.deck(statement)
        row, words = self.read(statement)
        topic = deck.topics[row.statement.topic]
        others = ((relation, f"{deck.head.name}:{relation.key}") for relation in row.related)
        rows = ((relation, self.own(key, deck.row(key))) for relation, key in others)
        related = tuple((relation, other, deck.sources[other.source]) for relation, other in rows)
        slot = Slot(f"{statement}/{name}", statement, topic.id, row.source, row.statement.kind)
        return Card(slot, row, deck.sources[row.source], topic, related, words)

    def override(self, statement: str, wanted: Statement) -> None:
        """Show a statement as wanted from now on; what is as in the deck is not overridden.

        The caller has checked that its cards can still be asked. Raises StudytoolError where the disk refuses.
        """
        fields = difference(self.deck(statement).row(statement).statement, wanted)
        before = self._overrides.get(statement)
        change = Overridden(fields, max(self._now(), before.at + 1 if before else 0))
        self._store.put_override(statement, change)
        self._overrides[statement] = change

    def rewording(self, statement: str, texts: Mapping[str, str]) -> Rewording:
        """New texts for some fields of a statement. Raises FieldError where one of its cards could no longer be asked."""
        deck = self.deck(statement)
        row = deck.row(statement)
        after = reworded(self.row(statement).statement, texts)
        topic, source = deck.topics[row.statement.topic], deck.sources[row.source]
        return Rewording(deck.head.name, deck.path, source, topic, self._edited.get(statement, row.statement), after)

    def reword(self, statement: str, change: Rewording, in_file: bool) -> None:
        """Show a statement with its new texts from now on: what stands `in_file` comes with the next build, else it is kept here.

        Raises StudytoolError where the disk refuses.
        """
        if not in_file:
            self.override(statement, change.after)
            return
        self._edited[statement] = change.after
        if statement in self._overrides:
            self.override(statement, self.deck(statement).row(statement).statement)  # the file says it now
