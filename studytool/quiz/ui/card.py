"""The card screen: prompt, answer, grade; and the way back."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Static

from studytool.deck import both
from studytool.errors import StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.schedule import GRADES, Grade
from studytool.quiz.session import Session
from studytool.quiz.ui import faces
from studytool.quiz.ui.text import Span, duration
from studytool.quiz.ui.widgets import Choice, Prose, SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

BACK = ("answer", "answer-en", "claim", "claim-en", "notes", "notes-en", "related", "who", "where")
GRADE_NAMES = ("Again", "Hard", "Good", "Easy")


class CardScreen(SizedScreen):
    """One card after another, until the session is done."""

    HELP = """
Recall what is hidden, then press **space** and say how it went. The figure below each grade is when the card comes back.

* **Again**: not recalled.  **Hard**: recalled with trouble.  **Good**: recalled.  **Easy**: at once.
* **e** shows the other language with the same blank, before you answer.
* **u** takes the last grade back, as often as you like.
* Every grade is saved at once; leave whenever you want.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "answer", "Answer", id="card.answer", tooltip="Show the answer; then: Good"),
        *(
            Binding(str(g), f"grade({g})", name, id=f"card.grade{g}", show=False, tooltip=f"Grade: {name}")
            for g, name in zip(GRADES, GRADE_NAMES, strict=True)
        ),
        Binding("e", "other_language", "English", id="card.english", tooltip="Show the other language, blank included"),
        Binding("down,j", "scroll(1)", "Scroll down", id="card.down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="card.up", show=False),
        Binding("u", "undo", "Undo", id="card.undo", tooltip="Take the last grade back"),
        Binding("q,escape", "leave", "Leave", id="card.leave", tooltip="End the session; all grades are kept"),
    ]

    def __init__(self, desk: Desk, session: Session, topic: str | None) -> None:
        super().__init__()
        self.desk, self.session, self.topic = desk, session, topic
        self.answered = False
        self._shown_at = monotonic()
        self._complete = False  # the parts not needed to read the first card are there
        self._asked_early = False

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
            yield Prose("prompt")
            yield Prose("prompt-en")
        yield Choice("space  show the answer", "answer", name="show")

    def on_mount(self) -> None:
        """Show the first card; what is not needed to read it is made when it stands there."""
        self._show_card()
        self.call_after_refresh(self._complete_screen)

    async def _complete_screen(self) -> None:
        """The back, the grades and the keys."""
        back = (Prose(name) for name in BACK)
        grades = (
            Choice(f"{grade} {name}", f"grade({grade})", name=f"grade{grade}")
            for grade, name in zip(GRADES, GRADE_NAMES, strict=True)
        )
        await self.query_one("#body").mount(Vertical(*back, id="back"))
        await self.mount(Horizontal(*grades, id="grades"), Footer(show_command_palette=False))
        self._complete = True
        self.refresh_bindings()
        if self._asked_early:
            self.action_answer()

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_answer(self) -> None:
        """Show the answer; where it shows already, grade Good."""
        if not self._complete:
            self._asked_early = True
            return
        if self.answered:
            self.action_grade(3)
            return
        self.answered = True
        card = self._card
        self._fill("answer", faces.answer(card), faces.answer_en(card))
        self._fill("claim", *faces.claim(card))
        self._fill("notes", *faces.notes(card))
        self.query_one("#related", Prose).show(faces.related(card))
        who, where = faces.citation(card)
        self.query_one("#who", Prose).show(who)
        self.query_one("#where", Prose).show(where)
        # A cloze is its own answer; a question stays above the answer.
        self.query_one("#prompt").display = not card.blank
        self.query_one("#prompt-en", Prose).show(faces.prompt_en(card) if not card.blank else [])
        for grade, name, wait in zip(GRADES, GRADE_NAMES, self.session.preview(self.desk.now(), self.desk.day()), strict=True):
            self.query_one(f"#grade{grade}", Choice).update(f"{grade} {name}\n{duration(wait)}")
        self._show_side()

    def _fill(self, name: str, zh: list[Span], en: list[Span]) -> None:
        self.query_one(f"#{name}", Prose).show(zh)
        self.query_one(f"#{name}-en", Prose).show(en)

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

    def action_scroll(self, lines: int) -> None:
        """Scroll a card that is longer than the window."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)

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
        self.query_one("#topic", Static).update(both(card.topic.name, card.topic.name_en, " · "))
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
        super().on_resize()
        self.query_one("#progress", Static).update(self._bar())

    def _summary(self) -> None:
        from studytool.quiz.ui.summary import SummaryScreen

        self._quiz.turn_to(SummaryScreen(self.desk, self.session, self.topic))
