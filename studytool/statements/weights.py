"""How much each word of an article matters to it."""

import itertools
import math
import re
from collections import Counter

from studytool import chinese
from studytool.articles import Article

_CORPUS = 60_000_000  # words behind the dictionary's frequencies
SLICES = 10  # parts of a talk, of the same length, by which the spread of a word is told
_UNKNOWN = 600  # how often a word that it does not know would stand in them
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.*-]*|[\u4e00-\u9fff]{2,}")


class Weights:
    """How much the words of an article weigh: often here, seldom elsewhere (TF-IDF over the dictionary's counts)."""

    def __init__(self, article: Article) -> None:
        counts: Counter[str] = Counter()
        self._slices: dict[str, int] = {}  # the parts of the talk that a word stands in, a bit each
        size = len(article.text) + 1
        self.pairs: Counter[tuple[str, str]] = Counter()  # of words beside each other
        for paragraph in (p for turn in article.turns for p in turn.paragraphs):
            words = chinese.words(article.says(paragraph.span))
            counts.update(word for word in words if _WORD.fullmatch(word))
            self.pairs.update(itertools.pairwise(words))
            part = 1 << SLICES * paragraph.span.start // size
            for word in set(words):
                self._slices[word] = self._slices.get(word, 0) | part
        counts = Counter({word: n for word, n in counts.items() if word.lower() not in chinese.FUNCTION_WORDS})
        self.counts = counts
        most = max(counts.values(), default=1)
        self.weight = {
            word: (0.4 + 0.6 * math.sqrt(n / most))
            * math.log(_CORPUS / (chinese.frequency(word) or _UNKNOWN))
            / math.log(_CORPUS / _UNKNOWN)
            for word, n in counts.items()
        }

    def of(self, word: str) -> float:
        """The weight of one word, from 0 to about 1."""
        return self.weight.get(word, 0.0)

    def spread(self, word: str) -> int:
        """In how many of the talk's parts a word stands, of SLICES."""
        return self._slices.get(word, 0).bit_count()

    def mean(self, text: str) -> float:
        """The mean weight of the five heaviest words of a text."""
        top = sorted((self.of(word) for word in set(chinese.words(text))), reverse=True)[:5]
        return sum(top) / 5
