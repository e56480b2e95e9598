"""The keys that work now, on the last line of a screen."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.style import Style

from studytool.quiz.ui.widgets import Drawn

_DIM = Style(dim=True)


class KeyBar(Drawn, can_focus=False):
    """One line of keys; a click presses one.

    It looks like Textual's Footer, which makes a widget of each key anew whenever one of them changes: that takes longer than
    to show a card, and a megabyte that is not given back.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--description"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        .key-bar--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        .key-bar--description { color: $footer-description-foreground; background: $footer-description-background; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._keys: tuple[tuple[Binding, bool, str], ...] = ()  # with whether each is enabled, and its tooltip

    def on_mount(self) -> None:
        """Follow what keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        of_action: dict[str, tuple[Binding, bool, str]] = {}
        for active in screen.active_bindings.values():
            if active.binding.show:
                of_action.setdefault(active.binding.action, (active.binding, active.enabled, active.tooltip))
        keys = tuple(of_action.values())
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def draw(self, y: int) -> Iterator[tuple[str, Style]]:
        """Each key and what it does; dim where it does nothing now."""
        looks = [self.get_visual_style(f"key-bar--{part}") for part in ("key", "description")]
        for binding, enabled, _ in self._fitting():
            for text, look in zip((f" {self._spelled(binding)} ", f"{binding.description} "), looks, strict=True):
                yield text, look if enabled else look + _DIM

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say more of the key under the pointer."""
        found = self._at(event.x)
        self.tooltip = found[2] or None if found else None

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        if found := self._at(event.x):
            binding, enabled, _ = found
            if enabled:
                self.app.simulate_key(binding.key)
            else:
                self.app.bell()

    def _at(self, x: int) -> tuple[Binding, bool, str] | None:
        end = 0
        for found in self._fitting():
            end += self._cells(found[0])
            if x < end:
                return found
        return None

    def _fitting(self) -> list[tuple[Binding, bool, str]]:
        """The keys that have room; where not all have, the last one, which leads to all others, is among them."""
        shown, room = list(self._keys), self.size.width
        while len(shown) > 2 and sum(self._cells(binding) for binding, _, _ in shown) > room:
            del shown[-2]
        return shown

    def _cells(self, binding: Binding) -> int:
        return cell_len(f" {self._spelled(binding)} {binding.description} ")

    def _spelled(self, binding: Binding) -> str:
        return self.app.get_key_display(binding)
