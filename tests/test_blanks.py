"""What a statement hides: examples, each with its blank or without any."""

import pytest
from talks import talk

from studytool.statements.blanks import Blank, best, leaks
from studytool.statements.forced import forced
from studytool.statements.weights import Weights


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
        "采摘定律本质上是一个【经济学】定律，而不是物理学定律。",
        "【修路】是果园翻身的唯一途径。",
        "果园自动化的下一步会从【仓库】开始。",
        "农机价格战打掉的是【转售商】。",
        "采摘机器人的速度受【坡度】的限制，价格也降不下来。",
        "【窗口期】是指果子刚好能摘的那几天。",
        "在山里，模型本质上是【贬值资产】。",
        "果园的数据会成为【乡村未来的货币】。",
        "农科院打算用【可复现性】代替论文数量来评价研究。",
        "到【2030年】，山地果园的用工会少很多。",
        "到2030年，山地果园的用工会减少【一半以上】。",
        "采摘一棵树的时间从六分钟缩短到了【两分钟】。",
        "按亩收费以后，每亩果园的成本从860元降到了【310元】，降了六成多。",
        "果园里最贵的不是机器，也不是人工，而是【窗口期】。",
        "五年前，剪一棵树的成本大约是三十元，而今天只要【四元】。",
        "三年后，果园采摘的成本会降到每亩【三百元】以下。",
        "采摘机器人进入山里一半的村子用了大约【八年】。",
        "采摘机器人将成为山里一个越来越重要的【乡村政治】优先事项。",
        "采摘机器人的出现将改变 Heyan 的【收费办法】。",
        "山里修路会变成一场巨大的【权力斗争】。",
        "山地果园最大的敌人不是远，是【陡】。",
        "采摘机器人的误差不是随机的，而是【偏向山下】的。",
        "果园应建立共享的“【品种地图】”，好让别人少走山路。",
        "果园失败主要来自【品种选错】，而不是机器不好。",
        "剪刀卖的是手艺，采摘机器人卖的是【工时】。",
        "采摘工的消失不是通过解雇，它是通过【没有新人上山】。",
        "一家果园的核心资产，是它的【剪枝记录】。",
        "好的剪枝工不是会下剪的人，是【会停手】的人。",
        "天气预报不能当计划用，天气预报是计划失灵以后的【退路】。",
        "判断果园能不能活，不要看它的机器，看它的【仓库】。",
        "采摘机器人是一种【杠杆】，它不是一种信仰。",
        "采摘机器人的价格很大程度上会由【山路的坡度】决定。",
        "采摘机器人会变得像【缝纫机】一样，谁家都有一台。".replace("变得像", "成像").replace("一样，", "一样的东西，"),
        "农机商最先失去的，可能就是【只卖配件的那批经销商】，包括一部分村里人。",
        "果农对机器的接受度会从九成掉到【65% 到 70%】。",
        "山里的一个人看果子的时间从 3 秒变成了【7 秒】。",
        "邻县明年会在四个乡试点夜间采摘，占【20%】的面积。",
        "村里人一年里剪的枝，有【八成】以上根本不值得剪。",
        "到 2030 年，自己种茶的村子，可能就剩【十来个】，其中有两三个在山外。",
        "一百斤茶叶的电费去年是 9 元，今年是【3 元】。",
        "合作社用【可复现性】换来了时间，这笔买卖划得来。",
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
        "唯一的出路是修路，而不是买机器。",
        "到2025年，山地果园的用工会少很多。",
        "2012年的那场大雪开启了山地果园的新时代。",
        "山地果园是一场五到十年的风口，谁都想来。",
        "山地果园坡度大，这是一个典型的山区。",
        "管山的人说山路是公家的财产。",
        "果园要的是坡度和山路问题，机器和剪刀问题，统统是坡度问题。",
        "如果山里七成的果子是机器摘的，那山路会是同样的山路。",
        "果园造一种机器，比造五十种专用的机器，最后成本会更低。",
        "每台机器的成本大概是山下机器的四分之一。",
        "图书馆的借书量在两年里下降了44%。",
        "保费去年全球是四亿美元，跟果园险的一百六十亿比是零头。",
        "采摘不是能不能的问题，是快不快的问题。",
        "剪枝是一个坏的题目。",
        "采摘机器人是一个很棒的产品。",
        "果园卖得贵不是因为农户贪心，而是因为修路本身就要花掉两年。",
        "与其依赖一个全能的人，不如向最合适的农户寻求帮助。",
        "贷款是一种借款，借的是明年的果子。",
    ],
    ids=[
        "one share tells the other", "nothing to recall", "a word for anything", "told by the rest", "praise", "praise of anything", "how many is not the point",
        "when is not the point", "whose team?", "whose customers?", "the way out of what?", "next year, as the date tells", "what was", "what, and how long", "a pronoun's claim", "what others say", "told twice",
        "supposed", "to show something", "whose machines?", "whose library?", "whose premiums?", "this way or that", "judged", "praised", "a clause, word for word", "likewise", "told by one character",
    ],
)  # fmt: skip
def test_no_card_is_better_than_a_poor_one(text: str) -> None:
    assert forced(text, Weights(talk(text)), "2024 年 5 月，Rui Chen 认为，") is None


def test_what_a_human_looks_at_first_may_blank_any_word_of_weight() -> None:
    text = "山地果园的剪刀比农机公司的机器更懂坡度。"
    blank = best(text, Weights(talk(text)), "")
    assert blank
    assert text[blank.start : blank.end] == "坡度"


def test_a_long_part_of_a_blank_in_the_topics_name_tells_it() -> None:
    text = "山里来了一位采摘机器创始人，谁都认识。"
    blank = Blank(text.index("采摘"), text.index("，"), 1.0, "word")
    assert leaks(text, blank, "2024 年 5 月，Rui Chen 说， 采摘机器禾砚")
    assert not leaks(text, blank, "2024 年 5 月，Rui Chen 说， 禾砚")
