"""When a talk was held, as its article tells, and how a card dates what was said where only the publication is known."""

import datetime as dt

import pytest
from talks import talk

from studytool.articles import parse
from studytool.articles.dates import said
from studytool.errors import Where
from studytool.statements import propose
from studytool.statements.candidates import candidates
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice

PRINTED = dt.date(2025, 6, 3)  # a Tuesday


@pytest.mark.parametrize(
    ("intro", "when"),
    [
        ("以下内容来自林岚五月在播客里的访谈。", "2025-05"),
        ("四月底，本刊在茶山上与她进行了两个小时的对话。", "2025-04"),
        ("上个月，我们在果园里和她聊了一个下午。", "2025-05"),
        ("上周她和主持人进行了一场对话。", ""),  # in May or in June
        ("本文译自电台节目于2024年12月对她的专访。", "2024-12"),
        ("采访时间：2025年5月18日　地点：茶山", "2025-05-18"),
        ("去年十二月她做客村里的播客。", "2024-12"),
        ("十二月她做客村里的播客。", "2024-12"),
        ("节目录制于2025年5月2日。节目上线于2025年5月30日。", "2025-05-02"),
        ("节目上线于2025年5月30日。访谈录制于2025年5月2日。", "2025-05-02"),
        ("五月十二日，她在茶业大会上发表演讲。", "2025-05-12"),
        ("她的果园今年三月收了两万斤茶。", ""),  # no talk
        ("今年三月发表的报告引起了争论。", ""),  # not hers
        ("她三月种茶，五月收茶，然后和我们聊了聊。", ""),  # which of them?
        ("访谈将于2025年8月2日播出。", ""),  # after it was printed
        ("刊发日期：2025年6月2日\n谈话在她的果园里进行，时间是四月末，很热。", "2025-04"),
        ("《山里》2025年第6期\n采访：许蔓\n发布日期：2025年6月2日", ""),  # when it was printed
        ("她三个月前还在做客播客。", ""),  # no name of a month
    ],
)
def test_when_a_talk_was_held(intro: str, when: str) -> None:
    assert said(intro, PRINTED) == when


def test_days_of_last_week_are_told_from_the_publication() -> None:
    assert said("上周，她和主持人进行了一场对话。", dt.date(2025, 6, 17)) == "2025-06"
    assert said("前几天，她做客村里的播客。", dt.date(2025, 6, 17)) == "2025-06"
    assert said("前几天，她做客村里的播客。", dt.date(2025, 6, 7)) == ""
    assert said("上周，她和主持人进行了一场对话。", None) == ""


@pytest.mark.parametrize(
    ("title", "intro", "lead"),
    [
        ("茶园谈话", "", "据 2024 年 5 月刊出的访谈，Rui Chen 认为，"),
        ("茶园的圆桌", "", "据 2024 年 5 月刊出的圆桌，Rui Chen 认为，"),
        ("茶园谈话", "上个月，我们在山上和她聊了很久。\n", "2024 年 4 月，Rui Chen 认为，"),
    ],
)
def test_a_card_claims_no_month_that_is_only_the_publications(title: str, intro: str, lead: str) -> None:
    article = talk("果园里最贵的不是机器，而是修路的时间。", top=f"# {title}\n\n发布时间: 2024-05-06\n\n{intro}")
    assert [one.statement.zh.split("果园")[0] for one in propose(article, sure=True).proposals] == [lead]


def test_the_brackets_of_a_layout_are_no_part_of_a_name() -> None:
    pad = "山里的果园今年换了新的采摘办法，收成比往年多了不少，价钱也比往年好。"
    turns = "\n\n".join(f"「主持」：今年的茶怎么样？\n\n「林岚」：{pad}" for _ in range(3))
    article = parse(f"# 茶园谈话\n\n发布时间: 2024-05-06\n\n{turns}", Where("t.md"))
    assert (article.speakers, article.hosts) == (("林岚", "主持"), frozenset({"主持"}))


def test_a_line_of_its_own_tells_when_a_talk_was_held() -> None:
    top = "# 茶园谈话\n\n发布时间: 2025-06-03\n\n时间：2025年4月28日\n"
    assert talk("机器来了。", top=top).said == "2025-04-28"
    behind = talk("机器来了。\n\n（采访时间：2025年4月28日，地点：茶山）", top="# 茶园谈话\n\n发布时间: 2025-06-03\n")
    assert behind.said == "2025-04-28"
    assert talk("机器来了。", top="# 茶园谈话\n\n时间：2025年6月3日\n").published == PRINTED


@pytest.mark.parametrize(
    "said", ["三年以后，山里的果园会用上采摘机器，主要开销不在机器，而在山路。", "今年果园的主要开销不在机器，而在山路。"]
)
def test_what_is_relative_to_a_day_that_nobody_tells_makes_no_card(said: str) -> None:
    article = talk(said, top="# 茶园谈话\n")
    candidate = next(one for one in candidates(article) if one.text == said)
    assert Voice(article, Weights(article)).word(candidate, sure=True) is None
    dated = talk(said)
    assert Voice(dated, Weights(dated)).word(next(one for one in candidates(dated) if one.text == said), sure=True)
