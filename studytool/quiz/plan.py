"""What a study day holds: which cards are due, which new ones are met, and which wait because a sibling was or will be shown.

Two cards of one statement give each other away. So a day shows one of them, as Anki does where siblings are buried.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from zlib import crc32

from msgspec import Struct

from studytool.deal import Deal
from studytool.deck import Slot
from studytool.quiz.flags import NOTHING, Away
from studytool.quiz.schedule import Memory

Kind = Literal["new", "review"]
_NONE: Mapping[str, Deal] = {}


class Plan(Struct, frozen=True):
    """The cards of a session, in order, before anything is answered."""

    learning: tuple[tuple[int, str], ...]  # (moment due in seconds since 1970 UTC, card), soonest first
    main: tuple[str, ...]  # reviews with new cards spread among them
    new: frozenset[str]  # those of `main` never seen before

    @property
    def due(self) -> int:
        """Cards seen before that are due."""
        return len(self.learning) + len(self.main) - len(self.new)


class Count(Struct, frozen=True):
    """Some cards on a day, such as those of a topic."""

    due: int  # reviews, siblings counted once
    new: int  # never seen; the day's limit is not taken off
    total: int
    learning: int = 0  # in a learning step

    def __add__(self, other: "Count") -> "Count":
        return Count(self.due + other.due, self.new + other.new, self.total + other.total, self.learning + other.learning)


class Caps(Struct, frozen=True):
    """What one session is held to, beside the day's limits."""

    cards: int | None = None  # the most cards in all, those in their steps included
    new: int | None = None  # the most new cards, whatever the day's limits say; 0: reviews alone


def plan(
    slots: Sequence[Slot],
    memories: Mapping[str, Memory],
    day: int,
    deal: Deal,
    topics: Mapping[str, Deal] = _NONE,
    caps: Caps | None = None,
    away: Away = NOTHING,
) -> Plan:
    """Plan a session over `slots` (the deck's order) on a study day (a proleptic ordinal).

    `deal` limits the day as a whole, and `topics`, by id, what single topics may have of it. What was shown today already is
    taken off; for the day as a whole that of all `memories`, of whatever deck. A card in its steps is shown at any rate, but for
    what is `away`.
    """
    slots = _here(slots, away)
    shown = _shown(memories, day)
    left = _Left(deal, topics, slots, shown, day)
    learning, waiting, busy = _due(slots, memories, day, deal, topics, _statements(shown) | away.statements)
    reviews = [slot.id for slot in waiting if left.take(slot.topic, "review")]
    if caps and caps.new is not None:
        left = _Left(Deal(new_per_day=caps.new))
    fresh: list[str] = []
    for slot in slots:
        if left.all["new"] <= 0:
            break
        if slot.id not in memories and _free(slot, busy, deal, topics) and left.take(slot.topic, "new"):
            busy.add(slot.statement)
            fresh.append(slot.id)
    if caps and caps.cards is not None:
        learning = learning[: caps.cards]
        reviews = reviews[: caps.cards - len(learning)]
        fresh = fresh[: caps.cards - len(learning) - len(reviews)]
    return Plan(tuple(learning), tuple(_spread(reviews, fresh)), frozenset(fresh))


class _Left:
    """How many cards a day may still show: in all, and of each topic with limits of its own."""

    def __init__(
        self,
        deal: Deal,
        topics: Mapping[str, Deal] = _NONE,
        slots: Sequence[Slot] = (),
        shown: Mapping[str, Memory] | None = None,
        day: int = 0,
    ) -> None:
        self.all = _limits(deal)
        self._of = {topic: _limits(own) for topic, own in topics.items()}
        topic_of = {slot.statement: slot.topic for slot in slots} if topics and shown else {}
        for card, memory in (shown or {}).items():
            self._off(topic_of.get(_statement(card), ""), "new" if memory.first_day == day else "review")

    def take(self, topic: str, kind: Kind) -> bool:
        """Take a card off; False where none is left."""
        if self.all[kind] <= 0 or (topic in self._of and self._of[topic][kind] <= 0):
            return False
        self._off(topic, kind)
        return True

    def _off(self, topic: str, kind: Kind) -> None:
        self.all[kind] -= 1
        if topic in self._of:
            self._of[topic][kind] -= 1


