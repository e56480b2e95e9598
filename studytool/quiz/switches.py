"""What the learner has switched on, and how cards are answered, side by side with what fades by itself.

Kept in the store at every change.
"""

from typing import Literal, get_args

from msgspec import Struct

from studytool.quiz.fading import Level
from studytool.quiz.store import Store

Switch = Literal["pinyin", "words", "gloss-front", "gloss-back"]
Mode = Literal["flip", "type", "choose"]  # how a card is answered
MODES: tuple[Mode, ...] = get_args(Mode)
_FIRST: dict[Switch, bool] = {"pinyin": False, "words": False, "gloss-front": False, "gloss-back": True}


class View(Struct, frozen=True):
    """What a side shows beside the text itself."""

    pinyin: bool
    words: bool
    gloss: Level  # of the other language


class Switches:
    """Which helps are on. The front and the back of a card remember the other language apart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.settings()
        self._on = {switch: kept.get(switch, "on" if first else "off") == "on" for switch, first in _FIRST.items()}
        self.mode: Mode = next((mode for mode in MODES if mode == kept.get("mode")), "flip")

    def on(self, switch: Switch) -> bool:
        """Whether it is on."""
        return self._on[switch]

    def flip(self, switch: Switch) -> None:
        """Turn it on or off. Raises StudytoolError where the disk does not keep that; it is turned nevertheless."""
        self._on[switch] = not self._on[switch]
        self._store.remember(switch, "on" if self._on[switch] else "off")

    def answer_by(self, mode: Mode) -> None:
        """Answer in this way from now on. Raises StudytoolError where the disk does not keep that; it is so nevertheless."""
        self.mode = mode
        self._store.remember("mode", mode)

    def view(self, front: bool, level: Level, lifted: bool) -> View:
        """What a side shows of a card whose gloss has faded to `level`, unless that was `lifted` for this card."""
        gloss: Level = "full" if lifted else level if self.on(gloss_of(front)) else "none"
        return View(self.on("pinyin"), self.on("words"), gloss)


def gloss_of(front: bool) -> Switch:
    """The switch of a side's other language."""
    return "gloss-front" if front else "gloss-back"
