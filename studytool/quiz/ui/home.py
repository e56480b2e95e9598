"""The home screen: the topics, and what is due of each today."""

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Static

from studytool.quiz.desk import Desk
from studytool.quiz.plan import tally
from studytool.quiz.ui.widgets import SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

_ALL = "all"  # the key of the first line; topic ids are given a prefix


class Topics(DataTable[Text]):
    """The table of topics."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Study", id="home.study", tooltip="Study the topic under the cursor"),
    ]


class HomeScreen(SizedScreen):
    """A line a topic; enter or a click studies it."""

    HELP = """
**due** cards come back today. **new** ones were never seen; a few of them are met each day. **all** is every card there is.

Pick a line with the arrows and press **enter**, or click it. **space** studies everything.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "study_all", "All", id="home.all", tooltip="Study all topics together"),
        Binding("s", "stats", "Statistics", id="home.stats", tooltip="How the learning goes"),
        Binding("j", "move(1)", "Down", id="home.down", show=False, tooltip="Next topic"),
        Binding("k", "move(-1)", "Up", id="home.up", show=False, tooltip="Previous topic"),
        Binding("q", "quit", "Quit", id="home.quit", tooltip="Leave studytool"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Today's plan above the topics."""
        yield TooSmall()
        yield Static("", id="today", markup=False)
        yield Topics(id="topics", cursor_type="row")
        yield Footer(show_command_palette=False)

    def on_resize(self) -> None:
        """The English names need room."""
        super().on_resize()
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(Topics)
        row = table.cursor_row
        table.clear(columns=True)
        width = self.app.size.width
        english = width >= 72
        counted = self.desk.counts()
        figure = 6 if english else 4
        # What the margins, the three figures, the cells' padding and a scrollbar leave.
        names = max(10, width - 2 - 3 * (figure + 2) - 2 * (1 + english) - 2)
        half = names * 2 // 5 if english else names
        table.add_column("主题 topic", width=half, key="zh")
        if english:
            table.add_column("", width=names - half, key="en")
        for name in ("due", "new", "all"):
            table.add_column(Text(name, justify="right"), width=figure, key=name)
        total = tally(count for _, count in counted)
        everything = ["全部" if english else "全部 Everything", "Everything"][: 2 if english else 1]
        table.add_row(*map(Text, everything), *_numbers(total["due"], total["new"], total["total"]), key=_ALL)
        for topic, count in counted:
            cells = [Text(topic.name, no_wrap=True)] + ([Text(topic.name_en, no_wrap=True)] if english else [])
            table.add_row(*cells, *_numbers(count.due, count.new, count.total), key=f"topic:{topic.id}")
        table.move_cursor(row=row)
        table.focus()
        self.query_one("#today", Static).update(self._today())

    def _today(self) -> str:
        plan = self.desk.plan()
        english = self.desk.config.direction == "en-zh"
        if plan.main or plan.learning:
            return f"Today: {plan.due} due, {len(plan.new)} new{' · English first' if english else ''}"
        days = self.desk.next_due()
        if days is None:
            return f"Nothing to study: these decks hold no card{' with its blank in English' if english else ''}."
        return f"Done for today. The next card is due {'tomorrow' if days == 1 else f'in {days} days'}."

    def on_data_table_row_selected(self, message: DataTable.RowSelected) -> None:
        """Study the topic picked by key or click."""
        key = message.row_key.value or _ALL
        cast("QuizApp", self.app).study(None if key == _ALL else key.removeprefix("topic:"))

    def action_study_all(self) -> None:
        """Study all topics together."""
        cast("QuizApp", self.app).study(None)

    def action_stats(self) -> None:
        """Show the statistics."""
        cast("QuizApp", self.app).show_stats()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        table = self.query_one(Topics)
        table.move_cursor(row=table.cursor_row + by)

    def action_quit(self) -> None:
        """Leave studytool."""
        self.app.exit()


def _numbers(due: int, new: int, total: int) -> list[Text]:
    styles = ("bold" if due else "dim", "" if new else "dim", "dim")
    return [Text(str(n), style=s, justify="right") for n, s in zip((due, new, total), styles, strict=True)]
