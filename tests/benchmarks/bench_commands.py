"""Whole commands against bare ones, in turn: `--help` ≤ 1.3 × bare click; `due` ≤ bare python + 60 ms.

python tests/benchmarks/bench_commands.py [RUNS]
"""

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import studytool
from made_up import write_corpus
from studytool.build import build
from terminal import PYTHON, environment

BARE_CLICK = """
import click
@click.group()
def cli(): pass
for name in "abcde":
    cli.command(name, help="A command with a line of help.")(lambda: None)
cli()
"""
HELP_BOUND, DUE_BOUND = 1.3, 0.060  # a ratio; seconds over bare python


def seconds(command: Sequence[str], env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    script = str(Path(PYTHON).with_name("studytool"))
    with tempfile.TemporaryDirectory() as folder:
        (built,) = build([write_corpus(Path(folder) / "corpus", 100)], Path(folder) / "decks", 1_700_000_000)
        env = environment(folder)
        bare_click = Path(folder) / "bare.py"
        bare_click.write_text(BARE_CLICK)
        rows = []
        for _ in range(runs + 1):
            click = seconds([PYTHON, str(bare_click), "--help"], env)
            helped = seconds([script, "--help"], env)
            bare = seconds([PYTHON, "-c", "pass"], env)
            due = seconds([script, "due", "--deck", str(built.jsonl)], env)
            rows.append((helped / click, due - bare))
    ratio, over = (statistics.median(column) for column in zip(*rows[1:], strict=True))
    print(f"--help: {ratio:.2f} × bare click (bound {HELP_BOUND}) {'ok' if ratio <= HELP_BOUND else 'TOO SLOW'}")
    print(f"due: bare python + {over * 1e3:.0f} ms (bound {DUE_BOUND * 1e3:.0f}) {'ok' if over <= DUE_BOUND else 'TOO SLOW'}")
    return (ratio > HELP_BOUND) + (over > DUE_BOUND)


if __name__ == "__main__":
    sys.exit(main())
