"""Typed answers: a table of examples, every right text of the shipped deck, and any text at all."""

import itertools
import subprocess
import sys
import time
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz_desk import shipped_cards
from studytool import chinese
from studytool.model import Statement, Word
from studytool.quiz.answers import Wanted, judge, wanted
from studytool.quiz.answers.wanted import right_texts
from studytool.quiz.card import Card, Words
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD

HERE = Path(__file__).parent
EXAMPLES = HERE / "fixtures" / "answers.txt"
FEWEST = 300  # examples that must be there


def a_card(zh: str, en: str, words: tuple[Word, ...] = (), **more: object) -> Card:
    """A card of the tea deck's shape, with a statement of our own."""
    first = shipped_cards()[0]
    statement = Statement(id="s", topic="t", kind="fact", speaker="x", section="", zh=zh, en=en, **more)  # type: ignore[arg-type]
    name = "c1" if "{{c1" in zh else "qa"
    return Card(
        type(first.slot)(f"d:s/s/{name}", "d:s/s", "t"),
        type(first.row)(first.row.source, statement, first.row.notes),
        first.source, first.topic, (), Words(zh=words),
    )  # fmt: skip


@cache
def shipped() -> list[Wanted]:
    """What every card of the shipped deck takes for an answer."""
    return [wanted(card) for card in shipped_cards()]


def examples() -> list[tuple[Wanted, str, str]]:
    found = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            zh, en, also, words = (part.strip() for part in line[2:].split("|"))
            table = tuple(Word(*word.split(":")) for word in words.split(";") if word)
            others = tuple(text.strip() for text in also.split(";") if text.strip())
            answer = wanted(a_card(f"说：{{{{c1::{zh}}}}}。", f"So {{{{c1::{en}}}}}.", table, accept=others))
        elif line and not line.startswith("#"):
            verdict, _, typed = line.partition(" ")
            found += [(answer, text.strip(), verdict) for text in typed.split(" / ")]
    return found


@pytest.mark.parametrize(
    ("answer", "typed", "verdict"), examples(), ids=lambda part: part.zh if isinstance(part, Wanted) else part
)
def test_a_teacher_would_say(answer: Wanted, typed: str, verdict: str) -> None:
    found = judge(typed, answer, fold=chinese.simplified)
    assert (found.kind, found.suggested) == (verdict, {"right": GOOD, "partial": HARD, "wrong": AGAIN}[verdict]), found


def test_there_are_many_examples() -> None:
    assert len(examples()) >= FEWEST


ANSWER = Wanted("贬值资产", "depreciating asset")


def test_easy_is_suggested_for_what_is_flawless_and_fast() -> None:
    assert judge("贬值资产", ANSWER, 2_900).suggested == EASY
    assert judge(" 贬值资产 ", ANSWER, 3_000).suggested == EASY
    assert judge("贬值资产", ANSWER, 3_001).suggested == GOOD
    assert judge("Depreciating Asset", ANSWER, 100).suggested == GOOD
    assert judge("贬值资产", ANSWER).suggested == GOOD
    assert judge("貶值資產", ANSWER, 100, chinese.simplified).suggested == GOOD


@pytest.mark.parametrize("typed", ["", "  ", "。", "\u200b", "😀"])
def test_nothing_typed_is_again(typed: str) -> None:
    found = judge(typed, ANSWER, 10)
    assert (found.kind, found.suggested, found.diff) == ("wrong", AGAIN, (("贬值资产", "missing"),))


def test_traditional_characters_need_who_converts_them_and_nothing_else_asks_for_it() -> None:
    asked: list[str] = []

    def fold(text: str) -> str:
        asked.append(text)
        return chinese.simplified(text)

    assert judge("貶值資產", ANSWER).kind == "wrong"
    for typed in ("贬值资产", "depreciating asset", "something else"):
        judge(typed, ANSWER, fold=fold)
    assert asked == []
    assert judge("貶值資產", ANSWER, fold=fold).kind == "right"
    assert "貶值資產" in asked


def test_a_deck_in_traditional_characters_takes_simplified_answers() -> None:
    assert judge("贬值资产", Wanted("貶值資產", ""), fold=chinese.simplified).kind == "right"


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("升值资产", [("升", "extra"), ("贬", "missing"), ("值资产", "same")]),
        ("资产", [("贬值", "missing"), ("资产", "same")]),
        ("depreciatng asset", [("depreciat", "same"), ("i", "missing"), ("ng asset", "same")]),
        ("appreciating liability", [("ap", "extra"), ("de", "missing"), ("preciating ", "same"), ("liability", "extra"), ("asset", "missing")]),
        ("貶值", [("贬值", "same"), ("资产", "missing")]),
    ],
)  # fmt: skip
def test_the_difference_is_told(typed: str, runs: list[tuple[str, str]]) -> None:
    assert [*judge(typed, ANSWER, fold=chinese.simplified).diff] == runs


def test_the_difference_is_to_the_nearest_right_text_of_the_script_typed() -> None:
    answer = Wanted("权力斗争", "power struggle", ("夺权之争", "fight for power"))
    assert "".join(run.text for run in judge("夺权之战吧", answer).diff if run.kind != "extra") == "夺权之争"
    assert "".join(run.text for run in judge("fights about", answer).diff if run.kind != "extra").strip() == "fight for power"


def test_an_answer_for_one_blank_is_none_for_the_other() -> None:
    zh, en = "{{c1::算力}}会成为{{c2::货币}}。", "{{c1::Compute}} will be {{c2::currency}}."
    statement = a_card(zh, en, accept=("计算力", "c2: 钱", "c1:computing power")).row.statement
    assert right_texts(statement, 1)[2] == ("计算力", "computing power")
    assert right_texts(statement, 2) == ("货币", "currency", ("计算力", "钱"))


