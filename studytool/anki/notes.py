"""Deck -> the notes as Anki will hold them: fields of HTML, tags, deck name, position.

A field is HTML and may be parsed for cloze marks, so every character that means something to either is written as an entity.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from studytool import cloze
from studytool.anki.note_types import SHARED_FIELDS
from studytool.deck import both, note_id, speaker_en
from studytool.model import Deck, DeckHead, Direction, Kind, Note, NoteKind, Row, Source, Statement, Topic, Word
from studytool.words import find, spelled, syllables, table, tone_of

# What means something to HTML, to Anki's cloze parser (`{`, `}`, `::`) or to Anki itself: `[sound:…]`, `[LaTeX]` in any case,
# `[/anki:tts]`, `[[type:…]]`, `\(…\)`.
_SPECIAL = re.compile(r"[&<>\"'{}\[\\\n:](?<!(?<!:):)")  # a colon only after another; by one set of characters, which is fast
_ENGLISH_LEVEL = "English to Chinese 英译中"
_SPARES = ("",) * 5  # Spare1 to Spare4, MyNotes
KINDS: dict[Kind, str] = {
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
    direction: Direction = "zh-en"

    def content(self) -> bytes:
        """All that a learner would see change, as bytes to take a digest of."""
        return "\x1f".join((self.deck, *self.fields, *self.tags, *map(str, self.ords))).encode()


def anki_notes(deck: Deck) -> Iterator[AnkiNote]:
    """The notes of a deck for the learner of Chinese, in its order, cloze and Q&A of a statement following each other.

    New cards are shown by position: first blanks in the deck's order, then questions, then second blanks: siblings lie far apart.
    """
    head = deck.head
    sources = {source.id: source for source in head.sources}
    topics = {topic.id: topic for topic in head.topics}
    places = {topic.id: place(head, topic) for topic in head.topics}
    rows = {row.key: row for row in deck.rows}
    words = _Words(table(head.words))
    for nth, row in enumerate(deck.rows, 1):
        statement, source, topic = row.statement, sources[row.source], topics[row.statement.topic]
        tags = tags_of(topic.id, source, statement.kind, statement.speaker)
        spoken = (words.ruby(statement.zh, row.words.zh), words.glosses(row.words.zh))
        shared = (*spoken, *_shared(statement, source, topic), _related(row, rows, sources), "", "")
        for note in row.notes:
            identity = note_id(head.name, row, note)
            rest = (*shared, html(identity), *_SPARES)
            if note.kind == "cloze":
                blanks = tuple(int(card[1:]) for card in note.cards)
                zh, en = statement.zh, statement.en
                if len(row.notes) > 1 and row.notes[1].kind == "cloze":  # the blanks of the other notes are plain text here
                    zh, en = cloze.only(zh, blanks), cloze.only(en, blanks)
                # Anki shows nothing of a cloze field without its blank; such English stands with the notes, on the back.
                english = cloze.changed(en, html) if cloze.any_blank(en) else ""
                fields = (cloze.changed(zh, html), english, *rest)
                ords, due = tuple(number - 1 for number in blanks), nth + 2 * len(deck.rows) * (blanks[0] - 1)
            else:
                fields = (*_asked(statement), *rest)
                ords, due = (0,), len(deck.rows) + nth
            yield AnkiNote(identity, note.kind, places[topic.id], fields, tags, ords, due)


def english_notes(deck: Deck) -> Iterator[tuple[AnkiNote, Note]]:
    """The notes of a deck for the learner of English: prompts in English, with Chinese as the gloss, in subdecks of their own.

    A note is there only where its English stands by itself: with blanks, or with a question and its answer. Each comes with the
    note of the deck that it turns round, which tells when both last changed.
    """
    turned = {note_id(deck.head.name, row, note): (row.statement, note) for row in deck.rows for note in row.notes}
    for note in anki_notes(deck):
        one, whole = turned[note.id]
        blanks = cloze.numbers(one.en)
        ords = tuple(ord_ for ord_ in note.ords if ord_ + 1 in blanks) if note.kind == "cloze" else note.ords
        if not ords or (note.kind == "qa" and not (one.question_en and (one.answer_en or not one.answer))):
            continue
        own = len(note.fields) - len(SHARED_FIELDS)
        pairs = (note.fields[at ^ 1] for at in range(own))  # Chinese and English change places
        rest = dict(zip(SHARED_FIELDS, note.fields[own:], strict=True)) | {"Pinyin": "", "ID": html(f"{note.id}-en")}
        *above, topic = note.deck.split("::")
        place = "::".join([*above, _ENGLISH_LEVEL, topic])
        yield AnkiNote(f"{note.id}-en", note.kind, place, (*pairs, *rest.values()), note.tags, ords, note.due, "en-zh"), whole


def html(text: str) -> str:
    """Text as it survives Anki: no markup, no cloze mark, no hint separator, no LaTeX, sound or speech tag."""
    return _SPECIAL.sub(_entity, text)


def _entity(special: re.Match[str]) -> str:
    return "<br>" if special[0] == "\n" else f"&#{ord(special[0])};"


_shared_html = lru_cache(maxsize=4096)(html)  # citations repeat on every note of a source


def place(head: DeckHead, topic: Topic) -> str:
    """The deck in Anki of a topic's notes, levels joined by "::"."""
    return f"{_level(head.title_en)}::{_level(both(topic.name_en, topic.name))}"


