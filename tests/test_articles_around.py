"""What stands around a talk and in its margins: speakers' names without a colon, advertising, credits, notes."""

import pytest

from studytool.articles import Article, parse
from studytool.errors import Where

HERE = Where("talk.md")
PAD = "山里的茶园今年换了新的采摘办法，收成比往年多了不少，大家都说这是好事，只是账还没有算清楚，还要等到秋后再看。"
TALK = [part for _ in range(4) for part in ("**林岚：** 为什么？", f"**沈岸：** {PAD}")]


def read(*blocks: str) -> Article:
    return parse("\n\n".join(blocks) + "\n", HERE)


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("林岚\n\n{q}", "沈岸\n\n{a}"),
        ("林岚\n{q}", "沈岸\n{a}"),
        ("林岚 00:12\n{q}", "沈岸 01:02:33\n{a}"),
        ("**林岚**\n\n{q}", "**沈岸**\n\n{a}"),
        ("【林岚】{q}", "【沈岸】{a}"),
        ("**[林岚]** {q}", "**[沈岸]** {a}"),
    ],
)
def test_names_alone_on_their_lines(ask: str, answer: str) -> None:
    pairs = [text for n in range(4) for text in (ask.format(q=f"第{n}年呢？"), answer.format(a=PAD))]
    article = read("沈岸：茶园这十年", "他在山里种了十年的茶，今年六十岁。", *pairs)
    assert article.speakers == ("沈岸", "林岚")
    assert article.hosts == {"林岚"}
    assert len(article.turns) == 8
    assert article.title == "沈岸：茶园这十年"
    assert article.intro == "他在山里种了十年的茶，今年六十岁。"


def test_lines_that_come_again_without_taking_turns_are_no_names() -> None:
    article = read("# 茶园", *[part for n in range(6) for part in ("茶园日记", PAD)], "山路", PAD)
    assert article.speakers == ()


def test_a_title_that_opens_with_a_name_is_said_by_nobody() -> None:
    article = read("# 沈岸：茶园的十年", "他今年六十岁。", *TALK)
    assert (article.title, article.intro) == ("沈岸：茶园的十年", "他今年六十岁。")
    assert article.turns[0].speaker == "林岚"


@pytest.mark.parametrize(
    "line",
    [
        "【推广】采茶研修班火热报名中，前 50 名立减 200 元",
        "春茶早鸟价，立即购买",
        "采访：林岚　　校对：小满",
        "撰文 | 林岚",
        "（本文仅代表嘉宾个人观点，不构成任何投资建议）",
        "本文部分数据为受访者口述，未经独立核实",
        "（沈岸后来发来消息：“那句话留着吧，茶农也看得出来。”）",
        "点分享　点收藏　点在看",
    ],
)
def test_what_is_no_part_of_the_talk_is_not_said(line: str) -> None:
    article = read("# 茶园", *TALK, line, "**林岚：** 后来呢？", f"**沈岸：** {PAD}")
    assert line[3:9] not in article.text


@pytest.mark.parametrize("line", ["报名采茶的人前年有三百名，今年只有四十名。", "采访我的人总是问收成，从来不问路。"])
def test_talk_about_such_things_stays(line: str) -> None:
    assert line in read("# 茶园", *TALK, line, "**林岚：** 后来呢？", f"**沈岸：** {PAD}").text


@pytest.mark.parametrize(
    "box", ['<div class="ad">', '<p class="post-banner">', '<div id="ad-top">', "<aside>", '<div class="promo">']
)
def test_an_advertisement_in_a_page_is_left_out(box: str) -> None:
    turns = "".join(f"<p>林岚：为什么？</p><p>沈岸：{PAD}</p>" for _ in range(4))
    end = box[1:].split()[0].rstrip(">")
    page = f"<html><body><article><h1>茶园</h1>{turns}{box}春茶礼盒今天只要九十九元</{end}><p class='lead'>沈岸说完了。</p></article></body></html>"
    text = parse(page, HERE).text
    assert "礼盒" not in text
    assert "沈岸说完了" in text


def test_an_afterword_ends_the_talk() -> None:
    assert "冬天" not in read("# 茶园", *TALK, f"后记：采访结束以后，冬天到了，沈岸发来一条消息，说茶园下雪了。{PAD}").text


def test_someone_of_the_audience_is_numbered() -> None:
    asked = [f"**观众一：** 第{n}年呢？" for n in range(3)]
    article = read("# 茶园", *TALK, *[text for one in asked for text in (one, f"**沈岸：** {PAD}")])
    assert "观众一" in article.speakers
    assert "观众一" in article.hosts


@pytest.mark.parametrize("lead", ["> **本期看点** ：", "我读了两遍，摘了几句特别喜欢的："])
def test_more_leads_of_a_summary(lead: str) -> None:
    quoted = "> " if lead[0] == ">" else ""
    items = f"{quoted}  1. 最贵的是时间，不是机器也不是人。\n{quoted}  2. 山路会比天气更早决定收成的好坏。"
    article = read("# 茶园", f"{lead}\n{quoted.rstrip()}\n{items}", *TALK)
    assert article.summary == ("最贵的是时间，不是机器也不是人。", "山路会比天气更早决定收成的好坏。")


def test_a_name_in_one_line_with_other_things() -> None:
    article = read("作者：邹宁 2025-05-06 10:30　　来源：黑板 阅读 2187 评论 64", "# 茶园", *TALK)
    assert (article.author, article.outlet) == ("邹宁", "黑板")


def test_what_stands_in_brackets_and_takes_no_turns_is_no_name() -> None:
    assert read("# 茶园", *[f"【提示】{PAD}" for _ in range(8)]).speakers == ()


def test_an_imprint_is_nobodys_talk_however_long() -> None:
    imprint = "《山茶》杂志社版权所有，邮发代号 90-12，每月十日出版，定价 18.00 元，订阅热线 0579-0000000（工作日 9:00 至 17:00），转载请先来信告知，未经同意不得使用其中任何文字和图片。"
    article = read(*TALK, imprint)
    assert "杂志社" not in article.text
    assert len(article.turns) == len(TALK)


@pytest.mark.parametrize(
    ("title", "label", "name"),
    [
        ("对话Maren Holt：茶园里的算盘", "Maren", "Maren Holt"),
        ("采茶机创始人 Tomas Vell：茶园里的算盘", "Vell", "Tomas Vell"),
        ("采茶机创始人拉斐尔·莫雷：茶园里的算盘", "拉斐尔", "拉斐尔·莫雷"),
        ("露丝·阿伯：茶园里的算盘", "阿伯", "露丝·阿伯"),
        ("茶园里的算盘", "Maren", "Maren"),
        ("Maren Holt 和 Maren Lind：茶园里的算盘", "Maren", "Maren"),  # which of them?
    ],
)
def test_who_talks_is_named_in_full_where_the_title_does(title: str, label: str, name: str) -> None:
    article = read(f"# {title}", *(part.replace("沈岸", label) for part in TALK))
    assert article.speakers == (name, "林岚")


def test_who_is_named_in_full_once_is_so_throughout() -> None:
    article = read("# 茶园", "**林岚：** 为什么？", f"**Maren Holt：** {PAD}", *(part.replace("沈岸", "Maren") for part in TALK))
    assert article.speakers == ("Maren Holt", "林岚")


def test_a_line_in_brackets_is_no_heading() -> None:
    article = read(
        "茶园的十年", *(part.replace("*", "") for part in TALK), "（猫打断了录音。）", *(part.replace("*", "") for part in TALK)
    )
    assert {turn.section for turn in article.turns} == {""}
