"""What stands on the two sides of a card, and how much of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from studytool.config import Tones
from studytool.quiz.card import Card
from studytool.quiz.hints import Hint
from studytool.quiz.switches import Mode, View
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
        self._parts: dict[str, Prose] = {}  # those that are there; looking for each in the tree takes longer than to show it
        self._lists: dict[str, WordList] = {}

    def compose(self) -> ComposeResult:
        """What a front cannot do without."""
        yield self._prose("prompt")
        yield self._prose("prompt-other")
        if self._words:
            yield self._list("words")

    async def complete(self) -> None:
        """The hints and the back."""
        words = [] if self._words else [self._list("words")]
        # above a list that may be longer than the window
        await self.mount(self._prose("told"), self._prose("hint"), *words, after="#prompt-other")
        self._words = True
        back = [self._prose(name) for name in _BACK]
        await self.mount(Vertical(*back[:3], self._list("answer-words"), *back[3:], id="back"))

    def turn(self, answered: bool) -> None:
        """Show the parts of the back, or leave them out."""
        for part in self.children:
            if part.id == "back":
                part.display = answered
            elif part.id in ("prompt", "prompt-other", "choose"):
                part.set_class(answered, "-answered")

    def place(self, mode: Mode) -> Widget | None:
        """Where an answer is typed or chosen, once that was made."""
        return next((part for part in self.children if part.id == mode), None)

    def front(self, card: Card, view: View, hints: Sequence[Hint]) -> None:
        """Show the front as far as its parts are there."""
        pinyin = self._tones() if view.pinyin else None
        self._show("prompt", faces.prompt(card, pinyin))
        self._parts["prompt"].display = True
        self._show("prompt-other", self._other(card, view, True, faces.prompt_other(card, pinyin)))
        self._show_list("words", card, view, True)
        self._show("hint", faces.hinted(hints, self._tones()))

    def tell(self, note: str) -> None:
        """Say something about the front; "" for nothing."""
        self._show("told", [Span(note, "italic")])

    def back(self, card: Card, view: View, outcome: "Outcome | None" = None) -> None:
        """Show the back, with what was said of a typed or chosen answer. A statement is its own answer; a question stays."""
        pinyin = self._tones() if view.pinyin else None
        whole = view.gloss == "full"
        asked = not card.blank
        self._show("prompt", faces.prompt(card, pinyin) if asked else [])
        self._show("prompt-other", faces.prompt_other(card, pinyin) if asked and whole else [])
        self._show("answer", faces.answer(card, pinyin))
        self._show("answer-other", self._other(card, view, False, faces.answer_other(card, pinyin)))
        self._show_list("answer-words", card, view, False)
        for name, (text, other) in {"claim": faces.claim(card, pinyin), "notes": faces.notes(card)}.items():
            self._show(name, text)
            self._show(f"{name}-other", other if whole else [])
        self._show("related", faces.related(card))
        who, where = faces.citation(card)
        self._show("who", who)
        self._show("where", where)
        self._show("verdict", self._verdict(outcome) if outcome else [])
        for part in (self._parts["hint"], self._parts["told"], self._lists["words"]):
            part.display = False

    def _verdict(self, outcome: "Outcome") -> list[Span]:
        from studytool.quiz.ui.verdict import verdict  # with what it imports, not on the way to a card

        return verdict(outcome, not self.app.no_color)

    def _other(self, card: Card, view: View, front: bool, whole: list[Span]) -> list[Span]:
        """The other language as far as it has not faded."""
        return {"full": whole, "words": faces.keys(card, front), "none": []}[view.gloss]

    def _prose(self, name: str) -> Prose:
        return self._parts.setdefault(name, Prose(name, _MEASURE))

    def _list(self, name: str) -> WordList:
        return self._lists.setdefault(name, WordList(name))

    def _show(self, name: str, spans: list[Span]) -> None:
        if prose := self._parts.get(name):
            prose.show(spans)

    def _show_list(self, name: str, card: Card, view: View, front: bool) -> None:
        if words := self._lists.get(name):
            words.show(listed(card, front) if view.words else [], self._tones())

    def _tones(self) -> tuple[str, ...]:
        return tones.on(self, self._scheme)
