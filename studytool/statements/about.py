"""What a claim is about where its own words do not tell: the topic noun of the host's question.

A heading is no such thing: a talk wanders under it. Only a noun phrase that the question itself puts first, and only where the
claim stands near enough to be about it.
"""

import re

from studytool import chinese
from studytool.articles import Article
from studytool.statements import frames
from studytool.statements.candidates import Candidate
from studytool.statements.phrases import content, names, noun

NEAR = 3  # sentences of an answer that are still about what was asked
LONGEST = 12  # characters of a topic
COMMON = 2500  # times in the corpus behind the dictionary from which on a word alone is no topic
_OPENER = re.compile(
    r"^(?:(?:那么?|所以|好的?|嗯|但是?|不过|而|接下来|最后|另外|现在|然后|首先)[，,、]?\s*)*(?:(?:您|你)(?:认为|觉得)|在(?:您|你)看来)?[，,]?"
)
_ASKED = (
    re.compile(r"^(?:关于|至于|说到|谈到|聊到|讲到|提到|回到)(?P<topic>[^，。？]{2,14})[，,]"),
    re.compile(r"^(?P<topic>[^，。？]{2,12})方面[，,]"),
    re.compile(r"^(?P<topic>[^，。？]{2,12})呢[？?]$"),
    re.compile(
        r"(?:谈谈|说说|聊聊|讲讲|怎么看待?|如何看待)(?P<topic>[^，。？]{2,14}?)(?:这个话题|这件事|的?问题)?(?:吧|[，。？?]|$)"
    ),
    re.compile(r"对(?P<topic>[^，。？我你他她它]{2,14}?)(?:有什么看法|怎么看|持什么态度)"),
)
# What may follow a noun phrase that a question or heading opens with, and shows that it is its subject.
_SAID_OF = frozenset(
    """是 会 能 到底 究竟 有 有没有 还 还有 还会 应该 跟 和 与 怎么 怎么样 为什么 为何 如何 靠 值得 需要
    面临 将 会不会 能不能 能否 是不是 是否 现在 今天 未来 目前 真的 真 最 最大 里 里面 中 什么 哪里 在
    对 给 从 变成 不 没有 已经 正在 可以 要 要不要 何时 什么时候 多久 谁""".split()
)


def about(article: Article, one: Candidate) -> str:
    """The topic of a claim, "" where none is certain or its own words name it."""
    if one.editor or one.host or one.turn < 0:
        return ""
    before = article.turns[one.turn - 1] if one.turn else None
    if before and before.speaker in article.hosts and before.speaker and one.place[0] < NEAR:
        asked = "".join(article.says(paragraph.span) for paragraph in before.paragraphs)
        sentences = [asked[start:end] for start, end in chinese.sentences(asked)]
        questions = [sentence for sentence in sentences if sentence[-1] in "？?"]
        if len(questions) == 1 and (topic := _asked(questions[0])) and _tells(topic, one, article):
            return topic
    return ""


def _asked(question: str) -> str:
    bare = _OPENER.sub("", question)
    for pattern in _ASKED:
        if (found := pattern.search(bare)) and (topic := _opens(found["topic"], whole=True)) == found["topic"].strip():
            return topic
    return _opens(bare, whole=False)


def _opens(text: str, *, whole: bool) -> str:
    """The noun phrase that a text opens with, where it is all of it (if that may be) or the subject of what follows."""
    words = chinese.words(text.strip())
    size = 0
    while size < len(words) and (
        _nominal(words[size]) or (words[size] == "的" and size > 0) or (not words[size].strip() and size)
    ):
        size += 1
    if not size or not noun(words[size - 1]):
        return ""
    ends = size == len(words)
    topic = "".join(words[:size]).strip()
    if (ends and not whole) or (not ends and words[size] not in _SAID_OF):
        return ""
    return topic if 2 <= len(topic) <= LONGEST and any(names(word) for word in words[:size]) else ""


def _nominal(word: str) -> bool:
    return content(word) and (
        noun(word) or chinese.is_attribute(word) or (len(word) > 1 and word not in _SAID_OF and chinese.frequency(word) < 1000)
    )


def _tells(topic: str, one: Candidate, article: Article) -> bool:
    """Whether a topic tells what the claim does not: none of its nouns stands in it, nor is it whoever talks."""
    named = [word for word in chinese.words(topic) if names(word)]
    if all(word in frames.GENERIC for word in named):
        return False  # AI, in a talk about nothing else
    people = "".join(article.speakers)
    if len(topic) == 2 and chinese.frequency(topic) > COMMON:
        return False  # 数字, 客户: a heading of anything
    return bool(named) and not any(word in one.text for word in named) and not any(word in people for word in named)
