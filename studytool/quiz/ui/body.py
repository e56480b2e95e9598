"""What stands on the two sides of a card, and how much of it."""

from collections.abc import Sequence

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

_MEASURE = 64  # cells; longer lines are hard to read
_BACK = ("answer", "answer-other", "claim", "claim-other", "notes", "notes-other", "related", "who", "where")


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
        await self.mount(
            Prose("hint", _MEASURE), *words, after="#prompt-other"
        )  # above a list that may be longer than the window
        self._words = True
        back = [Prose(name, _MEASURE) for name in _BACK]
        await self.mount(Vertical(*back[:2], WordList("answer-words"), *back[2:], id="back"))

    def front(self, card: Card, view: View, hints: Sequence[Hint]) -> None:
        """Show the front as far as its parts are there."""
        pinyin = self._tones() if view.pinyin else None
        self._prose("prompt", faces.prompt(card, pinyin))
        self.query_one("#prompt").display = True
        self._prose("prompt-other", self._other(card, view, True, faces.prompt_other(card, pinyin)))
        self._list("words", card, view, True)
        self._prose("hint", faces.hinted(hints, self._tones()))

    def back(self, card: Card, view: View) -> None:
        """Show the back. A statement is its own answer; a question stays above its answer."""
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
        self.query_one("#words").display = self.query_one("#hint").display = False

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
