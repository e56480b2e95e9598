"""The learner's desk: the decks, what is remembered of them, and the log. Everything the screens need, without a screen."""

import datetime as dt
from collections.abc import Callable, Sequence

from studytool.config import Config
from studytool.deck import OpenDeck, Slot
from studytool.errors import StudytoolError
from studytool.model import Topic
from studytool.quiz.card import Card, Words
from studytool.quiz.day import study_day
from studytool.quiz.plan import Count, Plan, counts, plan
from studytool.quiz.schedule import Grade
from studytool.quiz.session import Session
from studytool.quiz.store import Store
from studytool.quiz.switches import Switches


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


class Desk:
    """Holds the decks open for study. `clock` tells the time, so that tests can."""

    def __init__(
        self, decks: Sequence[OpenDeck], store: Store, config: Config, clock: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.store, self.config, self.clock = store, config, clock
        self.switches = Switches(store)
        self.decks = tuple(decks)
        self.topics: dict[str, Topic] = {}
        self._deck_of: dict[str, OpenDeck] = {}
        self.slots: list[Slot] = []
        for deck in decks:
            for topic in deck.topics.values():
                self.topics.setdefault(topic.id, topic)
            for slot in deck.slots_for(config.direction):
                # One statement may stand in two deck files; its progress is one.
                if self._deck_of.setdefault(slot.statement, deck) is deck:
                    self.slots.append(slot)
        self.memories = store.memories()

    def day(self) -> int:
        """Today, as a study day."""
        return study_day(self.clock(), self.config.day_starts)

    def now(self) -> int:
        """This moment, in seconds since 1970 UTC."""
        return int(self.clock().timestamp())

    def topic(self, wanted: str) -> Topic:
        """The topic of an id or of a name in either language. Raises StudytoolError with those there are."""
        for topic in self.topics.values():
            if wanted.casefold() in (topic.id, topic.name.casefold(), topic.name_en.casefold()):
                return topic
        raise StudytoolError(f"no topic {wanted!r}", hint=f"there are {', '.join(self.topics)}")

    def counts(self) -> list[tuple[Topic, Count]]:
        """The topics that have cards, with how many are due, new and there at all."""
        found = counts(self.slots, self.memories, self.day())
        return [(topic, found[topic.id]) for topic in self.topics.values() if topic.id in found]

    def plan(self, topic: str | None = None) -> Plan:
        """What is to be studied now, of one topic or of all."""
        slots = [slot for slot in self.slots if slot.topic == topic] if topic else self.slots
        return plan(slots, self.memories, self.day(), self.config.new_per_day)

    def begin(self, topic: str | None = None) -> Session:
        """A session over what is to be studied now."""
        return Session(self.plan(topic), self.memories, self.config.retention)

    def grade(self, session: Session, grade: Grade, took: int) -> None:
        """Grade the card on show and keep it on the disk. `took` is the time from prompt to grade, in milliseconds."""
        at, day = self.now(), self.day()
        graded = session.grade(grade, at, day)
        try:
            self.store.add(graded, at, day, took)
        except StudytoolError:
            session.undo()  # what is not on the disk did not happen
            raise
        self.memories[graded.card] = graded.after

    def undo(self, session: Session) -> bool:
        """Take the last grade back, here and in the log; False where there is none."""
        graded = session.last
        if graded is None:
            return False
        self.store.undo(graded, self.now())  # first: where the disk refuses, nothing was taken back
        session.undo()
        if graded.before is None:
            del self.memories[graded.card]
        else:
            self.memories[graded.card] = graded.before
        return True

    def card(self, slot_id: str) -> Card:
        """The card of an id, read from its deck file."""
        statement, name = slot_id.rsplit("/", 1)
        deck = self._deck_of[statement]
        row = deck.row(statement)
        topic = deck.topics[row.statement.topic]
        others = ((relation, deck.row(f"{deck.head.name}:{relation.key}")) for relation in row.related)
        related = tuple((relation, other, deck.sources[other.source]) for relation, other in others)
        words = Words(*map(deck.words, (row.words.zh, row.words.question, row.words.answer)))
        return Card(Slot(f"{statement}/{name}", statement, topic.id), row, deck.sources[row.source], topic, related, words)

    def next_due(self) -> int | None:
        """Study days from today until the next card is due; None where no card was ever reviewed."""
        today = self.day()
        ahead = [m.due_day - today for slot in self.slots if (m := self.memories.get(slot.id)) and m.due_day > today]
        return min(ahead, default=None)
