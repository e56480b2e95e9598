"""The claims, to be read by topic: both languages, either of them covered until asked for."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from studytool import cloze
from studytool.deck import both, speaker_en
from studytool.errors import StudytoolError
from studytool.quiz.book import Claim
from studytool.quiz.desk import Desk
from studytool.quiz.dossier import FIELDS, Field, Filter, choices, ordered
from studytool.quiz.selection import Selection
from studytool.quiz.ui.blocks import Blocks, Lines
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.pick import Pick
from studytool.quiz.ui.text import BREAK, Span, wrap
from studytool.quiz.ui.widgets import Choice, Prose, SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

Covered = Literal["", "zh", "en"]
WIDE = 110  # cells from which what else was said has room beside the claims
_MEASURE = 76  # cells; longer lines are hard to read
_MUTED, _HEADING, _RELATED = "$foreground 75%", "bold $primary", "$text-primary"
_KEYS: dict[Field, tuple[str, str]] = {  # the key of each filter, and what it is called
    "topic": ("t", "topic"),
    "source": ("s", "source"),
    "speaker": ("p", "speaker"),
    "kind": ("k", "kind"),
    "said": ("d", "date"),
}


class ClaimsScreen(SizedScreen):
    """Claim after claim, with who said it, when and where, and what else was said of it."""

    HELP = """
Read without being asked. **1** or **z** covers the Chinese, **2** or **g** the English; **space** uncovers the claim under the
bar, then goes on to the next.

