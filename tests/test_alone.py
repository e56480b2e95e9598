"""What only the passage tells: claims that are relative to it, figures of nobody, and whom a pronoun means."""

import pytest
from talks import talk

from studytool.statements import propose
from studytool.statements.candidates import candidates
from studytool.statements.forced import forced
from studytool.statements.sound import sound, stands
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("下层是一个小得多的果园，专门种梨。", False),
        ("最里面一圈是机器走的路，人不能进去。", False),
        ("两层一叠，果园里的风就小了一半。", False),
        ("误采最低的是 4%，最高的是 17%。", False),
        ("果园跟不上的，它一天只能采一半的茶。", False),
        ("花在修路上的时间是 9%，山里人都嫌少。", False),
        ("累计采了三万斤茶叶的果园，成本少了一半。", False),
        ("第三种果园的机器会在明年少一半。", False),
        ("谁先修好山路，谁就赢得了这个行业。", False),
        ("很贵，每个果园多花三万块修路。", False),
        ("推理的主要开销不在机器，而在山路。", True),
        ("一个果农一年里写的东西，有八成根本用不着动脑子写。", True),
        ("村里的果园不是一件小事情，值得去看。", False),
    ],
)
def test_what_is_relative_to_its_passage_does_not_stand_alone(text: str, whole: bool) -> None:
    assert stands(text, edited=False) is whole


@pytest.mark.parametrize(
    "text",
    [
        "对茶园是第二份工作的人，误采率几乎要翻三倍。",  # of what?
        "一期成功率大概是 85%，比别处高不少。",
        "一台机器的成本是 4100 元，占了一大半。",
        "今年新增机器里面有大概四成是旧的。",
        "禾砚的目标是到 2026 年底一个人看 50 台。",  # of what?
        "山里算得上是老茶的树，结果的有八十棵上下。",
        "山里的果园去年下半年的收成，中位数是前年的 58 倍。",
    ],
)
def test_a_figure_of_nobody_and_the_inside_of_an_object_are_no_blank(text: str) -> None:
    assert forced(text, Weights(talk(text)), "2024 年 5 月，Rui Chen 认为，") is None


def test_what_is_quoted_word_for_word_is_shorter() -> None:
    text = "我们现在给农户的合同里，新加了一条，机器的功率，每天不能超过合同的 10%。"
    assert not stands(text, edited=False, ours=True)
    assert stands("我们现在给农户的合同里，机器的功率每天不能超过合同的 10%。", edited=False, ours=True)
    assert not stands("我们现在给农户的合同里，机器的功率每天不能超过合同的 10%。", edited=False)


def test_what_the_editor_marked_is_taken_without_what_leads_up_to_it() -> None:
    article = talk("所以这一段是最险的，**山里最危险的不是远的路，是快要修好的路。**")
    quotes = [article.text[q.start : q.end] for one in propose(article).proposals if (q := one.statement.quote)]
    assert "山里最危险的不是远的路，是快要修好的路。" in quotes


def test_an_editors_word_on_how_it_was_said_is_no_claim() -> None:
    top = "# 茶园谈话\n\n发布时间: 2024-05-06\n\n## 内容提要\n\n- Chen 以一座 300 亩的果园为例，说明山路才是主要瓶颈。\n- 到 2030 年，果园的用工会减少一半以上。\n"
    made = [one.statement.zh for one in propose(talk("机器来了，果园的用工会少一些。", top=top), sure=True).proposals]
    assert made == ["据 2024 年 5 月刊出的访谈，Rui Chen 认为，到 2030 年，果园的用工会减少{{c1::一半以上}}。"]


@pytest.mark.parametrize(
    "said",
    [
        "代价是果园里的用工增加了三分之一。",  # of what?
        "好处是果园的主要开销不在机器，而在山路。",
        "为什么果园的主要开销不在机器，而在山路。",  # asks
        "如何让果园的主要开销不在机器，而在山路。",
    ],
)
def test_what_hangs_on_the_sentence_before_and_what_asks_is_no_claim(said: str) -> None:
    article = talk(said)
    assert not [one for one in candidates(article) if one.text == said and sound(one)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("问题是啊，果园的主要开销不在机器，而在山路。", "果园的主要开销不在机器，而在山路。"),
        ("我跟你说，果园的主要开销不在机器，而在山路。", "果园的主要开销不在机器，而在山路。"),
        ("我敢说果园的主要开销不在机器，而在山路。", "果园的主要开销不在机器，而在山路。"),
    ],
)
def test_what_only_leads_up_to_a_claim_is_left_out(said: str, left: str) -> None:
    article = talk(said)
    worded = [
        found
        for one in candidates(article)
        if (found := Voice(article, Weights(article)).word(one, sure=True)) and left in found.text
    ]
    assert [one.text for one in worded] == [left]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("今天是去修山路，不是村里的山路，是果园的山路。", False),
        ("今天果园的主要开销不在机器，而在山路。", True),
        ("果园的机器一天就坏了，人家不会替村里修。", False),
        ("老人家的果园不在山上，在村里。", True),
    ],
)
def test_a_day_of_a_story_and_somebody_unnamed_do_not_stand_alone(text: str, whole: bool) -> None:
    assert stands(text, edited=False) is whole
