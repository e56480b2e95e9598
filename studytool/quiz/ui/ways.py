"""Where an answer is typed or chosen: the parts of a front that plain recalling does without. Imported when they are wanted."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from studytool.quiz.choices import Option
from studytool.quiz.ui.text import Span, wrap
from studytool.quiz.ui.widgets import Choice

LETTERS = "abcd"
_MEASURE = 64  # cells of the longest option, as of all prose
_WRITE, _BACK = "type the answer", "tab: type   space: show the answer"


class Line(Input):
    """The line that is typed on. A plain one, so that input methods work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Check", id="type.check", tooltip="Have it judged"),
        Binding("escape", "stop", "Stop typing", id="type.stop", tooltip="Leave the line: all keys work, and tab leads back"),
    ]

    def on_focus(self) -> None:
        """Say what the line is for."""
        self.placeholder = _WRITE

    def on_blur(self) -> None:
        """Say how one comes back."""
        self.placeholder = _BACK

    def action_stop(self) -> None:
        """Leave the line; what is typed stays."""
        self.screen.set_focus(None)


class Typing(Center):
    """A place to type an answer."""

    class Typed(Message):
        """An answer was typed to its end."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def compose(self) -> ComposeResult:
        """The line."""
        yield Line(id="line", placeholder=_WRITE, compact=True, select_on_focus=False)

    def begin(self) -> None:
        """An empty line, and the keys go to it."""
        self.display = True
        line = self.query_one(Line)
        line.value = ""
        line.focus()

    def end(self) -> None:
        """No line; the keys are the screen's again."""
        if self.display and self.query_one(Line).has_focus:
            self.screen.set_focus(None)
        self.display = False

    def send(self) -> None:
        """Tell the screen what is typed."""
        self.post_message(self.Typed(self.query_one(Line).value))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """The end of it."""
        message.stop()
        self.send()


class Options(Center):
    """The answers offered, each behind its letter."""

    def compose(self) -> ComposeResult:
        """A line each, centred as a whole."""
        with Vertical(id="offered"):
            yield from (OptionLine(nth) for nth in range(len(LETTERS)))

    def show(self, options: Sequence[Option], english: bool, both: bool, chosen: int = -1) -> None:
        """Show these, in one language or in both; once one is `chosen`, with the right one marked. None at all hides them."""
        self.display = bool(options)
        widest = 0
        for nth, line in enumerate(self.query(OptionLine)):
            line.display = nth < len(options)
            if nth < len(options):
                option = options[nth]
                text, other = (option.en, option.zh) if english else (option.zh, option.en)
                mark = "" if chosen < 0 else "✓" if option.right else "✗" if nth == chosen else " "
                line.show(text, other if both else "", mark)
                widest = max(widest, line.length)
        self.query_one("#offered").styles.width = min(widest, _MEASURE)


class OptionLine(Widget):
    """One answer offered: a letter, its text, and behind it the other language. A click chooses it."""

    def __init__(self, nth: int) -> None:
        super().__init__(id=f"option{nth}", classes="option", markup=False)
        self._nth, self._mark = nth, ""
        self._text = self._other = ""

    def show(self, text: str, other: str, mark: str) -> None:
        """Show a text; `mark` says, after the choice, what it was."""
        self._text, self._other, self._mark = text, other, mark
        self.set_class(mark == "✓", "-right")
        self.set_class(mark == "✗", "-wrong")
        self.set_class(mark == " ", "-passed")
        self.refresh(layout=True)

    @property
    def length(self) -> int:
        """The cells that it takes on one line."""
        return max(map(_cells, self._lines(1 << 16)))

    def on_click(self) -> None:
        """Tell the screen."""
        if not self._mark:
            self.post_message(Choice.Chosen(f"choose({self._nth})"))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as its place."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(self._lines(width))

    def render(self) -> RenderResult:
        """The letter, and the text beside it."""
        lines = self._lines(self.content_size.width)
        return Content("\n").join(Content.assemble(*((span.text, span.style) for span in line)) for line in lines)

    def _lines(self, width: int) -> list[list[Span]]:
        head = f"{self._mark} {LETTERS[self._nth]}  " if self._mark else f"{LETTERS[self._nth]}  "
        room = max(4, width - len(head))
        lines = wrap([Span(self._text), *([Span("   "), Span(self._other, "dim")] if self._other else [])], room)
        return [[Span(head if not nth else " " * len(head), "bold"), *line] for nth, line in enumerate(lines)]


def _cells(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)
