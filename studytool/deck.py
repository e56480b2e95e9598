"""Deck file <-> Deck: one JSON object a line, so that a diff shows which claim changed and a reader can skip what it needs not.

A learner waits for this module. So `open_deck` reads of each line only what planning needs, and the whole statement when
its card is shown.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool.errors import StudytoolError, Where
from studytool.files import has_controls, read_bytes
from studytool.model import Deck, DeckHead, Direction, Note, Row, Source, Topic, Word
from studytool.words import table

FORMAT = 1
ENGLISH = "-en"  # ends the id of a card that prompts in English: its progress is its own
_LARGEST = 1 << 30  # bytes
_NOT_OURS = "is not a deck of studytool"
_AGAIN = "build it again"
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_CONTROLS = f"{_NOT_OURS}: it holds control characters"


class _Outline(Struct, frozen=True):
    """What planning needs of a row. Unknown keys are skipped without being decoded."""

    class Claim(Struct, frozen=True):
        id: str
        topic: str
        kind: str  # one of KINDS, or the row will say that it is not

    class Cards(Struct, frozen=True):
        cards: tuple[str, ...]

    source: str
    statement: Claim
    notes: tuple[Cards, ...]


class _English(Struct, frozen=True):
    """What tells which cards of a row can prompt in English."""

    class Claim(Struct, frozen=True):
        topic: str
        kind: str  # one of KINDS, or the row will say that it is not
        en: str = ""
        question_en: str = ""
        answer: str = ""
        answer_en: str = ""

    source: str
    statement: Claim
    notes: tuple[_Outline.Cards, ...]

    def cards(self) -> list[str]:
        """The cards whose blank is marked in the English, and the question where it and its answer have English."""
        claim = self.statement
        asks = bool(claim.question_en and (claim.answer_en or (claim.en and not claim.answer)))
        cards = [card for note in self.notes for card in note.cards]
        # A deck file's marks are whole, and a learner waits: looking for how a mark begins is enough.
        return [card for card in cards if (asks if card == "qa" else f"{{{{{card}::" in claim.en)]


class _Version(Struct, frozen=True):
    """What every deck file says first, whatever its format."""

    format: int


class Slot(Struct, frozen=True, gc=False):
    """A card as planning sees it. Cards of one `statement` are siblings."""

    id: str  # <corpus>:<source>/<statement>/<c1|c2|qa>, and ENGLISH where it prompts in English
    statement: str  # <corpus>:<source>/<statement>
    topic: str
    source: str = ""
    kind: str = "fact"


class OpenDeck:
    """A deck file opened for study: an outline of all cards, and each row on demand."""

    def __init__(self, path: Path, head: DeckHead, lines: Sequence[bytes]) -> None:
        self.path, self.head = path, head
        self.topics: dict[str, Topic] = {topic.id: topic for topic in head.topics}
        self.sources: dict[str, Source] = {source.id: source for source in head.sources}
        self._lines: dict[str, bytes] = {}
        self._words: tuple[Word, ...] | None = None
        self.slots: list[Slot] = []
        decoder = msgspec.json.Decoder(_Outline)
        for number, line in enumerate(lines, 2):
            try:
                outline = decoder.decode(line)
            except _BROKEN as error:
                raise StudytoolError(f"{_NOT_OURS}: {error}", Where(str(path), number), _AGAIN) from None
            claim = outline.statement
            if claim.topic not in self.topics or outline.source not in self.sources:
                raise StudytoolError(
                    f"{_NOT_OURS}: its first line lacks the topic {claim.topic!r} or the source {outline.source!r}",
                    Where(str(path), number),
                    _AGAIN,
                )
            key = f"{head.name}:{outline.source}/{claim.id}"
            self._lines[key] = line
            cards = [card for note in outline.notes for card in note.cards]
            self.slots += [Slot(f"{key}/{card}", key, claim.topic, outline.source, claim.kind) for card in cards]

    def slots_for(self, direction: Direction) -> list[Slot]:
        """The cards of a direction, in the deck's order. Raises StudytoolError where a line is not as the format says."""
        if direction == "zh-en":
            return self.slots
        decoder = msgspec.json.Decoder(_English)
        found: list[Slot] = []
        for number, (key, line) in enumerate(self._lines.items(), 2):
            try:
                row = decoder.decode(line)
            except _BROKEN as error:
                raise StudytoolError(f"{_NOT_OURS}: {error}", Where(str(self.path), number), _AGAIN) from None
            claim = row.statement
            found += [Slot(f"{key}/{card}{ENGLISH}", key, claim.topic, row.source, claim.kind) for card in row.cards()]
        return found

    def __contains__(self, statement: str) -> bool:
        return statement in self._lines

    def row(self, statement: str) -> Row:
        """The statement of a slot, whole. Raises StudytoolError where its line is not as the format says."""
        try:
            line = self._lines[statement]
            if has_controls(line):
                raise StudytoolError(_CONTROLS, Where(str(self.path), list(self._lines).index(statement) + 2), _AGAIN)
            return msgspec.json.decode(line, type=Row)
        except KeyError:
            raise StudytoolError(f"lacks the statement {statement}", Where(str(self.path)), _AGAIN) from None
        except _BROKEN as error:
            nth = list(self._lines).index(statement) + 2
            raise StudytoolError(f"{_NOT_OURS}: {error}", Where(str(self.path), nth), _AGAIN) from None

    def words(self, places: Sequence[int]) -> tuple[Word, ...]:
        """The words at some places of the word table. Raises StudytoolError where the table is not as the format says."""
        try:
            return tuple(self.all_words()[place] for place in places)
        except IndexError:
            raise StudytoolError(f"{_NOT_OURS}: its word table is too short", Where(str(self.path), 1), _AGAIN) from None

    def all_words(self) -> tuple[Word, ...]:
        """The word table, decoded when it is first asked for. Raises StudytoolError where it is not as the format says."""
        if self._words is None:
            where = Where(str(self.path), 1)
            if has_controls(bytes(self.head.words)):
                raise StudytoolError(_CONTROLS, where, _AGAIN)
            try:
                self._words = table(self.head.words)
            except _BROKEN as error:
                raise StudytoolError(f"{_NOT_OURS}: its word table is broken: {error}", where, _AGAIN) from None
        return self._words

    def rows(self) -> Iterator[Row]:
        """All statements, in the deck's order."""
        return (self.row(statement) for statement in self._lines)


