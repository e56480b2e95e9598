"""The list of words of a card, in columns: word, pinyin, English and HSK level."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from studytool.model import Word
from studytool.quiz.ui.text import Span, wrap
from studytool.words import spelled

_MEASURE = 76  # cells of the longest line
_ROOM = 24  # cells that the English needs beside its word, else it stands below
_GAP, _MUTED = "  ", "dim"


def word_lines(words: Sequence[Word], tones: Sequence[str], width: int) -> list[list[Span]]:
    """A line a word, the list centred as a whole; `tones` has a style for each tone by its number. English that is longer goes on
    under itself, in a narrow window under the word.
    """
    lines = _lines(words, tones, min(width, _MEASURE))
    margin = Span(" " * ((width - max(map(_cells, lines), default=0)) // 2))
    return [[margin, *line] for line in lines]


def _lines(words: Sequence[Word], tones: Sequence[str], width: int) -> list[list[Span]]:
    heads = [([Span(word.text, "$text-primary")], _sound(word, tones)) for word in words]
    columns = [max(map(_cells, column), default=0) + len(_GAP) for column in zip(*heads, strict=True)]
    indent = sum(columns)
    narrow = width - indent < _ROOM
    lines: list[list[Span]] = []
    for word, head in zip(words, heads, strict=True):
        if narrow:
            lines.append([*head[0], Span(_GAP), *head[1]])
            lines += [[Span(_GAP), *line] for line in _english(word, width - len(_GAP))]
            continue
        first, *rest = _english(word, width - indent)
        cells = [span for cell, wide in zip(head, columns, strict=True) for span in _padded(cell, wide)]
        lines += [[*cells, *first], *([Span(" " * indent), *line] for line in rest)]
    return lines


def _sound(word: Word, tones: Sequence[str]) -> list[Span]:
    if not word.pinyin:
        return []
    return [Span(piece.text, tones[piece.tone]) for piece in spelled(word.text, [word])]


def _english(word: Word, width: int) -> list[list[Span]]:
    """The senses in lines, and the level behind them where it fits whole."""
    lines = wrap([Span("; ".join(word.senses))], width)
    if word.hsk:
        level = f"HSK {word.hsk}"
        fits = _cells(lines[-1]) + cell_len(f" · {level}") <= width
        lines = [*lines[:-1], [*lines[-1], Span(f" · {level}", _MUTED)]] if fits else [*lines, [Span(level, _MUTED)]]
    return lines


def _cells(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)


def _padded(spans: list[Span], width: int) -> list[Span]:
    return [*spans, Span(" " * (width - _cells(spans)))]
