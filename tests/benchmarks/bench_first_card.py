"""From start to the first card, against a minimal Textual app's first paint, in turn: ≤ 1.4 with 300 cards, ≤ 1.6 with 20,000.

python tests/benchmarks/bench_first_card.py [RUNS]
"""

import compileall
import statistics
import sys
import tempfile
from pathlib import Path

import studytool
from made_up import write_corpus
from studytool.build import build
from terminal import PYTHON, environment, seconds_until

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("FIRST PAINT")
Minimal().run()
"""
BOUNDS = {100: 1.4, 6_667: 1.6}  # statements of three cards each: 300 and 20,000 cards


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for statements, bound in BOUNDS.items():
            here = Path(folder) / str(statements)
            (built,) = build([write_corpus(here / "corpus", statements)], here / "decks", 1_700_000_000)
            env = environment(str(here / "home"))
            ours = [PYTHON, "-m", "studytool", "quiz", "--deck", str(built.jsonl)]
            times: list[tuple[float, float]] = []
            for _ in range(runs + 1):
                bare = seconds_until("FIRST PAINT", [PYTHON, "-c", MINIMAL], env)
                times.append((bare, seconds_until("ISLE0", ours, env)))
            bares, cards = zip(*times[1:], strict=True)  # the first run warms the disk's cache
            ratio = statistics.median(card / bare for bare, card in times[1:])
            verdict = "ok" if ratio <= bound else "TOO SLOW"
            failed += ratio > bound
            print(
                f"{statements * 3:>6} cards: first card {statistics.median(cards) * 1e3:.0f} ms, minimal app "
                f"{statistics.median(bares) * 1e3:.0f} ms, ratio {ratio:.2f} (bound {bound}) {verdict}"
            )
    return failed


if __name__ == "__main__":
    sys.exit(main())
