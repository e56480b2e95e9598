"""The parts of the screens. Each shows one thing and posts a message where something is clicked."""

from collections.abc import Coroutine, Iterable
from contextlib import suppress
from typing import Any

from rich.segment import Segment
from textual.app import RenderResult
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from studytool.quiz.ui.text import Span, content

MIN_WIDTH, MIN_HEIGHT = 40, 12  # cells, lines


class Prose(Widget):
    """Text in Chinese or English, wrapped by cells."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, markup=False)
        self._spans: tuple[Span, ...] = ()

    def show(self, spans: Iterable[Span]) -> None:
        """Show these runs of text; nothing at all hides the widget."""
        wanted = tuple(span for span in spans if span.text)
        if wanted != self._spans:
            self._spans = wanted
            self.refresh(layout=True)
        self.display = bool(wanted)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its place, in cells."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return content(self._spans, max(2, width)).plain.count("\n") + 1

    def render(self) -> RenderResult:
        """The wrapped text."""
        return content(self._spans, max(2, self.content_size.width))


class Drawn(Widget):
    """Lines drawn straight into the window's cells: nothing to wrap, align or select, so that it takes a third of the time."""

    ALLOW_SELECT = False

    def draw(self, y: int) -> Iterable[tuple[str, Style]]:
        """The runs of text of a line, and how each looks."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """A line, filled up with its ground."""
        segments = [Segment(text, look.rich_style) for text, look in self.draw(y)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)


class Choice(Static):
    """A thing to click that has a key as well."""

    class Chosen(Message):
        """A click on a choice; `action` is what its key would do."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, label: str, action: str, *, name: str = "") -> None:
        super().__init__(label, id=name or None, classes="choice", markup=False)
        self.action = action

    def on_click(self) -> None:
        """Tell the screen."""
        self.post_message(self.Chosen(self.action))


class SizedScreen(Screen[None]):
    """A screen that says so where the window has no room for it, and saves lines where it is low."""

    def look_up(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that takes a while and then shows what it found. Who leaves meanwhile ends nothing: its parts are gone."""

        async def done() -> None:
            with suppress(NoMatches):
                await work

        self.run_worker(done(), exclusive=True)

    def on_resize(self) -> None:
        """Classes change at the bounds only, since each change styles the whole screen anew."""
        width, height = self.app.size
        self.set_class(width < MIN_WIDTH or height < MIN_HEIGHT, "-too-small")
        self.set_class(height < 20, "-low")


class TooSmall(Static):
    """Stands in for a screen that has no room."""

    def __init__(self) -> None:
        super().__init__(f"studytool needs {MIN_WIDTH} × {MIN_HEIGHT} characters. Please make this window larger.", markup=False)
