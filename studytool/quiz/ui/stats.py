"""The statistics screen: opens at once, and fills as a thread goes on counting."""

from typing import ClassVar, cast

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.history import History
from studytool.quiz.stats import Figures, count, retention, shelf, text
from studytool.quiz.stats.figures import Group, Retention
from studytool.quiz.stats.figures import Span as Period
from studytool.quiz.ui.charts import Bars, HeatMap
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.text import BREAK, Span
from studytool.quiz.ui.widgets import Choice, Prose, SizedScreen, TooSmall

_SPANS: dict[Period, str] = {"month": "30 days", "year": "365 days", "all": "all"}
_EMPTY = "No reviews yet. Press q to go back and study a few cards; then this page tells how well they stay with you."
_WIDE = 110  # cells, from which on there are two columns


class Panel(Vertical):
    """A title, perhaps a chart, and the same as text."""

    def __init__(self, name: str, title: str, chart: Bars | HeatMap | None = None) -> None:
        super().__init__(id=f"panel-{name}", classes="panel")
        self._title, self._chart, self._text = title, chart, Static("", classes="figures", markup=False)

    def compose(self) -> ComposeResult:
        """All three."""
        yield Static(self._title, classes="panel-title", markup=False)
        if self._chart:
            yield self._chart
        yield self._text

    def tell(self, lines: list[str], chart: bool = True) -> None:
        """Show lines of text, and the chart where it has something to show."""
        self._text.update("\n".join(lines))
        if self._chart:
            self._chart.display = chart


