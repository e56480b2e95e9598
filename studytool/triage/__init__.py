"""Proposed statements -> decisions: a person accepts, rejects or mends each. `desk` and what it imports know no screen."""

from collections.abc import Sequence
from pathlib import Path

from studytool.errors import StudytoolError


def run_triage(paths: Sequence[Path], theme: str = "textual-dark") -> str:
    """Go through what is proposed in these statement files, on the screen; returns a line that tells what was done.

    Raises StudytoolError where a file cannot be read or nothing in them is proposed.
    """
    from studytool.triage.desk import TriageDesk

    desk = TriageDesk(paths)
    if not desk.entries:
        names = ", ".join(str(path) for path in paths)
        raise StudytoolError(f"no proposed statement in {names}", hint="`studytool extract` makes some")
    from studytool.triage.app import TriageApp

    app = TriageApp(desk, theme)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)  # Textual has told what went wrong
    return desk.summary()


__all__ = ["run_triage"]
