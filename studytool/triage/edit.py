"""The sheet on which a statement's fields are edited."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from studytool.errors import StudytoolError
from studytool.model import KINDS, Statement
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.widgets import TooSmall
from studytool.triage.check import FieldError
from studytool.triage.desk import TriageDesk
from studytool.triage.widgets import Sheet

LABELS = {
    "zh": "statement",
    "en": "English",
    "question": "question",
    "question_en": "English",
    "answer": "answer",
    "answer_en": "English",
    "topic": "topic",
    "kind": "kind",
    "note": "note",
    "note_en": "English",
}
_ALWAYS = {"zh", "question", "answer", "topic", "kind"}
_HUMAN = {"en", "question_en", "answer_en"}  # must be there where no machine made the English


class EditSheet(Sheet):
    """The fields of a statement. What it saves is checked first, and what is wrong stands below the fields."""

    HELP = """
* A blank is marked as `{{c1::words}}`; there must be one.
* A topic or kind may be named by the beginning of its name; **right** takes the one suggested.
* **tab** goes to the next field, **enter** or **ctrl+s** saves, **escape** leaves everything as it was.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,enter", "save", "Save", id="edit.save", tooltip="Check and save", priority=True, key_display="enter"),
        Binding("tab", "app.focus_next", "Next field", id="edit.next", tooltip="Go to the next field"),
        Binding("escape", "give_up", "Cancel", id="edit.cancel", tooltip="Leave everything as it is"),
    ]

    def __init__(self, desk: TriageDesk) -> None:
        super().__init__()
        self.desk = desk
        self.before = {field: getattr(desk.entry.statement, field) for field in _fields(desk.entry.statement)}
        self.before["topic"] = desk.topic  # its name: the id of a topic that a program made says little

    def compose(self) -> ComposeResult:
        """A line a field, and a line for what is wrong."""
        topics = self.desk.topics
        suggested: dict[str, list[str]] = {
            "topic": [name for topic in topics for name in (topic.name, topic.id)],
            "kind": [*KINDS],
        }
        yield TooSmall()
        with Vertical(id="sheet"):
            yield Static("Edit the statement", classes="sheet-title", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for field, text in self.before.items():
                    with Horizontal(classes="field"):
                        yield Static(LABELS[field], classes="label", markup=False)
                        if field in suggested:
                            suggester = SuggestFromList(suggested[field], case_sensitive=False)
                            yield Input(text, id=f"edit-{field}", suggester=suggester, select_on_focus=True, compact=True)
                        else:
                            yield _area(field, text)
            yield Static("", id="hint", markup=False)
            yield Static("", id="fault", markup=False)
        yield KeyBar()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Tell what may be written in a field that takes no free text."""
        self._hint(event.widget.id or "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """As one writes, fewer topics remain."""
        self._hint(event.input.id or "")

    def _hint(self, name: str) -> None:
        if name == "edit-kind":
            hint = " · ".join(KINDS)
        elif name == "edit-topic":
            wanted = self.query_one("#edit-topic", Input).value.strip()
            names = {topic.name: f"{topic.id} {topic.name} {topic.name_en}".casefold() for topic in self.desk.topics}
            fit = [name for name, known in names.items() if wanted.casefold() in known and wanted != self.before["topic"]]
            hint = " · ".join(fit or names)
        else:
            hint = ""
        self.query_one("#hint", Static).update(hint)

    def action_save(self) -> None:
        """Save, once the field has taken in what was typed before this key: a key of the screen's own overtakes those."""
        (self.focused or self).call_later(self._save)

    def _save(self) -> None:
        """Save what was changed, or say what is wrong and where."""
        now = {field: self._text(field) for field in self.before}
        try:
            self.dismiss(self.desk.edit({field: text for field, text in now.items() if text != self.before[field]}))
        except FieldError as error:
            self._refuse(error)
            if error.field in self.before:
                self.query_one(f"#edit-{error.field}").focus()
        except StudytoolError as error:
            self._refuse(error)

    def _text(self, field: str) -> str:
        widget = self.query_one(f"#edit-{field}")
        return widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""

    def _refuse(self, error: StudytoolError) -> None:
        self.query_one("#fault", Static).update(str(error))


def _fields(statement: Statement) -> list[str]:
    """What is offered: always the Chinese, the English where there is some or must be."""
    always = _ALWAYS | (_HUMAN if statement.gloss == "human" else set())
    return [field for field in LABELS if field in always or getattr(statement, field)]


def _area(field: str, text: str) -> TextArea:
    area = TextArea(text, id=f"edit-{field}", tab_behavior="focus", compact=True)
    area.cursor_blink = area.highlight_cursor_line = False
    return area
