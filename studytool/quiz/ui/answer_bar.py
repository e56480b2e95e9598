"""The bar below a card: what shows the answer, then the four grades."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.style import Style

from studytool.quiz.schedule import GRADES, Grade
from studytool.quiz.ui.card_keys import GRADE_NAMES
from studytool.quiz.ui.widgets import Choice, Drawn

SUGGESTED = "▸ "  # before the grade that one key takes


class AnswerBar(Drawn):
    """One box, or four beside each other, of two lines; a click chooses one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answer-bar--box",
        "answer-bar--over",
        "answer-bar--suggested",
        *(f"answer-bar--{name.lower()}" for name in GRADE_NAMES),
    }

    def __init__(self) -> None:
        super().__init__(id="answer-bar", markup=False)
        self._prompt = ""
        self._waits: Sequence[str] = ()
        self.suggested: Grade | None = None
        self._over: int | None = None  # the box under the pointer

    def ask(self, prompt: str) -> None:
        """Offer to show the answer."""
        self._turn(prompt, (), None)

    def grade(self, waits: Sequence[str], suggested: Grade | None) -> None:
        """Offer the grades, with when the card would come back for each."""
        self._turn(self._prompt, waits, suggested)

    def _turn(self, prompt: str, waits: Sequence[str], suggested: Grade | None) -> None:
        if (prompt, waits, suggested) != (self._prompt, self._waits, self.suggested):
            self._prompt, self._waits, self.suggested = prompt, waits, suggested
            self.refresh()

    def boxes(self) -> list[tuple[int, int]]:
        """Where each box begins and ends, in cells from the left."""
        count = len(self._waits) or 1
        width = self.size.width - (count - 1)  # a cell between two
        starts = [width * nth // count + nth for nth in range(count + 1)]
        return [(start, end - 1) for start, end in pairwise(starts)]

    def draw(self, y: int) -> Iterator[tuple[str, Style]]:
        """The boxes."""
        for nth, (start, end) in enumerate(self.boxes()):
            if nth:
                yield " ", self.visual_style
            text = self._text(nth)[y]
            left = (end - start - cell_len(text)) // 2
            yield " " * left + text + " " * (end - start - left - cell_len(text)), self._style(nth)

    def _text(self, nth: int) -> tuple[str, str]:
        if not self._waits:
            return self._prompt, ""
        grade = GRADES[nth]
        mark = SUGGESTED if grade == self.suggested else ""
        return f"{mark}{grade} {GRADE_NAMES[nth]}", self._waits[nth]

    def _style(self, nth: int) -> Style:
        classes = ["answer-bar--box"]
        if self._waits:
            classes.append(f"answer-bar--{GRADE_NAMES[nth].lower()}")
        if nth == self._over:
            classes.append("answer-bar--over")
        if self._waits and GRADES[nth] == self.suggested:
            classes.append("answer-bar--suggested")
        return self.get_visual_style(*classes)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the box under the pointer."""
        self._point(self._at(event.x))

    def on_leave(self) -> None:
        """Mark none."""
        self._point(None)

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which box was clicked."""
        nth = self._at(event.x)
        if nth is not None:
            self.post_message(Choice.Chosen(f"grade({GRADES[nth]})" if self._waits else "press"))

    def _point(self, nth: int | None) -> None:
        if nth != self._over:
            self._over = nth
            self.refresh()

    def _at(self, x: int) -> int | None:
        return next((nth for nth, (start, end) in enumerate(self.boxes()) if start <= x < end), None)
