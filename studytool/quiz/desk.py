"""The learner's desk: the decks, what is remembered of them, and the log. Everything the screens need, without a screen."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from studytool.config import Config
from studytool.deal import Deal
from studytool.deck import OpenDeck, Slot
from studytool.errors import StudytoolError
from studytool.model import Source, Topic
from studytool.quiz.cram import Cram
from studytool.quiz.day import begins, study_day
from studytool.quiz.flags import Flagged, Flags, leech
from studytool.quiz.plan import Cell, Count, Plan, counts
from studytool.quiz.rewording import Rewording
from studytool.quiz.schedule import Grade, Memory, Parameters
from studytool.quiz.selection import Selection, chosen, plan_of, selection
from studytool.quiz.session import Session
from studytool.quiz.store import Store
from studytool.quiz.switches import Switches
from studytool.quiz.texts import Texts

if TYPE_CHECKING:
    from studytool.quiz.book import Book

_MORE_NEW = "more-new"  # the setting that keeps a study day and how many new cards it may meet beyond the config's


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


class Desk:
    """Holds the decks open for study. `clock` tells the time, so that tests can."""

    def __init__(
        self, decks: Sequence[OpenDeck], store: Store, config: Config, clock: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.store, self.config, self.clock = store, config, clock
        self.switches, self.flags = Switches(store), Flags(store)
        self.texts = Texts(decks, store, self.now)
        self.topics: dict[str, Topic] = {}
        self.sources: dict[str, Source] = {}
        self._topic_of: dict[str, str] = {}
        self.slots: list[Slot] = []
        for deck in decks:
            for topic in deck.topics.values():
                self.topics.setdefault(topic.id, topic)
            for source in deck.sources.values():
                self.sources.setdefault(source.id, source)
            slots = deck.slots_for(config.direction)
            if self.slots:  # one statement may stand in two deck files; its progress is one
                known = {slot.statement for slot in self.slots}
                slots = [slot for slot in slots if slot.statement not in known]
            self.slots += slots

    @cached_property
    def memories(self) -> dict[str, Memory]:
        """What is remembered of each card reviewed; read when first asked for, since a screen can stand before that."""
        return self.store.memories()

    @cached_property
    def parameters(self) -> Parameters:
        """Those of FSRS that were fitted to the log; none: its defaults."""
        return self.store.parameters()

    @cached_property
    def book(self) -> "Book":
        """All claims, to read and to search; read when first asked for, which is for a thread."""
        from studytool.quiz.book import Book  # not on the way to a card

        return Book(self.texts.decks, self.texts.own)

    def reword(self, statement: str, change: Rewording, in_file: bool) -> None:
        """Show a statement with its new texts from now on, wherever it is shown. Raises StudytoolError where the disk refuses."""
        self.texts.reword(statement, change, in_file)
        vars(self).pop("book", None)  # read anew when it is next asked for

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

    def source(self, wanted: str) -> Source:
        """The source of an id or of a part of its name in either language. Raises StudytoolError with those there are."""
        flat = wanted.casefold()
        if wanted in self.sources:
            return self.sources[wanted]
        for source in self.sources.values():
            if any(flat in name.casefold() for name in (source.event, source.event_en, source.title, source.title_en)):
                return source
        raise StudytoolError(f"no source {wanted!r}", hint=f"there are {', '.join(self.sources)}")

    def selection(self, topic: str | None = None, source: str | None = None, **others: Any) -> Selection:
        """What is asked for by the names of a topic and a source, and other fields of a Selection; None for what is not set.

        Raises StudytoolError where there is no such topic or source, or no card of all that.
        """
        ids = {"topic": topic and self.topic(topic).id, "source": source and self.source(source).id}
        wanted = Selection(**{name: value for name, value in (ids | others).items() if value is not None})
        if wanted.filters and not chosen(self.slots, wanted):
            raise StudytoolError("no card fits all of that", hint="leave out --topic, --source or --kind")
        return wanted

    def cells(self) -> dict[Cell, Count]:
        """The cards of each topic in each source: how many are due, in learning, new and there at all."""
        day = self.day()
        return counts(self.slots, self.memories, day, self.config, self.config.topic, self.flags.away(day))

    def plan(self, wanted: Selection | str | None = None) -> Plan:
        """What is to be studied now: of a selection, of the topic of an id, or of everything."""
        day = self.day()
        deal = replace(self.config, new_per_day=self.new_today())
        return plan_of(self.slots, self.memories, day, deal, selection(wanted), self.config.topic, self.flags.away(day))

    def begin(self, wanted: Selection | str | None = None) -> Session:
        """A session over that."""
        which = selection(wanted)
        ends = self.now() + which.minutes * 60 if which.minutes else None
        make = Cram if which.cram else Session
        return make(self.plan(which), self.memories, self.deal, self.parameters, ends=ends)

    def new_today(self) -> int:
        """New cards that today may meet: what the config allows, and what was asked for on top."""
        day, _, more = self.store.settings().get(_MORE_NEW, "").partition(" ")
        return self.config.new_per_day + (int(more) if day == str(self.day()) else 0)

    def more_new(self, count: int) -> None:
        """Let today meet some more new cards than it would. Raises StudytoolError where the disk does not keep that."""
        met = sum(memory.first_day == self.day() for memory in self.memories.values())
        most = max(self.new_today(), met) + count  # a day that met more than its limit still gets them
        self.store.remember(_MORE_NEW, f"{self.day()} {most - self.config.new_per_day}")

    def deal(self, card: str) -> Deal:
        """How a card, by its id, is dealt: as its topic says, else as all are."""
        if not self._topic_of:
            self._topic_of = {slot.statement: slot.topic for slot in self.slots}
        return self.config.topic.get(self._topic_of.get(card.rsplit("/", 1)[0], ""), self.config)

    def grade(self, session: Session, grade: Grade, took: int) -> None:
        """Grade the card on show and keep it on the disk, unless the session is one that does not count.

        `took` is the time from prompt to grade, in milliseconds.
        """
        at, day = self.store.moment(session.show(self.now()), self.now()), self.day()
        graded = session.grade(grade, at, day)
        if not session.recorded:
            return
        try:
            self.store.add(graded, at, day, took)
        except StudytoolError:
            session.undo()  # what is not on the disk did not happen
            raise
        self.memories[graded.card] = graded.after

    def undo(self, session: Session) -> bool:
        """Take the last grade, burying or suspending back, here and on the disk; False where there is none."""
        graded = session.last
        if graded is None:
            return False
        if isinstance(graded, Flagged) or not session.recorded:
            if isinstance(graded, Flagged):
                self.flags.put(graded.card, graded.before, self.now())
            session.undo()
            return True
        self.store.undo(graded, self.now())  # first: where the disk refuses, nothing was taken back
        session.undo()
        if graded.before is None:
            del self.memories[graded.card]
        else:
            self.memories[graded.card] = graded.before
        return True

    def bury(self, session: Session, card: str = "") -> None:
        """Leave a card out until tomorrow, and its siblings: the one on show, or another of the session. Undo brings it back."""
        self._put_away(session, card, buried=self.day())

    def suspend(self, session: Session, card: str = "") -> None:
        """Leave a card out for good: the one on show, or another of the session. Undo brings it back; so does `unsuspend`."""
        self._put_away(session, card, suspended=True)

    def unsuspend(self, card: str) -> None:
        """Have a card back that was suspended, as it was."""
        self.flags.put(card, replace(self.flags[card], suspended=False), self.now())

    def mark(self, session: Session) -> bool:
        """Mark the card on show, or take its mark off; whether it is marked now."""
        card = session.show(self.now())
        flag = self.flags[card]
        return self.flags.put(card, replace(flag, marked=not flag.marked), self.now()).after.marked

    def is_leech(self, card: str) -> bool:
        """Whether the learner is to be told that a card is a leech, and was not yet: at 8 lapses, then at every fourth more."""
        return leech(self.memories.get(card), self.flags[card]) > 0

    def told_leech(self, card: str) -> None:
        """Note that the learner was told."""
        if lapses := leech(self.memories.get(card), self.flags[card]):
            self.flags.put(card, replace(self.flags[card], told=lapses), self.now())

    def _put_away(self, session: Session, card: str, **change: int) -> None:
        card = card or session.show(self.now())
        if card:
            session.put_away(self.flags.put(card, replace(self.flags[card], **change), self.now()))

    def wait(self, slots: Iterable[Slot]) -> int | None:
        """Seconds until the next of these cards comes, where none is to be studied now: a learning step, or a study day's begin.

        None for never.
        """
        now, today = self.now(), self.day()
        steps, days = [], []
        for slot in slots:
            memory, flag = self.memories.get(slot.id), self.flags[slot.id]
            if flag.suspended:
                continue
            if memory and memory.due_at > now and flag.buried != today:
                steps.append(memory.due_at - now)
            elif memory or self.deal(slot.id).new_per_day:
                # What is due, or new, and yet not shown today is buried or beyond the day's limit.
                days.append(max(memory.due_day if memory else 0, today + 1))
        if steps:
            return min(steps)
        return int(begins(min(days), self.config.day_starts).timestamp()) - now if days else None
