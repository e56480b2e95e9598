"""All claims of the decks, to be read and searched rather than asked. Reading them takes a while: it is for a thread."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from studytool import cloze
from studytool.deck import OpenDeck, speaker_en
from studytool.model import Kind, Row
from studytool.quiz.search import Index
from studytool.words import toneless

Own = Callable[[str, Row], Row]  # a statement and its row -> the row as the learner reads it


class Claim(Struct, frozen=True, gc=False):
    """A claim as it is listed."""

    statement: str  # <corpus>:<source>/<statement>
    topic: str
    source: str
    kind: Kind
    speaker: str  # in English where that is known
    said: str  # YYYY, YYYY-MM or YYYY-MM-DD; "" where it is not known
    zh: str
    en: str
    sounds: str  # its pinyin without tones, a blank between syllables, ü as v; "" where the deck has no words


class Book:
    """The claims in the order of the decks; one that stands in two decks once. `own` puts in the learner's own texts.

    Raises StudytoolError for a damaged line, when it is made.
    """

    def __init__(self, decks: Sequence[OpenDeck], own: Own = lambda _, row: row) -> None:
        found: dict[str, Claim] = {}
        for deck in decks:
            for claim in _claims(deck, own):
                found.setdefault(claim.statement, claim)
        self.claims = tuple(found.values())

    @cached_property
    def index(self) -> Index:
        """For finding claims in it."""
        return Index([(claim.zh, claim.en, claim.sounds) for claim in self.claims])


def _claims(deck: OpenDeck, own: Own) -> Iterator[Claim]:
    sounds = [toneless(word.pinyin) for word in deck.all_words()]
    speakers: dict[tuple[str, str], str] = {}
    for row in deck.rows():
        statement, source = f"{deck.head.name}:{row.key}", deck.sources[row.source]
        one = own(statement, row).statement
        who = row.source, one.speaker
        if who not in speakers:
            speakers[who] = speaker_en(source, one.speaker)
        _check(deck, row)
        heard = " ".join(sounds[place] for place in row.words.zh if sounds[place])
        zh, en = cloze.plain(one.zh), cloze.plain(one.en)
        yield Claim(statement, one.topic, row.source, one.kind, speakers[who], source.said, zh, en, heard)


def _check(deck: OpenDeck, row: Row) -> None:
    """Raise StudytoolError where a claim names words or other claims that the deck lacks, rather than when it is shown."""
    for places in (row.words.zh, row.words.question, row.words.answer):
        deck.words(places)
    for relation in row.related:
        key = f"{deck.head.name}:{relation.key}"
        if key not in deck:
            deck.row(key)