class StatsScreen(SizedScreen):
    """How the learning goes."""

    HELP = """
**True retention**: of the cards that came back after days, the share that you recalled; the first answer of a day counts.
It should be near the retention that you ask for in config.toml.

**Retrievability**: the chance that a card is recalled today. **Stability**: the days until it falls to 90%.
**Difficulty**: 1 (easy) to 10. **Lapse**: a card in review that was forgotten.

**tab** turns to another period.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "Period", id="stats.next", tooltip="Next period: 30 days, 365 days, all"),
        Binding("shift+tab", "turn(-1)", "Period", id="stats.previous", show=False, tooltip="Previous period"),
        Binding("down,j", "scroll(2)", "Scroll", id="stats.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-2)", "Scroll up", id="stats.up", tooltip="Scroll up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", id="stats.page-down", tooltip="A page down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="stats.page-up", tooltip="A page up", show=False),
        Binding("q,escape", "leave", "Back", id="stats.leave", tooltip="Back to where you were"),
    ]

    class Counted(Message):
        """All figures but true retention are there."""

        def __init__(self, figures: Figures) -> None:
            super().__init__()
            self.figures = figures

    class Tested(Message):
        """True retention is there."""

        def __init__(self, retention: Retention) -> None:
            super().__init__()
            self.retention = retention

    class Failed(Message):
        """The log cannot be read."""

        def __init__(self, error: StudytoolError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.span: Period = "year"
        self._figures: Figures | None = None
        self._retention: Retention | None = None
        self._history: History | None = None  # of the thread that counts
        self._left = False

    @property
    def complete(self) -> bool:
        """Whether all figures are there."""
        return self._figures is not None and self._retention is not None

    def compose(self) -> ComposeResult:
        """The periods, and a panel for each kind of figure."""
        yield TooSmall()
        with Horizontal(id="stats-top"):
            yield Static("Statistics", id="stats-title", markup=False)
            for span in _SPANS:
                yield Choice("", f"show('{span}')", name=f"span-{span}")
        yield Static(text.COUNTING, id="stats-state", markup=False)
        with VerticalScroll(id="stats", can_focus=False):
            yield Panel("heat", "Reviews a day", HeatMap())
            with Horizontal(id="stats-columns"):
                with Vertical(classes="column"):
                    yield Panel("retention", "True retention", Bars("by-month"))
                    yield Panel("time", "Time spent", Bars("minutes"))
                with Vertical(classes="column"):
                    yield Panel("forecast", "The coming 30 days", Bars("due"))
                    yield Panel("cards", "Cards")
                    yield Panel("stability", "Stability", Bars("stabilities"))
                    yield Panel("difficulty", "Difficulty, 1 to 10", Bars("difficulties"))
            with Vertical(id="panel-hardest", classes="panel"):
                yield Static("Hardest cards", classes="panel-title", markup=False)
                yield Prose("hardest")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to count."""
        self._show_spans()
        self.query_one("#stats").display = False
        self.run_worker(self._count, thread=True)

    def on_unmount(self) -> None:
        """Nobody waits for the figures any more."""
        self._left = True
        if self._history:
            self._history.stop()

    def _count(self) -> None:
        # One after the other: SQLite's threads wait for each other's memory, and two are slower than one.
        desk = self.desk
        on, day = shelf(desk.texts.decks, desk.config.direction), desk.day()
        try:
            with History(desk.store.path, on.slots, on.claims) as self._history:
                self.post_message(self.Counted(count(self._history, on, desk.memories, day, desk.parameters)))
                if not self._left:
                    self.post_message(self.Tested(retention(self._history, on, day, desk.config)))
        except StudytoolError as error:
            if not self._left:
                self.post_message(self.Failed(error))

    def on_stats_screen_counted(self, message: Counted) -> None:
        """Show them, or what to do where there are none."""
        self._figures = message.figures
        studied = bool(message.figures.streak.days)
        self.query_one("#stats-state", Static).update(_EMPTY)
        self.query_one("#stats-state").display = not studied
        self.query_one("#stats").display = studied
        if studied:
            self._show()

    def on_stats_screen_tested(self, message: Tested) -> None:
        """Show it among the rest."""
        self._retention = message.retention
        if self._figures and self._figures.streak.days:
            self._show()

    def on_stats_screen_failed(self, message: Failed) -> None:
        """Tell why there are no figures."""
        self.query_one("#stats-state", Static).update(str(message.error))

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def on_resize(self) -> None:
        """Two columns where there is room."""
        super().on_resize()
        self.set_class(self.app.size.width >= _WIDE, "-wide")

    def _show_spans(self) -> None:
        for span, name in _SPANS.items():
            choice = self.query_one(f"#span-{span}", Choice)
            choice.update(f"[{name}]" if span == self.span else f" {name} ")  # brackets, for who sees no colours
            choice.set_class(span == self.span, "-chosen")

    def _show(self) -> None:
        assert self._figures
        figures, span = replace(self._figures, retention=self._retention), self.span
        self.query_one(HeatMap).draw({day.date.toordinal(): day.reviews for day in figures.a_day}, figures.today.toordinal())
        self._tell("heat", [*text.activity(figures, span), *text.heat(figures)])
        months = {one.name[2:]: 100 * one.tested.retention for one in self._months() if one.tested.retention is not None}
        self._bars("by-month", months, "%", min([50, *months.values()]) // 10 * 10, 100)
        self._tell("retention", text.retention(self._retention, span), bool(months))
        spent = {one.when[5:] if span == "month" else one.when: one.seconds / 60 for one in figures.time[span]}
        self._bars("minutes", spent, " min")
        self._tell("time", text.spent(figures, span), any(spent.values()))
        due = {f"{day.date:%m-%d}": float(day.reviews) for day in figures.forecast}
        self._bars("due", due)
        self._tell("forecast", text.forecast(figures.forecast), any(due.values()))
        self._tell("cards", text.cards(figures))
        for name, chart, bins in (
            ("stability", "stabilities", figures.stability),
            ("difficulty", "difficulties", figures.difficulty),
        ):
            self._bars(chart, {one.label: one.cards for one in bins})
            self._tell(name, text.bins(bins))
        lines = (part for line in text.hardest(figures) for part in (BREAK, Span(line)))
        self.query_one("#hardest", Prose).show(list(lines)[1:])

    def _months(self) -> tuple[Group, ...]:
        return self._retention.by_month[-12:] if self._retention else ()

    def _bars(self, chart: str, bars: dict[str, float], unit: str = "", low: float = 0, high: float = 0) -> None:
        self.query_one(f"#{chart}", Bars).draw(bars, unit, low, high)

    def _tell(self, panel: str, lines: list[str], chart: bool = True) -> None:
        self.query_one(f"#panel-{panel}", Panel).tell(lines, chart)

    def action_turn(self, by: int) -> None:
        """Turn to the next period, or to the one before."""
        spans = list(_SPANS)
        self.action_show(spans[(spans.index(self.span) + by) % len(spans)])

    def action_show(self, span: str) -> None:
        """Show a period."""
        self.span = cast("Period", span)
        self._show_spans()
        if self._figures and self._figures.streak.days:
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#stats").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        stats = self.query_one("#stats")
        stats.scroll_relative(y=by * max(1, stats.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Back to where the learner was."""
        self.app.pop_screen()
