"""Sentences -> candidates, wording, blanks and questions: examples, each with what is expected of it."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool import chinese, cloze
from studytool.articles import Article, parse, read_article
from studytool.cards import Passage, lint
from studytool.corpus import Corpus, Head
from studytool.errors import StudytoolError, Where
from studytool.model import Entry, Source, Topic
from studytool.statements import propose, questions, slug, without_twins
from studytool.statements.blanks import best
from studytool.statements.candidates import candidates
from studytool.statements.forced import forced
from studytool.statements.points import points
from studytool.statements.sound import sound, stands
from studytool.statements.trim import claimed, first, ours
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice, kind

ARTICLES = Path(__file__).parent / "fixtures" / "articles"
FILL = "山里的茶园今年换了新的采摘办法，收成比往年多了不少。"


def talk(answer: str, question: str = "今年的茶卖得怎么样？", top: str = "# 茶园谈话\n\n发布时间: 2024-05-06\n") -> Article:
    """An interview in which Rui Chen gives this answer and some others."""
    others = [f"**林岚：** 后来呢？\n\n**Rui Chen：** {FILL}" for _ in range(3)]
    return parse(f"{top}\n" + "\n\n".join([f"**林岚：** {question}", f"**Rui Chen：** {answer}", *others]), Where("t.md"))


def cut(answer: str) -> list[str]:
    return [one.text for one in candidates(talk(answer)) if one.speaker == "Rui Chen" and one.text != FILL]


@pytest.mark.parametrize(
    ("said", "candidate"),
    [
        ("嗯，你知道，果园里最贵的不是机器，而是时间。", "果园里最贵的不是机器，而是时间。"),
        ("但是，果园里最贵的不是机器，而是时间。", "果园里最贵的不是机器，而是时间。"),
        ("所以我认为果园里最贵的不是机器，而是时间。", "我认为果园里最贵的不是机器，而是时间。"),
        ("果园里最贵的，我认为，不是机器，而是采摘的时间。", "果园里最贵的，不是机器，而是采摘的时间。"),
        ("山地果园的机器每年只用四十天！", "山地果园的机器每年只用四十天。"),
        ("山地果园的机器每年只用四十天。这就是它不该被一个农户拥有的原因。", "山地果园的机器每年只用四十天。"),
    ],
)
def test_a_claim_without_its_openers(said: str, candidate: str) -> None:
    assert cut(said)[0] == candidate


@pytest.mark.parametrize(
    "said",
    [
        "它会在未来十年里改变山地果园的样子。",  # who?
        "这会在未来十年里改变山地果园的样子。",
        "你觉得山地果园的机器会改变什么呢？",
        "比如说山地果园的机器每年只用四十天左右。",
        "谢谢你邀请我来谈山地果园的机器和剪刀。",
        "就像我刚才说的，山地果园的机器只用四十天。",
        "果园很贵。",  # too short
        "山地果园的机器，" * 12 + "很贵。",  # too long
        "山地果园的机器会说：“现在该停下来了。",  # half a quotation
        "山地果园的机器……我的意思是，剪刀也很重要。",
    ],
)
def test_what_cannot_stand_alone_is_no_candidate(said: str) -> None:
    assert cut(said) == []


def test_a_sentence_that_points_back_is_joined_with_the_one_it_points_at() -> None:
    assert "山里的果园坡度实在太大了。这会让机器停下来问人。" in cut("山里的果园坡度实在太大了。这会让机器停下来问人。")


def test_what_the_editor_marked_is_a_candidate_even_where_it_leans() -> None:
    found = [one for one in candidates(talk("山地果园的坡度太大了。**所以它天生就不该被一个农户拥有。**")) if one.marked]
    assert [one.text for one in found] == ["山地果园的坡度太大了。所以它天生就不该被一个农户拥有。"]


def test_a_host_claims_only_in_a_long_turn_without_a_question() -> None:
    host = "我在山里住过三年，看着机器一台一台地开进来又停下来，坐在那里没有人管。我认为山地果园最缺的不是机器，而是会修机器的年轻人。"
    assert {one.speaker for one in candidates(talk(FILL, question=host)) if one.host} == {"林岚"}
    assert not [one for one in candidates(talk(FILL, question=f"{host}你怎么看？")) if one.host]


TOP = "# 茶园谈话\n\n发布时间: 2024-05-06\n\n本文整理自禾砚机器人创始人Rui Chen的一次谈话，2024年5月2日公开发表。\n"


@pytest.mark.parametrize(
    ("said", "worded"),
    [
        ("我觉得果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("果园里最贵的不是机器，是时间。", "2024 年 5 月，Rui Chen 说，果园里最贵的不是机器，是时间。"),
        ("未来十年里，机器会学会停下来问人。", "2024 年 5 月，Rui Chen 说，未来十年里，机器会学会停下来问人。"),
        ("我们的机器只在春天开进果园里。", "2024 年 5 月，禾砚机器人的 Rui Chen 说：“我们的机器只在春天开进果园里。”"),
        ("我担心我自己会忘记怎么剪树。", "2024 年 5 月，Rui Chen 说：“我担心我自己会忘记怎么剪树。”"),
        ("老人说“剪刀比机器聪明”，我也同意。", "2024 年 5 月，Rui Chen 说：“老人说‘剪刀比机器聪明’，我也同意。”"),
    ],
)
def test_who_says_it_and_when(said: str, worded: str) -> None:
    article = talk(said, question="那后来呢？", top=TOP)
    one = next(one for one in candidates(article) if one.text == said)
    found = Voice(article).word(one, sure=False)
    assert found
    assert found.whole == worded


@pytest.mark.parametrize(
    ("question", "section", "lead"),
    [
        ("那么，山地果园最大的障碍是什么？", "", "2024 年 5 月，被问到“山地果园最大的障碍是什么？”，Rui Chen 说，"),
        ("你觉得它最大的障碍是什么？", "关于山地果园的账", "2024 年 5 月，谈到山地果园的账，Rui Chen 说，"),
        ("你觉得它最大的障碍是什么？", "Heyan 的收入", "2024 年 5 月，谈到 Heyan 的收入，Rui Chen 说，"),
        ("你觉得它最大的障碍是什么？", "谁来修机器？", "2024 年 5 月，Rui Chen 说，"),
    ],
)
def test_what_it_was_said_about(question: str, section: str, lead: str) -> None:
    said = "山地果园里收入最大的敌人不是机器，是时间。"
    article = talk(said, question=question, top=f"{TOP}\n## {section}\n" if section else TOP)
    one = next(one for one in candidates(article) if one.text == said)
    found = Voice(article).word(one, sure=False)
    assert found
    assert found.lead == lead


@pytest.mark.parametrize(
    ("said", "worded"),
    [
        ("我觉得果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("我们发现，果园里最贵的是时间。", "2024 年 5 月，Rui Chen 发现，果园里最贵的是时间。"),
        ("我们内部算过，果园里的用工会少一半。", "2024 年 5 月，Rui Chen 认为，果园里的用工会少一半。"),
        ("去年一共卖了三万斤茶叶和一万斤果子。", "2024 年 5 月，Rui Chen 说，去年一共卖了三万斤茶叶和一万斤果子。"),
        (
            "我们的客户里有一半是合作社，没有一家是农户。",
            "2024 年 5 月，Rui Chen 说，禾砚机器人的客户里有一半是合作社，没有一家是农户。",
        ),
        ("果园里最贵的是时间，这绝对是正确的。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("果园里最贵的是时间，我认为它比机器贵得多。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间，它比机器贵得多。"),
        ("我们应该把机器留在春天的果园里。", None),  # who?
        ("我小的时候在果园里剪过三年的树枝。", None),
    ],
)
def test_a_claim_that_stands_with_nothing_but_its_speaker_and_date(said: str, worded: str | None) -> None:
    article = talk(said, question="那后来呢？", top=TOP)
    found = [word.whole for one in candidates(article) if one.text == said and (word := Voice(article).word(one, sure=True))]
    assert found == ([worded] if worded else [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("果园里最贵的是时间，这非常重要。", "果园里最贵的是时间。"),
        ("果园里最贵的是时间，我会一直这么说，直到退休。", "果园里最贵的是时间。"),
        ("果园里最贵的是时间，我相信机器会省下时间。", "果园里最贵的是时间，机器会省下时间。"),
        ("如果山路修好了，我会把机器开上去。", "如果山路修好了，我会把机器开上去。"),
        ("在第一台机器上山的前一天，我一夜没有睡。", "在第一台机器上山的前一天，我一夜没有睡。"),
        ("果园里最贵的是时间，这会让机器变得值钱。", "果园里最贵的是时间，这会让机器变得值钱。"),
    ],
)
def test_what_a_speaker_says_of_himself_is_left_out_where_the_rest_is_whole(text: str, left: str) -> None:
    assert claimed(text) == left


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("我们的产品只在春天用，但我们公司全年收费。", "禾砚的产品只在春天用，但禾砚公司全年收费。"),
        ("我们的产品会让我们变懒。", "我们的产品会让我们变懒。"),  # who gets lazy?
        ("今年我们的产品只在春天用。", "今年我们的产品只在春天用。"),
    ],
)
def test_we_are_the_company_only_where_nobody_else_can_be(text: str, named: str) -> None:
    assert ours(text, "禾砚") == named
    assert ours(text, "") == text


@pytest.mark.parametrize(
    ("text", "answer", "left"),
    [
        ("山路才是机器最大的敌人，一台机器上山要两天，路上要换三个轮胎。", "山路", "山路才是机器最大的敌人。"),
        ("山路才是机器最大的敌人，因为它每年都塌，一塌就是三天。", "山路", ""),
        ("如果山路修好了，机器会便宜一半，人会少三成。", "山路", ""),
        ("如果山路修好了，机器会便宜一半，村里的人会少三成。", "一半", "如果山路修好了，机器会便宜一半。"),
        ("到了春天，机器最大的敌人是山路，不是坡度。", "山路", ""),
    ],
)
def test_a_claim_without_what_only_goes_on_about_it(text: str, answer: str, left: str) -> None:
    assert first(text, text.index(answer) + len(answer)) == (left or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到 2030 年，山地果园的用工会减少一半。", "forecast"),
        ("所谓网主，就是村里管设备的那个人。", "definition"),
        ("去年一共卖了三万斤茶叶。", "fact"),
        ("果园里最贵的是时间。", "opinion"),
        ("上线三年以后，采摘的时间降到了两分钟。", "fact"),
        ("能修机器的工厂不到四十家，最近的也在山外。", "fact"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "山地果园里最贵的不是机器，而是【窗口期】。",
        "山地果园的瓶颈不在机器，而在【山路】。",
        "农机公司的利润不是来自卖机器，而是来自【维修】。",
        "剪枝工的工作会从爬树剪枝转向【看图】剪枝。",
        "山里人最怕的不是下雨多，而是下雨【突然】。",
        "铁皮棚不是仓库的替代品，而是仓库建成之前的一座【浮桥】。",
        "与其买一台大机器，不如【养一支修理队】。",
        "山地果园最大的敌人是【坡度】。",
        "【坡度】是山地果园最大的敌人。",
        "【山路】是采摘机器人真正的瓶颈，别的都可以靠软件解决。",
        "机器在山里能不能用，取决于【山路的坡度】。",
        "果园的瓶颈在于【修理】，而不是采摘。",
        "现在是果园修路的时代，而不是果园卖机器的时代。".replace("修路", "【修路】"),
        "采摘机器人的底层逻辑仍然是【认路】，而非认果子。",
        "采摘机器人改变了山里人的习惯，其核心在于【认路】。",
        "采摘机器人面临的主要障碍是【坡度和山路问题】。",
        "决定果园成败的是【山路】。",
        "农机价格战打掉的是【转售商】。",
        "采摘机器人的速度受【坡度】的限制，价格也降不下来。",
        "【窗口期】是指果子刚好能摘的那几天。",
        "在山里，模型本质上是【贬值资产】。",
        "果园的数据会成为【乡村未来的货币】。",
        "农科院打算用【可复现性】代替论文数量来评价研究。",
        "到【2030年】，山地果园的用工会少很多。",
        "到2030年，山地果园的用工会减少【一半以上】。",
        "采摘一棵树的时间从六分钟缩短到了【两分钟】。",
        "五年前，剪一棵树的成本大约是三十元，而今天只要【四元】。",
        "三年后，果园采摘的成本会降到每亩【三百元】以下。",
    ],
)
def test_blanks_that_the_wording_of_a_claim_forces(marked: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    blank = forced(text, Weights(talk(text)), "2024 年 5 月，Rui Chen 认为，")
    assert blank
    assert f"{text[: blank.start]}【{text[blank.start : blank.end]}】{text[blank.end :]}" == marked


@pytest.mark.parametrize(
    "text",
    [
        "山地果园95%的机器停在山下，只有5%的机器开上了山。",
        "大家都说这样很好，我也觉得很好。",
        "事情会变得更好的，这是一个问题。",
        "山地果园里，剪刀比什么都要紧，最要紧的是剪刀。",
        "下雨对山地果园来说是一个重要的问题。",
        "山路的好坏会成为农户选择机器的关键。",
        "去年一共来了四十家电视台，拍了三天。",
        "机器在三年以后会比现在好得多。",
        "团队从三十人变成了三百人，客户也多了。",
        "前十名客户贡献了百分之八十的收入。",
        "到2025年，山地果园的用工会少很多。",
        "2012年的那场大雪开启了山地果园的新时代。",
        "山地果园是一场五到十年的风口，谁都想来。",
        "山地果园坡度大，这是一个典型的山区。",
        "管山的人说山路是公家的财产。",
        "果园要的是坡度和山路问题，机器和剪刀问题，统统是坡度问题。",
    ],
    ids=[
        "one share tells the other", "nothing to recall", "a word for anything", "told by the rest", "praise", "praise of anything", "how many is not the point",
        "when is not the point", "whose team?", "whose customers?", "next year, as the date tells", "what was", "what, and how long", "a pronoun's claim", "what others say", "told twice",
    ],
)  # fmt: skip
def test_no_card_is_better_than_a_poor_one(text: str) -> None:
    assert forced(text, Weights(talk(text)), "2024 年 5 月，Rui Chen 认为，") is None


def test_what_a_human_looks_at_first_may_blank_any_word_of_weight() -> None:
    text = "山地果园的剪刀比农机公司的机器更懂坡度。"
    blank = best(text, Weights(talk(text)), "")
    assert blank
    assert text[blank.start : blank.end] == "坡度"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("山地果园的瓶颈不在机器，而在山路。", True),
        ("你会发现山地果园的瓶颈不在机器，而在山路。", False),
        ("山地果园的瓶颈其实不在机器，而在山路吧。", False),
        ("不是机器少，而是山路窄。", False),
        ("那三台机器的瓶颈不在坡度，而在山路。", False),
        ("没有人修的机器，一半是因为山路。", False),
        ("瓶颈，也就是卡住的地方，就在山路，而山路归村里管，村里归镇里管。", False),
    ],
    ids=["whole", "spoken to someone", "talk", "no subject", "which three?", "no subject", "one thing after the other"],
)
def test_what_stands_alone(text: str, whole: bool) -> None:
    assert stands(text, edited=False) is whole


def test_what_is_said_twice_by_the_way_is_talk_and_by_an_editor_is_style() -> None:
    text = "春天的机器比不上秋天，秋天的机器比不上春天的机器比。"
    assert (stands(text, edited=False), stands(text, edited=True)) == (False, True)


@pytest.mark.parametrize(
    ("said", "after", "whole"),
    [
        ("山地果园的瓶颈不在机器，而在山路。", "村里每年都修一次。", True),
        ("山地果园的瓶颈不在机器，而在山路。", "但我不确定是不是这样。", False),
        ("山地果园的瓶颈不在机器，而在山路。", "当然，也有人修好了。", False),
        ("很多人觉得山地果园的瓶颈不在机器，而在山路。", "村里每年都修一次。", False),
    ],
)
def test_a_claim_is_its_speakers_own_and_is_not_taken_back(said: str, after: str, whole: bool) -> None:
    one = next(one for one in candidates(talk(said + after)) if one.text == said)
    assert sound(one) is whole


SUMMARY = """
> **内容导读**：
>
>   1. **果园的账：** Chen 认为，山地果园的瓶颈不在机器，而在山路。他预计到2030年山路会修好一半。
>   2. **关于禾砚：** 禾砚机器人主要做采摘机器人。它们已经卖给了三百个合作社。
>   3. 访谈还讨论了剪刀和机器的关系。
>   4. 我觉得山路比机器重要得多，也难得多。
"""


def test_what_the_editor_wrote_of_a_talk_is_quoted_with_everyone_named() -> None:
    article = talk(FILL, top=TOP + SUMMARY)
    found = list(points(article))
    assert [one.text for one in found] == [
        "Chen 认为，山地果园的瓶颈不在机器，而在山路。",
        "Chen 预计到2030年山路会修好一半。",
        "禾砚机器人主要做采摘机器人。",
    ]
    assert all(one.editor and one.speaker == "Rui Chen" for one in found)
    worded = [word.whole for one in found if (word := Voice(article).word(one, sure=True))]
    assert worded[0] == "2024 年 5 月，Rui Chen 认为，山地果园的瓶颈不在机器，而在山路。"
    assert worded[2] == "2024 年 5 月，Rui Chen 表示，禾砚机器人主要做采摘机器人。"
    made = {one.statement.zh: one.statement.quote for one in propose(article, sure=True).proposals}
    quote = made["2024 年 5 月，Rui Chen 认为，山地果园的瓶颈不在机器，而在{{c1::山路}}。"]
    assert quote
    assert article.text[quote.start : quote.end] == found[0].text


@pytest.mark.parametrize(
    ("text", "asked", "question", "answer"),
    [
        ("山地果园用不了大机器，因为坡度超过十五度。", "", "为什么山地果园用不了大机器？", "因为坡度超过十五度"),
        ("由于坡度超过十五度，山地果园用不了大机器。", "", "为什么山地果园用不了大机器？", "因为坡度超过十五度"),
        ("所谓网主，就是村里管设备的那个人。", "", "什么是网主？", "村里管设备的那个人"),
        ("窗口期是指果子刚好能摘的那几天。", "", "什么是窗口期？", "果子刚好能摘的那几天"),
        ("我认为最大的障碍是坡度。", "你认为山地果园最大的障碍是什么？", "山地果园最大的障碍是什么？", "最大的障碍是坡度"),
        ("一台村用终端的成本会降到500元以下，谁都买得起。", "", "一台村用终端的成本会降到多少元以下？", "500元"),
    ],
)
def test_questions(text: str, asked: str, question: str, answer: str) -> None:
    assert questions.ask("Rui Chen 说，", text, asked, "") == (f"Rui Chen 说，{question}", answer)


@pytest.mark.parametrize(
    ("text", "asked", "blanked"),
    [
        ("这样不行，因为坡度实在太大了。", "", ""),
        ("山地果园用不了大机器，因为它太陡了。", "", ""),
        ("山地果园用不了大机器。", "", ""),
        ("山地果园用不了大机器。", "那你刚才说的障碍是什么？", ""),
        ("最大的障碍是坡度。", "你觉得山地果园的障碍有哪些？", ""),
        ("最大的障碍是坡度。", "山地果园最大的障碍是坡度吗？", ""),
        ("一台村用终端的成本会降到500元以下。", "", "500元"),
        ("到2030年，一台村用终端人人都买得起。", "", ""),
        ("五年以后不会有人再去山里卖一台村用终端了。", "", ""),
    ],
)
def test_no_question_is_better_than_a_poor_one(text: str, asked: str, blanked: str) -> None:
    assert questions.ask("", text, asked, blanked) is None


@pytest.mark.parametrize(
    ("name", "expected"), [("harbour", "harbour"), ("My Talk (2)", "my-talk-2"), ("一次谈话", "yi-ci-tan-hua"), ("？！", "")]
)
def test_names_as_ids(name: str, expected: str) -> None:
    assert slug(name) == expected


NAMES = sorted(path.name for path in ARTICLES.iterdir() if ".marks." not in path.name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sure", [False, True])
def test_every_proposal_keeps_the_rules_and_stands_in_its_article(name: str, sure: bool) -> None:
    article = read_article(ARTICLES / name)
    found = propose(article, sure=sure)
    source = Source(id="talk", title=article.title, event=article.title, speakers=article.speakers or (article.outlet,), said=article.said, published=article.published or dt.date(2025, 1, 1))  # fmt: skip
    corpus = Corpus(
        Head(name="talk", title="t", title_en="t", description="d", description_en="d", topic=found.topics),
        (source,),
        tuple(Entry(source, proposal.statement) for proposal in found.proposals),
        {"talk": Path("talk.toml")},
        {},
    )
    passage = Passage(article.text, f"{article.title} {article.intro} {' '.join(article.summary)}")
    assert [finding for finding in lint(corpus, {"talk": passage}) if finding.error and finding.code != "L33"] == []
    for proposal in found.proposals:
        statement = proposal.statement
        assert cloze.faults(statement.zh) == []
        assert cloze.numbers(statement.zh) == (1,)
        assert statement.quote
        assert proposal.why
    assert len({proposal.statement.id for proposal in found.proposals}) == len(found.proposals)
    assert propose(article, sure=sure) == found


BITS = (
    "**",
    "****",
    "[",
    "](",
    "![](",
    "> ",
    "# ",
    "\n\n",
    "：",
    "**林：**",
    "“",
    "」",
    "……",
    "{{c1::",
    "}}",
    "::",
    "<p>",
    "`",
    "\\",
    "1. ",
    "http://a.b/c",
)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**9))
def test_broken_articles_break_nothing(seed: int) -> None:
    dice = random.Random(seed)
    text = (ARTICLES / dice.choice(["orchard.md", "signal.md", "quarry.md", "harbour.txt", "clinic.html"])).read_text("utf-8")
    start = dice.randrange(len(text) // 2)
    pieces = list(text[start : start + 2500])
    for _ in range(dice.randrange(1, 40)):
        at = dice.randrange(len(pieces))
        pieces[at : at + dice.choice([0, 1, 20])] = [dice.choice(BITS)]
    try:
        article = parse("".join(pieces), Where("broken.md"))
    except StudytoolError:
        return
    for sure in (False, True):
        for proposal in propose(article, sure=sure).proposals:
            statement = proposal.statement
            assert statement.quote
            assert 0 <= statement.quote.start < statement.quote.end <= len(article.text)
            assert cloze.faults(statement.zh) == []


def test_limits_and_speakers() -> None:
    article = read_article(ARTICLES / "lantern.md")
    assert len(propose(article, limit=3).proposals) == 3
    assert {one.statement.speaker for one in propose(article, speaker="老纪").proposals} == {"老纪"}


def test_topics_are_those_that_the_corpus_knows_else_headings_else_the_article_s_own() -> None:
    article = read_article(ARTICLES / "harbour.txt")
    known = Topic(id="berths", name="泊位", name_en="Berths", keywords=("码头", "泊位", "港口", "船"))
    found = propose(article, [known])
    topics = {topic.id: topic for topic in found.topics}
    assert "berths" in topics
    headings = {turn.section for turn in article.turns}
    assert any(topic.name in headings for topic in found.topics) or len(found.topics) == 2
    assert {one.statement.topic for one in found.proposals} == set(topics)


def test_twins_are_named() -> None:
    found = propose(read_article(ARTICLES / "harbour.txt")).proposals
    there = [("other/claim", cloze.plain(found[0].statement.zh).replace("沈岸", "某人"))]
    fresh, twins = without_twins(found, there)
    assert twins == [(found[0], "other/claim")]
    assert len(fresh) == len(found) - 1


def test_both_segmenters_give_the_same_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    made = []
    for missing in (False, True):
        chinese._cutter.cache_clear()
        if missing:
            import sys

            monkeypatch.setitem(sys.modules, "rjieba", None)
        made.append([propose(read_article(ARTICLES / name)) for name in NAMES])
    chinese._cutter.cache_clear()
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("title", "item", "speaker"),
    [
        ("茶园谈话", "山地果园的瓶颈不在机器，而在山路。", "Rui Chen和沈岸"),
        ("对话沈岸", "山地果园的瓶颈不在机器，而在山路。", "沈岸"),
        ("对话沈岸", "Chen 认为，山地果园的瓶颈不在机器，而在山路。", "Rui Chen"),
    ],
)
def test_whose_claim_a_summary_tells(title: str, item: str, speaker: str) -> None:
    turns = [f"**林岚：** 后来呢？\n\n**{name}：** {FILL}" for name in ("Rui Chen", "沈岸") * 3]
    top = f"# {title}\n\n发布时间: 2024-05-06\n\n**内容导读**：\n\n  1. {item}\n"
    article = parse(f"{top}\n" + "\n\n".join(turns), Where("t.md"))
    assert [one.speaker for one in points(article)] == [speaker]


def test_an_article_of_which_no_such_card_can_be_made_yields_its_best_few() -> None:
    dull = [f"我觉得今年{place}的茶园比去年热闹了不少，来的人也多。" for place in ("山上", "河边", "村口", "镇里", "县城")]
    article = talk("".join(dull))
    assert not [one for one in candidates(article) if "热闹" in one.text and forced(one.text, Weights(article), "")]
    assert 1 <= len(propose(article, sure=True).proposals) <= 3
