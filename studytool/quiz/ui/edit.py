"""The sheet on which the texts of a card are edited."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static, TextArea

from studytool.errors import StudytoolError
from studytool.model import Statement
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.rewording import FieldError, Rewording
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.sheet import Sheet
from studytool.quiz.ui.widgets import TooSmall

LABELS = {
    "zh": "statement",
    "en": "English",
    "question": "question",
    "question_en": "English",
    "answer": "answer",
    "answer_en": "English",
    "note": "note",
    "note_en": "English",
}
_WITH = {"answer": "question", "answer_en": "question_en"}  # offered where there is a question


class EditSheet(Sheet[str | None]):
    """The texts of a statement. Gives back what to tell once they are saved; None where all stayed as it was."""

    HELP = """
* A blank is marked as `{{c1::words}}`; those that are there must stay, since each is a card with its own progress.
* **tab** goes to the next field, **enter** or **ctrl+s** saves, **escape** leaves everything as it was.
* What is saved is checked first. It goes into the corpus file where that is at hand, else it is kept with your reviews.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,enter", "save", "Save", id="edit.save", tooltip="Check and save", priority=True, key_display="enter"),
        Binding("tab", "app.focus_next", "Next field", id="edit.next", tooltip="Go to the next field"),
        Binding("escape", "give_up", "Cancel", id="edit.cancel", tooltip="Leave everything as it was"),
    ]

    class Checked(Message):
        """The texts were checked, and written where there is a file."""

        def __init__(self, change: Rewording, path: Path | None, error: StudytoolError | None) -> None:
            super().__init__()
            self.change, self.path, self.error = change, path, error

    def __init__(self, desk: Desk, statement: str, handed: Handed) -> None:
        super().__init__()
        self._desk, self._statement, self._handed = desk, statement, handed
        self._before = _texts(desk.texts.row(statement).statement)
        self._busy = self._warned = False

    def compose(self) -> ComposeResult:
        """A line a field, and a line for what is wrong."""
        yield TooSmall()
        with Vertical(id="sheet"):
            yield Static("Edit this card", classes="sheet-title", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field, text in self._before.items():
                    with Horizontal(classes="field"):
                        yield Static(LABELS[field], classes="label", markup=False)
                        area = TextArea(text, id=f"edit-{field}", tab_behavior="focus", compact=True)
                        area.cursor_blink = area.highlight_cursor_line = False
                        yield area
            yield Static("", id="fault", markup=False)
        yield KeyBar()

    def action_save(self) -> None:
        """Save, once the field has taken in what was typed before this key: a key of the screen's own overtakes those."""
        (self.focused or self).call_later(self._save)

    def action_give_up(self) -> None:
        """Leave everything as it is; what was typed goes only when that is said twice."""
        if self._changed() and not self._warned:
            self._warned = True
            self._tell("Not saved. escape once more forgets what you typed, enter saves it.")
        elif not self._busy:
            self.dismiss(None)

    def _save(self) -> None:
        edit = self._handed.edit
        if self._busy or edit is None:
            return
        changed = self._changed()
        if not changed:
            self.dismiss(None)
            return
        try:
            change = self._desk.texts.rewording(self._statement, changed)
        except StudytoolError as error:
            self._refuse(error)
            return
        self._busy = True
        self._tell("Checking…", fault=False)

        def work() -> None:
            try:
                self.post_message(self.Checked(change, edit(change), None))
            except StudytoolError as error:
                self.post_message(self.Checked(change, None, error))

        self.run_worker(work, thread=True)

    def on_edit_sheet_checked(self, message: Checked) -> None:
        """Show the new texts from now on, or say what is wrong with them."""
        self._busy = False
        if message.error:
            self._refuse(message.error)
            return
        try:
            self._desk.reword(self._statement, message.change, message.path is not None)
        except StudytoolError as error:
            self._refuse(error)
            return
        kept = f"Saved in {message.path}: shown here at once, elsewhere after `studytool build`." if message.path else ""
        self.dismiss(kept or "Saved with your reviews, since no corpus file of this deck is at hand.")

    def _refuse(self, error: StudytoolError) -> None:
        self._tell(str(error))
        if isinstance(error, FieldError) and error.field in self._before:
            self.query_one(f"#edit-{error.field}").focus()

    def _tell(self, text: str, fault: bool = True) -> None:
        self.query_one("#fault", Static).set_class(fault, "-fault").update(text)

    def _changed(self) -> dict[str, str]:
        now = {field: self.query_one(f"#edit-{field}", TextArea).text for field in self._before}
        return {field: text for field, text in now.items() if text != self._before[field]}


def _texts(statement: Statement) -> dict[str, str]:
    """What is offered: a question and its answer only where there is a question, since a new one would be a new card."""
    return {
        field: getattr(statement, field)
        for field in LABELS
        if not field.startswith(("question", "answer")) or getattr(statement, _WITH.get(field, field))
    }
