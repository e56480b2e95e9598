"""What an article is once it is read. Offsets count characters of `Article.text`, the talk as one normalised text."""

import datetime as dt
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

NARRATOR = "旁白"  # whose words are what a profile tells around its quotations: nobody's claims
BEFORE_LAUGH = 8  # hanzi before a laugh that tell what was laughed at


class Span(NamedTuple):
    """A run of `Article.text`."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """A paragraph of the talk, and what the editor set in bold within it."""

    span: Span
    bold: tuple[Span, ...] = ()


class Point(NamedTuple):
    """An item of the article's own summary or list of favourite quotes: the editor's words, behind the talk in the text."""

    span: Span
    about: str  # the title that the item has, "" for none


class Turn(Struct, frozen=True):
    """What one speaker says until the next one does; an essay is one turn a section, of a speaker without a name."""

    speaker: str
    section: str
    paragraphs: tuple[Paragraph, ...]


class Article(Struct, frozen=True, kw_only=True, dict=True):
    """A text as read: the talk, who talks, the editor's own choice of sentences, and what is to be cited."""

    text: str  # the talk, and behind it the points
    turns: tuple[Turn, ...]
    hosts: frozenset[str]  # speakers who ask more than they answer
    points: tuple[Point, ...]
    intro: str  # what stands before the talk: who the guest is, where it was said
    title: str
    author: str  # who wrote an essay, where the article tells, else ""
    outlet: str
    published: dt.date | None
    said: str  # when it was said, where the article tells: YYYY-MM-DD or YYYY-MM, else ""
    url: str
    recording: str
    laughed: frozenset[str] = frozenset()  # the last hanzi of what somebody laughed at

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The items of the article's own summary and of its list of favourite quotes."""
        return tuple(self.says(point.span) for point in self.points)

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Who talks, guests first, each by the amount of text, without a profile's narrator."""
        sizes: dict[str, int] = {}
        for turn in self.turns:
            sizes[turn.speaker] = sizes.get(turn.speaker, 0) + sum(p.span.end - p.span.start for p in turn.paragraphs)
        return tuple(
            sorted((name for name in sizes if name and name != NARRATOR), key=lambda name: (name in self.hosts, -sizes[name]))
        )

    def says(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
