"""The home screen: what today holds, and the tree of topics and sources with what is due of each."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, Static

from studytool.errors import StudytoolError
from studytool.quiz import tree
from studytool.quiz.desk import Desk
from studytool.quiz.peek import days
from studytool.quiz.plan import Cell, Count
from studytool.quiz.selection import EVERYTHING, Selection
from studytool.quiz.tree import Node, Recall
from studytool.quiz.ui.keybar import KeyBar
from studytool.quiz.ui.place import Place
from studytool.quiz.ui.table import ROOMY, Topics
from studytool.quiz.ui.today import MORE, more_to_meet, today
from studytool.quiz.ui.widgets import SizedScreen, TooSmall

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp

_MANY = 10_000  # cards beyond which the screen stands before they are counted
_BREATH = 0.004  # seconds that keys and the screen have between instalments
WELCOME = """Each card hides a part of a claim. Recall it, look, and say how it went.
What you know returns later, what you forgot soon: a few minutes a day do.
Press enter to begin, / to find a claim, c to read them all, ? for all keys."""


class HomeScreen(SizedScreen):
    """A line a topic and a source; enter or a click studies it."""

    HELP = f"""
**due** reviews come back today. **learn** is being learned, within minutes. **new** was never seen; a few are met each day.
**recall** is the chance, on average, that you would recall today what you have seen of it.

* **enter** studies the line under the cursor, **space** everything. **→** shows what a line is made of, **←** hides it.
* **x** crams the line: every card of it, due or not, and nothing is recorded.
* **n** lets today meet {MORE} more new cards.
* **/** finds a claim by its Chinese, its English or its pinyin. **c** lets you read the claims without being asked.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "study_all", "All", id="home.all", tooltip="Study everything together"),
        Binding("x", "cram", "Cram", id="home.cram", tooltip="Go through all cards of this line; nothing is recorded"),
        Binding("n", "more_new", f"{MORE} more new", id="home.more", tooltip=f"Let today meet {MORE} more new cards"),
        Binding("slash", "app.search", "Search", id="home.search", tooltip="Find a claim"),
        Binding("c", "claims", "Claims", id="home.claims", tooltip="Read the claims of this line"),
        Binding("s", "statistics", "Statistics", id="home.statistics", tooltip="What you have done, and what is ahead"),
        Binding("j", "move(1)", "Down", id="home.down", show=False, tooltip="Next line"),
        Binding("k", "move(-1)", "Up", id="home.up", show=False, tooltip="Previous line"),
        Binding("q", "quit", "Quit", id="home.quit", tooltip="Leave studytool"),
    ]

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.desk, self.place = desk, place
        self._cells = tuple(dict.fromkeys((slot.topic, slot.source) for slot in desk.slots))
        self._counted: dict[Cell, Count] | None = None
        self._recall: dict[Cell, Recall] = {}

    def compose(self) -> ComposeResult:
        """Today's plan above the tree."""
        yield TooSmall()
        with Horizontal(id="home-top"):
            yield Static("", id="today", markup=False)
            yield Static("", id="streak", markup=False)
        yield Static(WELCOME, id="welcome", markup=False)
        yield Topics(self.place)
        yield KeyBar()

    def on_mount(self) -> None:
        """Count what there is; of very much, the names stand before it is counted."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._fill())
        self.query_one(Topics).focus()
        if len(self.desk.slots) > _MANY:
            self._fill()
            self.call_after_refresh(self._count)
        else:
            self._count()

    def on_resize(self) -> None:
        """The columns depend on the width."""
        super().on_resize()
        self.query_one("#streak").display = self.app.size.width >= ROOMY
        self._fill()

    def _count(self) -> None:
        """Count, and then work out what nobody needs to wait for."""
        self._counted = self.desk.cells()
        self.query_one("#today", Static).update(today(self.desk))
        self.set_class(not self.desk.memories, "-first")
        self._fill()
        if self.desk.memories:
            self.call_after_refresh(lambda: self.look_up(self._look_back()))

    async def _look_back(self) -> None:
        """How well all is known, and the streak."""
        from studytool.quiz.stats import streak  # not on the way to the first screen

        desk = self.desk
        for self._recall in tree.recall(desk.slots, desk.memories, desk.day(), desk.parameters):
            await asyncio.sleep(_BREATH)
        self._fill()
        try:
            length = streak(await asyncio.to_thread(days, desk.store.path), desk.day()).current
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
            return
        self.query_one("#streak", Static).update(f"{length}-day streak" if length > 1 else "")

    def _fill(self) -> None:
        nodes = tree.nodes(self._cells, self.desk.topics, self.desk.sources, self.place.unfolded)
        self.query_one(Topics).show(list(nodes), self._counted, self._recall, self.app.size.width)

    def on_topics_folded(self) -> None:
        """Lines came or went."""
        self._fill()

    def on_data_table_row_selected(self, message: DataTable.RowSelected) -> None:
        """Study the line picked by key or click; a heading folds."""
        table = self.query_one(Topics)
        node = table.node
        if node and node.wanted is None:
            table.fold(node)
        else:
            self._study(node)

    def _study(self, node: Node | None, cram: bool = False) -> None:
        cast("QuizApp", self.app).study(replace(_wanted(node), cram=cram))

    def action_study_all(self) -> None:
        """Study everything together."""
        self._study(None)

    def action_cram(self) -> None:
        """Go through all cards of the line under the cursor."""
        self._study(self.query_one(Topics).node, cram=True)

    def action_more_new(self) -> None:
        """Let today meet more new cards."""
        if not more_to_meet(self.desk, EVERYTHING):
            self.notify("No more new cards today: all were met, or are siblings of what you saw today. x crams.", markup=False)
            return
        try:
            self.desk.more_new(MORE)
        except StudytoolError as error:
            cast("QuizApp", self.app).tell(error)
        self.query_one("#today", Static).update(today(self.desk))

    def action_claims(self) -> None:
        """Read the claims of the line under the cursor."""
        wanted = _wanted(self.query_one(Topics).node)
        cast("QuizApp", self.app).action_claims(wanted.topic, wanted.source)

    async def action_statistics(self) -> None:
        """What was done, and what is ahead."""
        await self.run_action("app.statistics")

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        table = self.query_one(Topics)
        table.move_cursor(row=table.cursor_row + by)

    def action_quit(self) -> None:
        """Leave studytool."""
        self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown where they work."""
        return hasattr(self.app, "action_statistics") if action == "statistics" else True


def _wanted(node: Node | None) -> Selection:
    return (node.wanted if node else None) or EVERYTHING
