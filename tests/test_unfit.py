"""Blanks that are not worth asking for, frames that force theirs, and figures with who counted them."""

import pytest
from talks import TOP, talk

from studytool.articles import Article
from studytool.statements import propose
from studytool.statements.candidates import candidates
from studytool.statements.forced import forced
from studytool.statements.orgs import orgs
from studytool.statements.sound import stands
from studytool.statements.unfit import unfit
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice, kind


def blanked(marked: str) -> tuple[str, int, int]:
    """A text with 【…】 around its blank -> the text, and where the blank begins and ends."""
    start, end = marked.index("【"), marked.index("】") - 1
    return marked.replace("【", "").replace("】", ""), start, end


@pytest.mark.parametrize(
    ("marked", "why", "bad"),
    [
        ("采茶根本不是【一个人的手艺】，它更像一村人抬一条船。", "definition", True),  # denied
        ("围栏不应该是【选项】，应该是每个果园都有的。", "definition", True),
        ("围栏不是选项，而是【义务】。", "contrast", False),
        ("收成会变好，修路会变难，这【两件事】是一起来的。", "word", True),
        ("果园要做的有【三点】，先要修路。", "word", True),
        ("果园要种的有【三种茶】，先要修路。", "word", False),
        ("春天归采茶人，秋天归【卖茶人】，冬天没人管。", "contrast", True),  # the other half tells it
        ("机器先学会的是【书上的手艺】，后学会的是山里的手艺。", "definition", True),
        ("春茶是早上采好晒干的叶子，秋茶是【叶子和花】。", "definition", True),  # one after the other
        ("一个果园可以用【70%】可靠的机器，医院不敢。", "figure", True),  # for show
        ("一家果园说自己误采【46%】，城里人会笑出来。", "figure", True),
        ("种茶的人常常只是对了【一半】。", "figure", True),
        ("试运行的时候误采率只有【4%】，非常漂亮。", "figure", True),
        ("全县一年大约要花【三亿元】，比修路便宜。", "figure", True),  # for what?
        ("茶叶退货从8%降到了【2%】。", "figure", True),  # whose?
        ("禾砚茶园的退货从8%降到了【2%】。", "figure", False),
        ("村里留下来的人，两年里工钱多涨了【2%】。", "figure", True),  # more than what?
        ("【四成】的浪费在山里已经很好了。", "figure", True),
        ("能用的，加起来不超过【五万斤】。", "figure", True),
        ("山里缺的是愿意到果园去坐【三个月】的人。", "figure", True),  # not what is claimed
        ("村里人花【三十块钱】买一斤茶，总想知道是谁采的。", "figure", True),
        ("合作社的果园【二十二亿元】，换一次机器去了一半。", "figure", True),  # no verb
        ("山里收成的增长有【一半】会出在修路上，不在机器上。", "figure", True),  # where is the point
        ("山里修一条路的成本是【三十万元】。", "figure", False),
        ("山里的茶园里面有【四成】是机器采的。", "figure", False),
        ("现在机器三天就送到了，最长的等待是【修路】。", "superlative", True),  # of what?
        ("山里果园最长的等待是【修路】。", "superlative", False),
        ("抱怨山路是一种【很方便的做法】。", "definition", True),  # filler
        ("采茶和卖茶是【两个相反的行当】，一个要快，一个要慢。", "definition", True),  # told at once
        ("最难对付的是【山里的、有八十个人】的茶园。", "superlative", True),  # cut
        ("规矩是在一次次合理的【例外里面被磨掉】的。", "contrast", True),
        ("山里的茶园将近【一半】是荒的。", "figure", True),  # anybody's guess
        ("山里的茶园有【一半以上】是荒的。", "figure", False),
        ("误采的识别率提高了【十一个百分点】。", "figure", True),  # by what?
        ("换了镜头以后，采茶机的识别率提高了【十一个百分点】。", "figure", False),
        ("【99%】 的采茶机和 90% 的采茶机在农户看来都一样。", "figure", True),  # one beside the other
        ("养山羊的人家是【按户数】，一户一个月六块钱。", "definition", True),
        ("每一次下山是【一头毛驴】。", "definition", True),
        ("铁路是【泡沫】，铁路也改变了山里。", "definition", True),  # only conceded
        ("果农低估的是【坡度】。", "cleft", True),  # in what?
        ("山里的果农最怕的是【坡度】。", "cleft", False),
        ("语气很好，甚至比原文更像【一份说明书】。", "analogy", True),
        ("一辆车一年大概是【四到九欧元】。", "figure", True),  # what is?
        ("每份文件的上限是【200 万欧元】。", "hinge", True),
        ("去年续保的时候降到了【0.86 倍】。", "figure", True),
        ("去年续保的时候降到了 0.86 倍，比人开的便宜了【一成多】。", "figure", True),
        ("采茶机的保费去年降到了【0.86 倍】。", "figure", False),
        ("采茶机的平均利用率大概是【百分之五十三】。", "figure", False),
        ("山里稀缺的不是会采茶的人，是【知道茶是怎么来】的人。", "contrast", True),  # cut
        ("采茶机最大的缺点是它对【山路没有敬畏】。", "superlative", True),
        ("采茶机的误采率从【9%】掉到了 2%。", "figure", True),  # what it was
        ("一百斤茶叶的电费去年是 9 元，今年是【3 元】。", "figure", False),
        ("软件任务上面，大概是三个小时，这是在【百分之八十】的成功率上。", "figure", True),  # the talk's own
        ("二十分钟以内的任务，成功率大概在【百分之八十八】。", "figure", True),
        ("挖矿的时候电费占【七成】，才是电的生意。", "figure", True),
        ("到 2035 年，新药申报里面的动物实验会减少【四成】。", "figure", False),
        ("美国电网的平均利用率大概是【百分之五十三】。", "figure", False),
        ("只有大概【百分之二十】的软件可以按结果收费。", "figure", False),
        ("村长是一个【叫格伦的人】，他在乎的只有一个数字。", "definition", True),
        ("果园是【采茶机最后】的市场。", "definition", True),
        ("如今缺的是对一个【流畅句子的怀疑】。", "cleft", True),
        ("两组各两千人，差别就是【坡度】。", "superlative", True),  # how it was tried, not what came of it
    ],
)
def test_what_is_not_worth_asking_for(marked: str, why: str, bad: bool) -> None:
    text, start, end = blanked(marked)
    assert unfit(text, start, end, why, "") is bad


