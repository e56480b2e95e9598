"""The summary: what was done, and what comes next."""

from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.selection import Selection
from studytool.quiz.session import Session
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.card_keys import GRADE_NAMES
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.today import when
from studytool.quiz.ui.widgets import Choice, SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp


class SummaryScreen(SizedScreen):
    """Shown at the end of a session."""

    HELP = "What this session did. All of it is saved."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,h", "home", "Home", id="summary.home", tooltip="Back to the topics"),
        Binding("u", "undo", "Undo", id="summary.undo", tooltip="Take the last grade back and go on there"),
        Binding("q,escape", "quit", "Quit", id="summary.quit", tooltip="Leave studytool"),
    ]

    def __init__(self, desk: Desk, session: Session, wanted: Selection) -> None:
        super().__init__()
        self.desk, self.session, self.wanted = desk, session, wanted

    def compose(self) -> ComposeResult:
        """The figures of the session and the outlook."""
        yield TooSmall()
        with Vertical(id="summary"):
            yield Static(self._title(), id="summary-title", markup=False)
            yield Static(self._figures(), id="summary-figures", markup=False)
            yield Static(self._outlook(), id="summary-outlook", markup=False)
            yield Choice("enter  back to the topics", "home")
        yield KeyBar()

    def _title(self) -> str:
        left = self.session.left
        if self.session.over(self.desk.now()):
            return "Time is up"
        return "Session left early" if left.new + left.learning + left.due else "Done for now"

    def _figures(self) -> str:
        grades = self.session.grades
        given = "   ".join(f"{name} {count}" for name, count in zip(GRADE_NAMES, grades, strict=True))
        recalled = round(100 * sum(grades[1:]) / max(1, sum(grades)))
        answers = "1 answer" if self.session.done == 1 else f"{self.session.done} answers"
        return f"{answers}, {recalled}% recalled\n\n{given}"

    def _outlook(self) -> str:
        if not self.session.recorded:
            return "Nothing of it was recorded: your schedule is as it was."
        plan = self.desk.plan(replace(self.wanted, limit=0, new=None))
        if plan.main or plan.learning:
            return f"Still today: {plan.due} due, {len(plan.new)} new."
        wait = self.desk.wait(self.desk.slots)
        return "Nothing left for today." + ("" if wait is None else f" Next card {when(wait)}.")

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_home(self) -> None:
        """Back to the topics."""
        cast("QuizApp", self.app).go_home()

    def action_undo(self) -> None:
        """Go back to the card that was graded last."""
        try:
            undone = self.desk.undo(self.session)
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
            return
        if undone:
            cast("QuizApp", self.app).turn_to(CardScreen(self.desk, self.session, self.wanted))

    def action_quit(self) -> None:
        """Leave studytool."""
        self.app.exit()
