"""The sheet on which a blank moves from word to word."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.quiz.ui.faces import GAP
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.text import Span
from studytool.quiz.ui.widgets import Prose, TooSmall
from studytool.triage.blank import Blank
from studytool.triage.desk import TriageDesk
from studytool.triage.widgets import BLANK, Sheet


class BlankSheet(Sheet):
    """A statement whose blank steps over its words, and the front that this would make."""

    HELP = """
* **left** and **right** put the blank on another word; words that only carry grammar are passed over.
* **shift** with them, or **H** and **L**, takes a word off its end or adds the next one.
* **enter** saves, **escape** leaves the blank where it was.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Set", id="blank.set", tooltip="Save the blank where it is"),
        Binding("left,h", "step(-1)", "Before", id="blank.left", tooltip="Put the blank on the word before"),
        Binding("right,l", "step(1)", "After", id="blank.right", tooltip="Put the blank on the word after"),
        Binding("shift+right,L", "widen(1)", "Wider", id="blank.wider", tooltip="Add the next word to the blank"),
        Binding("shift+left,H", "widen(-1)", "Narrower", id="blank.narrower", tooltip="Take the blank's last word off"),
        Binding("escape", "give_up", "Cancel", id="blank.cancel", tooltip="Leave the blank where it was"),
    ]

    def __init__(self, desk: TriageDesk, blank: Blank) -> None:
        super().__init__()
        self.desk, self.blank = desk, blank

    def compose(self) -> ComposeResult:
        """The statement, its front, the keys."""
        yield TooSmall()
        with Vertical(id="sheet"):
            yield Static("Move the blank", classes="sheet-title", markup=False)
            yield Prose("whole")
            yield Static("The front will be", classes="label", markup=False)
            yield Prose("front")
            yield Static("", id="fault", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the blank where it is."""
        self._put(self.blank)

    def _put(self, blank: Blank) -> None:
        self.blank = blank
        before, run, after = blank.parts
        self.query_one("#whole", Prose).show([Span(before), Span(run, BLANK), Span(after)])
        self.query_one("#front", Prose).show([Span(before, "bold"), Span(GAP, "bold $text-warning"), Span(after, "bold")])

    def action_step(self, by: int) -> None:
        """Put the blank on a neighbouring word."""
        self._put(self.blank.stepped(by))

    def action_widen(self, by: int) -> None:
        """Make the blank a word longer or shorter."""
        self._put(self.blank.widened(by))

    def action_save(self) -> None:
        """Save the blank where it is."""
        try:
            self.dismiss(self.desk.edit({"zh": self.blank.zh}))
        except StudytoolError as error:
            self.query_one("#fault", Static).update(str(error))