def test_an_answer_that_the_title_tells_is_none() -> None:
    title = "林岚：坡度低于十度，机器才上山"
    text, start, end = blanked("山里机器最大的敌人是【坡度】，不是雨。")
    assert unfit(text, start, end, "superlative", title)
    text, start, end = blanked("【坡度】低于十度，机器才上山，别的都好说。")
    assert unfit(text, start, end, "superlative", title)  # even of the claim that the title is
    text, start, end = blanked("山里机器最怕的是【十月里坡度低于十度】，不是雨。")
    assert unfit(text, start, end, "superlative", title)  # the better part of it
    text, start, end = blanked("山里机器最大的敌人是【雨水】，不是远。")
    assert not unfit(text, start, end, "superlative", title)


@pytest.mark.parametrize(
    "marked",
    [
        "茶园的风险不在山上，在【山路】上。",
        "围栏不应该是选项，应该是【默认通电、农户关不掉的】。",
        "采茶不是打仗，它更像【一村人抬一条船】。",
        "修机器不是难事，【修山路】才是难事。",
        "机器不会取代采茶人，它先取代的是【挑茶的活】。",
        "农户买的从来不是机器，买的是【有人来修】。",
        "果园的钱，三成花在机器上，七成花在【山路】上，时间也是。",
        "未来五年里收成的增长，三分之二会来自【修路和排水】，只有三分之一来自机器。",
        "摘果人错了可以重来，剪枝人错了就【毁掉一棵树】。",
        "春天的茶归城里，秋天的茶归【合作社】。",
        "一个果园如果不敢【替农户赔钱】，就不要卖机器。",
        "剪刀是给【师傅】用的，不是给机器用的。",
        "一把没人修的剪刀，不能算工具，只能算【摆设】。",
        "果园里，【坡度】比产量重要。",
        "以后十年，山里收成的增长有一半会出在【修路】上，不在机器上。",
        "大多数果园的麻烦不在新买的系统里，在【没有人修的旧系统】里。",  # whole phrases
        "茶园的门槛从来不在采茶人身上，在【旁边的人】身上。",
        "机器对果农最大的帮助，不是让你剪得快，是让你【赔得起】。",
    ],
)
def test_what_else_the_wording_forces(marked: str) -> None:
    text, start, end = blanked(marked)
    blank = forced(text, Weights(talk(text)), "2024 年 5 月，Rui Chen 认为，")
    assert blank
    assert (text[blank.start : blank.end], blank.start) == (text[start:end], start)


