"""Where the words of a text stand, and how its pinyin is written."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.model import Word
from studytool.words import NO_TONE, located, spelled, syllables, table, tone_of

WORDS = (
    Word("林晚", "Lín Wǎn"),
    Word("觉得", "jué de", ("to think",)),
    Word("海", "hǎi"),
    Word("岸", "àn"),
    Word("海岸", "hǎi àn", ("coast",)),
    Word("AI", "", ("artificial intelligence",)),
)
LIN, THINK, SEA, SHORE, COAST, AI = WORDS


def spell(text: str, *words: Word, hidden: tuple[tuple[int, int], ...] = ()) -> str:
    return "".join(piece.text for piece in spelled(text, words, hidden, "[…]"))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("林晚觉得，海岸在变。", (LIN, THINK, COAST), "LínWǎn juéde, hǎi'àn 在 变."),
        ("海、岸", (SEA, SHORE), "hǎi, àn"),
        ("AI海岸", (AI, COAST), "AI hǎi'àn"),
        ("OpenAI海", (AI, SEA), "OpenAI hǎi"),  # AI is no word within another
        ("“海”（岸）", (SEA, SHORE), "“hǎi” (àn)"),
        ("2024 年", (), "2024 年"),
        ("", (), ""),
    ],
)
def test_pinyin_is_written_as_in_books(text: str, words: tuple[Word, ...], expected: str):
    assert spell(text, *words) == expected


def test_a_name_s_parts_are_apart():
    assert spell("萨姆·奥特曼说", Word("萨姆·奥特曼", "Sà mǔ Ào tè màn"), Word("说", "shuō")) == "Sàmǔ Àotèmàn shuō"


def test_what_is_hidden_is_told_by_the_gap_once():
    text = "林晚觉得海岸"
    assert spell(text, LIN, THINK, COAST, hidden=((4, 6),)) == "LínWǎn juéde […]"
    assert spell(text, LIN, THINK, COAST, hidden=((0, 2), (4, 6))) == "[…] juéde […]"
    assert spell(text, LIN, THINK, COAST, hidden=((4, 5),)) == "LínWǎn juéde […] àn"  # half a word


def test_words_of_another_text_are_left_out():
    assert [token.word for token in located("海", (COAST, SEA))] == [SEA]
    assert [token.word for token in located("山", (COAST, SEA))] == [None]


@given(st.lists(st.sampled_from(WORDS)), st.text("海岸AI ，x", max_size=8))
def test_located_loses_nothing(words: list[Word], text: str):
    tokens = located(text, words)
    assert "".join(text[token.start : token.end] for token in tokens) == text
    for token in tokens:
        assert token.word is None or token.word.text == text[token.start : token.end]
        if token.word:
            assert len(syllables(token.word)) == token.end - token.start


@pytest.mark.parametrize(
    ("syllable", "tone"), [("mā", 1), ("má", 2), ("mǎ", 3), ("mà", 4), ("ma", NO_TONE), ("lǜ", 4), ("Ào", 4), ("nü", NO_TONE)]
)
def test_tones(syllable: str, tone: int):
    assert tone_of(syllable) == tone


def test_the_table_is_read_from_its_line():
    assert table(msgspec.Raw(msgspec.json.encode(WORDS))) == WORDS
    with pytest.raises(msgspec.DecodeError):
        table(msgspec.Raw(b'{"words": 1}'))
