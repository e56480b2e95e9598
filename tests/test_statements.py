"""Sentences -> candidates, questions and proposals: examples, each with what is expected of it."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talks import FILL, talk

from studytool import chinese, cloze
from studytool.articles import parse, read_article
from studytool.cards import Passage, lint
from studytool.corpus import Corpus, Head
from studytool.errors import StudytoolError, Where
from studytool.model import Entry, Source, Topic
from studytool.statements import propose, questions, slug, without_twins
from studytool.statements.candidates import candidates
from studytool.statements.forced import forced
from studytool.statements.weights import Weights

ARTICLES = Path(__file__).parent / "fixtures" / "articles"


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


def test_an_article_of_which_no_such_card_can_be_made_yields_none() -> None:
    dull = [f"我觉得今年{place}的茶园比去年热闹了不少，来的人也多。" for place in ("山上", "河边", "村口", "镇里", "县城")]
    article = talk("".join(dull))
    assert not [one for one in candidates(article) if "热闹" in one.text and forced(one.text, Weights(article), "")]
    assert not propose(article, sure=True).proposals
    assert propose(article).proposals  # for who looks at them first
