"""Profiles: whose the quotations in a narrative are, and what is left to nobody."""

import time

import pytest

from studytool.articles import NARRATOR, Article, parse
from studytool.articles.quoted import Quotation, quotations
from studytool.errors import Where
from studytool.statements import propose
from studytool.statements.orgs import orgs

HERE = Where("profile.txt")
TOP = "沈岸舟：茶园最缺的不是茶农\n\n文｜季望山\n\n2025-03-04\n\n编者按：山里的茶园这两年换了一批人。茶业公司青岚的创始人沈岸舟今年五十岁，在山里住了二十年。去年冬天我们去了三次，每次都住在茶厂楼上，这里记下的是在那里听到的话。"
# Three quotations of his and three of hers, each with a name beside it: enough for a profile.
HIS = (
    "“采茶机器便宜了一半，可是真正贵的是等雨停的那几天时间，”沈岸舟说，“机器不会等，人会等，所以人还是比机器要紧得多。”",
    "沈岸舟后来告诉我：“我们试过把四十亩山坡全都交给机器去采，头一年的收成反而少了三成，第二年才慢慢回来。”",
    "“未来五年，茶园里一半的活会由机器来做，剩下的一半是教机器怎么做，”沈岸舟表示，“教的那一半要贵得多。”",
)
HERS = (
    "“账上的钱只够再撑十四个月，这件事全公司上上下下每个人都知道，”负责财务的罗小满说，“我从来不瞒着谁。”",
    "“一台机器一年的折旧是两万六千块，比一个熟练工人的工钱还要高出一截，”罗小满解释，“所以我们先租，不买。”",
    "罗小满补充说：“去年我们靠卖茶只收回来四成的成本，其余的六成靠的是教别的茶园怎么用这些机器。”",
)
SCENE = "那天下着小雨，院子里的竹匾都收进了屋，墙角的收音机一直开着，没有人去听它在说什么。"


def profile(*paragraphs: str, top: str = TOP) -> Article:
    return parse("\n\n".join((top, *HIS, *HERS, *paragraphs)) + "\n", HERE)


def said(article: Article) -> list[tuple[str, str]]:
    return [(turn.speaker, article.says(p.span)) for turn in article.turns for p in turn.paragraphs]


def behind(*paragraphs: str) -> list[tuple[str, str]]:
    """What is said in these paragraphs, put behind those of HIS and HERS."""
    return said(profile(*paragraphs))[len(said(profile())) :]


def test_a_profile_is_told_by_whom_it_quotes() -> None:
    article = profile(SCENE)
    assert article.speakers == ("罗小满", "沈岸舟") or article.speakers == ("沈岸舟", "罗小满")
    assert article.hosts == {NARRATOR}
    assert (article.title, article.author) == ("沈岸舟：茶园最缺的不是茶农", "季望山")
    assert article.intro.startswith("编者按：山里的茶园")
    assert str(article.published) == "2025-03-04"


def test_a_quotation_that_is_interrupted_is_one_paragraph() -> None:
    assert said(profile())[0] == (
        "沈岸舟",
        "采茶机器便宜了一半，可是真正贵的是等雨停的那几天时间，机器不会等，人会等，所以人还是比机器要紧得多。",
    )


@pytest.mark.parametrize(
    ("paragraph", "who"),
    [
        ("“山路修好以后，运费一下子降到了从前的三分之一，”罗小满回忆，“连我自己都没有料到。”", "罗小满"),
        ("罗小满在后来的一次电话里告诉我们，“山路修好以后，运费一下子降到了从前的三分之一。”", "罗小满"),
        ("罗小满自己总结的说法更直接一些。“山路修好以后，运费一下子降到了从前的三分之一。”", "罗小满"),
        ("罗小满想了想，又补充说：“山路修好以后，运费一下子降到了从前的三分之一。”", "罗小满"),
        ("罗小满放下茶杯。“山路修好以后，运费一下子降到了从前的三分之一。”", "罗小满"),
        ("罗小满翻出一本旧账。她说：“山路修好以后，运费一下子降到了从前的三分之一。”", "罗小满"),
        ("「山路修好以后，运费一下子降到了从前的三分之一。」罗小满坦言。", "罗小满"),
        ('"山路修好以后，运费一下子降到了从前的三分之一，"罗小满坦言，"我们都没料到。"', "罗小满"),
    ],
)
def test_who_speaks(paragraph: str, who: str) -> None:
    found = [(name, text) for name, text in behind(paragraph) if name != NARRATOR]
    assert len(found) == 1
    assert found[0][0] == who
    assert found[0][1].startswith("山路修好以后，运费一下子降到了从前的三分之一")


