"""The card screen: prompt, answer, grade; and the way back."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from studytool.errors import StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.schedule import GRADES, Grade
from studytool.quiz.session import Session
from studytool.quiz.ui import faces
from studytool.quiz.ui.text import duration
from studytool.quiz.ui.widgets import Choice, Prose, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

GRADE_NAMES = ("Again", "Hard", "Good", "Easy")


class CardScreen(Screen[None]):
    """One card after another, until the session is done."""

    HELP = """
Recall what is hidden, then press **space** and say how it went. The figure below each grade is when the card comes back.

* **Again**: not recalled.  **Hard**: recalled with trouble.  **Good**: recalled.  **Easy**: at once.
* **e** shows the other language with the same blank, before you answer.
* **u** takes the last grade back, as often as you like.
* Every grade is saved at once; leave whenever you want.
"""
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-tiny"), (40, "-narrow"), (72, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-flat"), (12, "-low"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "answer", "Answer", id="card.answer", tooltip="Show the answer; then: Good"),
        *(
            Binding(str(g), f"grade({g})", name, id=f"card.grade{g}", show=False, tooltip=f"Grade: {name}")
            for g, name in zip(GRADES, GRADE_NAMES, strict=True)
        ),
        Binding("e", "other_language", "English", id="card.english", tooltip="Show the other language, blank included"),
        Binding("u", "undo", "Undo", id="card.undo", tooltip="Take the last grade back"),
        Binding("q,escape", "leave", "Leave", id="card.leave", tooltip="End the session; all grades are kept"),
    ]

    def __init__(self, desk: Desk, session: Session, topic: str | None) -> None:
        super().__init__()
        self.desk, self.session, self.topic = desk, session, topic
        self.answered = False
        self._shown_at = monotonic()

    @property
    def _quiz(self) -> "QuizApp":
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """Where you are, the card, the grades, the keys."""
        yield TooSmall()
        with Horizontal(id="top"):
            yield Static("", id="topic", markup=False)
            yield Static("", id="left", markup=False)
        yield Static("", id="progress", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="prompt")
            yield Prose(id="prompt-en")
            with Vertical(id="back"):
                yield Prose(id="answer")
                yield Prose(id="answer-en")
                yield Prose(id="claim", classes="claim")
                yield Prose(id="claim-en", classes="claim")
                yield Prose(id="notes")
                yield Prose(id="who")
                yield Prose(id="where")
        yield Choice("space  show the answer", "answer", id="show", classes="choice")
        with Horizontal(id="grades"):
            for grade, name in zip(GRADES, GRADE_NAMES, strict=True):
                yield Choice(f"{grade} {name}", f"grade({grade})", id=f"grade{grade}", classes="choice")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first card."""
        self._show_card()

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_answer(self) -> None:
        """Show the answer; where it shows already, grade Good."""
        if self.answered:
            self.action_grade(3)
            return
        self.answered = True
        card = self._card
        self.query_one("#answer", Prose).show(faces.answer(card))
        self.query_one("#answer-en", Prose).show(faces.answer_en(card))
        claim, claim_en = faces.claim(card)
        self.query_one("#claim", Prose).show(claim)
        self.query_one("#claim-en", Prose).show(claim_en)
        self.query_one("#notes", Prose).show(faces.notes(card))
        who, where = faces.citation(card)
        self.query_one("#who", Prose).show(who)
        self.query_one("#where", Prose).show(where)
        # A cloze is its own answer; a question stays above the answer.
        self.query_one("#prompt").display = not card.blank
        self.query_one("#prompt-en", Prose).show(faces.prompt_en(card) if not card.blank else [])
        for grade, name, wait in zip(
            GRADES, GRADE_NAMES, self.session.preview(self.desk.now(), self.desk.day()), strict=True
        ):
            self.query_one(f"#grade{grade}", Choice).update(f"{grade} {name}\n{duration(wait)}")
        self._show_side()

    def action_grade(self, grade: int) -> None:
        """Grade the card and show the next; a grade before the answer is none."""
        if not self.answered:
            return
        try:
            self.desk.grade(self.session, cast("Grade", grade), round((monotonic() - self._shown_at) * 1000))
        except StudytoolError as error:
            self._quiz.tell(error)
            return
        self._show_card()

    def action_undo(self) -> None:
        """Take the last grade back and show its card again."""
        try:
            if not self.desk.undo(self.session):
                self.notify("Nothing to undo in this session.", markup=False)
                return
        except StudytoolError as error:
            self._quiz.tell(error)
            return
        self._show_card()

    def action_other_language(self) -> None:
        """Show or hide the prompt in the other language."""
        if self.answered:
            return
        other = self.query_one("#prompt-en", Prose)
        other.show([] if other.display else faces.prompt_en(self._card))

    def action_leave(self) -> None:
        """To the summary, or home where nothing was graded."""
        if self.session.done:
            self._summary()
        else:
            self._quiz.go_home()

    def _show_card(self) -> None:
        shown = self.session.show(self.desk.now())
        if not shown:
            self._summary()
            return
        self._card = card = self.desk.card(shown)
        self.answered = False
        self._shown_at = monotonic()
        self.query_one("#topic", Static).update(f"{card.topic.name} · {card.topic.name_en}")
        left = self.session.left
        self.query_one("#left", Static).update(f"{left.new} new · {left.learning} learning · {left.due} due")
        self.query_one("#progress", Static).update(self._bar())
        self.query_one("#prompt", Prose).show(faces.prompt(card))
        self.query_one("#prompt-en", Prose).show([])
        self._show_side()

    def _show_side(self) -> None:
        self.set_class(self.answered, "-answered")
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown where they work."""
        if action == "other_language" and self.answered:
            return False
        if action == "undo":
            return self.session.done > 0 or None
        return True

    def _bar(self) -> str:
        left = self.session.left
        rest = left.new + left.learning + left.due
        width = max(10, self.app.size.width - 4)
        filled = round(width * self.session.done / max(1, self.session.done + rest))
        return "━" * filled + "─" * (width - filled)

    def on_resize(self) -> None:
        """The bar is as wide as the window."""
        self.query_one("#progress", Static).update(self._bar())

    def _summary(self) -> None:
        from studytool.quiz.ui.summary import SummaryScreen

        self.app.switch_screen(SummaryScreen(self.desk, self.session, self.topic))
