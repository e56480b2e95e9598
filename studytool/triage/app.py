"""The app: a desk, a theme, and the first statement."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from studytool.errors import StudytoolError
from studytool.triage.desk import TriageDesk
from studytool.triage.statement import StatementScreen


class TriageApp(App[None]):
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

    def turn_to(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one shown. Textual cannot replace its first, so that one stays, covered."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def action_toggle_help(self) -> None:
        """Show or hide the panel that lists the keys of what is on screen."""
        from textual.widgets import HelpPanel

        if self.screen.query(HelpPanel):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def tell(self, error: StudytoolError) -> None:
        """Show an error without leaving."""
        self.notify(str(error), severity="error", timeout=20, markup=False)
