"""What a talk is about, said on the card where the claim does not say it."""

import pytest

from studytool.articles import Article, parse
from studytool.cards.lint.quotes import Passage, _without_field
from studytool.errors import Where
from studytool.statements import propose
from studytool.statements.field import Field
from studytool.statements.weights import Weights
from studytool.statements.wording import dated

SAID = (
    "山里的{0}走得比人慢，可是从来不停。",
    "一台{0}最贵的地方不是轮子，而是维修。",
    "村里人起初都怕{0}，后来舍不得它坏。",
)


def interview(word: str, title: str = "山里的一次谈话", also: str = "", turns: int = 9) -> Article:
    """An interview in which Rui Chen comes back to a word again and again."""
    said = [f"**林岚：** 后来呢？\n\n**Rui Chen：** {SAID[nth % 3].format(word)}{also}" for nth in range(turns)]
    return parse(f"# {title}\n\n发布时间: 2024-05-06\n\n" + "\n\n".join(said), Where("t.md"))


def field(article: Article) -> Field:
    return Field(article, Weights(article))


@pytest.mark.parametrize(
    ("word", "also", "claim", "told"),
    [
        ("机器人", "", "维修最贵的地方是等零件。", "机器人"),
        ("机器人", "", "机器人最贵的地方是维修。", ""),  # the claim tells it
        ("机器人", "AI 也一样。", "维修最贵的地方是等零件。", "AI 与机器人"),
        ("机器人", "AI 也一样。", "大模型最贵的地方是维修。", "机器人"),
        ("小东西", "AI 也一样。", "维修最贵的地方是等零件。", "AI"),
        ("小东西", "人工智能也一样。", "维修最贵的地方是等零件。", "人工智能"),  # as the talk calls it
        ("老师", "", "维修最贵的地方是等零件。", ""),  # people are no field
        ("工作", "", "维修最贵的地方是等零件。", ""),  # a noun of anything
    ],
)
def test_the_field_is_what_runs_through_a_talk_and_not_through_the_claim(word: str, also: str, claim: str, told: str) -> None:
    assert field(interview(word, also=also)).of(claim) == told


def test_a_word_that_comes_seldom_is_a_field_where_the_title_names_it() -> None:
    assert field(interview("机器人", turns=5)).of("维修最贵。") == ""
    assert field(interview("机器人", "机器人的五年", turns=5)).of("维修最贵。") == "机器人"


def test_what_the_dictionary_takes_for_a_person_is_a_field_where_the_title_names_it() -> None:
    assert field(interview("卫星", "卫星的五年")).of("维修最贵。") == "卫星"
    assert field(interview("谢谢")).of("维修最贵。") == ""


def test_a_noun_comes_with_the_one_that_stands_behind_it() -> None:
    assert field(interview("电池材料")).of("维修最贵。") == "电池材料"


def test_a_card_tells_the_field() -> None:
    article = interview("机器人", also="维修靠的不是零件，而是老师傅的耳朵。")
    told = [one.statement.zh for one in propose(article).proposals if "耳朵" in one.statement.zh]
    assert told == ["据 2024 年 5 月刊出的关于机器人的访谈，Rui Chen 说，维修靠的不是零件，而是{{c1::老师傅的耳朵}}。"]


@pytest.mark.parametrize("form", ["访谈", "演讲", "圆桌", "对谈", "炉边谈话"])
def test_check_knows_every_form_that_a_talk_is_said_to_have(form: str) -> None:
    article = interview("机器人", f"山里的一次{form}")
    text = dated(article, "GPU")
    assert f"关于 GPU 的{form}" in text
    passage = Passage(f"{article.text}GPU", article.title)
    assert _without_field(text, passage) == text.replace("关于 GPU 的", "")
    assert _without_field(text, Passage(article.text, article.title)) == text  # which nobody speaks of
