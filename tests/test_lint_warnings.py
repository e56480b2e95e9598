"""The rules that warn: each with what it finds and what it must leave alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_lint import HEAD, SOURCE

from studytool import corpus
from studytool.cards import lint

Codes = Callable[..., set[str]]


@pytest.fixture
def codes(tmp_path: Path) -> Codes:
    """The codes found in statements, each given by what is particular to it. Texts that are not given differ from each other."""

    def run(*claims: dict[str, object]) -> set[str]:
        text = SOURCE
        for nth, claim in enumerate(claims):
            sign = "甲乙丙丁戊己庚辛"[nth] * 3
            own = {"zh": f"方圆在{sign}养了{{{{c1::{sign}蜂}}}}。", "en": f"Fang Yuan keeps {{{{c1::b{nth}}}}} at place{nth}."}
            fields = {"id": f"s{nth}", "topic": "hive", "kind": "fact", "speaker": "方圆", "section": "一", **own, **claim}
            text += "[[statement]]\n" + "".join(f"{key} = {value!r}\n" for key, value in fields.items())
        (tmp_path / "corpus.toml").write_text(HEAD, "utf-8")
        (tmp_path / "apiary.toml").write_text(text, "utf-8")
        return {finding.code for finding in lint(corpus.read(tmp_path))}

    return run


def asks(
    question: str = "方圆养什么？", question_en: str = "What is kept?", answer: str = "黑蜂", answer_en: str = "black bees"
) -> dict[str, object]:
    return {"question": question, "question_en": question_en, "answer": answer, "answer_en": answer_en}


LONG = "他怕冬天太冷蜂群挨饿又怕春天太迟花开得晚所以留下了一半的蜜"
CASES: list[tuple[str, dict[str, object]]] = [
    ("L01", asks(answer=LONG)),
    ("L01", asks(answer_en="since he fears that the winter is too cold and the spring is too late")),
    ("L03", asks(answer="天太冷。花太少")),
    ("L03", asks(answer="天太冷；花太少")),
    ("L03", asks(answer_en="it is too cold. There is no food")),
    ("L10", asks("方圆养了哪些蜂？")),
    ("L10", asks("请列举方圆的蜂。")),
    ("L10", asks(question_en="Name three kinds of bees.")),
    ("L11", asks(answer="黑蜂、白蜂、土蜂")),
    ("L11", asks(answer_en="black, brown, and white bees")),
    ("L20", {"zh": "他养了{{c1::黑蜂}}。"}),
    ("L20", {"zh": "这种蜂叫{{c1::黑蜂}}。"}),
    ("L20", {"en": "He keeps {{c1::black bees}}."}),
    ("L20", asks("他养什么？")),
    ("L21", {"zh": "方圆今年养了{{c1::黑蜂}}。"}),
    ("L21", {"zh": "方圆目前养着{{c1::黑蜂}}。"}),
    ("L21", {"en": "Fang Yuan recently got {{c1::black bees}}."}),
    ("L21", asks("方圆最近养什么？")),
    ("L30", asks("方圆养蜂吗？")),
    ("L30", asks("方圆是否养蜂？")),
    ("L30", asks(question_en="Does Fang Yuan keep bees?")),
    ("L37", asks("方圆如何看待黑蜂？")),
    ("L37", asks("方圆的蜂怎么样？")),
    ("L37", asks(question_en="What does Fang Yuan think of wild bees?")),
    ("L45", {"kind": "opinion", "zh": "{{c1::黑蜂}}最耐寒。"}),
    ("L45", {"kind": "forecast", "zh": "方圆预计{{c1::黑蜂}}会多起来。", "en": "{{c1::Black bees}} will spread."}),
]  # fmt: skip
FINE: list[tuple[str, dict[str, object]]] = [
    ("L01", asks(answer=LONG[:25])),
    ("L01", asks(answer_en="since he fears a cold winter and a late spring very much")),
    ("L03", asks(answer="天太冷，花太少。")),
    ("L03", asks(answer_en="the U.S. market")),
    ("L10", asks("方圆养了哪种蜂？", "Which bee is kept?")),
    ("L11", asks(answer="黑蜂、白蜂", answer_en="black and white bees")),
    ("L20", {"zh": "其实方圆养了{{c1::黑蜂}}。"}),
    ("L20", {"en": "It takes {{c1::three years}} to raise Fang Yuan's bees."}),
    ("L20", {"zh": "方圆说他养了{{c1::黑蜂}}。"}),
    ("L21", {"zh": "2021 年时，方圆目前养着{{c1::黑蜂}}。"}),
    ("L21", {"en": "As of 2021, Fang Yuan currently had {{c1::black bees}}."}),
    ("L30", asks("方圆为什么养蜂？", "Why are bees kept?")),
    ("L30", asks("哪种蜂会不声不响？", "Which bee is silent, and does not sting?")),
    ("L37", asks("方圆认为黑蜂比白蜂多产多少蜜？", "How much more honey does Fang Yuan think black bees give?")),
    ("L45", {"kind": "opinion", "zh": "在方圆看来，{{c1::黑蜂}}最耐寒。", "en": "To Yuan, {{c1::black bees}} are the hardiest."}),
    ("L45", {"kind": "fact", "zh": "{{c1::黑蜂}}耐寒。", "en": "{{c1::Black bees}} are hardy."}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "claim"), CASES)
def test_a_rule_finds_its_fault(codes: Codes, code: str, claim: dict[str, object]) -> None:
    assert code in codes(claim)


@pytest.mark.parametrize(("code", "claim"), FINE)
def test_a_rule_leaves_alone_what_only_looks_like_its_fault(codes: Codes, code: str, claim: dict[str, object]) -> None:
    assert code not in codes(claim)


def test_an_answer_far_too_long_keeps_the_deck_from_being_built(codes: Codes, tmp_path: Path) -> None:
    codes(asks(answer=LONG * 3))
    assert [finding.error for finding in lint(corpus.read(tmp_path)) if finding.code == "L01"] == [True]


def test_l36_two_questions_that_differ_in_a_figure_will_be_confused(codes: Codes) -> None:
    one = asks("据方圆说，蜂场到 2021 年底一共有多少箱黑蜂？", answer="三百箱", answer_en="300 hives")
    other = asks("据方圆说，蜂场到 2022 年底一共有多少箱黑蜂？", answer="九百箱", answer_en="900 hives")
    assert "L36" in codes(one, other)
    assert "L36" not in codes(one, asks("据方圆说，蜂箱为什么要漆成蓝色？", answer="蜂认得蓝色", answer_en="bees see it"))
    assert "L36" not in codes(one, {**one, "allow": ["L35: the same on purpose"]})


def test_l38_a_frame_that_nearly_always_has_one_answer_can_be_guessed(codes: Codes) -> None:
    frames = [
        {"zh": f"{name}说要靠{{{{c1::{answer}}}}}来办。"}
        for name, answer in (("方圆", "勤快"), ("老周", "勤快"), ("小李", "勤快"), ("阿青", "运气"))
    ]
    assert "L38" in codes(*frames)
    assert "L38" not in codes(*frames[:2]), "too few to tell"
    various = [
        {"zh": f"{name}说要靠{{{{c1::{answer}}}}}来办。"}
        for name, answer in (("方圆", "勤快"), ("老周", "耐心"), ("小李", "天气"), ("阿青", "运气"))
    ]
    assert "L38" not in codes(*various)


def test_l35_warns_of_two_statements_that_say_the_same_unless_they_know_of_each_other(codes: Codes) -> None:
    one = {"zh": "方圆认为黑蜂最能耐住北方漫长的{{c1::寒冬}}。"}
    other = {"zh": "方圆说黑蜂最能耐住北方漫长的{{c1::寒冬}}。"}
    assert "L35" in codes(one, other)
    assert "L35" not in codes(one, {**other, "related": ["apiary-2021/s0"]})
    assert "L35" not in codes(one, {**other, "differs": ["apiary-2021/s0"]})
    assert "L35" not in codes(one, {"zh": "方圆说白蜂采蜜{{c1::很快}}。"})