@pytest.mark.parametrize(
    "text",
    [
        "山里果园的钱，三成拿去修路，七成买机器。",  # one share tells the other
        "茶园的风险不在山上，在山路上，在人的嘴里。",  # and that is not all
    ],
)
def test_what_has_more_answers_or_is_told(text: str) -> None:
    assert forced(text, Weights(talk(text)), "") is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("如果你的收成是由别人的价格决定的，那么你不是果农，你是帮工。", True),  # anybody
        ("如果你十一天换一把剪刀，你的果园就是一个剪刀店。", False),  # supposed
        ("修理山路的机器不如你的剪刀有用。", False),
        ("机器最大的好处是帮你省下修路的时间。", True),
        ("那行字是村里的会计写在墙上的。", False),
        ("大概三十亩的小果园，主人是一个会计。", False),
        ("没有山路，再好的机器也只是一堆铁。", True),
        ("把机器放在对的坡上，比换一台更大的机器更重要。", True),
    ],
)
def test_whom_and_what_a_claim_speaks_of(text: str, whole: bool) -> None:
    assert stands(text, edited=False) is whole


def worded(said: str, top: str) -> str | None:
    article = talk(said, question="那后来呢？", top=top)
    one = next(one for one in candidates(article) if one.text == said)
    found = Voice(article, Weights(article)).word(one, sure=True)
    return found.whole if found else None


def test_a_figure_names_the_company_that_counted_it() -> None:
    said = "我们统计过，机器剪的第一遍，不用人改的只有 22%。"
    assert worded(said, TOP) == "2024 年 5 月，Rui Chen 说，据禾砚机器人统计，机器剪的第一遍，不用人改的只有 22%。"
    assert worded(said, "# 茶园谈话\n\n发布时间: 2024-05-06\n") is None  # whose?


@pytest.mark.parametrize(
    ("intro", "org"),
    [
        ("Rui Chen，江边大学附属医院信息中心主任、首席信息官。", "江边大学附属医院"),
        ("陈睿（Rui Chen）是果园研究机构Orchardline的联合创始人。", "Orchardline"),
        ("陈睿（Rui Chen）现任北山气象与果园研究中心首席科学家。", "北山气象与果园研究中心"),
        ("他创办的青果工作室在山里，一共五个人。", "青果工作室"),
        ("她和两个朋友成立了青果科技。", "青果科技"),
        ("本期对话青果科技Rui Chen。", "青果科技"),
        ("主持人是Rui Chen，嘉宾为果园公司Orchardline的创始人。", ""),
        ("他成立了一家公司。", ""),
        ("上周，山里的果园设备厂商Orchardline开了大会。会上，首席产品官Rui Chen先讲了话。", "Orchardline"),
    ],
)
def test_whose_company_or_institute(intro: str, org: str) -> None:
    article: Article = talk("机器来了。", top=f"# 茶园谈话\n\n发布时间: 2024-05-06\n\n{intro}\n")
    assert orgs(article).get("Rui Chen", "") == org


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("下一个十年，最值得修的不是机器，是山路。", "opinion"),  # ten years measure nothing
        ("去年县里发布了新的采茶办法。", "fact"),
        ("山里的误采率比去年低了两成。", "fact"),
        ("收成好不是因为雨，收成好是很多人一起修了一半的路。", "opinion"),
        ("2023 年以后种的茶，有两成是机器种的。", "fact"),
    ],
)
def test_what_is_told_and_what_is_judged(text: str, sort: str) -> None:
    assert kind(text) == sort


def test_what_is_said_to_the_host_behind_a_claim_is_left_out() -> None:
    said = "**采茶卖的是时间，修路卖的是信任，你拿一台剪枝机去修路，油钱你受不了。**"
    made = [one.statement.zh for one in propose(talk(said, top=TOP), sure=True).proposals]
    assert made == ["2024 年 5 月，Rui Chen 认为，采茶卖的是时间，修路卖的是{{c1::信任}}。"]