def _limits(deal: Deal) -> dict[Kind, int]:
    return {"new": deal.new_per_day, "review": deal.reviews_per_day}


Cell = tuple[str, str]  # a topic and a source; the cards of one statement are in one


def counts(
    slots: Sequence[Slot],
    memories: Mapping[str, Memory],
    day: int,
    deal: Deal,
    topics: Mapping[str, Deal] = _NONE,
    away: Away = NOTHING,
) -> dict[Cell, Count]:
    """The cards of each topic in each source, in the order in which they come; limits are not taken off.

    What is `away` is neither due nor new, but counted among all.
    """
    busy = _statements(_shown(memories, day)) | away.statements
    waiting: dict[str, Cell] = {}  # statements of which a review is due
    total, new, learning, due = Counter[Cell](), Counter[Cell](), Counter[Cell](), Counter[Cell]()
    for slot in slots:
        cell = slot.topic, slot.source
        total[cell] += 1
        if slot.id in away.cards:
            continue
        memory = memories.get(slot.id)
        if memory is None:
            new[cell] += 1
        elif memory.due_at:
            learning[cell] += 1
            busy.add(slot.statement)
        elif memory.due_day <= day and not (topics.get(slot.topic, deal) if topics else deal).bury_siblings:
            due[cell] += memory.last_day != day
        elif memory.due_day <= day:
            waiting[slot.statement] = cell
    due.update(cell for statement, cell in waiting.items() if statement not in busy)
    return {cell: Count(due[cell], new[cell], total[cell], learning[cell]) for cell in total}


def _shown(memories: Mapping[str, Memory], day: int) -> dict[str, Memory]:
    """The cards that were shown on a day."""
    return {card: memory for card, memory in memories.items() if memory.last_day == day}


def _statements(cards: Iterable[str]) -> set[str]:
    """The statements of cards, in whichever direction they prompt."""
    return set(map(_statement, cards))


def _statement(card: str) -> str:
    return card.rsplit("/", 1)[0]


def _free(slot: Slot, busy: set[str], deal: Deal, topics: Mapping[str, Deal]) -> bool:
    """Whether no sibling keeps a card away."""
    return slot.statement not in busy or not topics.get(slot.topic, deal).bury_siblings


def _here(slots: Sequence[Slot], away: Away) -> Sequence[Slot]:
    """The cards that are not suspended, nor buried for this day."""
    return [slot for slot in slots if slot.id not in away.cards] if away.cards else slots


def _due(
    slots: Sequence[Slot],
    memories: Mapping[str, Memory],
    day: int,
    deal: Deal,
    topics: Mapping[str, Deal],
    seen: set[str],
) -> tuple[list[tuple[int, str]], list[Slot], set[str]]:
    """Cards in a learning step, reviews due, and the statements that are taken for this day, those `seen` among them."""
    busy = set(seen)
    learning: list[tuple[int, str]] = []
    waiting: list[tuple[int, Slot]] = []
    if not memories:
        return learning, [], busy
    for slot in slots:
        memory = memories.get(slot.id)
        if memory is None:
            continue
        if memory.due_at:
            learning.append((memory.due_at, slot.id))
            busy.add(slot.statement)
        elif memory.due_day <= day:
            waiting.append((memory.due_day, slot))
    # The longest overdue first; within a day in an order that changes from day to day, but not from start to start.
    waiting.sort(key=lambda pair: (pair[0], crc32(f"{day} {pair[1].id}".encode())))
    reviews = []
    for _, slot in waiting:
        if _free(slot, busy, deal, topics):
            busy.add(slot.statement)
            reviews.append(slot)
    return sorted(learning), reviews, busy


def _spread(reviews: Sequence[str], fresh: Sequence[str]) -> list[str]:
    """New cards spread evenly among the reviews."""
    if not fresh:
        return list(reviews)
    mixed: list[str] = []
    share = len(reviews) / len(fresh)
    for nth, card in enumerate(fresh):
        mixed += reviews[round(nth * share) : round((nth + 1) * share)]
        mixed.append(card)
    return mixed
