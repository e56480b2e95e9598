"""What the quiz is handed by who may import it: Chinese tools, corpus files and articles stay behind functions."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studytool.model import Row
    from studytool.quiz.rewording import Rewording


class Handed(NamedTuple):
    """Functions that load what they need when they are first called. All may be called in a thread of their own."""

    fold: Callable[[str], str] = str  # Chinese to simplified characters
    # Checks new texts of a statement and writes them to its corpus file; the file, or None where there is none at hand.
    # Raises StudytoolError where they are wrong, or not written.
    edit: "Callable[[Rewording], Path | None] | None" = None
    # Of a claim, the name of its corpus and its deck file: a passage of its article, and from which to which character of it its
    # quote stands; None where that is not at hand. Raises StudytoolError where the article cannot be read.
    passage: "Callable[[Row, str, Path], tuple[str, int, int] | None] | None" = None
