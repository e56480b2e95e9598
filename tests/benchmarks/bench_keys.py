"""From a key to its repaint, and the memory held, on a card of 300 against a minimal Textual app, in turn.

A key is `space` (the answer) or `3` (the next card); in the minimal app, one that writes another text of ten lines, as a card has.
Both are left to rest between keys, as a reader does. The first keys warm the caches of both and do not count.
"""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from made_up import write_deck
from measure import Measure, run
from program import PYTHON, environment
from terminal import Terminal

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    pressed = 0
    def compose(self):
        yield Static("PAINT 0.")
    def on_key(self):
        self.pressed += 1
        lines = [f"PAINT {self.pressed}.", *(f"{nth} {self.pressed} 岛上的庆典每年约收贝壳，足以养活全岛。" for nth in range(9))]
        self.query_one(Static).update("\\n".join(lines))
Minimal().run()
"""
WARM = 5  # keys


def p95(times: list[float]) -> float:
    """The time that 19 in 20 do not exceed, in seconds."""
    return statistics.quantiles(times, n=20)[-1]


def measure(quick: bool) -> Iterator[Measure]:
    keys = 10 if quick else 60
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck, home = write_deck(folder, 100), folder / "home"
        home.mkdir()
        # New cards enough, and no day's limit in the way.
        (home / "config.toml").write_text("new_per_day = 300\n", "utf-8")
        env = environment(home)
        command = [PYTHON, "-m", "studytool", "quiz", "--deck", str(deck)]
        bare, flips, nexts = [], [], []
        with Terminal([PYTHON, "-c", MINIMAL], env) as minimal, Terminal(command, env) as ours:
            minimal.seconds_until("PAINT 0.")
            ours.seconds_until("ISLE0")
            for nth in range(keys + WARM):
                minimal.rest()
                bare.append(minimal.seconds_until(f"PAINT {nth + 1}.", b"x"))
                ours.rest()
                flips.append(ours.seconds_until("Again", b" "))
                ours.rest()
                nexts.append(ours.seconds_until(f"ISLE{nth + 1}", b"3"))
            minimal.rest()
            ours.rest()
            weights = ours.memory(), minimal.memory()
    usual = p95(bare[WARM:])
    for what, times in (("the answer", flips), ("the next card", nexts)):
        late = p95(times[WARM:])
        yield Measure(f"from a key to {what} / in a minimal app, p95", late * 1e3, usual * 1e3, "ms", 2.0, late / usual)
    yield Measure("memory of a quiz of 300 cards / a minimal app", *weights, "MB", 1.5, weights[0] / weights[1])


if __name__ == "__main__":
    run(__doc__, measure)
