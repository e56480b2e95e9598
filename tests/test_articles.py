"""What the reader makes of articles in the shapes that they have in the wild."""

import datetime as dt
from pathlib import Path

import pytest

from conftest import SHARED
from studytool.articles import Article, parse, read_article
from studytool.errors import Where

ARTICLES = Path(__file__).parent / "fixtures" / "articles"
HERE = Where("talk.md")
PAD = "山里的茶园今年换了新的采摘办法，收成比往年多了不少，大家都说这是好事，只是账还没有算清楚，还要等到秋后再看。"


def talk(*turns: str, top: str = "# 一次谈话\n") -> Article:
    """An article of these turns, long enough to be one."""
    return parse(top + "\n" + "\n\n".join(turns) + "\n", HERE)


def said(article: Article) -> list[tuple[str, str]]:
    return [(turn.speaker, "/".join(article.says(p.span) for p in turn.paragraphs)) for turn in article.turns]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("**林岚：** {q}", "**Rui Chen：** {a}"),
        ("**林岚** ：{q}", "**Rui Chen** ：{a}"),
        ("**林岚：**{q}", "**Rui Chen：**{a}"),
        ("**林岚:** {q}", "**Rui Chen:** {a}"),
        ("林岚：{q}", "Rui Chen：{a}"),
        ("##### **林岚：**\n\n{q}", "##### **Rui Chen：**\n\n{a}"),
        ("**林岚：**\n{q}", "**Rui Chen：**\n{a}"),
        ("**林岚：**\n\n{q}", "**Rui Chen：**\n\n{a}"),
        ("**林岚：** {q}", "**Rui** **Chen**：{a}"),
        ("**主持人林岚：** {q}", "**嘉宾Rui Chen：** {a}"),
        ("**林岚（主持）：** {q}", "**Rui Chen（创始人）：** {a}"),
    ],
)
def test_labels_in_every_form(ask: str, answer: str) -> None:
    turns = [form.format(q="今年的茶卖得怎么样？", a=PAD) for _ in range(3) for form in (ask, answer)]
    article = talk(*turns)
    assert said(article) == [("林岚", "今年的茶卖得怎么样？"), ("Rui Chen", PAD)] * 3
    assert article.hosts == {"林岚"}
    assert article.speakers == ("Rui Chen", "林岚")


@pytest.mark.parametrize("host", ["《潮汐》", "「夜航」"])
def test_an_outlet_that_asks_keeps_its_brackets_and_is_a_host(host: str) -> None:
    article = talk(*[f"{host}：今年的茶卖得怎么样？", f"沈岸：{PAD}"] * 3)
    assert article.speakers == ("沈岸", host)
    assert article.hosts == {host}


def test_who_asks_is_told_by_the_share_of_questions_not_by_the_first_label() -> None:
    article = talk(f"**沈岸：** {PAD}", *["**周禾：** 那怎么办？", f"**沈岸：** {PAD}"] * 3)
    assert article.hosts == {"周禾"}


def test_two_bolds_that_touch() -> None:
    article = talk(*["**林岚：** 为什么？", f"**Rui Chen：****果园里最贵的是时间** 。{PAD}"] * 3)
    turn = article.turns[1]
    assert article.says(turn.paragraphs[0].span) == f"果园里最贵的是时间。{PAD}"
    assert [article.says(bold) for bold in turn.paragraphs[0].bold] == ["果园里最贵的是时间"]


