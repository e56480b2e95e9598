"""The field that a talk is about. A claim seldom names it, and who never saw the title wonders: hardware of what?"""

import re
from collections.abc import Iterator

from studytool import chinese
from studytool.articles import Article
from studytool.statements import frames
from studytool.statements.weights import SLICES, Weights

OFTEN, SPREAD = 8, 6  # how often a word stands in a talk about it, and in how many of its tenths
TITLED, TITLED_SPREAD = 5, 3  # likewise for a word of the title
DENSE = 0.003  # share of such words from which on a talk is about AI
LONGEST = 6  # characters
TITLE = 0.5  # what more a word of the title counts
MOSTLY = 0.4  # share of a noun's places in which it stands before another, from which on both are one
_AI = re.compile(r"AI|人工智能|模型|智能体|算法|机器学习|深度学习|算力|GPT|神经网络|OpenAI|[Tt]oken")
_AI_WORDS = ("AI", "人工智能", "大模型", "模型", "智能体", "大语言模型")
_NO_FIELD = re.compile(
    r"[家师员者长生们]$|(?<!机器)人$|^(?:今天|现在|有点|老师|文章|播客|访谈|对话|嘉宾|主持|机器|访问|采访|讲座|演讲)$"
)


class Field:
    """What a talk is about: a noun that runs through it, and whether it is about AI."""

    def __init__(self, article: Article, weights: Weights) -> None:
        found = max(_fields(article, weights), default=(0.0, ""))[1]
        self.name = _whole(found, weights) if found else ""
        of_ai = sum(weights.counts[word] for word in _AI_WORDS)
        self._ai = ""
        if of_ai >= max(TITLED, DENSE * sum(weights.counts.values())) or _AI.search(article.title):
            self._ai = next((name for name in ("AI", "人工智能") if name in article.text + article.title), "")

    def of(self, text: str) -> str:
        """The field as a claim's reader needs it, "" where its own words tell."""
        if self.name and any(self.name[at : at + 2] in text for at in range(len(self.name) - 1)):
            return ""
        ai = "" if _AI.search(text) else self._ai
        return f"{ai}{' ' if ai.isascii() else ''}与{self.name}" if ai and self.name else ai or self.name


def _fields(article: Article, weights: Weights) -> Iterator[tuple[float, str]]:
    """The nouns that run through a talk, each with how much of it is about them."""
    people = "".join(article.speakers)
    for word, count in weights.counts.items():
        if count < TITLED or not 2 <= len(word) <= LONGEST:
            continue
        spread, titled = weights.spread(word), word in article.title
        if not ((titled and spread >= TITLED_SPREAD) or (count >= OFTEN and spread >= SPREAD)):
            continue
        thing = chinese.is_thing(word) or (titled and (chinese.is_noun(word) or chinese.is_person(word)))  # 卫星, it thinks
        if thing and word not in frames.GENERIC and word not in people and not _NO_FIELD.search(word):
            yield weights.of(word) * spread / SLICES * (1 + TITLE * titled), word


def _whole(word: str, weights: Weights) -> str:
    """A noun with the one that mostly stands behind it: 临床试验."""
    behind = ((n, after) for (before, after), n in weights.pairs.items() if before == word and chinese.is_noun(after))
    often, after = max(behind, default=(0, ""))
    return word + after if often >= MOSTLY * weights.counts[word] and len(word + after) <= LONGEST else word
