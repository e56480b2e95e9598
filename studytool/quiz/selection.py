"""What to study, where that is not simply all that is due: which cards, how many, for how long, and whether it counts."""

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from studytool.deal import Deal
from studytool.deck import Slot
from studytool.quiz.flags import NOTHING, Away
from studytool.quiz.plan import Caps, Plan, plan
from studytool.quiz.schedule import Memory


class Selection(Struct, frozen=True):
    """Filters and bounds of a session. With nothing set: what is due today, and the day's new cards."""

    topic: str = ""  # its id; "" for any
    source: str = ""  # its id; "" for any
    kind: str = ""  # of the claim; "" for any
    statements: tuple[str, ...] = ()  # <corpus>:<source>/<statement>; none for any
    limit: int = 0  # cards, at most; 0 for no limit
    minutes: int = 0  # after which no card begins; 0 for no limit
    new: int | None = None  # cards never seen, at most, whatever was met today; None for what the day's limit leaves
    due_only: bool = False  # no card never seen
    cram: bool = False  # every card, due or not, and nothing is recorded

    @property
    def filters(self) -> bool:
        """Whether it leaves any card out for what it is."""
        return bool(self.topic or self.source or self.kind or self.statements)


EVERYTHING = Selection()


def selection(wanted: Selection | str | None) -> Selection:
    """A selection as it is, of a topic where its id is given, of everything where nothing is."""
    return wanted if isinstance(wanted, Selection) else Selection(topic=wanted or "")


def chosen(slots: Sequence[Slot], wanted: Selection) -> Sequence[Slot]:
    """The cards that a selection's filters let through, in their order."""
    among = frozenset(wanted.statements)
    if among:
        slots = [slot for slot in slots if slot.statement in among]
    for name in ("topic", "source", "kind"):
        if value := getattr(wanted, name):
            slots = [slot for slot in slots if getattr(slot, name) == value]
    return slots


def plan_of(
    slots: Sequence[Slot],
    memories: Mapping[str, Memory],
    day: int,
    deal: Deal,
    wanted: Selection,
    topics: Mapping[str, Deal] = {},
    away: Away = NOTHING,
) -> Plan:
    """The session that a selection of `slots` makes on a study day, held to the limits of the day and of its topics."""
    cards = chosen(slots, wanted)
    if wanted.cram:
        here = [slot for slot in cards if slot.id not in away.cards] if away.cards else cards
        return Plan((), _cramming(here, memories, day, wanted), frozenset())
    caps = Caps(wanted.limit or None, 0 if wanted.due_only else wanted.new)
    return plan(cards, memories, day, deal, topics, caps, away)


def _cramming(cards: Iterable[Slot], memories: Mapping[str, Memory], day: int, wanted: Selection) -> tuple[str, ...]:
    """Every card once: each statement's first, then each one's next, so that siblings are far apart; shuffled day by day."""
    turn: dict[str, int] = {}
    order: list[tuple[int, int, str]] = []
    for slot in cards:
        memory = memories.get(slot.id)
        if wanted.due_only and (memory is None or memory.due_day > day):
            continue
        nth = turn[slot.statement] = turn.get(slot.statement, -1) + 1
        order.append((nth, crc32(f"{day} {slot.id}".encode()), slot.id))
    order.sort()
    return tuple(card for _, _, card in order[: wanted.limit or None])
