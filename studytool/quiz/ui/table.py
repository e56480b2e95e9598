"""The tree of the home screen as a table, since its figures are compared down the columns."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable

from studytool.quiz.plan import Cell, Count
from studytool.quiz.tree import Node, Recall, total
from studytool.quiz.ui.place import Place

ROOMY, _WIDE = 72, 110  # cells from which English names, and longer bars, have room
_UNKNOWN = "·"  # until it is counted


class Topics(DataTable[Text]):
    """A line a node; what is under it folds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Study", id="home.study", tooltip="Study the line under the cursor"),
        Binding("right,l", "unfold", "Unfold", id="home.unfold", show=False, tooltip="Show what this line is made of"),
        Binding("left,h", "fold", "Fold", id="home.fold", show=False, tooltip="Hide that again"),
    ]

    class Folded(Message):
        """What is under a line was shown or hidden."""

    def __init__(self, place: Place) -> None:
        super().__init__(id="topics", cursor_type="row")
        self._place = place
        self._shown: Sequence[Node] = ()

    @property
    def node(self) -> Node | None:
        """The line under the cursor."""
        return self._shown[self.cursor_row] if 0 <= self.cursor_row < len(self._shown) else None

    def show(
        self, nodes: Sequence[Node], counted: Mapping[Cell, Count] | None, recall: Mapping[Cell, Recall], width: int
    ) -> None:
        """Show these lines in a window so many cells wide; `counted` None where nobody has counted yet."""
        self._shown = nodes
        key = self._place.key
        self.clear(columns=True)
        roomy, bar = width >= ROOMY, 10 if width >= _WIDE else 5
        figures = {"due": 5, "learn": 5, "new": 5, "recall": bar + 5} if roomy else {"due": 4, "new": 4}
        # What the margins, the figures, the cells' padding and a scrollbar leave.
        names = max(10, width - 2 - sum(figures.values()) - 2 * (len(figures) + 1 + roomy) - 2)
        half = max(names * 9 // 20, 10) if roomy else names
        self.add_column("主题 topic", width=half, key="zh")
        if roomy:
            self.add_column("", width=names - half, key="en")
        for name, cells in figures.items():
            self.add_column(Text(name, justify="right"), width=cells, key=name)
        for node in nodes:
            self.add_row(*self._names(node, roomy), *self._figures(node, counted, recall, figures, bar), key=node.key)
        there = [node.key for node in nodes]
        self.move_cursor(row=there.index(key) if key in there else 0, scroll=True)

    def _names(self, node: Node, roomy: bool) -> list[Text]:
        sign = "  " if node.depth else ""
        if node.folds:
            sign = "▾ " if node.key in self._place.unfolded else "▸ "
        style = "dim" if node.wanted is None else ""
        english = node.name_en if node.name_en != node.name else ""
        name = node.name if node.depth or roomy else f"{node.name} {english}"
        cells = [Text("  " * node.depth + sign + name, style, no_wrap=True, overflow="ellipsis")]
        return cells + [Text(english, style, no_wrap=True, overflow="ellipsis")] * roomy

    def _figures(
        self,
        node: Node,
        counted: Mapping[Cell, Count] | None,
        recall: Mapping[Cell, Recall],
        wanted: Mapping[str, int],
        bar: int,
    ) -> list[Text]:
        if node.wanted is None:
            return [Text("")] * len(wanted)
        if counted is None:
            return [Text(_UNKNOWN, "dim", justify="right")] * len(wanted)
        count = total(node.cells, counted)
        mean = sum((recall[cell] for cell in node.cells if cell in recall), Recall()).mean
        made = {
            "due": Text(str(count.due), "bold" if count.due else "dim", justify="right"),
            "learn": Text(str(count.learning), "" if count.learning else "dim", justify="right"),
            "new": Text(str(count.new), "" if count.new else "dim", justify="right"),
            "recall": self._bar(mean, bar),
        }
        return [made[name] for name in wanted]

    def _bar(self, mean: float | None, width: int) -> Text:
        if mean is None:
            return Text("")
        filled = int(width * mean)  # a full bar is all of it
        parts = ("━" * filled, self.app.theme_variables["primary"]), ("─" * (width - filled), "dim")
        return Text.assemble(*parts, f"{mean:5.0%}", justify="right")

    def on_data_table_row_highlighted(self, message: DataTable.RowHighlighted) -> None:
        """Remember where the cursor is."""
        if self._shown and self.node:
            self._place.key = self.node.key

    def fold(self, node: Node) -> None:
        """Show or hide what is under a line."""
        self._place.key = node.key
        self._place.unfolded ^= {node.key}
        self.post_message(self.Folded())

    def action_unfold(self) -> None:
        """Show what is under the line."""
        if self.node and self.node.folds and self.node.key not in self._place.unfolded:
            self.fold(self.node)

    def action_fold(self) -> None:
        """Hide what is under the line, or go to the line that it is under."""
        if self.node is None:
            return
        if self.node.folds and self.node.key in self._place.unfolded:
            self.fold(self.node)
            return
        above = [nth for nth, node in enumerate(self._shown[: self.cursor_row]) if node.depth < self.node.depth]
        if above:
            self.move_cursor(row=above[-1])
