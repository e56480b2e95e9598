"""The closing screen: nothing is left."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.widgets import SizedScreen, TooSmall
from studytool.triage.desk import TriageDesk
from studytool.triage.statement import StatementScreen

if TYPE_CHECKING:
    from studytool.triage.app import TriageApp


class ClosingScreen(SizedScreen):
    """Shown once every statement is decided."""

    HELP = "All statements are decided, and every decision is saved. **u** takes the last one back, **p** only looks back."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="closing.undo", tooltip="Take the last step back and go on there"),
        Binding("p,left", "look_back", "Look back", id="closing.back", tooltip="Show the last statement again"),
        Binding("q,enter,escape", "leave", "Leave", id="closing.leave", tooltip="Leave; all decisions are kept"),
    ]

    def __init__(self, desk: TriageDesk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """The counts and what can be done now."""
        accepted, rejected, _ = self.desk.counts()
        yield TooSmall()
        with Vertical(id="closing"):
            yield Static("Nothing is left", id="closing-title", markup=False)
            yield Static(f"{accepted} accepted · {rejected} rejected", id="closing-counts", markup=False)
            yield Static("\n".join(str(path) for path in self.desk.paths), id="closing-files", markup=False)
            yield Static("u undo · q leave", id="closing-keys", markup=False)
        yield KeyBar()

    def action_undo(self) -> None:
        """Go back to the statement that was decided last."""
        triage = cast("TriageApp", self.app)
        try:
            self.desk.undo()
        except StudytoolError as error:
            triage.tell(error)
            return
        triage.turn_to(StatementScreen(self.desk))

    def action_look_back(self) -> None:
        """Show the statement that was decided last, as it is."""
        cast("TriageApp", self.app).turn_to(StatementScreen(self.desk))

    def action_leave(self) -> None:
        """Leave; the shell is told what was done."""
        self.app.exit()
