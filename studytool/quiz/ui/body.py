"""What stands on the two sides of a card, and how much of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from studytool.config import Tones
from studytool.quiz.card import Card
from studytool.quiz.hints import Hint
from studytool.quiz.switches import Mode, View
from studytool.quiz.ui import faces, tones
from studytool.quiz.ui.page import Block, Page
from studytool.quiz.ui.text import Span
from studytool.quiz.wordlist import listed

if TYPE_CHECKING:
    from studytool.quiz.outcome import Outcome


class CardBody(VerticalScroll, can_focus=False):
    """The prompt, a place to answer where one is wanted, and what stands below."""

    def __init__(self, scheme: Tones) -> None:
        super().__init__(id="body")
        self._scheme = scheme
        self._prompt, self._below = Page("prompt", whole=True), Page("below")
        self.told: list[Span] = []  # of the front, below it

    def compose(self) -> ComposeResult:
        """One page as high as its place: no key moves anything. A place to answer has a page above it and one below."""
        yield self._prompt

    def place(self, mode: Mode) -> Widget | None:
        """Where an answer is typed or chosen, once that was made."""
        return next((part for part in self.children if part.id == mode), None)

    async def make_place(self, place: Widget) -> None:
        """Put a place to answer where it belongs."""
        if self._below.is_attached:
            await self.mount(place, after=self._prompt)
        else:
            self._prompt.whole = False
            await self.mount(place, self._below, after=self._prompt)

    def front(self, card: Card, view: View, hints: Sequence[Hint]) -> None:
        """Show the front."""
        pinyin = self._tones() if view.pinyin else None
        self._show(
            _prompt(faces.prompt(card, pinyin), self._other(card, view, True, faces.prompt_other(card, pinyin))),
            Block("told", tuple(self.told), "muted", above=1),
            Block("hint", tuple(faces.hinted(hints, self._tones())), above=1),
            self._words("words", card, view, True),
        )

    def back(self, card: Card, view: View, outcome: "Outcome | None" = None) -> None:
        """Show the back, with what was said of a typed or chosen answer. A statement is its own answer; a question stays."""
        pinyin = self._tones() if view.pinyin else None
        whole = view.gloss == "full"
        asked = [] if card.blank else _prompt(faces.prompt(card, pinyin), faces.prompt_other(card, pinyin) if whole else [])
        under = int(not card.blank or bool(outcome and outcome.options))  # a line below what stands above
        claim, claim_other = faces.claim(card, pinyin)
        notes, notes_other = faces.notes(card)
        who, where = faces.citation(card)
        self._show(
            asked,
            Block("verdict", tuple(self._verdict(outcome)) if outcome else (), above=under, below=1),
            Block("answer", tuple(faces.answer(card, pinyin)), above=0 if outcome else under),
            Block("answer-other", tuple(self._other(card, view, False, faces.answer_other(card, pinyin))), above=1),
            self._words("answer-words", card, view, False),
            Block("claim", tuple(claim), "muted", above=1),
            Block("claim-other", tuple(claim_other) if whole else (), "muted"),
            Block("notes", tuple(notes), "muted", above=1),
            Block("notes-other", tuple(notes_other) if whole else (), "muted"),
            Block("related", tuple(faces.related(card)), "muted", above=1),
            Block("who", tuple(who), "accent", above=1),
            Block("where", tuple(where), "faint"),
        )

    def _show(self, above: list[Block], *below: Block) -> None:
        """Show what stands above a place to answer, and what stands below."""
        if self._below.is_attached:
            self._prompt.show(above)
            self._below.show(below)
        else:
            self._prompt.show([*above, *below])

    def _verdict(self, outcome: "Outcome") -> list[Span]:
        from studytool.quiz.ui.verdict import verdict  # with what it imports, not on the way to a card

        return verdict(outcome, not self.app.no_color)

    def _other(self, card: Card, view: View, front: bool, whole: list[Span]) -> list[Span]:
        """The other language as far as it has not faded."""
        return {"full": whole, "words": faces.keys(card, front), "none": []}[view.gloss]

    def _words(self, name: str, card: Card, view: View, front: bool) -> Block:
        return Block(name, above=1, words=tuple(listed(card, front)) if view.words else (), tones=self._tones())

    def _tones(self) -> tuple[str, ...]:
        return tones.on(self, self._scheme)


def _prompt(prompt: Sequence[Span], other: Sequence[Span]) -> list[Block]:
    return [Block("prompt", tuple(prompt)), Block("prompt-other", tuple(other), "muted", above=1)]
