"""Corpora, decks and review logs of any size, made up by rule: the same number, the same statements."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from random import Random

from msgspec.structs import replace

from studytool.build import build
from studytool.deck import encode, open_deck
from studytool.model import Deck
from studytool.quiz.store import open_store

TOPICS = ("alpha", "beta", "gamma", "delta")
_SIGNS = "春夏秋冬山川湖海风云雷电松竹梅兰金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张"


def name_of(number: int) -> str:
    """A made-up name of three hanzi, another one for each number below 50,000."""
    base = len(_SIGNS)
    return "".join(_SIGNS[number // base**place % base] for place in (2, 1, 0))


def write_corpus(folder: Path, statements: int) -> Path:
    """Write a corpus of that many statements, each with two blanks and a question: three cards."""
    folder.mkdir(parents=True, exist_ok=True)
    head = [
        'name = "made-up"',
        'title = "杜撰"',
        'title_en = "Made up"',
        'description = "试"',
        'description_en = "A trial"',
    ]
    for topic in TOPICS:
        head += ["[[topic]]", f'id = "{topic}"', f'name = "类 {topic.upper()}"', f'name_en = "Kind {topic}"']
    (folder / "corpus.toml").write_text("\n".join(head) + "\n", "utf-8")
    lines = [
        "[source]", 'id = "book"', 'title = "书"', 'title_en = "The book"', 'event = "书"', 'event_en = "The book"',
        'outlet = "社"', 'speakers = ["作者甲"]', 'speakers_en = ["Author A"]', 'said = "2024-01-02"',
        "published = 2024-01-03", 'url = "https://example.org/book"',
    ]  # fmt: skip
    for number in range(statements):
        isle, festival, shells = f"ISLE{number}", f"festival {number}F", number + 7
        lines += [
            "[[statement]]", f'id = "claim-{number}"', f'topic = "{TOPICS[number % len(TOPICS)]}"', 'kind = "fact"',
            'speaker = "作者甲"', 'section = "一"',
            f'zh = "{isle} 岛上的{{{{c1::{name_of(number)}}}}}每年约收 {{{{c2::{shells} 亿枚贝壳}}}}，足以养活全岛。"',
            f'en = "On {isle}, {{{{c1::the {festival}}}}} brings in about {{{{c2::{shells} hundred million shells}}}} a year."',
            f'question = "编号为 {isle} 的岛屿靠什么过活？"', f'question_en = "What does {isle} live on?"',
            f'answer = "{name_of(number)}庆典"', f'answer_en = "{festival}"',
        ]  # fmt: skip
    (folder / "book.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def many_rows(deck: Deck, claims: int) -> Deck:
    """A deck of that many statements: those of another one, again and again under new ids, without relations."""
    rows = (replace(deck.rows[nth % len(deck.rows)], related=()) for nth in range(claims))
    renamed = (replace(row, statement=replace(row.statement, id=f"n{nth}-{row.statement.id}")) for nth, row in enumerate(rows))
    return Deck(deck.head, tuple(renamed))


def many_claims(deck: Path, path: Path, claims: int) -> Path:
    """Write a deck file of that many statements, of those of another deck file."""
    opened = open_deck(deck)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(many_rows(Deck(opened.head, tuple(opened.rows())), claims)))
    return path


def write_deck(folder: Path, claims: int) -> Path:
    """Write a deck file of that many statements of three cards each, which hundred different ones make up."""
    (few,) = build([write_corpus(folder / "corpus", 100)], folder / "few", 1_700_000_000)
    return many_claims(few.jsonl, folder / "decks" / "made-up.jsonl", claims)


def many_reviews(path: Path, cards: Sequence[str], reviews: int, today: int) -> Path:
    """Write a reviews.db with a memory of each card, a hundredth of them due, and that many reviews over 1,000 days.

    One in a thousand was taken back.
    """
    random = Random(1)
    store = open_store(path)
    store.close()
    db = sqlite3.connect(path)
    first = today - 999
    log = (
        (cards[nth % len(cards)], random.choice((1, 3, 3, 3, 4)), nth, first + nth * 1_000 // reviews, random.randrange(90_000))
        for nth in range(reviews)
    )
    memories = (
        (card, 2, 0, random.uniform(5, 300), random.uniform(1, 10), 0, today + random.randrange(-1, 199), today - 5, first, 10, 1)
        for card in cards
    )
    with db:
        db.executemany("INSERT INTO review (card, grade, at, day, took) VALUES (?, ?, ?, ?, ?)", log)
        db.executemany(f"INSERT INTO memory VALUES ({', '.join('?' * 11)})", memories)
        db.execute("INSERT INTO undone SELECT id, at FROM review WHERE id % 1000 = 7")
    db.close()
    return path
