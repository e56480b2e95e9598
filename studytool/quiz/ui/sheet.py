"""What the sheets over a card have in common. None of them is imported before it is opened."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen, ScreenResultType

from studytool.quiz.ui.text import wrap
from studytool.quiz.ui.widgets import MIN_HEIGHT, MIN_WIDTH, Prose


class Sheet(ModalScreen[ScreenResultType]):
    """A form or a text over the card."""

    def on_resize(self) -> None:
        """As all screens: says so where there is no room."""
        width, height = self.app.size
        self.set_class(width < MIN_WIDTH or height < MIN_HEIGHT, "-too-small")
        self.set_class(height < 20, "-low")
        self.set_class(width < 72, "-narrow")


class Running(Prose):
    """Text from the left, its lines as long as there is room."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(wrap(self._spans, max(2, width)))

    def render(self) -> RenderResult:
        """The wrapped text."""
        lines = wrap(self._spans, max(2, self.content_size.width))
        return Content("\n").join(Content.assemble(*((span.text, span.style) for span in line)) for line in lines)
