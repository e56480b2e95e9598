"""From start to the first card, against a minimal Textual app's first paint, in turn, with 300 cards and with 20,000."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from made_up import write_deck
from measure import Measure, in_turn, run
from program import PYTHON, environment
from terminal import seconds_until

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("FIRST PAINT")
Minimal().run()
"""
GOALS = {100: 1.4, 6_667: 1.6}  # statements of three cards each


def measure(quick: bool) -> Iterator[Measure]:
    runs = 3 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        for statements, goal in GOALS.items():
            here = Path(folder) / str(statements)
            deck, env = write_deck(here, statements), environment(here / "home")
            ours, bare = [], []
            for _ in range(runs + 1):  # the first warms the disk's cache
                bare.append(seconds_until("FIRST PAINT", [PYTHON, "-c", MINIMAL], env))
                ours.append(seconds_until("ISLE0", [PYTHON, "-m", "studytool", "quiz", "--deck", str(deck)], env))
            yield in_turn(f"first of {statements * 3:,} cards / a minimal app's first paint", ours[1:], bare[1:], goal)


if __name__ == "__main__":
    run(__doc__, measure)
