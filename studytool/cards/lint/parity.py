"""L52, L53, L54: Chinese and English that do not say the same."""

from collections.abc import Iterator, Sequence

from studytool.cards.lint.rule import Broken
from studytool.model import Entry, Topic


def differing(entry: Entry, _: Topic) -> Iterator[Broken]:
    """L52 and L53: figures, dates, names or negation that one language has and the other lacks."""
    yield from ()


def wavering(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Broken]]:
    """L54: one term glossed in two ways across the corpus."""
    yield from ()
