"""The statement screen: what is proposed, where it comes from, and the keys that decide."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.model import Status
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.text import BREAK, Span
from studytool.quiz.ui.widgets import Prose, SizedScreen, TooSmall
from studytool.triage.desk import TriageDesk
from studytool.triage.widgets import Marked, PassageView

if TYPE_CHECKING:
    from studytool.triage.app import TriageApp

NARROW = 64  # cells below which only what is left is told
STATES: dict[Status, str] = {"accepted": "✓ accepted", "rejected": "✗ rejected", "proposed": "", "stale": "stale"}


class StatementScreen(SizedScreen):
    """One proposed statement after another, until all are decided."""

    HELP = """
Read the statement, look at the passage it was taken from, and decide. Each decision is saved at once.

* **a** accepts it as a card, **r** rejects it. The next undecided one follows.
* **e** edits its text, question, topic or kind. **b** moves the blank to another word.
* **u** takes the last step back, as often as you like, whatever statement it was on.
* **n** and **p** go to the next and the previous one, decided ones included.
* **j** and **k** scroll the passage, **J** and **K** a statement too long for its place.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('accepted')", "Accept", id="triage.accept", tooltip="Accept it and go on"),
        Binding("r", "decide('rejected')", "Reject", id="triage.reject", tooltip="Reject it and go on"),
        Binding("e", "edit", "Edit", id="triage.edit", tooltip="Edit its text, question, topic or kind"),
        Binding("b", "blank", "Blank", id="triage.blank", tooltip="Move the blank to another word"),
        Binding("u", "undo", "Undo", id="triage.undo", tooltip="Take the last step back"),
        Binding("n,right", "move(1)", "Next", id="triage.next", tooltip="Show the next, decided or not"),
        Binding("p,left", "move(-1)", "Prev", id="triage.previous", tooltip="Show the previous, decided or not"),
        Binding("down,j", "scroll('passage', 1)", "Scroll down", id="triage.down", show=False),
        Binding("up,k", "scroll('passage', -1)", "Scroll up", id="triage.up", show=False),
        Binding("shift+down,J", "scroll('claim', 1)", "Scroll the statement down", id="triage.claim_down", show=False),
        Binding("shift+up,K", "scroll('claim', -1)", "Scroll the statement up", id="triage.claim_up", show=False),
        Binding("q", "leave", "Leave", id="triage.leave", tooltip="Leave; all decisions are kept"),
    ]

    def __init__(self, desk: TriageDesk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def _triage(self) -> "TriageApp":
        return cast("TriageApp", self.app)

    def compose(self) -> ComposeResult:
        """How far one is, the statement, its passage, the keys."""
        yield TooSmall()
        with Horizontal(id="far"):
            yield Static("", id="counts", markup=False)
            yield Static("", id="state", markup=False)
        yield Static("", id="bar", markup=False)
        yield Static("", id="about", markup=False)
        with VerticalScroll(id="claim", can_focus=False):
            yield Marked("zh")
            yield Marked("en")
            yield Prose("asked")
            yield Prose("noted")
        yield Static("", id="place", markup=False)
        yield PassageView("passage")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first statement."""
        self.show()

    def show(self) -> None:
        """Show what is on the desk now."""
        desk, entry = self.desk, self.desk.entry
        statement, source = entry.statement, entry.source
        state = self.query_one("#state", Static)
        state.update(STATES[statement.status])
        state.set_classes(f"-{statement.status}")
        about = [desk.topic, statement.speaker, statement.kind, *([desk.path.name] if len(desk.paths) > 1 else [])]
        self.query_one("#about", Static).update(" · ".join(about))
        self.query_one("#zh", Marked).statement(statement.zh, "bold")
        self.query_one("#en", Marked).statement(statement.en, "")
        asked = [Span(statement.question), Span(" → ", "$text-muted"), Span(statement.answer or "the statement", "$text-success")]
        asked_en = [Span(statement.question_en, "$text-muted"), Span(" → "), Span(statement.answer_en, "$text-muted")]
        self.query_one("#asked", Prose).show(
            [*(asked if statement.question else []), *([BREAK, *asked_en] if statement.question_en else [])]
        )
        notes = [Span(statement.note), *([BREAK] if statement.note and statement.note_en else []), Span(statement.note_en)]
        self.query_one("#noted", Prose).show(notes)
        place = (statement.section, source.event, source.said)
        self.query_one("#place", Static).update(" · ".join(part for part in place if part))
        self.query_one("#claim", VerticalScroll).scroll_home(animate=False)
        self.query_one(PassageView).show(desk.passage())
        self._draw_progress()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """The bar is as wide as the window, what is left is told in any, and the quote stays in sight."""
        super().on_resize()
        self._draw_progress()
        self.call_after_refresh(self.query_one(PassageView).find)

    def _draw_progress(self) -> None:
        accepted, rejected, left = self.desk.counts()
        every = len(self.desk.entries)
        done = f" · {accepted} accepted · {rejected} rejected" if self.app.size.width >= NARROW else ""
        self.query_one("#counts", Static).update(f"{self.desk.at + 1} of {every}{done} · {left} left")
        width = max(10, self.app.size.width - 4)
        filled = round(width * (1 - left / every))
        self.query_one("#bar", Static).update("━" * filled + "─" * (width - filled))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are bright where they do something."""
        if action == "undo":
            return self.desk.steps > 0 or None
        if action == "move":
            return 0 <= self.desk.at + cast("int", parameters[0]) < len(self.desk.entries) or None
        return True

    def action_decide(self, status: Status) -> None:
        """Accept or reject, and show the next or, where none is left, what was done."""
        try:
            self.desk.decide(status)
        except StudytoolError as error:
            self._triage.tell(error)
            self.show()
            return
        if self.desk.counts().left:
            self.show()
        else:
            self._close()

    def action_move(self, by: int) -> None:
        """Show a neighbour."""
        if self.desk.move(by):
            self.show()

    def action_undo(self) -> None:
        """Take the last step back and show its statement."""
        try:
            if not self.desk.undo():
                return
        except StudytoolError as error:
            self._triage.tell(error)
        self.show()

    def action_edit(self) -> None:
        """Open the form."""
        from studytool.triage.edit import EditSheet

        self.app.push_screen(EditSheet(self.desk), self._came_back)

    def action_blank(self) -> None:
        """Move the blank about."""
        from studytool.triage.blank import movable
        from studytool.triage.move import BlankSheet

        blank = movable(self.desk.entry.statement.zh)
        if blank is None:
            self.notify("This statement has more than one blank: e edits them.", markup=False)
            return
        self.app.push_screen(BlankSheet(self.desk, blank), self._came_back)

    def _came_back(self, known: str | None) -> None:
        if known:
            self.notify(f"Saved; {known}.", timeout=10, markup=False)
        self.show()

    def action_scroll(self, name: str, lines: int) -> None:
        """Scroll what is longer than its place."""
        self.query_one(f"#{name}", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Leave; the shell is told what was done."""
        self.app.exit()

    def _close(self) -> None:
        from studytool.triage.closing import ClosingScreen

        self._triage.turn_to(ClosingScreen(self.desk))
