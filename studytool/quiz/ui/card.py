"""The card screen: prompt, answer, grade; and the way back."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer, Static

from studytool.deck import both
from studytool.errors import StudytoolError
from studytool.quiz import fading
from studytool.quiz.desk import Desk
from studytool.quiz.hints import hints
from studytool.quiz.schedule import GRADES, Grade
from studytool.quiz.selection import Selection
from studytool.quiz.session import Session
from studytool.quiz.switches import Switch, View, gloss_of
from studytool.quiz.ui.body import CardBody
from studytool.quiz.ui.text import duration
from studytool.quiz.ui.widgets import Choice, SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

CRAMMING = "cram: nothing is recorded"
GRADE_NAMES = ("Again", "Hard", "Good", "Easy")


class CardScreen(SizedScreen):
    """One card after another, until the session is done."""

    HELP = """
Recall what is hidden, then press **space** and say how it went. The figure below each grade is when the card comes back.

* **Again**: not recalled.  **Hard**: recalled with trouble.  **Good**: recalled.  **Easy**: at once.
* **g** shows or hides the other language: before you answer with the same blank. **p** pinyin, **w** the words one by one.
  All three stay as you leave them; on the front nothing of them tells the answer.
* **h** gives a hint, then a better one.
* **u** takes the last grade back, as often as you like.
* Every grade is saved at once; leave whenever you want.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "answer", "Answer", id="card.answer", tooltip="Show the answer; then: Good"),
        *(
            Binding(str(g), f"grade({g})", name, id=f"card.grade{g}", show=False, tooltip=f"Grade: {name}")
            for g, name in zip(GRADES, GRADE_NAMES, strict=True)
        ),
        Binding("g", "gloss('English')", "English", id="card.english", tooltip="Show or hide the English"),
        Binding("g", "gloss('Chinese')", "Chinese", id="card.chinese", tooltip="Show or hide the Chinese"),
        Binding("p", "switch('pinyin')", "Pinyin", id="card.pinyin", tooltip="Show or hide the pinyin under the Chinese"),
        Binding("w", "switch('words')", "Words", id="card.words", tooltip="Show or hide the Chinese words with their English"),
        Binding("h", "hint", "Hint", id="card.hint", tooltip="Give a hint, then a better one"),
        Binding("down,j", "scroll(1)", "Scroll down", id="card.down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="card.up", show=False),
        Binding("u", "undo", "Undo", id="card.undo", tooltip="Take the last grade back"),
        Binding("q,escape", "leave", "Leave", id="card.leave", tooltip="End the session; all grades are kept"),
    ]

    def __init__(self, desk: Desk, session: Session, wanted: Selection) -> None:
        super().__init__()
        self.desk, self.session, self.wanted = desk, session, wanted
        self.answered = False
        self._lifted = False  # the gloss of this card was asked for though it has faded
        self._hinted = 0  # steps of hints on show
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
        yield CardBody(self.desk.config.tones, self.desk.switches.on("words"))
        yield Choice("space  show the answer", "answer", name="show")

    def on_mount(self) -> None:
        """Show the first card; what is not needed to read it is made when it stands there."""
        self._show_card()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._show_texts())  # tones suit the theme
        self.call_after_refresh(self._complete_screen)

    async def _complete_screen(self) -> None:
        """The back, the grades and the keys."""
        grades = (
            Choice(f"{grade} {name}", f"grade({grade})", name=f"grade{grade}")
            for grade, name in zip(GRADES, GRADE_NAMES, strict=True)
        )
        await self.query_one(CardBody).complete()
        if not self.is_attached:
            return  # left before it was all there
        await self.mount(Horizontal(*grades, id="grades"), Footer(show_command_palette=False))
        self._complete = True
        self._show_texts()  # what was switched on in the meantime
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
        for grade, name, wait in zip(GRADES, GRADE_NAMES, self.session.preview(self.desk.now(), self.desk.day()), strict=True):
            self.query_one(f"#grade{grade}", Choice).update(f"{grade} {name}\n{self._wait(wait)}")
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

    def action_gloss(self, _language: str) -> None:
        """Show or hide the other language: as from now on, or, where it has faded, of this card alone."""
        if self._level() == "full":
            self.action_switch(gloss_of(not self.answered))
        else:
            self._lifted = not self._lifted
            self._show_texts()

    def action_switch(self, switch: Switch) -> None:
        """Turn a help on or off, from now on."""
        try:
            self.desk.switches.flip(switch)
        except StudytoolError as error:
            self._quiz.tell(error)
        self._show_texts()
        view = self._view()
        if switch in ("pinyin", "words") and self.desk.switches.on(switch) and not self._card.read:
            self.notify("This deck has no list of words: `studytool build` makes one.", markup=False)
        elif switch == "pinyin" and view.pinyin and self._card.english and view.gloss != "full":
            self.notify("Pinyin stands under the Chinese: g shows that.", markup=False)

    def action_hint(self) -> None:
        """Show one step more on the way to the answer."""
        if self._hinted < len(hints(self._card)):
            self._hinted += 1
            self._show_texts()
        else:
            self.notify("There are no more hints." if self._hinted else "There is no hint for this card.", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll a card that is longer than the window."""
        self.query_one(CardBody).scroll_relative(y=lines, animate=False)

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
        self.answered = self._lifted = False
        self._hinted = 0
        self._shown_at = monotonic()
        self.query_one("#topic", Static).update(both(card.topic.name, card.topic.name_en, " · "))
        left = self.session.left
        rest = f"{left.new} new · {left.learning} learning · {left.due} due"
        self.query_one("#left", Static).update(rest if self.session.recorded else f"{CRAMMING} · {left.due} left")
        self.query_one("#progress", Static).update(self._bar())
        self._show_side()

    def _show_side(self) -> None:
        self.set_class(self.answered, "-answered")
        self._show_texts()
        self.query_one(CardBody).scroll_home(animate=False)
        self.refresh_bindings()

    def _show_texts(self) -> None:
        """The texts of the side on show, with the helps that are on."""
        body = self.query_one(CardBody)
        if self.answered:
            body.back(self._card, self._view())
        else:
            body.front(self._card, self._view(), hints(self._card)[: self._hinted] if self._hinted else ())

    def _level(self) -> fading.Level:
        return fading.level(self.session.memories.get(self._card.slot.id), self.desk.config.fade)

    def _view(self) -> View:
        return self.desk.switches.view(not self.answered, self._level(), self._lifted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown where they work."""
        if action == "hint" and self.answered:
            return False
        if action == "gloss":
            return parameters == ("Chinese" if self.desk.config.direction == "en-zh" else "English",)
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

    def _wait(self, seconds: int) -> str:
        """When a card comes back that is given a grade."""
        if self.session.recorded:
            return duration(seconds)
        return "again, soon" if seconds else "done"

    def _summary(self) -> None:
        from studytool.quiz.ui.summary import SummaryScreen

        self._quiz.turn_to(SummaryScreen(self.desk, self.session, self.wanted))
