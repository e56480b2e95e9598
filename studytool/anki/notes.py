"""Deck -> the notes as Anki will hold them: fields of HTML, tags, deck name, position.

A field is HTML and may be parsed for cloze marks, so every character that means something to either is written as an entity.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from studytool import cloze
from studytool.anki.note_types import CLOZE_FIELDS, QA_FIELDS
from studytool.deck import note_id
from studytool.model import Deck, Kind, NoteKind, Row, Source, Statement, Topic

# Brackets and backslashes too: `[sound:…]`, `[LaTeX]` in any case, `[/anki:tts]`, `[[type:…]]` and `\(…\)` are Anki's.
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "{": "&#123;", "}": "&#125;", "\n": "<br>"}
    | {"[": "&#91;", "\\": "&#92;"}
)
_KINDS: dict[Kind, str] = {
    "fact": "事实 fact", "opinion": "观点 opinion", "forecast": "预测 forecast", "definition": "定义 definition",
}  # fmt: skip


class AnkiNote(NamedTuple):
    """A note ready for Anki, but for the time of its last change."""

    id: str
    kind: NoteKind
    deck: str  # full name, levels joined by "::"
    fields: tuple[str, ...]  # HTML, in the order of the note type
    tags: tuple[str, ...]
    ords: tuple[int, ...]  # one card each
    due: int  # position among the new cards

    def content(self) -> bytes:
        """All that a learner would see change, as bytes to take a digest of."""
        return "\x1f".join((self.deck, *self.fields, *self.tags, *map(str, self.ords))).encode()


def anki_notes(deck: Deck) -> Iterator[AnkiNote]:
    """The notes of a deck in its order, cloze and Q&A of a statement following each other.

    New cards are shown by position: first the cloze notes in the deck's order, then the questions: siblings lie far apart.
    """
    head = deck.head
    sources = {source.id: source for source in head.sources}
    topics = {topic.id: topic for topic in head.topics}
    for nth, row in enumerate(deck.rows, 1):
        statement, source, topic = row.statement, sources[row.source], topics[row.statement.topic]
        place = f"{_level(head.title_en)}::{_level(topic.name_en)} {_level(topic.name)}"
        tags = _tags(row, source)
        for note in row.notes:
            shared = _shared(statement, source, topic, note_id(head.name, row, note))
            if note.kind == "cloze":
                fields = (_clozes(statement.zh), _clozes(statement.en), *shared)
                ords, due = tuple(int(card[1:]) - 1 for card in note.cards), nth
            else:
                fields = (*_asked(statement), *shared)
                ords, due = (0,), len(deck.rows) + nth
            yield AnkiNote(note_id(head.name, row, note), note.kind, place, fields, tags, ords, due)


def html(text: str) -> str:
    """Text as it survives Anki: no markup, no cloze mark, no hint separator, no LaTeX, sound or speech tag."""
    return text.translate(_ENTITIES).replace("::", ":&#58;")


_shared_html = lru_cache(maxsize=4096)(html)  # citations repeat on every note of a source


def _level(name: str) -> str:
    """A level of a deck's or tag's name: `::` would open a new one, also across its edge, and Anki drops quotes there."""
    return re.sub(r"::+", ":", name).replace('"', "'").strip(": ") or "-"


def _clozes(text: str) -> str:
    return "".join(f"{{{{c{part.blank}::{html(part.text)}}}}}" if part.blank else html(part.text) for part in cloze.parse(text))


def _asked(statement: Statement) -> tuple[str, ...]:
    asked = (statement.question, statement.question_en, statement.answer, statement.answer_en)
    return (*map(html, asked), html(cloze.plain(statement.zh)), html(cloze.plain(statement.en)))


def _shared(statement: Statement, source: Source, topic: Topic, identity: str) -> tuple[str, ...]:
    once = _shared_html
    who = speaker_en(source, statement.speaker)
    speaker = once(statement.speaker) if who == statement.speaker else f"{once(who)} {once(statement.speaker)}"
    notes = "<br>".join(html(note) for note in (statement.note, statement.note_en) if note)
    citation = (
        once(f"{topic.name_en} · {topic.name}"),
        _KINDS[statement.kind],
        speaker,
        once(source.event_en) if source.event_en == source.event else f"{once(source.event_en)} {once(source.event)}",
        once(source.said),
        once(statement.section),
        once(source.title),
        once(source.outlet),
        source.published.isoformat(),
        once(source.url),
        once(source.recording),
    )
    return ("", "", notes, *citation, "", "", "", html(identity), "", "", "", "", "")


def speaker_en(source: Source, speaker: str) -> str:
    """A speaker's English name; the name itself where the source does not list it."""
    return source.speakers_en[source.speakers.index(speaker)] if speaker in source.speakers else speaker


def _tags(row: Row, source: Source) -> tuple[str, ...]:
    who = re.sub(r"\s+", "_", _level(speaker_en(source, row.statement.speaker)))
    return (f"topic::{row.statement.topic}", f"source::{row.source}", f"kind::{row.statement.kind}", f"speaker::{who}")


assert len(CLOZE_FIELDS) + 4 == len(QA_FIELDS)  # `_shared` fills all but the first two, and all but the first six
