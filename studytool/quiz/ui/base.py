"""What our apps have in common: one screen in place of another, the panel of keys, errors told without leaving."""

from textual.app import App
from textual.screen import Screen

from studytool.errors import StudytoolError


class BaseApp(App[None]):
    """An app of ours."""

    def turn_to(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one shown. Textual cannot replace its first, so that one stays, covered."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
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
