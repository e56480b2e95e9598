"""The nouns, frozen and without behaviour. A field without a suffix is Chinese, `_en` is its English."""

import datetime as dt
from typing import Literal, get_args

from msgspec import Raw, Struct

Kind = Literal["fact", "opinion", "forecast", "definition"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Status = Literal["accepted", "proposed", "rejected", "stale"]  # stale: its quote no longer stands in the article
NoteKind = Literal["cloze", "qa"]
Direction = Literal["zh-en", "en-zh"]  # the language of a card's prompt, then that of its gloss


class Topic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What claims are reviewed by."""

    id: str
    name: str
    name_en: str
    keywords: tuple[str, ...] = ()


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is cited."""

    id: str
    title: str  # as published
    title_en: str = ""
    event: str  # the conversation's short name, shown beside every claim
    event_en: str = ""
    outlet: str = ""  # who published the article
    speakers: tuple[str, ...]
    speakers_en: tuple[str, ...] = ()  # in the order of `speakers`
    said: str = ""  # when it was said, as exactly as is known: YYYY, YYYY-MM or YYYY-MM-DD
    published: dt.date  # of the article
    url: str = ""
    recording: str = ""  # address of the original recording or transcript
    article: str = ""  # where the article lies, from the statement file's folder; its quotes are checked against it


class Quote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an extracted statement stands in its article. Offsets count characters of the normalised text."""

    start: int
    end: int
    sha256: str


class Statement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One claim worth remembering, with its blanks marked as Anki marks them, in both languages."""

    id: str  # stable for ever: progress hangs on it
    topic: str
    kind: Kind
    speaker: str
    section: str
    zh: str
    en: str = ""  # may be missing where `gloss` says so
    question: str = ""  # none is better than a poor one
    question_en: str = ""
    answer: str = ""  # none: the statement itself
    answer_en: str = ""
    note: str = ""
    note_en: str = ""
    accept: tuple[str, ...] = ()  # other right texts for the blanks; "c2: text" for one of two
    accept_answer: tuple[str, ...] = ()  # other right answers to the question
    related: tuple[str, ...] = ()  # the same claim elsewhere, as <source>/<id>
    differs: tuple[str, ...] = ()  # the opposite claim elsewhere
    allow: tuple[str, ...] = ()  # lint findings answered for: "L33: why"
    gloss: str = "human"  # who made the English: "human", a translator's name, or "missing"
    status: Status = "accepted"
    quote: Quote | None = None


class Entry(Struct, frozen=True):
    """A statement with the source it stands in."""

    source: Source
    statement: Statement

    @property
    def key(self) -> str:
        """`<source>/<statement>`, the identity of the claim within its corpus."""
        return f"{self.source.id}/{self.statement.id}"


class Note(Struct, frozen=True):
    """What Anki would call a note: its cards share one claim and are kept apart in time."""

    kind: NoteKind
    cards: tuple[str, ...]  # "c1", "c2" or "qa"
    changed: int = 0  # when it was first built, in seconds since 1970 UTC, and one more for each change of its content
    digest: str = ""  # of that content, so that the next build can tell


class Word(Struct, frozen=True, omit_defaults=True):
    """A word in one reading: a line of the deck's word table."""

    text: str
    pinyin: str = ""  # citation tones as marks; syllables parted by a blank, one a hanzi; "" where it holds none
    senses: tuple[str, ...] = ()  # in English, the likeliest first
    hsk: str = ""  # level by `words.HSK`: "1" to "6", "7-9"; "" where the list does not have it
    plain: bool = False  # a word of grammar: read aloud, but not worth a line among the glosses of a card


class Cut(Struct, frozen=True, omit_defaults=True):
    """The words of a statement's Chinese texts, in order, as places in the deck's word table."""

    zh: tuple[int, ...] = ()
    question: tuple[int, ...] = ()
    answer: tuple[int, ...] = ()


class Relation(Struct, frozen=True):
    """What else was said of a claim, elsewhere."""

    key: str  # <source>/<statement>, of the same deck
    again: bool  # the same claim; else its opposite


class Row(Struct, frozen=True, omit_defaults=True):
    """One line of a deck file: a statement with its notes."""

    source: str
    statement: Statement
    notes: tuple[Note, ...]
    related: tuple[Relation, ...] = ()  # in the order of their dates
    words: Cut = Cut()

    @property
    def key(self) -> str:
        """`<source>/<statement>`, the identity of the claim within its deck."""
        return f"{self.source}/{self.statement.id}"


class DeckHead(Struct, frozen=True, kw_only=True):
    """The first line of a deck file."""

    format: int
    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    retired: Raw = Raw(b"[]")  # notes that Anki has and the deck no longer; read by who builds
    words: Raw = Raw(b"[]")  # the word table, a list of Word; decoded by who shows words, not by who plans a day


class Deck(Struct, frozen=True):
    """All that the quiz and Anki need."""

    head: DeckHead
    rows: tuple[Row, ...]
