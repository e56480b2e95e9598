"""A list of any length, of some lines each item. Only what is on the screen is laid out, so that twenty thousand cost no more
than ten.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from studytool.quiz.ui.text import Span

Lines = Sequence[Sequence[Span]]
_KEPT = 512  # items whose lines are kept
_BAR, _NO_BAR = Span("▌ ", "$primary"), Span("  ")  # beside the item under the cursor, and beside the others


class Blocks(Widget, can_focus=True):
    """Items with a cursor. `lines` lays out the item of a place within a width in cells."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", id="list.down", show=False, tooltip="Next claim"),
        Binding("up", "move(-1)", "Previous", id="list.up", show=False, tooltip="Previous claim"),
        Binding("pagedown", "page(1)", "Page down", id="list.page-down", show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", id="list.page-up", show=False, tooltip="A page up"),
        Binding("home", "jump(0)", "First", id="list.first", show=False, tooltip="First claim"),
        Binding("end", "jump(-1)", "Last", id="list.last", show=False, tooltip="Last claim"),
    ]

    class Moved(Message):
        """The cursor is on another item."""

    class Chosen(Message):
        """The item under the cursor was clicked."""

    def __init__(self, lines: Callable[[int, int], Lines], name: str) -> None:
        super().__init__(id=name, markup=False)
        self._lines, self._count = lines, 0
        self._laid: dict[int, Lines] = {}
        self._places: list[int] = []  # of the item on each line of the screen
        self.cursor = 0
        self._top, self._skip = 0, 0  # the first item on the screen, and how many of its lines are above it

    def show(self, count: int, cursor: int = 0) -> None:
        """Show so many items, with the cursor on one of them."""
        self._count, self.cursor = count, max(0, min(cursor, count - 1))
        self._top = self._skip = 0
        self.again()

    def again(self) -> None:
        """Lay everything out anew, as its texts changed."""
        self._laid.clear()
        self._reveal()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Lines are of another length."""
        self._laid.clear()
        self._reveal()

    def render(self) -> RenderResult:
        """The lines on the screen."""
        self._places = []
        shown: list[Content] = []
        place, skip = self._top, self._skip
        while place < self._count and len(shown) < self.size.height:
            for line in self._of(place)[skip:]:
                bar = _BAR if line and place == self.cursor else _NO_BAR
                shown.append(Content.assemble(*((span.text, span.style) for span in (bar, *line))))
                self._places.append(place)
            place, skip = place + 1, 0
        return Content("\n").join(shown[: self.size.height])

    def action_move(self, by: int) -> None:
        """To the next or the previous item; within one that is longer than the screen, by a line."""
        if by > 0 and self._below() > 0:
            self._skip += 1
        elif by < 0 and self.cursor == self._top and self._skip:
            self._skip -= 1
        else:
            self._go(self.cursor + by)
        self.refresh()

    def action_page(self, by: int) -> None:
        """By as many items as there are on the screen."""
        self._go(self.cursor + by * max(1, len(set(self._places)) - 1))

    def action_jump(self, place: int) -> None:
        """To the first item, or to the last."""
        self._go(place if place >= 0 else self._count - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        self.action_move(-1)

    def on_click(self, event: events.Click) -> None:
        """To the item clicked; a click on the one under the cursor chooses it."""
        if not 0 <= event.y < len(self._places):
            return
        place = self._places[event.y]
        if place == self.cursor:
            self.post_message(self.Chosen())
        else:
            self._go(place)

    def _go(self, place: int) -> None:
        place = max(0, min(place, self._count - 1))
        if place != self.cursor:
            self.cursor = place
            self.post_message(self.Moved())
        self._reveal()

    def _reveal(self) -> None:
        """Bring the item under the cursor onto the screen, all of it where it fits."""
        if self._count and self.size.height:
            if self.cursor <= self._top:
                self._top, self._skip = self.cursor, 0
            elif self._below() > 0:
                room = self.size.height - len(self._of(self.cursor))
                self._top, self._skip = self.cursor, 0
                while room > 0 and self._top > 0:
                    self._top -= 1
                    room -= len(self._of(self._top))
                self._skip = max(0, -room) if self._top < self.cursor else 0
        self.refresh()

    def _below(self) -> int:
        """Lines of the item under the cursor that are below the screen."""
        used = -self._skip
        for place in range(self._top, min(self.cursor + 1, self._count)):
            if used > self.size.height:
                break
            used += len(self._of(place))
        return used - self.size.height

    def _of(self, place: int) -> Lines:
        if place not in self._laid:
            if len(self._laid) >= _KEPT:
                self._laid.clear()
            self._laid[place] = self._lines(place, max(10, self.size.width - 2))
        return self._laid[place]
