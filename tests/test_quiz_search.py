"""Finding claims: what somebody types, and what must then be found, and set off."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz_desk import tea_desk, word_desk
from studytool.model import Word
from studytool.quiz.book import Book
from studytool.quiz.dossier import Filter, choices, ordered
from studytool.quiz.search import Index, cuts, flat, marked

TEXTS = [
    ("要先编制资产清单。", "First draw up a list of assets; that was said.", "yao xian bian zhi zi chan qing dan"),
    ("他热爱 AI，也说起 GPT-4。", "He loves AI and talks about GPT-4.", "ta re ai ye shuo qi"),
    ("西安的绿茶很好。", "Green tea from Xi'an is “good”.", "xi an de lv cha hen hao"),
]
INDEX = Index(TEXTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("资产", [0]),
        ("assets", [0]),
        ("ASSETS list", [0]),
        ("bianzhi zichan", [0]),
        ("bianzhizichan", [0]),
        ("bian zhi zi ch", [0]),
        ("biānzhì", [0]),
        ("zic", [0]),
        ("anzhi", []),  # not from the middle of a syllable
        ("xian", [0, 2]),  # 先, and 西安
        ("xi'an", [2]),
        ("lvcha", [2]),
        ("lüchá", [2]),
        ("ai", [1, 0]),  # the word before the middle of one
        ("gpt-4", [1]),
        ("ＧＰＴ", [1]),
        ('"good"', [2]),
        ("assets 绿茶", []),
        ("", []),
        ("  ", []),
        ("[b]", []),
        ("(", []),
    ],
)
def test_what_is_typed_finds(query: str, found: list[int]) -> None:
    assert INDEX.find(query) == found


def test_letters_are_read_as_whole_syllables_but_for_the_last() -> None:
    known = {"xi", "an", "xian", "bian", "zhi"}
    assert set(cuts("xian", known)) == {"xian", "xi an"}
    assert cuts("bianzh", known) == ["bian zh"]
    assert cuts("anb", known) == ["an b"]
    assert cuts("q", known) == cuts("", known) == []
    assert len(cuts("an" * 40, {"a", "an", "n", "na"})) <= 8


@given(st.text())
def test_a_text_keeps_its_length_when_flat(text: str) -> None:
    assert len(flat(text)) == len(text)


@given(st.text(alphabet="aeinxzhg资产绿'-(* \u0130ß", max_size=12))
def test_no_query_breaks_it_and_what_is_found_is_set_off(query: str) -> None:
    words = [Word("编制", "biān zhì"), Word("资产", "zī chǎn")]
    zh, en, _ = TEXTS[0]
    found = Index([(zh, en, "bian zhi zi chan")]).find(query)
    marks = marked(query, zh, en, words)
    assert bool(found) <= any(marks)
    for spans, text in zip(marks, (zh, en), strict=True):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)


def test_what_is_set_off() -> None:
    words = [Word("编制", "biān zhì"), Word("资产", "zī chǎn")]
    zh, en, _ = TEXTS[0]

    def off(query: str) -> tuple[list[str], list[str]]:
        one, other = marked(query, zh, en, words)
        return [zh[a:b] for a, b in one], [en[a:b] for a, b in other]

    assert off("zhizi") == (["制资"], [])
    assert off("bian list") == (["编"], ["list"])
    assert off("a") == ([], ["a", "a"]), "words that begin so, not every a"
    assert off("aid") == ([], ["aid"]), "within a word where nowhere else"


def test_the_book_holds_each_claim_once_with_its_pinyin(tea: Path, home: Path) -> None:
    desk = word_desk(tea, home)
    book = Book([*desk.texts.decks, *desk.texts.decks])
    assert [claim.statement for claim in book.claims] == [
        "tea:hill-2023/picked-before-rain",
        "tea:hill-2023/old-trees",
        "tea:quay-2024/price-will-fall",
    ]
    price = book.claims[2]
    assert (price.speaker, price.said, price.kind) == ("Zhou Hai", "2024-02-03", "forecast")
    assert [book.claims[nth].statement[-15:] for nth in book.index.find("puerde jiage")] == ["price-will-fall"]
    assert desk.book.index.find("香气") == [0]


def test_the_dossier_is_ordered_and_filtered(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    claims = ordered(desk.book.claims, ["trade", "leaves"])
    assert [claim.topic for claim in claims] == ["trade", "leaves", "leaves"]
    wanted = Filter(source="hill-2023", kind="fact")
    assert [claim.statement[-9:] for claim in claims if wanted.passes(claim)] == ["old-trees"]
    assert choices(claims, wanted, "kind") == {"opinion": 1, "fact": 1}
    assert choices(claims, Filter(), "said") == {"2023-05": 2, "2024-02": 1}
    assert [claim.topic for claim in claims if Filter(said="2024-02").passes(claim)] == ["trade"]