def test_a_question_without_an_answer_is_answered_by_the_statement() -> None:
    card = a_card("蜂群分家。", "The swarm splits.", (Word("蜂群", "fēng qún"), Word("分家", "fēn jiā")), question="怎样？")
    assert wanted(card) == Wanted("蜂群分家。", "The swarm splits.", spoken=(("fēng", "qún", "fēn", "jiā", "。"),))
    assert judge("swarm splits", wanted(card)).kind == "right"
    assert judge("fengqun fenjia", wanted(card)).kind == "partial"


def test_an_alias_is_read_where_the_card_reads_its_characters() -> None:
    card = a_card(
        "他{{c1::自己的追悼会}}。",
        "His.",
        (Word("自己", "zì jǐ"), Word("的", "de"), Word("追悼会", "zhuī dào huì")),
        accept=("追悼会", "葬礼"),
    )
    assert judge("zhuīdàohuì", wanted(card)).kind == "partial"
    assert judge("zàng lǐ", wanted(card)).kind == "wrong"


def test_every_right_text_of_the_shipped_deck_is_right_and_its_pinyin_partial() -> None:
    for answer in shipped():
        for text in answer.texts:
            for typed in (text, f"{text.upper()}。", f" {text} "):
                assert judge(typed, answer).kind == "right", (typed, answer)
        assert answer.spoken
        for spoken in answer.spoken:
            assert judge("".join(spoken), answer).kind in ("partial", "right"), spoken


# Right texts of another card that are right here too, and well so.
MEANT = {("GPT-4", "the GPT-4 model"), ("o 系列", "o1 model"), ("o 系列", "the o1 model")}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_right_text_of_another_card_is_right(data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from(shipped()))
    mine = {chinese.folded(text) for text in answer.texts}
    for other in data.draw(st.lists(st.sampled_from(shipped()), max_size=12)):
        for text in other.texts:
            if chinese.folded(text) not in mine and judge(text, answer).kind == "right":
                assert _same_but_for_spelling(text, answer.texts) or (answer.zh, text) in MEANT, (answer.zh, text)


def _same_but_for_spelling(text: str, texts: tuple[str, ...]) -> bool:
    """Whether a text is one of the others but for articles, plurals, hyphens and 一个."""

    def bare(one: str) -> str:
        words = [word.rstrip("s") for word in one.casefold().replace("-", " ").split() if word not in ("a", "an", "the")]
        return "".join(words).removeprefix("一个").rstrip("的了")

    return bare(text) in map(bare, texts)


@settings(max_examples=300, deadline=None)
@given(
    st.text() | st.text("贬值资产不 asetdprci12345,.%$一二三百万亿之分半多点'-:多 u:ǖ的是", max_size=60), st.integers(0, 9_999)
)
@example("1" * 10_000, 0)
@example("一" * 10_000, 0)
@example("百分之" * 60, 0)
@example("1,000" * 40, 0)
@example("\x00\x1b[31m\u202e\ufeff", 0)
@example("😀👩‍👩‍👧" * 100, 0)
@example("a" * 10_000, 0)
@example("½⅓²٣１", 0)
@example("1/0", 0)
@example("百分之零分之一", 0)
@example("ﷺ" * 10_000, 0)
@example("{{c1::贬值资产}}", 0)
def test_no_text_is_too_odd_to_be_judged(typed: str, nth: int) -> None:
    answer = shipped()[nth % len(shipped())]
    started = time.perf_counter()
    found = judge(typed, answer, 1, chinese.simplified)
    assert time.perf_counter() - started < 1
    assert found.kind in ("right", "partial", "wrong")
    flat = "".join(typed.split())
    if found.kind != "right" and len(flat) < 100 and not any(chinese.hanzi(typed)):
        assert flat.startswith("".join("".join(run.text for run in found.diff if run.kind != "missing").split()))


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_any_text_that_says_something_is_right_for_itself(text: str, other: str) -> None:
    if any(unicodedata.category(char) in ("Lu", "Ll", "Lo", "Nd") for char in text):
        assert judge(text, Wanted(text, other), fold=chinese.simplified).kind == "right"


@given(st.integers(2, 10**12), st.integers(2, 10**12))
@example(10**8, 10**7)
def test_a_number_is_right_however_it_is_written_and_no_other(one: int, other: int) -> None:
    answer = Wanted(f"{one} 人", f"{one:,} people")
    ways = [f"{one:,}人", f"{one} people", *([f"{one // 10**4} 万人"] if one % 10**4 == 0 else [])]
    assert {judge(way, answer).kind for way in ways} == {"right"}
    if one != other:
        assert judge(f"{other}人", answer).kind == "wrong"
        assert judge(f"{other:,} people", answer).kind == "wrong"


def test_the_judge_loads_no_chinese_tools() -> None:
    code = (
        "import sys; from studytool.quiz.answers import Wanted, judge; judge('貶值3', Wanted('贬值 3', 'x')); print(*sys.modules)"
    )
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert "studytool.numbers" in loaded
    assert not loaded & {"jieba", "opencc", "pypinyin", "studytool.chinese", "textual", "fsrs"}


def test_numbers_are_read_only_where_there_are_some() -> None:
    code = "import sys; from studytool.quiz.answers import Wanted, judge; judge('ab', Wanted('贬值', 'x')); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "studytool.numbers" not in loaded


def test_a_verdict_is_there_before_it_is_missed() -> None:
    typed = ["贬值资产", "350 million people", "something quite different from it", "7 万亿"]
    judge("1", ANSWER)
    started = time.perf_counter()
    for text, answer in itertools.product(typed, shipped()[:100]):
        judge(text, answer)
    assert (time.perf_counter() - started) / 400 < 0.01  # a tenth of what is felt, on a slow machine
