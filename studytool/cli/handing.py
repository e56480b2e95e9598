"""What the quiz is handed: the user's keys, and functions that load what it may not import, when they are first called."""

from pathlib import Path
from typing import TYPE_CHECKING

from studytool.quiz.handed import Handed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytool.model import Row
    from studytool.quiz.rewording import Rewording


def handed() -> Handed:
    """All of them."""
    return Handed(_simplified, _edit, _passage)


def own_keys(wanted: "Mapping[str, str]") -> "Mapping[str, str]":
    """The keys that config.toml sets, as the app takes them. Raises StudytoolError with the line of one that cannot be."""
    if not wanted:
        return {}
    from studytool.config import home
    from studytool.errors import StudytoolError, Where
    from studytool.files import read_text
    from studytool.quiz.ui.keymap import BindingError, keymap
    from studytool.toml_lines import locate

    try:
        return keymap(wanted)
    except BindingError as error:
        path = home().config
        line = locate(read_text(path, "a config file")).of("bindings", 0, error.binding)
        raise StudytoolError(error.message, Where(str(path), line), error.hint) from None


def _simplified(text: str) -> str:
    from studytool.chinese import simplified

    return simplified(text)


def _edit(change: "Rewording") -> Path | None:
    from studytool.edits import edit

    return edit(change)


def _passage(row: "Row", name: str, deck: Path) -> tuple[str, int, int] | None:
    from studytool.passages import passage_of

    return passage_of(row, name, deck)
