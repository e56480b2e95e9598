"""The app: a desk, a theme, and the first statement."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from studytool.quiz.ui.base import BaseApp
from studytool.triage.desk import TriageDesk
from studytool.triage.statement import StatementScreen


class TriageApp(BaseApp):
    """Goes through the statements on a desk. Everything is saved at once, so that leaving needs no question."""

    TITLE = "studytool triage"
    CSS_PATH = "triage.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "toggle_help", "Help", id="app.help", tooltip="Show or hide all keys"),
    ]

    def __init__(self, desk: TriageDesk, theme: str = "textual-dark") -> None:
        super().__init__()
        self.desk = desk
        if theme in self.available_themes:
            self.theme = theme

    def get_default_screen(self) -> Screen[None]:
        """Open on the first statement."""
        return StatementScreen(self.desk)

    def on_mount(self) -> None:
        """Read ahead once the first statement stands there; what fails now is told when it is needed."""
        self.call_after_refresh(self.run_worker, self.desk.warm, thread=True, exit_on_error=False)
