"""What stands on the two sides of a card, and how much of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from studytool.config import Tones
from studytool.quiz.card import Card
from studytool.quiz.hints import Hint
from studytool.quiz.switches import View
from studytool.quiz.ui import faces, tones
from studytool.quiz.ui.text import Span
from studytool.quiz.ui.widgets import Prose
from studytool.quiz.ui.wordlist import WordList
from studytool.quiz.wordlist import listed

if TYPE_CHECKING:
    from studytool.quiz.outcome import Outcome

_MEASURE = 64  # cells; longer lines are hard to read
_BACK = ("verdict", "answer", "answer-other", "claim", "claim-other", "notes", "notes-other", "related", "who", "where")


class CardBody(VerticalScroll, can_focus=False):
    """The texts of a card. The parts that its first front does without are made by `complete`."""

    def __init__(self, scheme: Tones, words: bool) -> None:
        super().__init__(id="body")
        self._scheme, self._words = scheme, words

    def compose(self) -> ComposeResult:
        """What a front cannot do without."""
        yield Prose("prompt", _MEASURE)
        yield Prose("prompt-other", _MEASURE)
        if self._words:
            yield WordList("words")

    async def complete(self) -> None:
        """The hints and the back."""
        words = [] if self._words else [WordList("words")]
        # above a list that may be longer than the window
        await self.mount(Prose("told", _MEASURE), Prose("hint", _MEASURE), *words, after="#prompt-other")
        self._words = True
        back = [Prose(name, _MEASURE) for name in _BACK]
        await self.mount(Vertical(*back[:3], WordList("answer-words"), *back[3:], id="back"))

    def front(self, card: Card, view: View, hints: Sequence[Hint]) -> None:
        """Show the front as far as its parts are there."""
        pinyin = self._tones() if view.pinyin else None
        self._prose("prompt", faces.prompt(card, pinyin))
        self.query_one("#prompt").display = True
        self._prose("prompt-other", self._other(card, view, True, faces.prompt_other(card, pinyin)))
        self._list("words", card, view, True)
        self._prose("hint", faces.hinted(hints, self._tones()))

    def tell(self, note: str) -> None:
        """Say something about the front; "" for nothing."""
        self._prose("told", [Span(note, "italic")])

    def back(self, card: Card, view: View, outcome: "Outcome | None" = None) -> None:
        """Show the back, with what was said of a typed or chosen answer. A statement is its own answer; a question stays."""
        pinyin = self._tones() if view.pinyin else None
        whole = view.gloss == "full"
        asked = not card.blank
        self._prose("prompt", faces.prompt(card, pinyin) if asked else [])
        self._prose("prompt-other", faces.prompt_other(card, pinyin) if asked and whole else [])
        self._prose("answer", faces.answer(card, pinyin))
        self._prose("answer-other", self._other(card, view, False, faces.answer_other(card, pinyin)))
        self._list("answer-words", card, view, False)
        for name, (text, other) in {"claim": faces.claim(card, pinyin), "notes": faces.notes(card)}.items():
            self._prose(name, text)
            self._prose(f"{name}-other", other if whole else [])
        self._prose("related", faces.related(card))
        who, where = faces.citation(card)
        self._prose("who", who)
        self._prose("where", where)
        self._prose("verdict", self._verdict(outcome) if outcome else [])
        for name in ("words", "hint", "told"):
            self.query_one(f"#{name}").display = False

    def _verdict(self, outcome: "Outcome") -> list[Span]:
        from studytool.quiz.ui.verdict import verdict  # with what it imports, not on the way to a card

        return verdict(outcome, not self.app.no_color)

    def _other(self, card: Card, view: View, front: bool, whole: list[Span]) -> list[Span]:
        """The other language as far as it has not faded."""
        return {"full": whole, "words": faces.keys(card, front), "none": []}[view.gloss]

    def _prose(self, name: str, spans: list[Span]) -> None:
        for prose in self.query(f"#{name}").results(Prose):
            prose.show(spans)

    def _list(self, name: str, card: Card, view: View, front: bool) -> None:
        for words in self.query(f"#{name}").results(WordList):
            words.show(listed(card, front) if view.words else [], self._tones())

    def _tones(self) -> tuple[str, ...]:
        return tones.on(self, self._scheme)