@pytest.mark.parametrize(
    "paragraph",
    [
        "罗小满的丈夫说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "“山路修好以后，运费一下子降到了从前的三分之一，”一位来收茶的客商说，“我每个月都来。”",
        "我去见了一位早年离开的茶农。他说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "沈岸舟和罗小满一起去看了新路。他说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "沈岸舟和罗小满都说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "罗小满说，沈岸舟当时告诉她，“山路修好以后，运费一下子降到了从前的三分之一。”",
        "Leo 走了进来。她说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "林晚霞也来了。她说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "有人告诉罗小满：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "罗小满听说，“山路修好以后，运费一下子降到了从前的三分之一。”",
        "他们说：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "罗小满说“山路修好以后，运费一下子降到了从前的三分之一”的时候，院子里没有人接话。",
        "墙上贴着一行字：“山路修好以后，运费一下子降到了从前的三分之一。”",
        "“山路修好以后，运费是不是真的降到了从前的三分之一？”我问她。",
        "我对罗小满说：“山路修好以后，运费一下子降到了从前的三分之一。”",
    ],
)
def test_what_is_not_certain_is_nobodys(paragraph: str) -> None:
    assert {name for name, _ in behind(paragraph)} == {NARRATOR}


def test_a_pronoun_is_the_last_who_spoke_where_nobody_else_came_up() -> None:
    spoken = "“路修好以后，来收茶的车一天能跑三趟，从前要住上一夜才走，”{}又说，“这比机器还要紧。”"
    assert behind(SCENE, spoken.format("她"))[-1][0] == "罗小满"
    assert behind("沈岸舟正在院子里收竹匾。", spoken.format("她"))[-1][0] == NARRATOR


def test_a_paragraph_of_nothing_but_a_quotation() -> None:
    more = "“路修好以后，来收茶的车一天能跑三趟，从前要住上一夜才走，这比什么样的机器都要紧。”"
    hers = "“先修路，再买机器，这个次序不能反过来，”罗小满说，“反过来就要多花一倍的钱。”"
    his = hers.replace("罗小满", "沈岸舟")
    assert [name for name, _ in behind(SCENE, hers, more)] == [NARRATOR, "罗小满", "罗小满"]
    assert behind(SCENE, hers, SCENE, more)[-1][0] == NARRATOR  # nobody says most of all
    assert behind(SCENE, hers, SCENE, "我问她，路和机器哪一个更要紧。", more)[-1][0] == "罗小满"
    assert behind(SCENE, his, hers, more)[-1][0] == NARRATOR  # two of them talk: whose turn is it?
    assert behind(SCENE, hers, more.replace("。”", "吗？”"))[-1][0] == NARRATOR  # the journalist's, perhaps


def test_whom_most_quotations_are_from_says_what_stands_alone() -> None:
    more = "“路修好以后，来收茶的车一天能跑三趟，从前要住上一夜才走，这比什么样的机器都要紧。”"
    article = parse("\n\n".join((TOP, *HIS, *HIS, SCENE, more)), HERE)
    assert said(article)[-1] == ("沈岸舟", more[1:-1])
    article = parse("\n\n".join((TOP, *HIS, *HIS, "我在门口遇到一位老茶农。", "他坐在石阶上。", more)), HERE)
    assert said(article)[-1][0] == NARRATOR


def test_a_question_and_its_answer_by_turns() -> None:
    asked = "“那明年这时候呢？”我又问。"
    answer = "“明年这时候，机器大概能做到八成，剩下的两成我想一直留给人来做。”"
    rejoins = "“可是罗小满算过，那样是要亏钱的，一亩地一年要亏掉一千块。”"
    turns = [name for name, _ in behind(SCENE, HIS[2], asked, answer, rejoins)]
    assert turns == [NARRATOR, "沈岸舟", NARRATOR, "沈岸舟", NARRATOR]


