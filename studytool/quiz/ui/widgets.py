"""The parts of the screens. Each shows one thing and posts a message where something is clicked."""

from collections.abc import Iterable

from textual.app import RenderResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from studytool.quiz.ui.text import Span, content, wrap


class Prose(Widget):
    """Text in Chinese or English, wrapped by cells."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._spans: tuple[Span, ...] = ()

    def show(self, spans: Iterable[Span]) -> None:
        """Show these runs of text; nothing at all hides the widget."""
        self._spans = tuple(span for span in spans if span.text)
        self.display = bool(self._spans)
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its place, in cells."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(wrap(self._spans, max(2, width)))

    def render(self) -> RenderResult:
        """The wrapped text."""
        return content(self._spans, max(2, self.content_size.width))


class Choice(Static):
    """A thing to click that has a key as well."""

    class Chosen(Message):
        """A click on a choice; `action` is what its key would do."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, label: str, action: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(label, id=id, classes=classes, markup=False)
        self.action = action

    def on_click(self) -> None:
        """Tell the screen."""
        self.post_message(self.Chosen(self.action))


class TooSmall(Static):
    """Stands in for a screen that has no room."""

    def __init__(self) -> None:
        super().__init__("studytool needs 40 × 12 characters. Please make this window larger.", markup=False)