def test_bold_across_wrapped_lines_with_its_full_stop_left_behind() -> None:
    article = talk(*["**林岚：** 为什么？", f"**Rui Chen：**\n他们说**果园里最贵的不是\n机器**\n。{PAD}"] * 3)
    turn = article.turns[1]
    assert article.says(turn.paragraphs[0].span).startswith("他们说果园里最贵的不是机器。山里")
    assert article.says(turn.paragraphs[0].bold[0]) == "果园里最贵的不是机器"


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("果园里最贵的\n是时间", "果园里最贵的是时间"),
        ("他提到 OpenAI\n的首席执行官", "他提到 OpenAI 的首席执行官"),
        ("他们用 E-\nMath 上课", "他们用 E-Math 上课"),
        ("那是\n3.5时代的事", "那是 3.5时代的事"),
        ("会开到\n9:46 才完", "会开到 9:46 才完"),
        ("一棵树要\n17 项人工", "一棵树要 17 项人工"),
        ("你能谈谈 Q* 和 A* 是什么吗", "你能谈谈 Q* 和 A* 是什么吗"),
        ("这是 *强调* 的话", "这是 强调 的话"),
        ("大家[欢呼声]都来了", "大家都来了"),
        ("大家（笑）都来了", "大家都来了"),
        ("大家（注：指茶农）都来了", "大家都来了"),
        ("看[这篇](https://a.example/b_(c))吧", "看这篇吧"),
        (r"这是\*\*星号\*\*的", "这是**星号**的"),
    ],
)
def test_lines_and_marks(wrapped: str, joined: str) -> None:
    article = talk(*["**林岚：** 为什么？", f"**沈岸：** {wrapped}，{PAD}"] * 3)
    assert article.says(article.turns[1].paragraphs[0].span) == f"{joined}，{PAD}"


def test_an_image_between_half_sentences_parts_nothing() -> None:
    article = talk(*["**林岚：** 为什么？", f"**沈岸：** {PAD}他们花了三年\n\n![](https://img.example/a.png)\n\n才学会等。"] * 3)
    assert len(article.turns[1].paragraphs) == 1
    assert article.says(article.turns[1].paragraphs[0].span).endswith("他们花了三年才学会等。")


@pytest.mark.parametrize(
    "lead",
    ["**内容导读** ：", "## 内容提要: 一次谈话", "本文主要观点如下：", "**划重点**", "下面列了几句我比较喜欢的文字："],
)
def test_a_summary_is_the_editors_choice_and_no_talk(lead: str) -> None:
    items = "  1. **茶园：** 最贵的是时间，不是机器也不是人。\n\n  2. 山路会比天气更早决定收成的好坏。\n"
    article = talk(*["**林岚：** 为什么？", f"**沈岸：** {PAD}"] * 3, top=f"# 题\n\n{lead}\n\n{items}")
    assert article.summary == ("最贵的是时间，不是机器也不是人。", "山路会比天气更早决定收成的好坏。")
    talk_end = article.turns[-1].paragraphs[-1].span.end
    assert [article.text.index(item) > talk_end for item in article.summary] == [True, True]  # behind the talk, to be quoted
    assert [point.about for point in article.points] == ["茶园", ""]


def test_promotion_and_footer_are_left_out() -> None:
    end = "**👇关注公众号，设为星标**\n\n## 往期精选\n\n  1. [沈岸：从前的一次谈话](https://a.example/1)\n\n扫码加入社群"
    article = talk(*["**林岚：** 为什么？", f"**沈岸：** {PAD}"] * 4, end)
    assert "星标" not in article.text
    assert "从前" not in article.text


