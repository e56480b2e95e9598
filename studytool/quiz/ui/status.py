"""Where you are: the topic, what is left, and a bar, on the two lines above a card."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.style import Style

from studytool.quiz.ui.widgets import Drawn

_GAP = 2  # cells at least between the topic and the counts


class Status(Drawn):
    """Two lines: a text on the left, one on the right, and below a bar that is `done` full, of 0 to 1."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--bar"}

    def __init__(self) -> None:
        super().__init__(id="status", markup=False)
        self._shown = ("", "", 0.0)

    def show(self, left: str, right: str, done: float) -> None:
        """Show these; the left one is cut where both have no room."""
        if (left, right, done) != self._shown:
            self._shown = (left, right, done)
            self.refresh()

    def draw(self, y: int) -> Iterator[tuple[str, Style]]:
        """The texts, then the bar."""
        left, right, done = self._shown
        width = self.size.width
        if y:
            filled = round(width * done)
            yield "━" * filled + "─" * (width - filled), self.get_visual_style("status--bar")
            return
        room = max(0, width - cell_len(right) - _GAP)
        if cell_len(left) > room:
            left = set_cell_size(left, room - 1).rstrip() + "…" if room else ""
        yield left + " " * (width - cell_len(left) - cell_len(right)) + right, self.visual_style
