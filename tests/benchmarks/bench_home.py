"""From start to the home screen with its topics, 100,000 cards and 1,000,000 reviews against 300 cards and none, in turn: ≤ 2.

Its figures follow, and how long that takes is told too.

python tests/benchmarks/bench_home.py [RUNS]
"""

import compileall
import datetime as dt
import statistics
import sys
import tempfile
from pathlib import Path

import studytool
from made_up import many_claims, many_reviews, write_corpus
from studytool.build import build
from studytool.deck import open_deck
from studytool.quiz.day import study_day
from terminal import PYTHON, environment, seconds_until

BOUND = 2.0
NAMES, FIGURES = "Kind delta", "about"  # the last topic's name; today's plan


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    package = Path(studytool.__file__).parent
    compileall.compile_dir(package, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (built,) = build([write_corpus(folder / "corpus", 100)], folder / "few" / "decks", 1_700_000_000)
        big = many_claims(built.jsonl, folder / "many" / "decks" / "made-up.jsonl", 33_334)
        cards = [slot.id for slot in open_deck(big).slots]
        many_reviews(folder / "many" / "reviews.db", cards, 1_000_000, study_day(dt.datetime.now(dt.UTC)))
        few, many = (environment(str(folder / home)) | {"PYTHONPATH": str(package.parent)} for home in ("few", "many"))
        (folder / "nowhere").mkdir()
        command = [PYTHON, "-m", "studytool"]

        def seconds(text: str, env: dict[str, str]) -> float:
            # The run before was killed, and its write-ahead log would have this one check the whole file.
            for left in folder.glob("*/reviews.db-*"):
                left.unlink()
            return seconds_until(text, command, env, folder=folder / "nowhere")

        times = []
        for _ in range(runs + 1):
            times.append((seconds(NAMES, few), seconds(NAMES, many), seconds(FIGURES, many)))
    small, names, figures = (statistics.median(column) for column in zip(*times[1:], strict=True))
    ratio = names / small
    print(
        f"home with 300 cards {small * 1e3:.0f} ms; with {len(cards)} cards {names * 1e3:.0f} ms, figures at {figures * 1e3:.0f} ms"
    )
    print(f"ratio {ratio:.2f} (bound {BOUND}) {'ok' if ratio <= BOUND else 'TOO SLOW'}; with figures {figures / small:.2f}")
    return int(ratio > BOUND)


if __name__ == "__main__":
    sys.exit(main())