EXPECTED = {
    # file: title begins, outlet, published, said, speakers, hosts, marked runs, items of the summary, sections
    "orchard.md": ("万字实录｜禾砚", "田埂观察室", "2025-03-04", "2025-02-22", ("Rui Chen", "林岚"), {"林岚"}, 13, 6, 1),
    "harbour.txt": ("对话沈岸：", "", "2025-06-18", "", ("沈岸", "《潮汐》"), {"《潮汐》"}, 0, 0, 7),
    "clinic.html": ("专访槐江医院", "杏林纪事", "2025-04-17", "", ("乔漫", "记者"), {"记者"}, 8, 0, 5),
    "quarry.md": ("城里的矿", "季有松", "2025-05-09", "", (), set(), 8, 5, 7),
    "lantern.md": (
        "夜航对话温予",
        "夜航船电台",
        "2025-01-12",
        "",
        ("温予", "老纪", "受访者", "「夜航」", "问"),
        {"「夜航」", "问"},
        0,
        8,
        1,
    ),
    "signal.md": ("把信号装进背篓", "远乡播客", "2025-08-02", "", ("Mara Quill", "顾行舟"), {"顾行舟"}, 0, 0, 1),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_whole_articles(name: str) -> None:
    title, outlet, published, day, speakers, hosts, marked, items, sections = EXPECTED[name]
    article = read_article(ARTICLES / name)
    assert article.title.startswith(title)
    assert article.outlet.startswith(outlet)
    assert article.published == dt.date.fromisoformat(published)
    assert article.said in (day, published)
    assert (article.speakers, set(article.hosts)) == (speakers, hosts)
    assert sum(len(p.bold) for turn in article.turns for p in turn.paragraphs) == marked
    assert len(article.summary) >= items
    assert len({turn.section for turn in article.turns}) == sections
    assert not [line for line in article.text.split("\n") if "**" in line or "](" in line or "http" in line or "<" in line]


@pytest.mark.parametrize("name", EXPECTED)
def test_spans_lie_in_the_text_one_after_the_other(name: str) -> None:
    article = read_article(ARTICLES / name)
    last = -1
    for turn in article.turns:
        for paragraph in turn.paragraphs:
            assert last < paragraph.span.start < paragraph.span.end <= len(article.text)
            assert all(paragraph.span.start <= a < b <= paragraph.span.end for a, b in paragraph.bold)
            last = paragraph.span.end


SHARED_ARTICLES = sorted((SHARED / "articles").glob("*.txt"))


@pytest.mark.skipif(not SHARED_ARTICLES, reason="the shared articles are not here")
def test_the_five_interviews() -> None:
    found = [read_article(path) for path in SHARED_ARTICLES]
    assert [article.speakers[0] for article in found] == ["Sam Altman"] * 4 + ["萨姆·奥特曼"]
    assert [len(article.summary) for article in found] == [2, 12, 7, 0, 12]
    assert all(article.title and article.outlet and article.published and article.url for article in found)
    assert [article.said for article in found] == ["2024-09-12", "2024-11-04", "", "", "2024-12-17"]
    assert found[2].recording == "https://lexfridman.com/sam-altman-2-transcript/"
    assert "凯文·韦尔" not in found[4].hosts  # he asks, and answers


def test_one_line_of_metadata_may_tell_more_than_one_thing() -> None:
    top = "# 题\n\n> 来源：潮汐周刊 发布时间：2025-06-18 作者：林岚\n"
    article = talk(*["**林岚：** 为什么？", f"**沈岸：** {PAD}"] * 3, top=top)
    assert (article.outlet, article.published) == ("潮汐周刊", dt.date(2025, 6, 18))


ESSAY = (
    "# 山路\n\n文章作者: 茶山编译社\n发布时间: 2025-02-23\n\n{top}\n\n## 一\n\n"
    + "山里的果园今年换了新的剪枝办法，收成比往年多了不少。" * 4
)


@pytest.mark.parametrize(
    ("top", "author", "day"),
    [
        ("本文作者林岚（Lin Lan）是一位剪枝师傅，原文是她今年1月在村报上发表的。", "林岚", "2025-01"),
        ("作者：Rui Chen，禾砚机器人创始人", "Rui Chen", ""),
        ("文 | 林岚", "林岚", ""),
        ("林岚 撰文", "林岚", ""),
        ("编者按：原文去年11月刊于村报。", "", "2024-11"),
        ("编者按：原文今年11月刊于村报。", "", ""),  # which had not come yet
        ("编者按：原文今年1月写成，今年2月刊于村报。", "", ""),  # which of them?
        ("本文作者走了三天山路，才知道果园在哪里。", "", ""),
        ("山里的作者：没有一个会修机器，这是村里的看法。", "", ""),
    ],
)
def test_who_wrote_an_essay_and_when(top: str, author: str, day: str) -> None:
    article = parse(ESSAY.format(top=top), Where("e.md"))
    assert (article.author, article.said, article.outlet) == (author, day, "茶山编译社")


@pytest.mark.parametrize(
    ("intro", "name"),
    [
        ("今天请来的是首席精算师伊沃·塔尔（Ivo Tal），他修过路。", "伊沃·塔尔"),
        ("今天请来的是林师傅（Ivo Tal），他修过路。", "Ivo Tal"),
        ("今天请来的是农艺师伊沃·塔尔和工程师安娜·林德。", "受访者"),
        ("今天请来的客人修过路。", "受访者"),
    ],
)
def test_who_stands_behind_an_answer(intro: str, name: str) -> None:
    turns = [f"**{label}：** {PAD}{'怎么算？' if label == 'Q' else ''}" for label in "QAQAQA"]
    assert talk(*turns, top=f"# 一次谈话\n\n{intro}\n").speakers[0] == name
