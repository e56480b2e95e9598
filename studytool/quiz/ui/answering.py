"""The ways to answer a card beside recalling it: typing and choosing. What they need is imported when they are wanted."""

from typing import TYPE_CHECKING

from textual.message import Message

from studytool.errors import StudytoolError
from studytool.quiz.schedule import GOOD, Grade
from studytool.quiz.switches import Mode
from studytool.quiz.ui.sitting import Sitting
from studytool.quiz.ui.text import Span

if TYPE_CHECKING:
    from studytool.quiz.answers import Verdict
    from studytool.quiz.choices import Option
    from studytool.quiz.outcome import Outcome
    from studytool.quiz.ui.ways import Typing

SHOW = "space  show the answer"
_SHOW: dict[Mode, str] = {
    "flip": SHOW,
    "type": "enter  check what you typed",
    "choose": "a to d  choose   space  answer",
}
NO_OPTIONS = "This deck has no options for this card: recall it."


class Answering(Sitting):
    """How the card on show is answered."""

    outcome: "Outcome | None" = None  # of the card on show, once it is typed or chosen
    options: "tuple[Option, ...]" = ()  # offered on the front on show
    _judging = False

    class Judged(Message):
        """A typed text was judged."""

        def __init__(self, card: str, verdict: "Verdict") -> None:
            super().__init__()
            self.card, self.verdict = card, verdict

    @property
    def suggested(self) -> Grade:
        """The grade that one key takes."""
        return self.outcome.suggested if self.outcome else GOOD

    async def action_way(self, mode: Mode) -> None:
        """Answer in this way from now on, or, where that is so already, by recalling alone."""
        if not self._complete:
            return
        wanted: Mode = "flip" if self.desk.switches.mode == mode else mode
        self.tried(lambda: self.desk.switches.answer_by(wanted))
        await self.mount_way()
        if self.answered:
            self.notify(
                {"flip": "Next cards: recall", "type": "Next cards: type", "choose": "Next cards: choose"}[wanted], timeout=3
            )
        else:
            self.ask()
        self.show_texts()

    async def mount_way(self) -> None:
        """Make the place where this way of answering happens."""
        mode = self.desk.switches.mode
        if mode != "flip" and not self.body.place(mode):
            from studytool.quiz.ui.ways import Options, Typing

            place = Typing(id=mode) if mode == "type" else Options(id=mode)
            place.display = False
            await self.body.make_place(place)

    def ask(self) -> None:
        """Ask for the card on show in the way that is on; `show_texts` shows what it asks."""
        mode = self.desk.switches.mode
        self.outcome, self.options, self._judging = None, (), False
        note = ""
        if mode == "choose" and self._complete:
            self.options = self._offered()
            note = "" if self.options else NO_OPTIONS
        self.body.told = [Span(note, "italic")] if note else []
        self.bar.ask(_SHOW["flip" if note else mode])
        if mode == "type":
            for typing in self._typing():
                typing.begin()

    def show_way(self) -> None:
        """Show where to type or what to choose from, on the side on show."""
        for typing in self._typing():
            if self.answered or self.desk.switches.mode != "type":
                typing.end()
        if widget := self.body.place("choose"):
            from studytool.quiz.ui.ways import Options

            assert isinstance(widget, Options)
            chosen = self.outcome.chosen if self.outcome and self.outcome.options else -1
            offered = self.options if not self.answered or chosen >= 0 else ()
            widget.styles.margin = (0 if self.answered and self.card.blank else 1, 0, 0, 0)
            widget.show(offered, self.card.english, self.both_languages(), chosen)
        self.refresh_bindings()

    def both_languages(self) -> bool:
        """Whether options show the other language too: where the side does."""
        raise NotImplementedError

    def action_choose(self, nth: int) -> None:
        """Take one of the options."""
        if not self.answered and nth < len(self.options):
            from studytool.quiz.outcome import chose

            self.outcome = chose(self.options, nth)
            self.reveal()

    def on_typing_typed(self, message: "Typing.Typed") -> None:
        """Have it judged, in a thread: where Chinese must be folded first, that takes a moment."""
        if self.answered or self._judging:
            return
        self._judging = True
        from studytool.quiz.answers import judge, wanted

        card, took, fold = self.card, self.took(), self.quiz.handed.fold

        def work() -> None:
            self.post_message(self.Judged(card.slot.id, judge(message.text, wanted(card), took, fold)))

        self.run_worker(work, thread=True)

    def on_answering_judged(self, message: Judged) -> None:
        """Show the answer, with what was said of it."""
        if self._judging and message.card == self.card.slot.id and not self.answered:
            from studytool.quiz.outcome import typed

            self.outcome = typed(message.verdict)
            self.reveal()

    def submit(self) -> bool:
        """Have judged what stands on the line, if there is one; whether there is."""
        if self.desk.switches.mode != "type" or self.answered:
            return False
        for typing in self._typing():
            typing.send()
            return True
        return False

    def _offered(self) -> "tuple[Option, ...]":
        from studytool.quiz.choices import options

        memory = self.session.memories.get(self.card.slot.id)
        seed = self.desk.day() * 1000 + (memory.reps if memory else 0)  # a card that comes back is dealt anew
        try:
            return options(self.card, self.quiz.pool, seed) or ()
        except StudytoolError as error:
            self.quiz.tell(error)
            return ()

    def _typing(self) -> "list[Typing]":
        place = self.body.place("type")
        if place is None:
            return []
        from studytool.quiz.ui.ways import Typing

        assert isinstance(place, Typing)
        return [place]
