"""Paragraphs one under another, as one widget: a key repaints one, where a widget for each paragraph took three times as long."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studytool.model import Word
from studytool.quiz.ui.text import Span, balanced
from studytool.quiz.ui.wordlist import word_lines

_MEASURE = 64  # cells; longer lines are hard to read


class Block(NamedTuple):
    """A paragraph, centred, or a list of words. `look` is one of the page's component classes, "" for its own."""

    name: str
    spans: tuple[Span, ...] = ()
    look: str = ""
    above: int = 0  # blank lines; between two blocks stand as many as the greater wish
    below: int = 0
    words: tuple[Word, ...] = ()
    tones: tuple[str, ...] = ()  # the style of each tone of the words, by its number


class Page(Widget):
    """The blocks that hold something, laid out anew where one changes.

    A `whole` page is as high as its place at least, its lines in the middle.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--muted", "page--faint", "page--accent"}

    def __init__(self, name: str, *, whole: bool = False) -> None:
        super().__init__(id=name, markup=False)
        self.auto_links = False  # there are none to look for
        self.blocks: tuple[Block, ...] = ()
        self.whole = whole

    @property
    def whole(self) -> bool:
        """Whether it takes all of its place."""
        return self.has_class("-whole")

    @whole.setter
    def whole(self, whole: bool) -> None:
        self.set_class(whole, "-whole")

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these; nothing at all hides the widget."""
        wanted = tuple(block for block in blocks if block.words or any(span.text for span in block.spans))
        if wanted != self.blocks:
            before = self._height()
            self.blocks = wanted
            self.refresh(layout=not before or before != self._height())  # what keeps its height moves nothing else
        self.display = bool(wanted)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its place, in cells."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the blocks take."""
        return len(self._lines(width))

    def _height(self) -> int:
        """The lines that it takes; 0 where it is not on the screen."""
        width = self.content_size.width
        if not (self.display and width):
            return 0
        return max(len(self._lines(width)), self.container_size.height if self.whole else 0)

    def render(self) -> RenderResult:
        """The lines, each where it stands."""
        return Content("\n").join(self._content(look, line) for look, line in self._lines(self.content_size.width))

    def _content(self, look: str, line: Sequence[Span]) -> Content:
        content = Content.assemble(*((span.text, span.style) for span in line))
        return content.stylize_before(self.get_visual_style(f"page--{look}")) if look else content

    def _lines(self, width: int) -> tuple[tuple[str, Sequence[Span]], ...]:
        return _laid(self.blocks, width)


@lru_cache(8)  # a page is measured and drawn, and its neighbours are laid out beside it
def _laid(blocks: tuple[Block, ...], width: int) -> tuple[tuple[str, Sequence[Span]], ...]:
    """The lines of all blocks, each with its look."""
    laid: list[tuple[str, Sequence[Span]]] = []
    below = 0
    for nth, block in enumerate(blocks):
        laid += [("", ())] * (max(below, block.above) if nth else block.above)
        laid += [(block.look, line) for line in _lines(block, max(2, width))]
        below = block.below
    return (*laid, *[("", ())] * below) if laid else ()


def _lines(block: Block, width: int) -> list[list[Span]]:
    if block.words:
        return word_lines(block.words, block.tones, width)
    lines = balanced(block.spans, min(width, _MEASURE))
    return [[Span(" " * ((width - sum(cell_len(span.text) for span in line)) // 2)), *line] for line in lines]
