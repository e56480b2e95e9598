"""What a study day holds: which cards are due, which new ones are met, and which wait because a sibling was or will be shown.

Two cards of one statement give each other away. So a day shows one of them, as Anki does where siblings are buried.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from studytool.deck import Slot
from studytool.quiz.flags import NOTHING, Away
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
    """The cards of a topic on a day."""

    due: int
    new: int  # never seen; the day's limit is not taken off
    total: int


def plan(slots: Sequence[Slot], memories: Mapping[str, Memory], day: int, new_per_day: int, away: Away = NOTHING) -> Plan:
    """Plan a session over `slots` (the deck's order) on a study day, without what is `away`.

    `new_per_day` cards never seen are met a day; those met today already, whatever their topic, are taken off.
    """
    slots = _here(slots, away)
    learning, reviews, busy = _due(slots, memories, day, _seen(memories, day) | away.statements)
    left = new_per_day - sum(memory.first_day == day for memory in memories.values())
    fresh: list[str] = []
    for slot in slots:
        if len(fresh) >= left:
            break
        if slot.id not in memories and slot.statement not in busy:
            busy.add(slot.statement)
            fresh.append(slot.id)
    return Plan(tuple(learning), tuple(_spread(reviews, fresh)), frozenset(fresh))


def counts(slots: Iterable[Slot], memories: Mapping[str, Memory], day: int, away: Away = NOTHING) -> dict[str, Count]:
    """The cards of each topic: due on that day (siblings shown once) and new, without what is `away`; and all."""
    by_topic: dict[str, list[Slot]] = {}
    for slot in slots:
        by_topic.setdefault(slot.topic, []).append(slot)
    found = {}
    seen = _seen(memories, day) | away.statements
    for topic, group in by_topic.items():
        here = _here(group, away)
        learning, reviews, _ = _due(here, memories, day, seen)
        unseen = sum(slot.id not in memories for slot in here)
        found[topic] = Count(len(learning) + len(reviews), unseen, len(group))
    return found


def _here(slots: Sequence[Slot], away: Away) -> Sequence[Slot]:
    """The cards that are not suspended, nor buried for this day."""
    return [slot for slot in slots if slot.id not in away.cards] if away.cards else slots


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


def tally(found: Iterable[Count]) -> Counter[str]:
    """Counts added up."""
    total = Counter[str]()
    for count in found:
        total.update(due=count.due, new=count.new, total=count.total)
    return total