def test_a_quotation_over_two_paragraphs() -> None:
    opens = "“先修路，再买机器，这个次序不能反过来，”罗小满说，“反过来就要多花一倍的钱。"
    assert quotations("“甲") == [Quotation(0, 2, closed=False)]
    assert quotations("甲“乙“丙”丁”「戊」") == [Quotation(1, 8), Quotation(8, 11)]
    assert quotations('甲"乙"丙"丁') == []
    assert quotations(opens)[-1].end <= len(opens)


def test_said_phrases_at_the_start_of_paragraphs_are_no_labels() -> None:
    article = parse("\n\n".join((TOP, HIS[1], HERS[2], HIS[1], HERS[2], HIS[1], HERS[2])), HERE)
    assert set(article.speakers) == {"沈岸舟", "罗小满"}


def test_a_word_set_off_stays_in_the_narration() -> None:
    text = "罗小满把这笔钱叫作“过路费”，账本上却写着“杂项”，谁也没有改过。"
    assert behind(text) == [(NARRATOR, text)]


def test_a_foreign_name() -> None:
    quotes = (
        "“茶的香气里有四百多种成分，我们现在能测准的不到六十种，”{}说，“其余的只能靠鼻子。”",
        "{}告诉我：“鼻子的判断有九成和仪器一样，剩下的那一成才是一款茶值钱的地方。”",
        "{}解释说：“仪器一分钟能测完一批茶，可是要教会它一种新的香气，得花上整整一年。”",
    )
    for whole, short in (("Mara Quill", "Quill"), ("玛拉·奎尔", "奎尔")):
        named = [*(quote.format(whole) for quote in quotes), *(quote.format(short) for quote in quotes)]
        article = parse("\n\n".join(("# 闻茶的人", *named, SCENE)), HERE)
        assert article.speakers == (whole,)
        assert [name for name, _ in said(article)].count(whole) == 6


def test_narration_and_what_nobody_says_make_no_statement() -> None:
    told = (
        "**山里的茶园一年只有三十天能采茶，这三十天决定了全年的收成。**",
        "茶园的成本里，人工占七成，机器只占一成，剩下的两成全部花在了运输上，这是山里所有茶园都逃不掉的结构，十年来没有变过。",
    )
    proposed = propose(profile(*told))
    speakers = {one.statement.speaker for one in proposed.proposals}
    assert speakers == {"沈岸舟", "罗小满"}
    assert all("三十天" not in one.statement.zh and "人工占七成" not in one.statement.zh for one in proposed.proposals)


def test_an_essay_that_quotes_little_stays_its_authors() -> None:
    essay = "茶园的成本里，人工占七成，机器只占一成，剩下的两成全部花在了运输上，这是山里所有茶园都逃不掉的结构。"
    article = parse("\n\n".join((TOP, *[essay] * 20, *HIS)), HERE)
    assert article.speakers == ()
    assert article.hosts == frozenset()
    assert article.author == "季望山"


def test_headings_keep_parting_a_profile() -> None:
    article = parse("\n\n".join((TOP, "01 一场雨", *HIS, "02 一本账", *HERS)), HERE)
    assert [turn.section for turn in article.turns if turn.speaker == "罗小满"][:1] == ["02 一本账"]
    assert all(turn.section == "02 一本账" for turn in article.turns if turn.speaker == "罗小满")


def test_numbers_of_a_summary_that_html2text_escaped() -> None:
    turns = "\n\n".join(("**林岚：** 为什么？", f"**沈岸：** {SCENE}") * 3)
    article = parse(
        f"# 题\n\n**内容导读** ：\n\n> 1\\. 山路比天气更早决定收成的好坏。\n>\n> 2\\. 最贵的是时间，不是机器。\n\n{turns}", HERE
    )
    assert all(not item[0].isdigit() for item in article.summary)


def test_a_long_profile_is_read_in_a_time_that_grows_with_its_length() -> None:
    def spent(times: int) -> float:
        text = "\n\n".join((TOP, *(HIS + HERS + (SCENE,)) * times))
        start = time.process_time()
        parse(text, HERE)
        return time.process_time() - start

    spent(5)
    assert spent(400) < 12 * max(spent(100), 0.02)


def test_whose_founder_he_is_no_pronoun_tells() -> None:
    top = TOP.replace("茶业公司青岚的创始人沈岸舟", "青岚是其中话最少的一家。它的创始人沈岸舟")
    assert "沈岸舟" not in orgs(profile(top=top))
