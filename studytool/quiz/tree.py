"""What there is to study, as a tree: everything; each topic, with the sources in it; each source, with its topics.

Nothing here decodes a claim: all is counted over the outline of the decks.
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from studytool.deck import Slot
from studytool.model import Source, Topic
from studytool.quiz import schedule
from studytool.quiz.plan import Cell, Count
from studytool.quiz.schedule import Memory
from studytool.quiz.selection import EVERYTHING, Selection

TOPICS, SOURCES = "topics", "sources"  # the keys of the two headings
_CHUNK = 1_000  # cards of which the recall is worked out at once


class Node(Struct, frozen=True):
    """A line of the tree."""

    key: str
    name: str
    name_en: str
    depth: int
    wanted: Selection | None  # what studying it studies; None for a heading
    cells: tuple[Cell, ...]
    folds: bool  # whether there are lines under it


def nodes(
    cells: Collection[Cell], topics: Mapping[str, Topic], sources: Mapping[str, Source], unfolded: Collection[str]
) -> Iterator[Node]:
    """The lines on show: those under a node only where its key is among `unfolded`."""
    names = (
        {topic.id: (topic.name, topic.name_en) for topic in topics.values()},
        {source.id: (source.event, source.event_en or source.event) for source in sources.values()},
    )
    yield Node("all", "全部", "Everything", 0, EVERYTHING, tuple(cells), False)
    for heading, name, name_en, place in ((TOPICS, "主题", "Topics", 0), (SOURCES, "来源", "Sources", 1)):
        groups = {one: tuple(cell for cell in cells if cell[place] == one) for one in names[place]}
        yield Node(heading, name, name_en, 0, None, (), True)
        if heading not in unfolded:
            continue
        for one, found in groups.items():
            if not found:
                continue
            key = f"{heading}:{one}"
            wanted = Selection(source=one) if place else Selection(topic=one)
            yield Node(key, *names[place][one], 1, wanted, found, len(found) > 1)
            if key in unfolded:
                for other, called in names[1 - place].items():
                    cell = (other, one) if place else (one, other)
                    if cell in found:
                        yield Node(f"{key}:{other}", *called, 2, Selection(topic=cell[0], source=cell[1]), (cell,), False)


def total(cells: Collection[Cell], counted: Mapping[Cell, Count]) -> Count:
    """The counts of some cells together."""
    return sum((counted[cell] for cell in cells), Count(0, 0, 0))


class Recall(Struct, frozen=True):
    """How well the cards seen are known: the sum of their retrievabilities, and how many they are."""

    known: float = 0.0
    seen: int = 0

    def __add__(self, other: "Recall") -> "Recall":
        return Recall(self.known + other.known, self.seen + other.seen)

    @property
    def mean(self) -> float | None:
        """The mean retrievability, 0 to 1; None where nothing was seen."""
        return self.known / self.seen if self.seen else None


def recall(
    slots: Collection[Slot], memories: Mapping[str, Memory], day: int, parameters: schedule.Parameters
) -> Iterator[dict[Cell, Recall]]:
    """How well each cell is known on a study day, in instalments, so that a screen can answer keys in between."""
    known: dict[Cell, float] = {}
    seen: dict[Cell, int] = {}
    for nth, slot in enumerate(slots, 1):
        if memory := memories.get(slot.id):
            cell = slot.topic, slot.source
            known[cell] = known.get(cell, 0.0) + schedule.retrievability(memory, day, parameters)
            seen[cell] = seen.get(cell, 0) + 1
        if nth % _CHUNK == 0 or nth == len(slots):
            yield {cell: Recall(known[cell], seen[cell]) for cell in seen}
