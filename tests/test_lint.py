"""The rules that keep a deck from being built, L31 to L35: what they find, and what they must leave alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studytool import corpus
from studytool.cards import Finding, lint

HEAD = """name = "bees"
title = "蜂"
title_en = "Bees"
description = "杜撰"
description_en = "Made up"
[[topic]]
id = "honey"
name = "蜂蜜"
name_en = "Honey"
[[topic]]
id = "hive"
name = "巢"
name_en = "Hive life"
"""
SOURCE = """[source]
id = "apiary-2021"
title = "蜂场"
title_en = "Apiary"
event = "蜂场夜话"
event_en = "Apiary night"
outlet = "农报"
speakers = ["方圆"]
speakers_en = ["Fang Yuan"]
said = "2021"
published = 2021-01-02
url = "https://example.org/bees"
"""
PLAIN = {"zh": "方圆说{{c1::蜂群}}会分家。", "en": "Fang Yuan says a {{c1::swarm}} splits."}
Lint = Callable[..., list[Finding]]


@pytest.fixture
def findings(tmp_path: Path) -> Lint:
    """Lint statements, each given by what is particular to it."""

    def run(*claims: dict[str, object]) -> list[Finding]:
        text = SOURCE
        for nth, claim in enumerate(claims):
            fields = {"id": f"s{nth}", "topic": "hive", "kind": "fact", "speaker": "方圆", "section": "一", **PLAIN, **claim}
            text += "[[statement]]\n" + "".join(f"{key} = {value!r}\n" for key, value in fields.items())
        (tmp_path / "corpus.toml").write_text(HEAD, "utf-8")
        (tmp_path / "apiary.toml").write_text(text, "utf-8")
        return [finding for finding in lint(corpus.read(tmp_path)) if finding.error]

    return run


def asks(question: str, answer: str = "", question_en: str = "What?", answer_en: str = "xyz") -> dict[str, object]:
    asked = {"question": question, "question_en": question_en}
    return asked | ({"answer": answer, "answer_en": answer_en} if answer else {})


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


TOLD = [
    # the blank's text stands elsewhere on its front
    {"zh": "{{c1::蜂王}}只有一只，没有蜂王不成群。", "en": "There is one {{c1::queen}}."},
    {"en": "A {{c1::swarm}} splits, and the swarm flies."},
    {"en": "A {{c1::swarm}} splits like any swarm."},  # at the end of a sentence
    {"en": "A {{c1::swarm}} follows the swarm's queen."},
    {"en": "A {{c1::swarm}} splits. SWARM!"},
    # in the other language
    {"zh": "{{c1::Varroa}}螨害蜂。", "en": "The {{c1::parasite}} Varroa harms bees."},
    {"zh": "方圆说{{c1::蜂群}}会分家。", "en": "A {{c1::swarm}} (蜂群) splits."},
    # in the topic's name, the source's or the kind's
    {"topic": "honey", "zh": "罐里是{{c1::蜂蜜}}。", "en": "In the jar is {{c1::gold}}."},
    {"topic": "honey", "zh": "罐里是{{c1::金子}}。", "en": "In the jar is {{c1::honey}}."},
    {"zh": "这是{{c1::实情}}。", "en": "It is a {{c1::fact}}."},
    # its traditional or full-width twin
    {"zh": "{{c1::蜂群}}会分家，即「蜂羣」。"},
    {"zh": "{{c1::养蜂}}很苦，養蜂人说。"},
    {"zh": "{{c1::AI}}看蜂，ＡＩ懂蜂。", "en": "{{c1::Cameras}} watch bees."},
    # so long a part that it tells the rest
    {"zh": "他买了{{c1::意大利蜜蜂}}，意大利蜜是好的。", "en": "He bought {{c1::bees}}."},
    {"en": "He keeps {{c1::the black forest bee}}, a forest bee."},
    # questions
    asks("蜂王住在哪里？", "蜂王住在巢底"),
    asks("蜂群为什么分家？", "太挤", "Why is it crowded?", "crowded"),
    {"topic": "honey"} | asks("罐里装着什么？", "蜂蜜"),
]
NOT_TOLD = [
    {},
    {"zh": "{{c1::蜂王}}和{{c2::工蜂}}不同。", "en": "A {{c1::queen}} differs from a {{c2::worker}}."},
    {"en": "A {{c1::swarm}} splits; swarming is risky."},  # another word
    {"en": "{{c1::Ten}} hives, often full."},  # letters inside a word
    {"zh": "{{c1::9}} 只，共 19 只。", "en": "{{c1::9}} of 19."},
    {"zh": "{{c1::蜂}}住在{{c2::蜂巢}}里。", "en": "{{c1::Insects}} live in {{c2::combs}}."},  # one character inside a word
    {"zh": "{{c1::蜂群}}会分家，{{c1::蜂群}}会飞走。", "en": "{{c1::Swarms}} split, {{c1::swarms}} fly."},  # hidden twice
    {"zh": "他买了{{c1::意大利黑蜂王}}，在意大利。", "en": "He bought {{c1::bees}}."},  # a short part
    {"en": "He keeps {{c1::the bees of the wood}} in the field."},  # function words alone
    {"topic": "honey"},  # the topic's name is on no blank
    asks("蜂群为什么分家？", "巢里太挤"),
    asks("蜂群为什么分家？"),
]


@pytest.mark.parametrize("claim", TOLD)
def test_l31_an_answer_told_on_its_own_front(findings: Lint, claim: dict[str, object]) -> None:
    assert set(codes(findings(claim))) == {"L31"}


@pytest.mark.parametrize("claim", NOT_TOLD)
def test_l31_leaves_alone_what_tells_nothing(findings: Lint, claim: dict[str, object]) -> None:
    assert codes(findings(claim)) == []


@pytest.mark.parametrize(
    "claim",
    [
        {"zh": "方圆{{c1::的}}蜂会分家。", "en": "{{c1::Bees}} split."},
        {"zh": "蜂群{{c1::应该}}分家。", "en": "Swarms {{c1::ought to}} split."},
        {"zh": "蜂群{{c1::，}}会分家。", "en": "Swarms{{c1::,}} split."},
        {"zh": "蜂群{{c1::但是 的}}分家。", "en": "Swarms {{c1::yet}} split."},
        {"zh": "蜂群叫做 {{c1::the}} 群。", "en": "A swarm, {{c1::die Schar}}."},
        asks("蜂分不分家？", "会。"),
    ],
)
def test_l32_function_words_are_no_answer(findings: Lint, claim: dict[str, object]) -> None:
    assert codes(findings(claim)) == ["L32"]


@pytest.mark.parametrize("blank", ["不分家", "40%", "的确", "AI", "冬"])
def test_l32_leaves_alone_what_says_something(findings: Lint, blank: str) -> None:
    assert codes(findings({"zh": f"他说：“{{{{c1::{blank}}}}}”。"})) == []


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"zh": "他在图书{{c1::馆}}养过蜂。"}, "blank c1 cuts the word '图书馆'"),
        ({"zh": "他说蜜{{c1::蜂会}}飞。"}, "blank c1 cuts the word '蜜蜂'"),
        ({"en": "A {{c1::swarm}}ing hive."}, "blank c1 cuts 'swarming'"),
        ({"zh": "用 Goo{{c1::gle}} 查蜂。"}, "blank c1 cuts 'Google'"),
        ({"zh": "共有 1{{c1::50}} 群。"}, "blank c1 cuts '150'"),
        ({"zh": "有蜂{{c1::30}}万只。"}, "blank c1 parts a number from its unit '万'"),
        ({"zh": "有蜂{{c1::30}} 亿只。"}, "blank c1 parts a number from its unit '亿'"),
        ({"zh": "增加 30{{c1::%}}，很多。"}, "blank c1 parts a number from its unit '%'"),
        ({"en": "There are {{c1::30}} million bees."}, "blank c1 parts a number from its unit 'million'"),
        ({"en": "There are 30{{c1::k bees}}."}, "blank c1 cuts '30k'"),
    ],
)
def test_l33_a_blank_that_cuts(findings: Lint, claim: dict[str, object], message: str) -> None:
    found = [finding.message for finding in findings(claim) if finding.code == "L33"]
    assert found == [message]


@pytest.mark.parametrize(
    "claim",
    [
        {"zh": "他在{{c1::北京大学}}养过蜂。"},
        {"zh": "他在北京{{c1::大学}}养过蜂。"},  # two words, though the dictionary has them as one
        {"zh": "有蜂{{c1::30 万}}只。"},
        {"zh": "他在{{c1::30}}，不在 40。"},
        {"zh": "蜂群{{c1::不会}}分家。"},
        {"zh": "这是最{{c1::大群}}的蜂。"},
        {"en": "There are {{c1::30}} kinds of bee."},  # not 30k
        {"en": "There are {{c1::thirty}} hives."},
        {"en": "The {{c1::self}}-made hive."},
        {"zh": "用 {{c1::Google}}查蜂。"},
    ],
)
def test_l33_leaves_alone_a_blank_on_borders(findings: Lint, claim: dict[str, object]) -> None:
    assert codes(findings(claim)) == []


def test_l34_one_question_two_answers(findings: Lint) -> None:
    (found,) = findings(asks("蜂群何时分家？", "春天"), asks("蜂群何時分家?", "夏天"))
    assert (found.code, found.statement) == ("L34", "apiary-2021/s1")
    assert found.message == "the question of apiary-2021/s0, with another answer"


def test_l34_without_answers_the_statements_are_the_answers(findings: Lint) -> None:
    other = {"zh": "方圆说{{c1::蜂巢}}很挤。", "en": "Fang Yuan says a {{c1::comb}} is full."}
    assert codes(findings(asks("他说了什么？"), asks("他说了什么？") | other)) == ["L34"]


def test_l35_a_duplicate(findings: Lint) -> None:
    (found,) = findings(asks("方圆说蜂群什么时候分家？", "春天"), asks("方圆说，蜂群在什么时候分家？", "春天。"))
    assert (found.code, found.statement) == ("L35", "apiary-2021/s1")


def test_l35_the_very_same(findings: Lint) -> None:
    assert codes(findings(asks("蜂群何时分家？", "春天"), asks("蜂群何时分家？", "春天"))) == ["L35"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (asks("方圆说蜂群什么时候分家？", "春天"), asks("方圆说蜂群什么时候分巢？", "夏天")),  # alike, but another answer
        (asks("蜂群何时分家？", "春天"), asks("哪个季节蜜最多？", "春天")),  # one answer to two questions
        (asks("方圆怎么看今年春天的蜂群分家？"), asks("方圆怎么看去年春天的蜂群分家？") | {"zh": "他说去年{{c1::蜂}}少。"}),
        (asks("蜂群何时分家？", "春天"), asks("蜂群何时分家？", "夏天") | {"status": "rejected"}),
        ({}, {}),  # no questions
    ],
)
def test_l34_l35_leave_alone_what_asks_another_thing(findings: Lint, one: dict[str, object], other: dict[str, object]) -> None:
    assert codes(findings(one, other)) == []


LEAK = {"en": "A {{c1::swarm}} is a swarm."}


def test_allow_silences_its_rule_for_its_statement(findings: Lint) -> None:
    assert codes(findings(LEAK | {"allow": ["L31: it must be said twice"]})) == []
    assert codes(findings(LEAK | {"allow": ["L33: it must be said twice"]})) == ["L31"]
    found = findings(LEAK | {"allow": ["L31: it must be said twice"]}, LEAK)
    assert [finding.statement for finding in found] == ["apiary-2021/s1"]
    twins = asks("蜂群何时分家？", "春天"), asks("蜂群何时分家？", "夏天") | {"allow": ["L34: the talk has both"]}
    assert findings(*twins) == []


def test_what_was_rejected_is_not_linted(findings: Lint) -> None:
    assert findings(LEAK | {"status": "rejected"}) == []


def test_findings_tell_their_place_in_the_order_of_the_file(findings: Lint, tmp_path: Path) -> None:
    found = findings({}, LEAK, {"zh": "蜂群{{c1::应该}}分家。"}, asks("蜂王住在哪里？", "蜂王住在巢底"))
    lines = (tmp_path / "apiary.toml").read_text("utf-8").split("\n")
    assert codes(found) == ["L31", "L32", "L31"]
    assert [lines[finding.where.line - 1] for finding in found] == [
        "en = 'A {{c1::swarm}} is a swarm.'",
        "zh = '蜂群{{c1::应该}}分家。'",
        "answer = '蜂王住在巢底'",
    ]


def test_the_small_corpus_is_clean(tea: Path) -> None:
    assert lint(corpus.read(tea)) == []
