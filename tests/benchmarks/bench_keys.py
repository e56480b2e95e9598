"""From a key to its repaint, and the memory held, on a card of 300 against a minimal Textual app, in turn: p95 ≤ 2, memory ≤ 1.5.

A key is `space` (the answer) or `3` (the next card); in the minimal app, one that writes another text of ten lines, as a card has.
Both are left to rest between keys, as a reader does. The first keys warm the caches of both and do not count.

python tests/benchmarks/bench_keys.py [KEYS]
"""

import compileall
import statistics
import sys
import tempfile
from pathlib import Path

import studytool
from made_up import write_corpus
from studytool.build import build
from terminal import PYTHON, Terminal, environment

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
KEYS, MEMORY = 2.0, 1.5
WARM = 5  # keys


def p95(times: list[float]) -> float:
    """The time that 19 in 20 do not exceed, in seconds."""
    return statistics.quantiles(times, n=20)[-1]


def main() -> int:
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    package = Path(studytool.__file__).parent
    compileall.compile_dir(package, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (built,) = build([write_corpus(folder / "corpus", 100)], folder / "decks", 1_700_000_000)
        (folder / "home").mkdir()
        # New cards enough, and no day's limit in the way.
        (folder / "home" / "config.toml").write_text("new_per_day = 300\n", "utf-8")
        env = environment(str(folder / "home")) | {"PYTHONPATH": str(package.parent)}
        command = [PYTHON, "-m", "studytool", "quiz", "--deck", str(built.jsonl)]
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
            bare = bare[WARM:]
            weights = ours.memory(), minimal.memory()
    failed = 0
    for what, times in (("answer", flips[WARM:]), ("next card", nexts[WARM:])):
        ratio = p95(times) / p95(bare)
        failed += ratio > KEYS
        print(
            f"key to {what}: median {statistics.median(times) * 1e3:.1f} ms, p95 {p95(times) * 1e3:.1f} ms; minimal app "
            f"{statistics.median(bare) * 1e3:.1f} and {p95(bare) * 1e3:.1f} ms; ratio of p95 {ratio:.2f} (bound {KEYS}) "
            + ("ok" if ratio <= KEYS else "TOO SLOW")
        )
    ratio = weights[0] / weights[1]
    failed += ratio > MEMORY
    print(
        f"memory: {weights[0]:.1f} MB, minimal app {weights[1]:.1f} MB, ratio {ratio:.2f} (bound {MEMORY}) "
        + ("ok" if ratio <= MEMORY else "TOO MUCH")
    )
    return failed


if __name__ == "__main__":
    sys.exit(main())
