"""The charts of the statistics. All that they show stands as text beside them."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.widgets import Static
from textual_plotext import PlotextPlot

from studytool.quiz.stats.days import levels, months_line, shade, weeks

_SHADES = "·░▒▓█"  # five levels that can be told apart without colours
_WEEKS = 53


class Bars(PlotextPlot):
    """A bar chart."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bars--bar"}

    def __init__(self, name: str) -> None:
        super().__init__(id=name, classes="chart")
        self.theme = "clear"  # plotext's name for none: ground and numbers in the widget's own colours
        self._bars: dict[str, float] = {}
        self._low, self._high, self._unit = 0.0, 1.0, ""

    def draw(self, bars: Mapping[str, float], unit: str = "", low: float = 0, high: float = 0) -> None:
        """Show named values between `low` and `high`, which is the greatest value where it is not given."""
        self._bars, self._unit = dict(bars), unit
        self._low, self._high = low, max(high or max(bars.values(), default=0), low + 1)
        self.refresh()

    def render(self) -> RenderResult:
        """The bars, and as many of their names as there is room for."""
        plot, color = self.plt, self.get_component_styles("bars--bar").color
        places = [float(place) for place in range(len(self._bars))]
        plot.clear_figure()
        plot.frame(False)
        plot.bar(places, list(self._bars.values()), width=0.7, minimum=self._low, color=None if color.ansi else color.rgb)
        plot.ylim(self._low, self._high)
        plot.yticks([self._low, self._high], [f"{one:,.0f}{self._unit}" for one in (self._low, self._high)])
        names = list(self._bars)
        every = -(-sum(len(name) + 2 for name in names) // max(1, self.size.width - 8))
        plot.xticks(places[::every], names[::every])
        return super().render()


class HeatMap(Static):
    """A year of study days: a column a week, a row a weekday (1 is Monday), a shade for the reviews of a day."""

    def __init__(self) -> None:
        super().__init__(id="heat", markup=False)
        self._counts: Mapping[int, int] = {}
        self._day = 0

    def draw(self, counts: Mapping[int, int], day: int) -> None:
        """Show the reviews of study days up to `day`."""
        self._counts, self._day = counts, day
        self._paint()

    def on_resize(self) -> None:
        """As many weeks as there is room for."""
        if self._day:
            self._paint()

    def _paint(self) -> None:
        width = self.size.width - 2
        cell = 2 if width >= 2 * _WEEKS else 1
        number = max(1, min(_WEEKS, width // cell))
        bounds = levels(list(self._counts.values()))
        lines = [Content.styled(f"  {months_line(self._day, number, cell)}", "$foreground-muted")]
        columns = weeks(self._counts, self._day, number)
        for weekday in range(7):
            line = [Content.styled(f"{weekday + 1} ", "$foreground-muted")]
            for count in (week[weekday] for week in columns):
                level = shade(count or 0, bounds)
                mark = " " if count is None else _SHADES[level]
                mark = mark * cell if level else mark.ljust(cell)
                line.append(Content.styled(mark, "$primary" if level else "$foreground-disabled"))
            lines.append(Content("").join(line))
        least = ("0", "1", *(f"{bound}+" for bound in bounds))
        key = "  ".join(f"{mark} {one}" for mark, one in zip(_SHADES, least, strict=True))
        self.update(Content("\n").join([*lines, Content.styled(f"  {key}  reviews a day", "$foreground-muted")]))
