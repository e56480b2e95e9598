"""Candidates -> statements: who says it and when, and what is left of the talk around it."""

import pytest
from talks import FILL, TOP, talk

from studytool.articles import parse
from studytool.errors import Where
from studytool.statements import propose
from studytool.statements.candidates import candidates
from studytool.statements.points import points
from studytool.statements.sound import sound, stands
from studytool.statements.trim import claimed, first, ours
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice, kind


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
    found = Voice(article, Weights(article)).word(one, sure=False)
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
    found = Voice(article, Weights(article)).word(one, sure=False)
    assert found
    assert found.lead == lead


@pytest.mark.parametrize(
    ("said", "worded"),
    [
        ("我觉得果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("我们发现，果园里最贵的是时间。", "2024 年 5 月，Rui Chen 发现，果园里最贵的是时间。"),
        ("我们内部算过，果园里的用工会少一半。", "2024 年 5 月，Rui Chen 说，据禾砚机器人测算，果园里的用工会少一半。"),
        ("去年一共卖了三万斤茶叶和一万斤果子。", "2024 年 5 月，Rui Chen 说，去年一共卖了三万斤茶叶和一万斤果子。"),
        (
            "我们的客户里有一半是合作社，没有一家是农户。",
            "2024 年 5 月，Rui Chen 说，禾砚机器人的客户里有一半是合作社，没有一家是农户。",
        ),
        ("果园里最贵的是时间，这绝对是正确的。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("果园里最贵的是时间，我认为它比机器贵得多。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间，它比机器贵得多。"),
        ("我们应该把机器留在春天的果园里。", None),  # who?
        ("我们要花 3 年才走得到那座山。", None),
        ("我现在的看法是，果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("我有一个不太讨喜的判断，果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("我一直跟同事讲，果园里最贵的是时间。", "2024 年 5 月，Rui Chen 认为，果园里最贵的是时间。"),
        ("在我看过的果园里，最贵的是时间。", None),  # whose?
        ("果园在我看来会变成像图书馆一样的地方。", "2024 年 5 月，Rui Chen 认为，果园会变成像图书馆一样的地方。"),
        (
            "山里的果园，我们做过一个统计，有一成是荒的。",
            "2024 年 5 月，Rui Chen 说，据禾砚机器人统计，山里的果园，有一成是荒的。",
        ),
        ("采摘的机器，它首先是一个筹码，然后才是机器。", "2024 年 5 月，Rui Chen 认为，采摘的机器首先是一个筹码，然后才是机器。"),
        ("一台采摘机器做到 99.9%，那是一场灾难。", "2024 年 5 月，Rui Chen 说，一台采摘机器做到 99.9%，是一场灾难。"),
        (
            "现在我们大概 70% 的训练是在棚子里做的。",
            "2024 年 5 月，禾砚机器人的 Rui Chen 说：“现在我们大概 70% 的训练是在棚子里做的。”",
        ),
        ("我小的时候在果园里剪过三年的树枝。", None),
    ],
)
def test_a_claim_that_stands_with_nothing_but_its_speaker_and_date(said: str, worded: str | None) -> None:
    article = talk(said, question="那后来呢？", top=TOP)
    found = [
        word.whole
        for one in candidates(article)
        if one.text == said and (word := Voice(article, Weights(article)).word(one, sure=True))
    ]
    assert found == ([worded] if worded else [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("果园里最贵的是时间，这非常重要。", "果园里最贵的是时间。"),
        ("果园里最贵的是时间，我会一直这么说，直到退休。", "果园里最贵的是时间。"),
        ("果园里最贵的是时间，我相信机器会省下时间。", "果园里最贵的是时间，机器会省下时间。"),
        ("果园里最贵的其实是时间，实际上，机器很便宜。", "果园里最贵的是时间，机器很便宜。"),
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
        ("村里的果园，有四成，第一遍是机器剪的，人再去改。", "四成", ""),
        ("凡是少于三十户的村子，永远等不到路，卫星是终点。", "三十户", ""),
        ("机器会变成像仓库一样的东西：离不开，很便宜，很难看。", "仓库", ""),
        ("山里的茶，有一成是机器采的，或者机器筛过的，都很贵。", "机器采的", ""),
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
        ("如果一万家果园用的是同一台机器，那么一场雪就能让它们停下来。", "opinion"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kind(text) == expected


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
        ("在山里和村里，大部分的情况下是没有用的。", False),
        ("在山里，采摘机器人的电池只能用半天。", True),
        ("2030年前后会有量产的。", False),
        ("2030年前后，采摘机器人会有量产的型号。", True),
        ("农机公司不会愿意做，因为山路太窄。", False),
        ("农机公司不会愿意做维修，因为山路太窄。", True),
        ("坡度一大，搬的就不是果子了，是机器。", False),
        ("农机厂把轻松的部分拿走了，留给人的全是山路。", False),
        ("农机公司要好三倍，才会有人换机器。", False),
        ("果园用机器摘果子，有一个条件。", False),
        ("钱是山地果园最大的难处。", False),
        ("真正让果园变贵的不是机器，而是山路。", True),
        ("世界上很多人本可以成为剪枝师傅。", False),
        ("研发成本里面最大的一块是山路。", False),
    ],
    ids=[
        "whole", "spoken to someone", "talk", "no subject", "which three?", "no subject", "one thing after the other", "what is of no use?", "where",
        "what will be made?", "when", "do what?", "whose object stands", "carry what?", "left to whom?", "three times better than what?", "which?", "money names nothing",
        "what makes it so", "many people", "cost of what?",
    ],
)  # fmt: skip
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
>   2. **关于禾砚：** 禾砚机器人主要做采摘机器人。它们已经卖给了三百个合作社。他希望山里的孩子会修机器。
>   3. 访谈还讨论了剪刀和机器的关系。
>   4. 我觉得山路比机器重要得多，也难得多。
>   5. 老村长认为，山地果园的未来在于剪刀而不是机器。
"""

RETOLD = "山地果园的山路最难修，到2030年也许修好一半。我们的采摘机器人主要卖给合作社，山里的孩子会修机器就好了。"


def test_what_the_editor_tells_of_somebody_and_nobody_says_is_no_claim() -> None:
    said = {one.text for one in points(talk(FILL, top=TOP + SUMMARY))}
    assert said == {
        "Chen 认为，山地果园的瓶颈不在机器，而在山路。",
        "Chen 预计到2030年山路会修好一半。",
        "Rui Chen 希望山里的孩子会修机器。",
        "老村长认为，山地果园的未来在于剪刀而不是机器。",
    }


def test_what_the_editor_wrote_of_a_talk_is_quoted_with_everyone_named() -> None:
    article = talk(f"{FILL}{RETOLD}", top=TOP + SUMMARY)
    found = list(points(article))
    assert [one.text for one in found] == [
        "Chen 认为，山地果园的瓶颈不在机器，而在山路。",
        "Chen 预计到2030年山路会修好一半。",
        "禾砚机器人主要做采摘机器人。",
        "Rui Chen 希望山里的孩子会修机器。",
        "老村长认为，山地果园的未来在于剪刀而不是机器。",
    ]
    assert all(one.editor and one.speaker == "Rui Chen" for one in found)
    worded = [word.whole for one in found if (word := Voice(article, Weights(article)).word(one, sure=True))]
    assert worded[0] == "2024 年 5 月，Rui Chen 认为，山地果园的瓶颈不在机器，而在山路。"
    assert worded[2:] == [  # what the old man thinks is another's claim
        "2024 年 5 月，Rui Chen 表示，禾砚机器人主要做采摘机器人。",
        "2024 年 5 月，Rui Chen 希望，山里的孩子会修机器。",
    ]
    made = {one.statement.zh: one.statement.quote for one in propose(article, sure=True).proposals}
    quote = made["2024 年 5 月，Rui Chen 认为，山地果园的瓶颈不在机器，而在{{c1::山路}}。"]
    assert quote
    assert article.text[quote.start : quote.end] == found[0].text


@pytest.mark.parametrize(
    ("title", "item", "speaker"),
    [
        ("茶园谈话", "山地果园的瓶颈不在机器，而在山路。", "Rui Chen和沈岸"),
        ("对话沈岸", "山地果园的瓶颈不在机器，而在山路。", "沈岸"),
        ("茶园谈话", "沈岸：山地果园的瓶颈不在机器，而在山路。", "沈岸"),
        ("对话沈岸", "Chen 认为，山地果园的瓶颈不在机器，而在山路。", "Rui Chen"),
    ],
)
def test_whose_claim_a_summary_tells(title: str, item: str, speaker: str) -> None:
    turns = [f"**林岚：** 后来呢？\n\n**{name}：** {FILL}山地果园最难的是山路。" for name in ("Rui Chen", "沈岸") * 3]
    top = f"# {title}\n\n发布时间: 2024-05-06\n\n**内容导读**：\n\n  1. {item}\n"
    article = parse(f"{top}\n" + "\n\n".join(turns), Where("t.md"))
    assert [one.speaker for one in points(article)] == [speaker]


@pytest.mark.parametrize(
    ("question", "section", "said", "lead"),
    [
        ("那山路呢？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 谈到山路时认为，"),
        ("山路工程会变成什么样子？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 谈到山路工程时认为，"),
        ("剪刀方面，最近有什么变化？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 谈到剪刀时认为，"),
        ("果园呢？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 认为，"),  # its own words name it
        ("那它呢？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 认为，"),
        ("你怎么看？剪刀会消失吗？山路呢？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 认为，"),  # which of them?
        ("AI会怎么样？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 认为，"),  # what else is there?
        ("数字呢？", "", "果园里最贵的是剪枝师傅的时间。", "Rui Chen 认为，"),
        (
            "为什么？",
            "剪刀到底在忙什么",
            "果园里最贵的是剪枝师傅的时间。剪刀不管用。",
            "Rui Chen 认为，",
        ),  # a heading is not asked
        ("山路呢？", "", "我相信果园里最贵的是剪枝师傅的时间。", "Rui Chen 相信，"),
    ],
)
def test_what_a_claim_is_about_where_that_is_certain(question: str, section: str, said: str, lead: str) -> None:
    article = talk(said, question=question, top=f"{TOP}\n## {section}\n" if section else TOP)
    one = next(one for one in candidates(article) if "最贵的是剪枝" in one.text)
    found = Voice(article, Weights(article)).word(one, sure=True)
    assert found
    assert found.lead == f"2024 年 5 月，{lead}"


@pytest.mark.parametrize(
    ("said", "laughed"),
    [
        ("山地果园的瓶颈不在机器，而在山路。（笑）", True),
        ("山地果园的瓶颈不在机器，而在山路。\n\n**林岚：** （大笑）真的？", True),
        ("山地果园的瓶颈不在机器，而在山路。\n\n**林岚：** 哈哈，真的？", True),
        ("山地果园的瓶颈不在机器，而在山路。村里每年都修一次。（笑）", False),
        ("山地果园的瓶颈不在机器，而在山路。\n\n**林岚：** 真的？", False),
    ],
)
def test_a_joke_makes_no_card(said: str, laughed: bool) -> None:
    found = propose(talk(said + "\n\n**Rui Chen：** 采摘机器人最大的敌人是坡度。"), sure=True).proposals
    assert any("坡度" in one.statement.zh for one in found)
    assert any("山路" in one.statement.zh for one in found) is not laughed


def test_a_summary_that_tells_what_was_taken_back_makes_no_card() -> None:
    top = f"{TOP}\n> **内容导读**：\n>\n>   1. 山地果园的瓶颈不在机器，而在山路。\n"
    for after, kept in (("好吧，不应该这么说。", False), ("村里每年都修一次。", True)):
        article = talk("山地果园的瓶颈不在机器，而在山路。" + after + "采摘机器人最大的敌人是坡度。", top=top)
        found = [one.statement.zh for one in propose(article, sure=True).proposals]
        assert any("坡度" in zh for zh in found)
        assert any("山路" in zh for zh in found) is kept