def note_id(deck: str, row: Row, note: Note) -> str:
    """The identity of a note, from which Anki's GUID is made: `<corpus>:<source>/<statement>/<cloze|cloze-c2|qa>`."""
    first = note.kind == "qa" or note.cards[0] == "c1"
    return f"{deck}:{row.source}/{row.statement.id}/{note.kind}{'' if first else f'-{note.cards[0]}'}"


def speaker_en(source: Source, speaker: str) -> str:
    """A speaker's English name; the name itself where the source does not list it."""
    return dict(zip(source.speakers, source.speakers_en, strict=False)).get(speaker, speaker)


def both(one: str, other: str, gap: str = " ") -> str:
    """A name in two languages; once where the second is not known and so stands as the first."""
    return one if one == other else f"{one}{gap}{other}"


def open_deck(path: Path) -> OpenDeck:
    """Open a deck file for study. Raises StudytoolError where it is missing, damaged or not a deck."""
    data = read_bytes(path, "a deck file", _LARGEST)
    lines = data.splitlines()
    try:
        version = msgspec.json.decode(lines[0], type=_Version).format  # first, since a newer head may have other fields
        if version != FORMAT:
            raise StudytoolError(f"has deck format {version}, this studytool reads {FORMAT}", Where(str(path), 1), _AGAIN)
        head = msgspec.json.decode(lines[0], type=DeckHead)
    except _BROKEN:
        raise StudytoolError(_NOT_OURS, Where(str(path), 1), "`studytool build` makes one") from None
    if has_controls(lines[0].replace(bytes(head.words), b"")):  # the words are many, and looked at when they are shown
        raise StudytoolError(_CONTROLS, Where(str(path), 1), _AGAIN)
    return OpenDeck(path, head, lines[1:])


def encode(deck: Deck) -> bytes:
    """The bytes of a deck file: the same deck, the same bytes."""
    encoder = msgspec.json.Encoder(order="deterministic")
    return b"\n".join([encoder.encode(deck.head), *(encoder.encode(row) for row in deck.rows), b""])
