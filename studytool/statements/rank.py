"""Which candidates are key claims: what the editor marked first, then what reads like a claim, each unlike those before it."""

from collections.abc import Sequence
from typing import NamedTuple

from studytool import chinese
from studytool.articles import Article
from studytool.statements import cues
from studytool.statements.candidates import Candidate
from studytool.statements.weights import Weights

ALIKE = 0.5  # share of common character pairs from which on two picks say the same
MOST = 1000  # picks that are compared with each other: a book has more candidates than anybody asks for
SPREAD = 0.2  # how much likeness to an earlier pick costs


class Pick(NamedTuple):
    """A candidate with its score and the features that made it."""

    candidate: Candidate
    score: float
    why: tuple[str, ...]


def rank(article: Article, found: Sequence[Candidate], weights: Weights) -> list[Pick]:
    """All candidates, best first, with those left out that repeat a better one."""
    summary = [chinese.bigrams(item) for item in article.summary]
    title = chinese.bigrams(article.title)
    heard = _heard(article)
    scored = sorted((_score(article, one, weights, summary, title, heard) for one in found), key=lambda pick: -pick.score)[:MOST]
    pairs = [chinese.bigrams(pick.candidate.text) for pick in scored]
    near = [0.0] * len(scored)  # how like each is to the likest one chosen before
    left = set(range(len(scored)))
    chosen: list[Pick] = []
    while left:
        best = max(left, key=lambda nth: (scored[nth].score - SPREAD * near[nth], -nth))
        left.discard(best)
        chosen.append(scored[best]._replace(score=scored[best].score - SPREAD * near[best]))
        for nth in list(left):
            near[nth] = max(near[nth], _alike(pairs[nth], pairs[best]))
            if near[nth] >= ALIKE:
                left.discard(nth)  # says the same as a better one
    return chosen


def _heard(article: Article) -> dict[int, frozenset[str]]:
    """What a host says right after each turn: he takes up what he heard as the point of it."""
    return {
        nth: chinese.bigrams("".join(article.says(paragraph.span) for paragraph in after.paragraphs))
        for nth, after in enumerate(article.turns[1:])
        if after.speaker in article.hosts and article.turns[nth].speaker not in article.hosts
    }


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def _score(
    article: Article,
    one: Candidate,
    weights: Weights,
    summary: list[frozenset[str]],
    title: frozenset[str],
    heard: dict[int, frozenset[str]],
) -> Pick:
    text = one.text
    pairs = chinese.bigrams(text)
    size = len(chinese.hanzi(text))
    features: dict[str, float] = {}
    if one.marked:
        features["bold"] = 3.0
    echo = max((len(pairs & item) / (min(len(pairs), len(item)) or 1) for item in summary), default=0.0)
    if echo > 0.75:
        features["quoted"] = 2.0
    elif echo > 0.25:
        features["summary"] = 1.2 * (echo - 0.2)
    if title:
        features["title"] = 0.8 * len(pairs & title) / (len(pairs) or 1)
    features["keywords"] = 1.2 * weights.mean(text)
    for name, pattern, worth in (
        ("contrast", cues.CONTRAST, 0.4), ("cause", cues.CAUSAL, 0.15), ("forecast", cues.FORECAST, 0.25), ("emphasis", cues.EMPHASIS, 0.25),
        ("definition", cues.DEFINITION, 0.3), ("figure", cues.FIGURE, 0.15), ("opinion", cues.OPINION, 0.2), ("subject", cues.ABSTRACT_SUBJECT, 0.3),
    ):  # fmt: skip
        if pattern.search(text):
            features[name] = worth
    features["length"] = -0.3 * abs(size - 32) / 20 if size < 32 else -0.25 * (size - 32) / 20
    features["vague"] = -0.12 * len(cues.VAGUE.findall(text))
    features["first person"] = -0.08 * len(cues.FIRST.findall(text))
    features["taken up"] = len(pairs & heard.get(one.turn, frozenset())) / (len(pairs) or 1)
    if cues.HEARSAY.search(text):
        features["hearsay"] = -0.4
    if cues.RETRACTS.search(one.next):
        features["taken back"] = -0.3
    if one.place[0] == one.place[1] - 1 and one.place[1] > 2:
        features["closes"] = 0.2  # what an answer comes to
    if cues.NARRATIVE.search(text):
        features["story"] = -0.4
    if one.host:
        features["host"] = -0.4
    if one.place[0] == 0:
        features["opens"] = 0.1
    if one.place[1] <= 2:
        features["alone"] = -0.1
    return Pick(
        one, sum(features.values()), tuple(name for name, worth in sorted(features.items(), key=lambda f: -f[1]) if worth > 0.05)
    )
