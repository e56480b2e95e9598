"""What every exit tells of claims: each with its citation, its question, its cards; gathered once, in the order to be read."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from studytool import cloze
from studytool.anki.notes import place, tags_of
from studytool.claims import Claim, Found
from studytool.deck import OpenDeck
from studytool.model import DeckHead, Row, Source, Topic

GAP, GAP_EN = "［…］", "[…]"


class Asked(Struct, frozen=True, kw_only=True):
    """A card: what its front asks and its back answers. `_en` is "" where the English does not mark the blank."""

    id: str  # <corpus>:<source>/<statement>/<c1|c2|qa>
    front: str
    front_en: str
    back: str
    back_en: str
    anki_deck: str  # where it lies there, levels joined by "::"
    tags: tuple[str, ...]


class Item(Claim, frozen=True, kw_only=True):
    """A claim with what is asked of it. `marked` is its text with the blanks as Anki marks them."""

    deck: str
    source: str
    published: str  # of the article, YYYY-MM-DD
    marked: str
    marked_en: str
    question: str
    question_en: str
    answer: str
    answer_en: str
    cards: tuple[Asked, ...]


class Section(Struct, frozen=True):
    """The claims of a topic."""

    topic: Topic
    items: tuple[Item, ...]


class Sheet(Struct, frozen=True):
    """All that is written, by topic; sources and decks are those that the claims stand in."""

    decks: tuple[DeckHead, ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]

    def items(self) -> list[Item]:
        """The claims of all topics, in their order."""
        return [item for section in self.sections for item in section.items]


def sheet(found: Sequence[Found]) -> Sheet:
    """The claims that were found, gathered by topic. Raises StudytoolError where a line of a deck is not as the format says."""
    decks = {one.deck.head.name: one.deck for one in found}
    sources: dict[Source, None] = {}
    topics: dict[str, tuple[Topic, list[Item]]] = {}
    for deck, row, claim in found:
        sources[deck.sources[row.source]] = None
        topic = deck.topics[row.statement.topic]
        topics.setdefault(topic.id, (topic, []))[1].append(_item(deck, row, claim))
    sections = tuple(Section(topic, tuple(items)) for topic, items in topics.values())
    return Sheet(tuple(deck.head for deck in decks.values()), tuple(sources), sections)


def _item(deck: OpenDeck, row: Row, claim: Claim) -> Item:
    statement, source = row.statement, deck.sources[row.source]
    lies = place(deck.head, deck.topics[statement.topic])
    tags = tags_of(statement.topic, source, statement.kind, statement.speaker)
    cards = [_asked(deck, row, card, lies, tags) for note in row.notes for card in note.cards]
    return Item(
        **{field.name: getattr(claim, field.name) for field in msgspec.structs.fields(claim)},
        deck=deck.head.name,
        source=row.source,
        published=source.published.isoformat(),
        marked=statement.zh,
        marked_en=statement.en,
        question=statement.question,
        question_en=statement.question_en,
        answer=statement.answer,
        answer_en=statement.answer_en,
        cards=tuple(cards),
    )


def _asked(deck: OpenDeck, row: Row, card: str, lies: str, tags: tuple[str, ...]) -> Asked:
    one = row.statement
    name = f"{deck.head.name}:{row.key}/{card}"
    if card == "qa":
        back, back_en = one.answer or cloze.plain(one.zh), one.answer_en or cloze.plain(one.en)
        return Asked(id=name, front=one.question, front_en=one.question_en, back=back, back_en=back_en, anki_deck=lies, tags=tags)
    number = int(card[1:])
    there = number in cloze.numbers(one.en)  # English without the blank would tell the answer
    return Asked(
        id=name,
        front=cloze.hide(one.zh, number, GAP),
        front_en=cloze.hide(one.en, number, GAP_EN) if there else "",
        back=cloze.blank(one.zh, number),
        back_en=cloze.blank(one.en, number),
        anki_deck=lies,
        tags=tags,
    )
