"""A small window to pick one of several."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class Pick(ModalScreen[str | None]):
    """Answers with the key picked, "" for any; None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="pick.back", tooltip="Leave it as it was"),
        Binding("j", "list('cursor_down')", "Down", id="pick.down", tooltip="The next one", show=False),
        Binding("k", "list('cursor_up')", "Up", id="pick.up", tooltip="The one before", show=False),
    ]

    def __init__(self, title: str, names: Mapping[str, str], picked: str) -> None:
        super().__init__()
        self._title, self._names, self._picked = title, {"": "any", **names}, picked

    def compose(self) -> ComposeResult:
        """The names under their title."""
        with Vertical(id="pick"):
            yield Static(self._title, id="pick-title", markup=False)
            yield OptionList(*(Option(Content(name)) for name in self._names.values()))

    def on_mount(self) -> None:
        """Begin at what is picked now."""
        keys = list(self._names)
        self.query_one(OptionList).highlighted = keys.index(self._picked) if self._picked in keys else 0

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """That is it."""
        self.dismiss(list(self._names)[message.option_index])

    def action_list(self, name: str) -> None:
        """Move in the list."""
        getattr(self.query_one(OptionList), f"action_{name}")()

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