**t** topic, **s** source, **p** speaker, **k** kind of claim and **d** date choose what is listed. **enter** studies just that,
**x** crams it: nothing is recorded. **o** opens the claim.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study(False)", "Study these", id="claims.study", tooltip="Study the cards of what is listed"),
        Binding("x", "study(True)", "Cram", id="claims.cram", tooltip="Go through all of them; nothing is recorded"),
        Binding("space", "go_on", "Uncover", id="claims.go-on", tooltip="Uncover this claim; then the next"),
        Binding("1,z", "cover('zh')", "Cover 中", id="claims.chinese", tooltip="Cover or uncover the Chinese"),
        Binding("2,g", "cover('en')", "Cover EN", id="claims.english", tooltip="Cover or uncover the English"),
        Binding("o", "open", "Open", id="claims.open", tooltip="Open the claim under the bar"),
        *(
            Binding(key, f"pick('{field}')", name.capitalize(), id=f"claims.{name}", show=False, tooltip=f"Only one {name}")
            for field, (key, name) in _KEYS.items()
        ),
        Binding("slash", "app.search", "Search", id="claims.search", show=False, tooltip="Find a claim"),
        Binding("escape,q", "back", "Back", id="claims.back", tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, topic: str, source: str) -> None:
        super().__init__()
        self.desk = desk
        self._filter = Filter(topic=topic, source=source)
        self._all: list[Claim] = []
        self.listed: list[Claim] = []
        self._covered: Covered = ""
        self._uncovered: set[str] = set()  # claims, by their statements, that are shown all the same

    def compose(self) -> ComposeResult:
        """The filters above the claims; beside them, where there is room, what else was said."""
        yield TooSmall()
        with Horizontal(id="filters-row"):
            with Horizontal(id="filters"):
                for field in FIELDS:
                    yield Choice("", f"pick('{field}')", name=f"filter-{field}")
            yield Static("", id="position", markup=False)
        with Horizontal(id="reading"):
            yield Blocks(self._lines, "claims")
            with VerticalScroll(id="beside", can_focus=False):
                yield Prose("related")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the claims."""
        self.query_one("#position", Static).update("Reading …")
        self.query_one(Blocks).focus()
        self.look_up(self._read())

    def on_resize(self) -> None:
        """What else was said stands beside the claims, or under each."""
        super().on_resize()
        self.query_one("#beside").display = self._wide

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    async def _read(self) -> None:
        try:
            book = await asyncio.to_thread(lambda: self.desk.book)
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
            return
        self._all = ordered(book.claims, self.desk.topics)
        self._list()

    def _list(self) -> None:
        """List what passes the filter."""
        self.listed = [claim for claim in self._all if self._filter.passes(claim)]
        for field, (key, name) in _KEYS.items():
            value = getattr(self._filter, field)
            chip = self.query_one(f"#filter-{field}", Choice)
            chip.update(f"{key} {self._called(field, value) if value else name}")
            chip.set_class(bool(value), "-set")
        self.query_one(Blocks).show(len(self.listed))

    def _called(self, field: Field, value: str) -> str:
        if field == "topic":
            return self.desk.topics[value].name
        return self.desk.sources[value].event if field == "source" else value

    def _lines(self, place: int, width: int) -> Lines:
        claim = self.listed[place]
        width = min(width, _MEASURE)
        covered = self._covers(claim)
        lines: list[list[Span]] = []
        if not place or self.listed[place - 1].topic != claim.topic:
            topic = self.desk.topics[claim.topic]
            lines += [[Span(both(topic.name, topic.name_en, " · "), _HEADING)], []]
        lines += _told(wrap([Span(claim.zh)], width), covered == "zh")
        lines += _told(wrap([Span(claim.en, _MUTED)], width) if claim.en else [], covered == "en")
        source = self.desk.sources[claim.source]
        cited = " · ".join(part for part in (claim.speaker, source.event_en or source.event, claim.said, claim.kind) if part)
        lines += wrap([Span(f"— {cited}", "dim")], width)
        if not self._wide:
            for head, zh, _en in self._others(claim):
                lines += wrap([Span(head, _RELATED)], width)
                lines += _told(wrap([Span(zh, _MUTED)], width), covered == "zh")
        return [*lines, []]

    def _covers(self, claim: Claim) -> Covered:
        """The language of a claim that is covered now."""
        return "" if claim.statement in self._uncovered else self._covered

    def _others(self, claim: Claim) -> list[tuple[str, str, str]]:
        """What else was said of a claim: how, when, where and by whom; in Chinese; in English."""
        deck = self.desk.texts.deck(claim.statement)
        found = []
        for relation in deck.row(claim.statement).related:
            row = deck.row(f"{deck.head.name}:{relation.key}")
            source = deck.sources[row.source]
            how = "又说 said again" if relation.again else "另说 said otherwise"
            who = "" if (name := speaker_en(source, row.statement.speaker)) == claim.speaker else f", {name}"
            head = f"{how}, {source.said}, {source.event_en or source.event}{who}"
            found.append((head, cloze.plain(row.statement.zh), cloze.plain(row.statement.en)))
        return found

    def on_blocks_moved(self) -> None:
        """Tell where the bar is, and what else was said of the claim there."""
        claim = self._claim
        place = self.query_one(Blocks).cursor + 1
        self.query_one("#position", Static).update(f"{place}/{len(self.listed)}" if claim else "No claim fits")
        spans: list[Span] = []
        covered = self._covers(claim) if claim else ""
        for head, zh, en in self._others(claim) if claim and self._wide else []:
            zh, en = ("…" if covered == "zh" else zh), ("…" if covered == "en" else en)
            spans += [Span(head, _RELATED), BREAK, Span(zh), BREAK, Span(en, _MUTED), BREAK, BREAK]
        self.query_one("#related", Prose).show(spans)

    @property
    def _claim(self) -> Claim | None:
        """The claim under the bar."""
        return self.listed[self.query_one(Blocks).cursor] if self.listed else None

    def action_cover(self, language: Covered) -> None:
        """Cover a language, of every claim; or uncover it again."""
        self._covered = "" if self._covered == language else language
        self._uncovered.clear()
        self.query_one(Blocks).again()

    def action_go_on(self) -> None:
        """Uncover the claim under the bar; where nothing is covered, on to the next."""
        claim = self._claim
        if claim and self._covered and claim.statement not in self._uncovered:
            self._uncovered.add(claim.statement)
            self.query_one(Blocks).again()
        else:
            self.query_one(Blocks).action_move(1)

    def on_blocks_chosen(self) -> None:
        """A click on the claim under the bar uncovers it."""
        if self._covered:
            self.action_go_on()

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_pick(self, field: Field) -> None:
        """Choose what a claim must be to be listed."""
        names = {
            value: f"{self._called(field, value)}  ({count})" for value, count in choices(self._all, self._filter, field).items()
        }
        title = f"Only this {_KEYS[field][1]}"
        self.app.push_screen(Pick(title, names, getattr(self._filter, field)), partial(self._picked, field))

    def _picked(self, field: Field, value: str | None) -> None:
        if value is not None:
            self._filter = replace(self._filter, **{field: value})
            self._list()

    def action_study(self, cram: bool) -> None:
        """Study what is listed, or cram it."""
        if self.listed:
            found = tuple(claim.statement for claim in self.listed)
            cast("QuizApp", self.app).study(Selection(statements=found, cram=cram))

    def action_open(self) -> None:
        """Open the claim under the bar."""
        if claim := self._claim:
            from studytool.quiz.ui.claim import ClaimScreen

            self.app.push_screen(ClaimScreen(self.desk, claim.statement))

    def action_back(self) -> None:
        """Back to where the reading was begun."""
        self.app.pop_screen()


def _told(lines: list[list[Span]], covered: bool) -> list[list[Span]]:
    """Lines as they are, or each of them covered, so that nothing moves when they are uncovered."""
    if not covered:
        return lines
    return [[Span("░" * sum(cell_len(span.text) for span in line), "dim")] for line in lines]
