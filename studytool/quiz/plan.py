"""What a study day holds: which cards are due, which new ones are met, and which wait because a sibling was or will be shown.

Two cards of one statement give each other away. So a day shows one of them, as Anki does where siblings are buried.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from studytool.deck import Slot
from studytool.quiz.schedule import Memory


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


def plan(slots: Sequence[Slot], memories: Mapping[str, Memory], day: int, new_per_day: int) -> Plan:
    """Plan a session over `slots` (the deck's order) on a study day.

    `new_per_day` cards never seen are met a day; those met today already, whatever their topic, are taken off.
    """
    learning, reviews, busy = _due(slots, memories, day, _seen(memories, day))
    left = new_per_day - sum(memory.first_day == day for memory in memories.values())
    fresh: list[str] = []
    for slot in slots:
        if len(fresh) >= left:
            break
        if slot.id not in memories and slot.statement not in busy:
            busy.add(slot.statement)
            fresh.append(slot.id)
    return Plan(tuple(learning), tuple(_spread(reviews, fresh)), frozenset(fresh))


Cell = tuple[str, str]  # a topic and a source; the cards of one statement are in one


def counts(slots: Iterable[Slot], memories: Mapping[str, Memory], day: int) -> dict[Cell, Count]:
    """The cards of each topic in each source, in the order in which they come."""
    busy = _seen(memories, day)
    waiting: dict[str, Cell] = {}  # statements of which a review is due
    total, new, learning, due = Counter[Cell](), Counter[Cell](), Counter[Cell](), Counter[Cell]()
    for slot in slots:
        cell = slot.topic, slot.source
        total[cell] += 1
        memory = memories.get(slot.id)
        if memory is None:
            new[cell] += 1
        elif memory.due_at:
            learning[cell] += 1
            busy.add(slot.statement)
        elif memory.due_day <= day:
            waiting[slot.statement] = cell
    due.update(cell for statement, cell in waiting.items() if statement not in busy)
    return {cell: Count(due[cell], new[cell], total[cell], learning[cell]) for cell in total}


def _seen(memories: Mapping[str, Memory], day: int) -> set[str]:
    """The statements of which a card was shown on a day, in whichever direction."""
    return {card.rsplit("/", 1)[0] for card, memory in memories.items() if memory.last_day == day}


def _due(
    slots: Sequence[Slot], memories: Mapping[str, Memory], day: int, seen: set[str]
) -> tuple[list[tuple[int, str]], list[str], set[str]]:
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
        if slot.statement not in busy:
            busy.add(slot.statement)
            reviews.append(slot.id)
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
