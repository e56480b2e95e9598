"""The card screen: prompt, answer, grade; and the way back."""

from time import monotonic
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import MountError

from studytool.deck import both
from studytool.quiz import fading
from studytool.quiz.desk import Desk
from studytool.quiz.hints import hints
from studytool.quiz.schedule import AGAIN, Grade
from studytool.quiz.selection import Selection
from studytool.quiz.session import Session
from studytool.quiz.switches import Switch, View, gloss_of
from studytool.quiz.ui import card_keys
from studytool.quiz.ui.answering import Answering
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.status import Status
from studytool.quiz.ui.tending import Tending
from studytool.quiz.ui.text import duration
from studytool.quiz.ui.widgets import Choice, TooSmall

CRAMMING = "cram: nothing is recorded"
NARROW = 60  # cells below which the counts beside other signs are one


class CardScreen(Answering, Tending):
    """One card after another, until the session is done."""

    HELP = card_keys.HELP
    BINDINGS: ClassVar[list[BindingType]] = card_keys.BINDINGS

    def __init__(self, desk: Desk, session: Session, wanted: Selection) -> None:
        super().__init__(desk, session, wanted)
        self._status = Status()
        self._lifted = False  # the gloss of this card was asked for though it has faded
        self._hinted = 0  # steps of hints on show
        self._asked_early = False

    def compose(self) -> ComposeResult:
        """Where you are, the card, the grades, the keys."""
        yield TooSmall()
        yield self._status
        yield self.body
        yield self.bar
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first card; what is not needed to read it is made when it stands there."""
        self.show_card()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.show_texts())  # tones suit the theme
        self._complete = self.desk.switches.mode == "flip"  # which has no place to answer to wait for
        if not self._complete:
            self.call_after_refresh(self._complete_screen)

    async def _complete_screen(self) -> None:
        """Where to answer."""
        try:
            await self.mount_way()
        except MountError:
            return  # left before it was complete
        if not self.is_attached:
            return  # likewise
        self._complete = True
        self.ask()
        self.show_texts()
        if self._asked_early:
            self.action_answer()

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_press(self) -> None:
        """The bar below the card: have checked what was typed, else show the answer."""
        if not self.submit():
            self.action_answer()

    def action_answer(self) -> None:
        """Show the answer; where it shows already, take the grade suggested."""
        if not self._complete:
            self._asked_early = True
        elif self.answered:
            self.action_grade(self.suggested)
        else:
            self.reveal()

    def reveal(self) -> None:
        """Show the answer, and what each grade would do."""
        self.answered = True
        waits = self.session.preview(self.desk.now(), self.desk.day())
        self.bar.grade([self._wait(wait) for wait in waits], self.suggested if self.outcome else None)
        self._show_side()

    def action_grade(self, grade: int) -> None:
        """Grade the card and show the next; before the answer a figure chooses an option, or does nothing."""
        if not self.answered:
            self.action_choose(grade - 1)
            return
        if self.tried(lambda: self.desk.grade(self.session, cast("Grade", grade), self.took())) and not (
            grade == AGAIN and self.offer_for_leech()
        ):
            self.show_card()

    def action_undo(self) -> None:
        """Take the last grade or burying back and show its card again."""
        if not self.session.last:
            self.notify("Nothing to undo in this session.", markup=False)
        elif self.tried(lambda: self.desk.undo(self.session)):
            self.show_card()

    def action_gloss(self, _language: str) -> None:
        """Show or hide the other language: as from now on, or, where it has faded, of this card alone."""
        if self._level() == "full":
            self.action_switch(gloss_of(not self.answered))
        else:
            self._lifted = not self._lifted
            self.show_texts()

    def action_switch(self, switch: Switch) -> None:
        """Turn a help on or off, from now on."""
        self.tried(lambda: self.desk.switches.flip(switch))
        self.show_texts()
        view = self._view()
        if switch in ("pinyin", "words") and self.desk.switches.on(switch) and not self.card.read:
            self.notify("This deck has no list of words: `studytool build` makes one.", markup=False)
        elif switch == "pinyin" and view.pinyin and self.card.english and view.gloss != "full":
            self.notify("Pinyin stands under the Chinese: g shows that.", markup=False)

    def action_hint(self) -> None:
        """Show one step more on the way to the answer."""
        if self._hinted < len(hints(self.card)):
            self._hinted += 1
            self.show_texts()
        else:
            self.notify("There are no more hints." if self._hinted else "There is no hint for this card.", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll a card that is longer than the window."""
        self.body.scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """To the summary, or home where nothing was graded."""
        if self.session.done:
            self._summary()
        else:
            self.quiz.go_home()

    def show_card(self) -> None:
        """Show the card whose turn it is, or the summary where all are done."""
        shown = self.session.show(self.desk.now())
        if not shown:
            self._summary()
            return
        self.card = self.desk.texts.card(shown)
        self.answered = self._lifted = False
        self._hinted = 0
        self._shown_at = monotonic()
        self.ask()
        self._show_side()

    def _show_side(self) -> None:
        self.show_texts()
        if self.body.scroll_y:
            self.body.scroll_home(animate=False)

    def show_texts(self) -> None:
        """The texts of the side on show, with the helps that are on."""
        if self.answered:
            self.body.back(self.card, self._view(), self.outcome)
        else:
            self.body.front(self.card, self._view(), hints(self.card)[: self._hinted] if self._hinted else ())
        self._show_status()
        self.show_way()

    def _show_status(self) -> None:
        """The topic, and what is left, behind the star and the way of answering."""
        left, mode = self.session.left, self.desk.switches.mode
        counts = f"{left.new} new · {left.learning} learning · {left.due} due"
        signs = ["★"] * self.marked + [mode] * (mode != "flip")
        if signs and self.app.size.width < NARROW:
            counts = f"{left.new + left.learning + left.due} left"
        if not self.session.recorded:
            counts = f"{CRAMMING} · {left.due} left"
        topic, rest = self.card.topic, left.new + left.learning + left.due
        self._status.show(
            both(topic.name, topic.name_en, " · "),
            "   ".join([" ".join(signs), counts] if signs else [counts]),
            self.session.done / max(1, self.session.done + rest),
        )

    def renewed(self) -> None:
        """Show the card's new texts, on the side on show; what was typed so far stays."""
        if self.options and not self.answered:
            self.ask()
        self.show_texts()

    def both_languages(self) -> bool:
        """Whether the side shows the other language whole."""
        return self._view().gloss == "full"

    def _level(self) -> fading.Level:
        return fading.level(self.session.memories.get(self.card.slot.id), self.desk.config.fade)

    def _view(self) -> View:
        return self.desk.switches.view(not self.answered, self._level(), self._lifted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown where they work."""
        choosing = bool(self.options) and not self.answered
        if action == "hint":
            return not self.answered
        if action == "source":
            return self.answered
        if action == "gloss":
            return parameters == ("Chinese" if self.desk.config.direction == "en-zh" else "English",)
        if action == "undo":
            return self.session.last is not None or None
        if action == "choose":
            return choosing and cast("int", parameters[0]) < len(self.options)
        return True

    def on_resize(self) -> None:
        """Counts are as long as the window allows."""
        super().on_resize()
        self._show_status()

    def _wait(self, seconds: int) -> str:
        """When a card comes back that is given a grade."""
        if self.session.recorded:
            return duration(seconds)
        return "again, soon" if seconds else "done"

    def _summary(self) -> None:
        from studytool.quiz.ui.summary import SummaryScreen

        self.quiz.turn_to(SummaryScreen(self.desk, self.session, self.wanted))
