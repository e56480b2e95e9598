"""L52 to L54: what of one language is missing from the other, and the many ways of saying the same that are left alone."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytool import chinese, numbers
from studytool.cards.lint import parity
from studytool.cards.lint.rule import Broken
from studytool.model import Entry, Source, Statement, Topic

TOPIC = Topic(id="hive", name="巢", name_en="Hive life")


def source(name: str = "apiary-2021", **given_: object) -> Source:
    fields: dict[str, object] = {"speakers": ("玛丽·霍克", "方圆"), "speakers_en": ("Mary Hock", "Fang Yuan"), **given_}
    return Source(
        id=name, title="蜂场", title_en="Apiary", event="蜂场夜话", event_en="Apiary night", outlet="农报", said="2021",
        published=dt.date(2021, 1, 2), url="https://example.org/bees", **fields,
    )  # fmt: skip


def entry(
    zh: str = "蜂群分家。", en: str = "The swarm splits.", of: Source | None = None, name: str = "s0", **more: str
) -> Entry:
    fixed = {"id": name, "topic": "hive", "kind": "fact", "speaker": "方圆", "section": "一"}
    return Entry(of or source(), Statement(**fixed, zh=zh, en=en, **more))


def broken(zh: str, en: str, **more: str) -> list[Broken]:
    return list(parity.differing(entry(zh, en, **more), TOPIC))


def codes(zh: str, en: str) -> set[str]:
    return {found.code for found in broken(zh, en)}


AGREE = """
营收从 10 亿美元到 100 亿美元 | revenue from $1 billion to $10 billion
2 到 3 亿只 | 200 to 300 million bees
200 万到 300 万只 | two to three million bees
1 亿 5000 万只 | about 150 million bees
三十五只 | thirty-five bees
两百五十万 | two and a half million
250 万 | 2.5 million
一亿 | a hundred million
7 万亿 | seven trillion
7 万亿 | 7,000,000,000,000
3.5 亿 | 350 million
1.5 万亿美元 | $1.5tn
三万多只 | more than thirty thousand bees
20 多万只 | more than 200,000 bees
一百二十箱 | a hundred and twenty hives
一千零一夜 | 1,001 nights
三百五 | 350
5 万 | 50k
百万只 | millions of bees
数百万只 | millions of bees
数亿只 | hundreds of millions of bees
几十亿只 | several billion bees
几十年 | decades
成千上万只 | thousands of bees
三分之二 | two-thirds
三分之一 | a third
五分之一 | one in five
四分之三 | three quarters
百分之三十 | 30 percent
三成 | 30%
六成五 | 65%
10% 到 20% | 10 to 20 percent
10-20% | 10–20%
3 个百分点 | 3 percentage points
一半 | half
50% | half
一年半 | a year and a half
两年半 | two and a half years
半年 | six months
半个世纪 | fifty years
十年 | a decade
二十年 | two decades
一百年 | a century
两个世纪 | two centuries
20 世纪 90 年代 | the 1990s
90 年代 | the nineties
2020 年代 | the 2020s
19 世纪 | the nineteenth century
08 年 | 2008
二〇二四年 | 2024
2024 年 3 月 | March 2024
五月 | in May
11 月 17 日 | November 17th
3 月至 5 月 | March to May
周二上午 9:46 | 9:46 on Tuesday
三点半 | 3:30
每周五天 | five days a week
星期天 | on Sunday
第三 | the third
第 21 个 | the twenty-first
第 2000 个 | the 2,000th
第二天 | the next day
翻倍 | doubled
三倍 | tripled
10 倍 | tenfold
十倍 | 10x
两三年 | a couple of years
一两个月 | a month or two
十五六岁 | fifteen or sixteen
20 多岁 | in her twenties
两周一次 | every other week
两只都 | both bees
一只蜂、一箱蜜 | a bee, one box
三维 | 3D
128K 字节 | 128K bytes
24 小时 | 24/7
51 比 49 | 51-49
千万别碰 | never touch it
万一下雨 | if it rains
十分重要 | very important
四处采蜜 | forage everywhere
三明治 | a sandwich
一切 | everything
Hive-4 和 API | the Hive 4's APIs
用 AI 做的蜂箱 | a hive made with artificial intelligence
CEO 养蜂 | the chief executive keeps bees
玛丽·霍克养蜂 | Hock keeps bees
方圆养蜂 | Mr Fang keeps bees
方圆养蜂 | Fang Yuan keeps bees
"""


@pytest.mark.parametrize("pair", AGREE.strip().split("\n"))
def test_figures_and_names_that_agree(pair: str) -> None:
    zh, en = pair.split(" | ")
    assert "L52" not in codes(zh, en)


DIFFER = """
7 万亿美元 | $7 billion | 7 万亿 | 7 billion
2 亿只 | 20 million bees | 2 亿 | 20 million
三十五只 | fifty-three bees | 三十五 | fifty-three
数亿只 | tens of millions of bees | 数亿 | tens of millions
2024 年 3 月 | May 2024 | 3 月 | May
2024 年 3 月 | March 2023 | 2024 | 2023
11 月 17 日 | November 7 | 17 | 7
周二 | on Wednesday | 周二 | Wednesday
上午 9:46 | at 9:45 | 46 | 45
三分之一 | a quarter | 三分之一 | a quarter
三成 | 13% | 三成 | 13%
第三 | the fourth | 三 | fourth
在星期天 | on Monday | 星期天 | Monday
翻倍 | tripled | 翻倍 | tripled
一半 | three bees | 一半 | three
90 年代 | the 1980s | 90 年代 | 1980s
五年 | a few years | 五 | -
好几年 | for five years | - | five
养蜂 20 年 | kept bees | 20 | -
Hive-4 | the Hive-5 | Hive-4 | Hive-5
Hive-3 | the Hive-3.5 | Hive-3 | Hive-3.5
用 OpenHive 养蜂 | keep bees with BeeBase | OpenHive | -
h1 蜂箱 | a hive | h1 | -
玛丽·霍克养蜂 | Mary Smith keeps bees | 玛丽·霍克 | -
有人养蜂 | Hock keeps bees | - | Hock
"""


@pytest.mark.parametrize("line", DIFFER.strip().split("\n"))
def test_figures_and_names_that_differ(line: str) -> None:
    zh, en, only_zh, only_en = line.split(" | ")
    told = {found.field: found.message for found in broken(zh, en) if found.code == "L52"}
    assert only_zh.removeprefix("-") in told.get("en", "")
    assert only_en.removeprefix("-") in told.get("zh", "")
    assert ("en" in told, "zh" in told) == (only_zh != "-", only_en != "-")


def test_questions_and_answers_are_compared_too_and_cloze_marks_are_not() -> None:
    found = broken(
        "蜂群{{c1::分家}}。", "The swarm {{c2::splits}}.",
        question="2019 年怎样？", question_en="How was 2018?", answer="3 箱", answer_en="Four boxes",
    )  # fmt: skip
    assert [(one.code, one.field, one.error) for one in found] == [
        ("L52", "question_en", False), ("L52", "question", False), ("L52", "answer_en", False), ("L52", "answer", False),
    ]  # fmt: skip


def test_what_is_not_there_in_one_language_is_not_compared() -> None:
    assert broken("2019 年", "", question="3 箱？", answer="没有 4 箱") == []


def test_an_answer_may_say_it_for_a_name_but_a_statement_may_not() -> None:
    assert broken("蜂", "Bees", answer="OpenHive 有多重", answer_en="How heavy it is") == []
    assert codes("OpenHive 有多重", "How heavy it is") == {"L52"}


@given(st.integers(2, 10**13), st.integers(2, 10**13))
@example(10**8, 10**4)
@example(105, 150)
def test_a_number_meets_itself_however_it_is_written_and_no_other(one: int, other: int) -> None:
    for zh in (f"{one} 只", f"{one:,} 只", *([f"{one // 10**4} 万只"] if one % 10**4 == 0 else [])):
        assert numbers.lonely(numbers.in_chinese(zh, chinese.words), numbers.in_english(f"{one:,} bees")) == []
        if one != other:
            assert numbers.lonely(numbers.in_english(f"{other:,} bees"), numbers.in_chinese(zh, chinese.words)) == [f"{other:,}"]


@given(st.text("零一二两三十百千万亿点半几多年月日周成分之第 到0123.,:%-KMx"), st.text("one twohudrfmilasTMay'd0123.,:%$-/"))
def test_no_text_is_too_odd_to_be_read(zh: str, en: str) -> None:
    numbers.in_chinese(zh, chinese.words)
    numbers.in_english(en)


AFFIRM_OR_DENY_ALIKE = """
蜂不蜇人 | Bees do not sting
蜂不再蜇人 | Bees no longer sting
没有蜂蜜 | There is no honey
没有蜂蜜 | They lack honey
蜂拒绝分家 | The bees refused to split
很难分家 | It is not easy to split
不难分家 | It is easy to split
不仅有蜜，还有蜡 | There is not only honey but wax
不仅有蜜，还有蜡 | There is honey as well as wax
蜂群不断长大 | The swarm keeps growing
不久分家 | It soon splits
有很多不同的蜂 | There are various bees
蜂群不得不分家 | The swarm had to split
蜂不过是虫 | A bee is just an insect
是不是该分家 | Whether to split
非营利蜂场 | A charitable apiary
无数蜜蜂 | Countless bees
非常甜 | Very sweet
源源不断的蜜 | A steady flow of honey
蜂群忍不住分家 | The swarm cannot help splitting
无疑是蜂 | No doubt it is a bee
蜂无害 | Bees are harmless
不可靠的蜂箱 | An unreliable hive
与其分家，不如迁走 | Moving beats splitting, rather than the other way round
"""


@pytest.mark.parametrize("pair", AFFIRM_OR_DENY_ALIKE.strip().split("\n"))
def test_negation_in_other_words(pair: str) -> None:
    zh, en = pair.split(" | ")
    assert codes(zh, en) == set()


@pytest.mark.parametrize(
    ("zh", "en", "field"),
    [
        ("蜂不蜇人", "Bees sting people", "en"),
        ("蜂从未蜇人", "Bees have always stung people", "en"),
        ("他们没有分家", "They split", "en"),
        ("蜂并非昆虫", "Bees are insects", "en"),
        ("不仅有蜜，而且不甜", "There is honey, and it is sweet", "en"),
        ("蜂蜇人", "Bees don’t sting", "zh"),
        ("蜂会分家", "Bees never split", "zh"),
        ("蜂蜜很甜", "Nobody finds honey sweet", "zh"),
    ],
)
def test_negation_on_one_side_only(zh: str, en: str, field: str) -> None:
    assert [(found.code, found.field) for found in broken(zh, en)] == [("L53", field)]
    answers = broken("蜂", "Bees", answer=zh, answer_en=en)
    assert [(found.code, found.field) for found in answers] == [("L53", {"zh": "answer", "en": "answer_en"}[field])]
    assert broken("蜂", "Bees", question=zh, question_en=en) == []


def test_a_term_glossed_in_two_ways_is_told_where_it_is_rare() -> None:
    swarm = [
        entry("{{c1::蜂群}}", f"{{{{c1::{said}}}}}", name=f"s{nth}") for nth, said in enumerate(("the hive", "a swarm", "swarms"))
    ]
    ((where, told),) = parity.wavering(swarm)
    assert (where.key, told.code, told.field) == ("apiary-2021/s0", "L54", "en")
    assert told.message == "蜂群 is 'the hive' here, 'a swarm' in apiary-2021/s1"


@pytest.mark.parametrize("said", ["bee swarm", "The bee swarms", "a bee-swarm", "Bee swarm's"])
def test_a_term_glossed_in_one_way_with_other_endings(said: str) -> None:
    pair = [entry("{{c1::蜂群}}", "{{c1::bee swarm}}"), entry("{{c1::蜂群}}", f"{{{{c1::{said}}}}}", name="s1")]
    assert list(parity.wavering(pair)) == []


def test_blanks_meet_by_their_number() -> None:
    pair = [
        entry("{{c1::蜂}}采{{c2::蜜}}", "{{c2::Honey}} is gathered by {{c1::bees}}"),
        entry("{{c1::蜜}}养{{c2::蜂}}", "{{c1::Honey}} feeds {{c2::bees}}", name="s1"),
    ]
    assert list(parity.wavering(pair)) == []


def test_a_speaker_named_in_two_ways_is_told_once_for_each_source() -> None:
    sources = [
        source(f"night-{nth}", speakers=("玛丽·霍克",), speakers_en=(said,))
        for nth, said in enumerate(("Mary Hock", "Marie Hock"))
    ]
    night = [entry(of=of, name=f"s{nth}") for of in sources for nth in range(2)]
    ((where, told),) = parity.wavering(night)
    assert (where.key, told.code, told.field) == ("night-1/s0", "L54", "speaker")
    assert told.message == "the source names 玛丽·霍克 'Marie Hock' here, 'Mary Hock' in night-0/s0"
