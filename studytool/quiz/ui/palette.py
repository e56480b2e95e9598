"""Every key of the screen on show as a command of the palette (ctrl+p)."""

from collections.abc import Iterator
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen


def commands(app: App[None], screen: Screen[object]) -> Iterator[SystemCommand]:
    """What can be done now on a screen, each named as in its help, with its key."""
    told: set[str] = set()
    nodes = [screen, app] if not screen.focused else [screen.focused, screen, app]
    for node in nodes:
        for key, binding in node._bindings:  # as they come; what a keymap changes is the key alone
            title = binding.tooltip or binding.description
            if not binding.id or not title or title in told or app._check_action_state(binding.action, node) is not True:
                continue
            told.add(title)
            own = app._keymap.get(binding.id, key).split(",")[0]
            shown = app.get_key_display(binding.with_key(own))
            yield SystemCommand(title, f"{binding.description} · {shown}", partial(app.run_action, binding.action, node))
