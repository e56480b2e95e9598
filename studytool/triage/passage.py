"""Where a quote stands in its article, with what was said before and after it."""

from typing import NamedTuple

from studytool.articles import Article
from studytool.model import Quote
from studytool.places import stands

_ENOUGH = 600  # characters before and after the quote's own paragraphs, as far as there are any
MOVED = "The quote no longer stands in the article, so no passage is shown; run `studytool extract` again."


class Passage(NamedTuple):
    """A run of an article in three parts. A line is a paragraph; the first of a turn begins with its speaker."""

    before: str
    quote: str
    after: str


def passage(article: Article, quote: Quote) -> Passage | None:
    """The paragraphs around a quote; None where the article no longer holds it there."""
    text = article.text
    place = stands(text, quote)
    if not place:
        return None
    start, end = place
    words = text[start:end]
    paragraphs = [
        (f"{turn.speaker}：" if turn.speaker and nth == 0 else "", paragraph.span)
        for turn in article.turns
        for nth, paragraph in enumerate(turn.paragraphs)
    ]
    own = [at for at, (_, span) in enumerate(paragraphs) if span.start < end and span.end > start]
    if not own:
        return None
    lines = [f"{label}{article.says(span)}" for label, span in paragraphs]
    label, first = paragraphs[own[0]]
    last = paragraphs[own[-1]][1]
    low, high = own[0], own[-1] + 1
    while low and sum(map(len, lines[low : own[0]])) < _ENOUGH:
        low -= 1
    while high < len(lines) and sum(map(len, lines[own[-1] + 1 : high])) < _ENOUGH:
        high += 1
    before = "\n".join([*lines[low : own[0]], f"{label}{text[first.start : start]}"])
    after = "\n".join([text[end : last.end], *lines[own[-1] + 1 : high]])
    return Passage(before, words, after)
