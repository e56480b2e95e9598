"""The sheet that shows where a claim comes from: citation, note, passage, and what else was said of it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from studytool import cloze
from studytool.deck import both, speaker_en
from studytool.errors import StudytoolError
from studytool.quiz.card import Card
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.sheet import Running, Sheet
from studytool.quiz.ui.text import BREAK, Span, in_lines
from studytool.quiz.ui.widgets import Choice, TooSmall

_LABEL, _QUOTE = "dim", "bold underline $text-accent"


class SourceSheet(Sheet[None]):
    """Where the claim on show was made."""

    HELP = """
Who said it, where and when; the note; the passage of the article, where that is at hand; and what else was said of it.

**enter** opens the article in a browser. **j** and **k** scroll, **o** or **escape** closes.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,escape,q", "close", "Close", id="source.close", tooltip="Back to the card", key_display="o"),
        Binding("enter", "open", "Open the link", id="source.open", tooltip="Open the article in a browser"),
        Binding("down,j", "scroll(1)", "Scroll", id="source.down", tooltip="Scroll down", key_display="j/k"),
        Binding("up,k", "scroll(-1)", "Scroll up", id="source.up", show=False, tooltip="Scroll up"),
        Binding("pagedown,space", "scroll(10)", "Page down", id="source.page_down", show=False, tooltip="Scroll down a page"),
        Binding("pageup", "scroll(-10)", "Page up", id="source.page_up", show=False, tooltip="Scroll up a page"),
    ]

    class Found(Message):
        """The passage was looked for."""

        def __init__(self, passage: tuple[str, int, int] | None, why: str = "") -> None:
            super().__init__()
            self.passage, self.why = passage, why

    def __init__(self, desk: Desk, card: Card, handed: Handed) -> None:
        super().__init__()
        self._desk, self._card, self._handed = desk, card, handed

    def compose(self) -> ComposeResult:
        """One part below the other; claims that belong together beside each other."""
        yield TooSmall()
        with Vertical(id="sheet"):
            yield Static("Source", classes="sheet-title", markup=False)
            with VerticalScroll(id="source", can_focus=False):
                yield Running("cited")
                yield Running("noted")
                yield Running("passage")
                with Horizontal(id="beside"):
                    yield Running("this")
                    yield Running("others")
            if self._url:
                yield Choice(f"enter  open {self._url}", "open", name="link")
        yield KeyBar()

    def on_mount(self) -> None:
        """All but the passage, which is read meanwhile."""
        card = self._card
        statement = card.row.statement
        self.query_one("#cited", Running).show(_cited(card))
        notes = [Span(text) for text in (statement.note, statement.note_en) if text]
        self.query_one("#noted", Running).show(_below("Note", *notes))
        self.query_one("#beside").display = bool(card.related)
        self.query_one("#this", Running).show(_below("This claim", *_said(cloze.plain(statement.zh), cloze.plain(statement.en))))
        self.query_one("#others", Running).show(_others(card))
        self._look_up()

    def on_source_sheet_found(self, message: Found) -> None:
        """Show the passage, its quote set off; or why there is none."""
        shown: list[Span] = []
        if message.passage:
            text, start, end = message.passage
            parts = ((text[:start], ""), (text[start:end], _QUOTE), (text[end:], ""))
            shown = _below("In the article", *(span for part, style in parts for span in in_lines(part, style)), broken=False)
        elif message.why:
            shown = _below("In the article", Span(message.why))
        self.query_one("#passage", Running).show(shown)

    def action_close(self) -> None:
        """Back to the card."""
        self.dismiss(None)

    def action_open(self) -> None:
        """Open the article in a browser."""
        if self._url:
            self.app.open_url(self._url)

    def action_scroll(self, lines: int) -> None:
        """Scroll what is longer than the window."""
        self.query_one("#source", VerticalScroll).scroll_relative(y=lines, animate=False)

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown where they work."""
        return bool(self._url) if action == "open" else True

    @property
    def _url(self) -> str:
        """The address of the article, if it is one that a browser may open."""
        url = self._card.source.url
        return url if url.startswith(("https://", "http://")) else ""

    def _look_up(self) -> None:
        passage, row = self._handed.passage, self._card.row
        self.query_one("#passage", Running).show([])
        if passage is None or row.statement.quote is None:
            return
        deck = self._desk.texts.deck(self._card.slot.statement)
        self.query_one("#passage", Running).show(_below("In the article", Span("reading…")))

        def work() -> None:
            try:
                found = passage(row, deck.head.name, deck.path)
                self.post_message(self.Found(found, "" if found else "The article is not at hand, or no longer says this."))
            except StudytoolError as error:
                self.post_message(self.Found(None, str(error)))

        self.run_worker(work, thread=True)


def _cited(card: Card) -> list[Span]:
    source, statement = card.source, card.row.statement
    speaker = both(speaker_en(source, statement.speaker), statement.speaker)
    lines = (
        (Span(f"《{source.title}》", "bold"),),
        (Span(source.title_en if source.title_en != source.title else ""),),
        (Span(" · ".join(part for part in (source.outlet, str(source.published)) if part), _LABEL),),
        (Span(speaker, "$text-primary"), Span(f" · {statement.kind} · {source.event_en} · {source.said}")),
        (Span(f"{statement.section}", _LABEL),),
        (Span(f"recording: {source.recording}" if source.recording else "", _LABEL),),
    )
    kept = [line for line in lines if any(span.text for span in line)]
    return [span for line in kept for span in (*line, BREAK)][:-1]


def _below(title: str, *spans: Span, broken: bool = True) -> list[Span]:
    """A title with texts below it, a line each where they are `broken`; nothing where there is no text."""
    if not spans:
        return []
    return [Span(title, _LABEL), *(part for span in spans for part in ((BREAK, span) if broken else (span,)))]


def _said(zh: str, en: str) -> list[Span]:
    return [Span(text, style) for text, style in ((zh, "bold"), (en, "")) if text]


def _others(card: Card) -> list[Span]:
    spans: list[Span] = []
    for relation, row, source in card.related:
        how = "Said again" if relation.again else "Said otherwise"
        texts = _said(cloze.plain(row.statement.zh), cloze.plain(row.statement.en))
        spans += [*_below(f"{how}: {source.event_en} · {source.said}", *texts), BREAK, BREAK]
    return spans[:-2]