def _level(name: str) -> str:
    """A level of a deck's or tag's name: `::` would open a new one, also across its edge, and Anki drops quotes there."""
    return re.sub(r"::+", ":", name).replace('"', "'").strip(": ") or "-"


def _asked(statement: Statement) -> tuple[str, ...]:
    asked = (statement.question, statement.question_en, statement.answer, statement.answer_en)
    return (*map(html, asked), html(cloze.plain(statement.zh)), html(cloze.plain(statement.en)))


def _shared(statement: Statement, source: Source, topic: Topic) -> tuple[str, ...]:
    once = _shared_html
    who = speaker_en(source, statement.speaker)
    speaker = both(once(who), once(statement.speaker))
    unmarked = "" if cloze.any_blank(statement.en) else statement.en
    notes = "<br>".join(html(note) for note in (unmarked, statement.note, statement.note_en) if note)
    citation = (
        once(both(topic.name_en, topic.name, " · ")),
        KINDS[statement.kind],
        speaker,
        both(once(source.event_en), once(source.event)),
        once(source.said),
        once(statement.section),
        once(source.title),
        once(source.outlet),
        source.published.isoformat(),
        once(source.url),
        once(source.recording),
    )
    return (notes, *citation)


class _Words:
    """A deck's words as HTML, each made once."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._rubies = cache(self._ruby)
        self._lines = cache(self._line)

    def ruby(self, zh: str, places: Sequence[int]) -> str:
        """A statement with the pinyin of each character above it, in the colour of its tone; nothing where no word is known."""
        if not places:
            return ""
        text, found, at = cloze.plain(zh), "", 0
        for place in places:
            start = find(text, self._words[place].text, at)
            if start >= 0:
                found += html(text[at:start]) + self._rubies(place)
                at = start + len(self._words[place].text)
        return found + html(text[at:])

    def glosses(self, places: Sequence[int]) -> str:
        """The words of a claim that are more than grammar, as a table: word, pinyin, English, HSK level."""
        lines = "".join(map(self._lines, dict.fromkeys(places)))
        return f'<table class="words">{lines}</table>' if lines else ""

    def _ruby(self, place: int) -> str:
        word = self._words[place]
        found, run = "", ""
        for char, syllable in zip(word.text, syllables(word), strict=True):
            if not syllable:
                run += char
                continue
            found += f'{html(run)}<ruby class="tone{tone_of(syllable)}">{html(char)}<rt>{html(syllable)}</rt></ruby>'
            run = ""
        return found + html(run)

    def _line(self, place: int) -> str:
        word = self._words[place]
        if word.plain or not word.senses:
            return ""
        read = "".join(piece.text for piece in spelled(word.text, [word])) if word.pinyin else ""
        cells = (word.text, read, "; ".join(word.senses), f"HSK {word.hsk}" if word.hsk else "")
        return "<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>"


def _related(row: Row, rows: Mapping[str, Row], sources: Mapping[str, Source]) -> str:
    """What else was said of the claim, where and when."""
    found = ""
    for relation in row.related:
        other = rows[relation.key]
        source, statement = sources[other.source], other.statement
        how = "又说 said again" if relation.again else "另说 said otherwise"
        who = html(f"{speaker_en(source, statement.speaker)}, {source.event_en}, {source.said}")
        found += f'<div class="said"><b>{how}</b> · {who}<br><span lang="zh-Hans">{html(cloze.plain(statement.zh))}</span>'
        found += f"<br>{html(cloze.plain(statement.en))}</div>"
    return found


@lru_cache(maxsize=4096)
def tags_of(topic: str, source: Source, kind: Kind, speaker: str) -> tuple[str, ...]:
    """The tags in Anki of a statement's notes."""
    who = re.sub(r"\s+", "_", _level(speaker_en(source, speaker)))
    return (f"topic::{topic}", f"source::{source.id}", f"kind::{kind}", f"speaker::{who}")
