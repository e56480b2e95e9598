"""The search screen: claims that hold what is typed, while it is typed."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from studytool.errors import StudytoolError
from studytool.quiz.book import Book
from studytool.quiz.desk import Desk
from studytool.quiz.search import Spans, marked
from studytool.quiz.selection import Selection
from studytool.quiz.ui.blocks import Blocks, Lines
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.text import Span, wrap
from studytool.quiz.ui.widgets import SizedScreen, TooSmall
from studytool.words import is_hanzi

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

_FOUND = "bold $text-accent"
_MUTED = "$foreground 75%"


class SearchScreen(SizedScreen):
    """A line to type in, and below it what was found."""

    HELP = """
Type Chinese, English, or pinyin without tones (`bianzhi zichan` or `bianzhizichan`); of several words all must be there.

**enter** opens the claim under the bar, **ctrl+s** studies all that was found, **ctrl+x** crams them: nothing is recorded.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="search.open", priority=True, tooltip="Open the claim under the bar"),
        Binding("down", "move(1)", "Next", id="search.down", show=False, priority=True, tooltip="Next claim"),
        Binding("up", "move(-1)", "Previous", id="search.up", show=False, priority=True, tooltip="Previous claim"),
        Binding(
            "pagedown",
            "page(1)",
            "Page down",
            id="search.page-down",
            tooltip="A page down",
            show=False,
            priority=True,
        ),
        Binding("pageup", "page(-1)", "Page up", id="search.page-up", tooltip="A page up", show=False, priority=True),
        Binding("ctrl+s", "study", "Study all", id="search.study", priority=True, tooltip="Study all that was found"),
        Binding("ctrl+x", "cram", "Cram all", id="search.cram", priority=True, tooltip="Cram it; nothing is recorded"),
        Binding("escape", "back", "Back", id="search.back", priority=True, tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, fold: Callable[[str], str]) -> None:
        super().__init__()
        self.desk, self._fold = desk, fold
        self._book: Book | None = None
        self._query = ""
        self._found: list[int] = []

    def compose(self) -> ComposeResult:
        """What is typed, how much was found, what was found."""
        yield TooSmall()
        yield Input(placeholder="中文 · English · pinyin", id="query")
        yield Static("", id="found", markup=False)
        yield Blocks(self._lines, "results")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read the claims, while the first letters are typed."""
        self.query_one(Blocks).can_focus = False  # letters always go to the line above
        self._tell()
        self.look_up(self._read())

    async def _read(self) -> None:
        def read() -> Book:
            _ = self.desk.book.index
            return self.desk.book

        try:
            self._book = await asyncio.to_thread(read)
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
            return
        self._look()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is typed now."""
        self._query = message.value
        self._look()

    def _look(self) -> None:
        if self._book is None:
            return
        index = self._book.index
        self._found = index.find(self._query)
        if not self._found and any(map(is_hanzi, self._query)):
            self._query = self._fold(self._query)  # traditional characters, perhaps
            self._found = index.find(self._query)
        self.query_one(Blocks).show(len(self._found))
        self._tell()

    def _tell(self) -> None:
        if self._book is None:
            text = "Reading the claims …"
        elif not self._query.strip():
            text = f"{len(self._book.claims)} claims. Type a word of one, or of several."
        elif not self._found:
            text = "No claim has that. Fewer letters find more; pinyin goes without tones."
        else:
            text = f"{len(self._found)} of {len(self._book.claims)} claims"
        self.query_one("#found", Static).update(text)

    def _lines(self, place: int, width: int) -> Lines:
        assert self._book is not None
        claim = self._book.claims[self._found[place]]
        deck = self.desk.texts.deck(claim.statement)
        zh, en = marked(self._query, claim.zh, claim.en, deck.words(deck.row(claim.statement).words.zh))
        english = [[Span("  "), *line] for line in wrap(highlighted(claim.en, en, _MUTED), width - 2)] if claim.en else []
        return [*wrap(highlighted(claim.zh, zh), width), *english]

    def on_blocks_chosen(self) -> None:
        """A click on the claim under the bar opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Open the claim under the bar."""
        if self._found and self._book:
            from studytool.quiz.ui.claim import ClaimScreen

            claim = self._book.claims[self._found[self.query_one(Blocks).cursor]]
            self.app.push_screen(ClaimScreen(self.desk, claim.statement))

    def action_move(self, by: int) -> None:
        """Move the bar."""
        self.query_one(Blocks).action_move(by)

    def action_page(self, by: int) -> None:
        """Move the bar by a page."""
        self.query_one(Blocks).action_page(by)

    def action_study(self) -> None:
        """Study all that was found."""
        self._study(cram=False)

    def action_cram(self) -> None:
        """Cram all that was found."""
        self._study(cram=True)

    def _study(self, cram: bool) -> None:
        if self._found and self._book:
            found = tuple(self._book.claims[nth].statement for nth in self._found)
            cast("QuizApp", self.app).study(Selection(statements=found, cram=cram))

    def action_back(self) -> None:
        """Back to where the search was begun."""
        self.app.pop_screen()


def highlighted(text: str, marks: Spans, style: str = "") -> list[Span]:
    """A text in a style, with what was found in it set off."""
    spans: list[Span] = []
    at = 0
    for start, end in marks:
        spans += [Span(text[at:start], style), Span(text[start:end], _FOUND)]
        at = end
    return [span for span in (*spans, Span(text[at:], style)) if span.text]
