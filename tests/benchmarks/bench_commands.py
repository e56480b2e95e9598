"""Whole commands against bare ones, in turn, in processor time: `--help` against bare click; `due`, which has 60 ms over bare python."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from made_up import write_deck
from measure import Measure, allowed, in_turn, run
from program import PYTHON, cost, environment

BARE_CLICK = """
import click
@click.group()
def cli(): pass
for name in "abcde":
    cli.command(name, help="A command with a line of help.")(lambda: None)
cli()
"""


def measure(quick: bool) -> Iterator[Measure]:
    runs = 5 if quick else 25
    script = str(Path(PYTHON).with_name("studytool"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck, env = write_deck(folder, 100), environment(folder)
        bare_click = folder / "bare.py"
        bare_click.write_text(BARE_CLICK)
        commands = (
            [script, "--help"],
            [PYTHON, str(bare_click), "--help"],
            [script, "due", "--deck", str(deck)],
            [PYTHON, "-c", "pass"],
        )
        rows = [[cost(command, env).seconds for command in commands] for _ in range(runs + 1)][1:]
    helped, click, due, bare = zip(*rows, strict=True)
    yield in_turn("--help / bare click", helped, click, goal=1.3)
    over = statistics.median(one - other for one, other in zip(due, bare, strict=True))
    yield allowed("due, over bare python / allowed", over * 1e3, 60, "ms")


if __name__ == "__main__":
    run(__doc__, measure)
