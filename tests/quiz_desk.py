"""A desk for tests: the tea deck, a store of its own, and a clock that stands still until it is moved."""

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from studytool import cloze
from studytool.build import build
from studytool.cards import compile_deck
from studytool.config import Config
from studytool.corpus import read
from studytool.deck import encode, open_deck
from studytool.model import Cut, Row, Word
from studytool.quiz.card import Card
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store

NOON = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)

# The words of the tea corpus, as a dictionary might have them: text, pinyin, HSK level ("-" of none, "." a word of grammar), senses.
_WORDS = """
林晚|Lín Wǎn|-|Lin Wan (a tea grower)
周海|Zhōu Hǎi|-|Zhou Hai (a tea merchant)
认为|rèn wéi|2|to think; to believe
预计|yù jì|5|to expect; to estimate
雨前|yǔ qián|-|(tea) picked before the rain
采下|cǎi xià|-|to pick
的|de|.|of
嫩芽|nèn yá|-|tender bud
香气|xiāng qì|7-9|aroma; fragrance
最|zuì|.|most
足|zú|6|full; sufficient
冲泡|chōng pào|7-9|to brew
时|shí|.|when
要|yào|.|must
用|yòng|1|to use
度|dù|2|degree
水|shuǐ|1|water
说|shuō|1|to say
年|nián|1|year
山上|shān shàng|-|on the hill
老|lǎo|2|old
茶树|chá shù|-|tea bush
已有|yǐ yǒu|-|to have by now
三百|sān bǎi|-|three hundred
三百岁|sān bǎi suì|-|three hundred years old
到|dào|.|by
普洱|Pǔ'ěr|-|Pu'er (a kind of tea)
价格|jià gé|4|price
会|huì|.|will
跌|diē|7-9|to fall
跌到|diē dào|-|to fall to
一半|yí bàn|2|half
哪|nǎ|.|which
""".strip()


class Clock:
    """Tells the time it was last set to."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@cache
def shipped_desk() -> Desk:
    """A desk over the shipped deck, for reading cards from it."""
    store = open_store(Path(mkdtemp()) / "reviews.db")
    return Desk([open_deck(Path(__file__).parent.parent / "decks" / "altman.jsonl")], store, Config(), Clock())


@cache
def shipped_cards() -> tuple[Card, ...]:
    """Every card of the shipped deck."""
    desk = shipped_desk()
    return tuple(desk.texts.card(slot.id) for slot in desk.slots)


def plain(**config: object) -> Config:
    """A config in which nothing varies an interval, unless it says so: what a button promises can be told beforehand."""
    return Config(**{"fuzz": False, **config})  # type: ignore[arg-type]


def tea_desk(tea: Path, home: Path, clock: Clock | None = None, **config: object) -> Desk:
    """A desk over the deck built of a tea corpus."""
    (built,) = build([tea], home / "decks", 1_700_000_000)
    return Desk([open_deck(built.jsonl)], open_store(home / "reviews.db"), plain(**config), clock or Clock())


def word_desk(tea: Path, home: Path, clock: Clock | None = None, **config: object) -> Desk:
    """A desk over the deck of a tea corpus with the words above, whatever the dictionaries say."""
    table = []
    for line in _WORDS.splitlines():
        text, pinyin, level, senses = line.split("|")
        pinyin = pinyin.replace("Pǔ'ěr", "Pǔ ěr")
        table.append(Word(text, pinyin, tuple(senses.split("; ")), level.strip("-."), level == "."))
    places = {word.text: nth for nth, word in enumerate(table)}

    def cut(text: str) -> tuple[int, ...]:
        found, at = [], 0
        while at < len(text):
            word = next((text[at:end] for end in range(len(text), at, -1) if text[at:end] in places), "")
            found += [places[word]] if word else []
            at += len(word) or 1
        return tuple(found)

    def worded(row: Row) -> Row:
        one = row.statement
        return msgspec.structs.replace(row, words=Cut(cut(cloze.plain(one.zh)), cut(one.question), cut(one.answer)))

    deck = compile_deck(read(tea))
    head = msgspec.structs.replace(deck.head, words=msgspec.Raw(msgspec.json.encode(table)))
    path = home / "words.jsonl"
    path.write_bytes(encode(msgspec.structs.replace(deck, head=head, rows=tuple(map(worded, deck.rows)))))
    return Desk([open_deck(path)], open_store(home / "reviews.db"), plain(**config), clock or Clock())
