"""What a learner says of a card beside grading it: suspended, buried for a day, marked; and which cards are leeches.

None of it touches the review log: taking a flag off leaves the card as it was.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from studytool.quiz.schedule import Memory

if TYPE_CHECKING:
    from studytool.quiz.store import Store

LEECH = 8  # lapses that make a leech, as in Anki
AGAIN_EVERY = 4  # lapses after which a leech is told of again: half as many, as in Anki


class Flag(Struct, frozen=True, gc=False):
    """The flags of a card."""

    suspended: bool = False  # never shown, until that is taken back
    buried: int = 0  # the study day on which it is left out. Not one until which: a clock set right again must not keep it buried
    marked: bool = False
    told: int = 0  # lapses at which the learner was last told that it is a leech; 0 for never
    at: int = 0  # when any of it last changed, in seconds since 1970 UTC

    def away(self, day: int) -> bool:
        """Whether the card is left out of a study day."""
        return self.suspended or self.buried == day


class Flagged(Struct, frozen=True):
    """A change of a card's flags, with the way back."""

    card: str
    before: Flag
    after: Flag


class Away(Struct, frozen=True):
    """What a study day leaves out."""

    cards: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()  # a card of theirs was buried for this day, so a sibling would be too soon


NOTHING = Away()
NONE = Flag()


def away(flags: Mapping[str, Flag], day: int) -> Away:
    """What the flags leave out of a study day."""
    cards = frozenset(card for card, flag in flags.items() if flag.away(day))
    if not cards:
        return NOTHING
    return Away(cards, frozenset(card.rsplit("/", 1)[0] for card in cards if flags[card].buried == day))


def leech(memory: Memory | None, flag: Flag = NONE) -> int:
    """The lapses at which a leech is to be told of and was not yet: 8, then every fourth more; 0 for nothing to tell."""
    if memory is None or memory.lapses < LEECH:
        return 0
    due = memory.lapses - (memory.lapses - LEECH) % AGAIN_EVERY
    return due if flag.told < due else 0


class Flags:
    """The flags of all cards; each change is on the disk when it returns."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._flags = store.flags()

    def __getitem__(self, card: str) -> Flag:
        return self._flags.get(card, NONE)

    def away(self, day: int) -> Away:
        """What is left out of a study day."""
        return away(self._flags, day) if self._flags else NOTHING

    def suspended(self) -> list[str]:
        """The cards that are suspended."""
        return [card for card, flag in self._flags.items() if flag.suspended]

    def marked(self) -> list[str]:
        """The cards that are marked."""
        return [card for card, flag in self._flags.items() if flag.marked]

    def put(self, card: str, flag: Flag, now: int) -> Flagged:
        """Set the flags of a card at a moment. Raises StudytoolError where the disk refuses; nothing is changed then."""
        before = self[card]
        after = replace(flag, at=max(now, before.at + 1))  # the later of two is what two stores agree on
        self._store.put_flag(card, after)
        self._flags[card] = after
        return Flagged(card, before, after)
