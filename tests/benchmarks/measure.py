"""What a benchmark measured, and how it is told: our figure beside a bare one, their ratio, and the goal that it should not exceed.

Each `bench_*.py` yields measures and ends with `run`, which reads the options, prints one table and decides the exit code.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

_FAR = 2.0  # times its goal is what a ratio may be in a quick form, on a machine that does other things besides
_LINE = "{:<58} {:>12} {:>12} {:>7} {:>6}  {}"


class Measure(Struct, frozen=True):
    """One line of the table."""

    name: str
    ours: float
    reference: float
    unit: str  # of both: "ms", "s" or "MB"
    goal: float  # the greatest ratio that will do
    ratio: float  # of ours to the reference; of runs in turn, the median of their ratios

    @property
    def verdict(self) -> str:
        """How the ratio stands to its goal."""
        if self.ratio <= self.goal:
            return "ok"
        return "over" if self.ratio <= _FAR * self.goal else "FAR OVER"

    def line(self) -> str:
        """The measure as a line of the table."""
        figures = (f"{figure:.4g} {self.unit}" for figure in (self.ours, self.reference))
        return _LINE.format(self.name, *figures, f"{self.ratio:.2f}", f"{self.goal:g}", self.verdict)


HEADING = _LINE.format("name", "ours", "reference", "ratio", "goal", "verdict")


def in_turn(name: str, ours: Sequence[float], reference: Sequence[float], goal: float, unit: str = "ms") -> Measure:
    """The medians of runs made in turn, in seconds, told in a unit; what burdens the machine for a while burdens both of a pair."""
    scale = {"ms": 1e3, "s": 1.0}[unit]
    one, other = statistics.median(ours) * scale, statistics.median(reference) * scale
    return Measure(name, one, other, unit, goal, statistics.median(a / b for a, b in zip(ours, reference, strict=True)))


def allowed(name: str, ours: float, most: float, unit: str) -> Measure:
    """A figure that has nothing to be held against but what is allowed."""
    return Measure(name, ours, most, unit, 1.0, ours / most)


def failed(measures: Iterable[Measure], quick: bool) -> int:
    """How many measures fail: those over their goals; in the quick form, those more than twice over."""
    return sum(one.verdict == "FAR OVER" or (one.verdict == "over" and not quick) for one in measures)


def options(description: str) -> argparse.ArgumentParser:
    """The options that all have."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller runs; fails only on a ratio of twice its goal")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the measures there, too")
    return parser


def run(description: str, measure: Callable[[bool], Iterator[Measure]]) -> None:
    """Run one benchmark, in its quick form or in full, as the command line says; exits with 1 where a measure fails."""
    asked = options(description).parse_args()
    print(HEADING)
    done = []
    for one in measure(asked.quick):
        print(one.line(), flush=True)
        done.append(one)
    if asked.json:
        asked.json.write_bytes(encode(done, asked.quick))
    sys.exit(failed(done, asked.quick) > 0)


def encode(measures: Iterable[Measure], quick: bool) -> bytes:
    """Measures as JSON."""
    rows = [msgspec.structs.asdict(one) | {"verdict": one.verdict} for one in measures]
    return msgspec.json.format(msgspec.json.encode({"quick": quick, "python": sys.version.split()[0], "measures": rows}))


def decode(data: bytes) -> list[Measure]:
    """The measures of such JSON."""
    return msgspec.json.decode(data, type=_Written).measures


class _Written(Struct):
    measures: list[Measure]
