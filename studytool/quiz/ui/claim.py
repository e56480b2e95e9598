"""One claim, whole: both languages, who said it where and when, what else was said of it."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from studytool import cloze
from studytool.deck import ENGLISH, both
from studytool.errors import StudytoolError
from studytool.quiz import schedule
from studytool.quiz.desk import Desk
from studytool.quiz.selection import Selection, chosen
from studytool.quiz.ui import faces, tones
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.page import Block, Page
from studytool.quiz.ui.text import Span, duration
from studytool.quiz.ui.widgets import SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

_BLANK = "bold $text-accent"


class ClaimScreen(SizedScreen):
    """What the answer side of a card tells, without a question."""

    HELP = "**enter** studies the cards of this claim that are due or new, **x** crams all of them: nothing is recorded."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study(False)", "Study", id="claim.study", tooltip="Study the cards of this claim"),
        Binding("x", "study(True)", "Cram", id="claim.cram", tooltip="Go through all its cards; nothing is recorded"),
        Binding("p", "pinyin", "Pinyin", id="claim.pinyin", tooltip="Show or hide the pinyin under the Chinese"),
        Binding("down,j", "scroll(1)", "Scroll down", id="claim.down", tooltip="Scroll down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="claim.up", tooltip="Scroll up", show=False),
        Binding("escape,q", "back", "Back", id="claim.back", tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, statement: str) -> None:
        super().__init__()
        self.desk, self.statement = desk, statement
        self._card = desk.texts.card(
            f"{statement}/qa{ENGLISH if desk.config.direction == 'en-zh' else ''}"
        )  # but for its question

    def compose(self) -> ComposeResult:
        """Its topic, its texts, the keys."""
        yield TooSmall()
        topic = self._card.topic
        yield Static(both(topic.name, topic.name_en, " · "), id="claim-top", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Page("claim")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show it."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._show())
        self._show()

    def _show(self) -> None:
        card, statement = self._card, self._card.row.statement
        styles = tones.on(self.query_one("#body"), self.desk.config.tones) if self.desk.switches.on("pinyin") else None
        pinyin = faces.pinyin(cloze.plain(statement.zh), card.words.zh, styles)
        who, where = faces.citation(card)
        texts = [*_blanks(statement.zh), *pinyin], _blanks(statement.en)
        notes = faces.notes(card)
        parts = (
            ("answer", texts[card.english], "", 0),
            ("answer-other", texts[not card.english], "", 1),
            ("notes", notes[0], "muted", 1),
            ("notes-other", notes[1], "muted", 0),
            ("related", faces.related(card), "muted", 1),
            ("who", who, "accent", 1),
            ("where", where, "faint", 0),
            ("cards", [Span(self._cards())], "muted", 1),
        )
        self.query_one(Page).show(Block(name, tuple(spans), look, above) for name, spans, look, above in parts)

    def _cards(self) -> str:
        """How its cards stand."""
        desk = self.desk
        slots = chosen(desk.slots, Selection(statements=(self.statement,)))
        states = []
        for slot in slots:
            memory = desk.memories.get(slot.id)
            if memory is None:
                states.append("new")
                continue
            wait = schedule.interval(memory, desk.now(), desk.day())
            states.append("due" if wait <= 0 else f"in {duration(wait)}")
        cards = "1 card" if len(states) == 1 else f"{len(states)} cards"
        return f"{cards}: {', '.join(states)}" if states else "No card in this direction"

    def action_study(self, cram: bool) -> None:
        """Study its cards, or cram them."""
        cast("QuizApp", self.app).study(Selection(statements=(self.statement,), cram=cram))

    def action_pinyin(self) -> None:
        """Show or hide the pinyin, here as on cards."""
        try:
            self.desk.switches.flip("pinyin")
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll a claim that is longer than the window."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_back(self) -> None:
        """Back to where the claim was opened."""
        self.app.pop_screen()


def _blanks(text: str) -> list[Span]:
    return [Span(part.text, _BLANK if part.blank else "bold") for part in cloze.parse(text)]
