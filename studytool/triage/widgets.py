"""The parts of the screens that only triage has."""

from collections.abc import Iterable, Iterator

from textual.app import RenderResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from studytool import cloze
from studytool.quiz.ui.text import Span, in_lines, wrap
from studytool.quiz.ui.widgets import MIN_HEIGHT, MIN_WIDTH, Prose
from studytool.triage.passage import Passage

BLANK = "bold underline $text-accent"
QUOTE = "$foreground on $primary 30%"


class Marked(Prose):
    """A statement with its blanks filled in and set off."""

    def statement(self, text: str, style: str) -> None:
        """Show a marked text."""
        self.show(Span(part.text, BLANK if part.blank else style) for part in cloze.parse(text))


class PassageView(VerticalScroll):
    """A passage of an article, scrolled to its quote."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, can_focus=False)
        self._text = Running(f"{name}-text")

    def compose(self) -> Iterator[Widget]:
        """The text is one widget, which is as high as it needs to be."""
        yield self._text

    def show(self, passage: Passage | str) -> None:
        """Show a passage, or one line that says why there is none."""
        if isinstance(passage, str):
            self._text.show([Span(passage, "$text-muted italic")], 0, 0)
        else:
            before, quote, after = (list(in_lines(text, style)) for text, style in zip(passage, ("", QUOTE, ""), strict=True))
            self._text.show([*before, *quote, *after], len(before), len(before) + len(quote))
        self.call_after_refresh(self.find)

    def find(self) -> None:
        """Scroll to the quote: in the middle, its first line seen in any case."""
        first, last = self._text.quote_lines(max(2, self._text.content_size.width))
        room = self.size.height - (last - first)
        self.scroll_to(y=max(0, first - max(0, room // 2)), animate=False)


class Running(Widget):
    """Running text, wrapped by cells from the left."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, markup=False)
        self._spans: list[Span] = []
        self._quote = (0, 0)

    def show(self, spans: Iterable[Span], start: int, end: int) -> None:
        """Show these runs of text, of which those from `start` to before `end` are the quote."""
        self._spans, self._quote = list(spans), (start, end)
        self.refresh(layout=True)

    def quote_lines(self, width: int) -> tuple[int, int]:
        """The line on which the quote begins, and the one behind its last."""
        start, end = self._quote
        return max(0, len(wrap([*self._spans[:start], Span("字")], width)) - 1), len(wrap(self._spans[:end], width))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its place, in cells."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(wrap(self._spans, max(2, width)))

    def render(self) -> RenderResult:
        """The wrapped text."""
        lines = wrap(self._spans, max(2, self.content_size.width))
        return Content("\n").join(Content.assemble(*((span.text, span.style) for span in line)) for line in lines)


class Sheet(ModalScreen[str | None]):
    """A form over the statement. Gives back what else the user should know once it has saved, or None where it was given up."""

    def on_resize(self) -> None:
        """As all screens: says so where there is no room."""
        width, height = self.app.size
        self.set_class(width < MIN_WIDTH or height < MIN_HEIGHT, "-too-small")
        self.set_class(height < 20, "-low")

    def action_give_up(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)
