"""Articles against the bare work, in turn: `extract` ≤ 1.5 × segmenting the same text with the same segmenter; five articles to
.apkg ≤ 1.5 × segmenting them and writing as many notes barely; 5 MB at a rate within 4 × that of 50 KB, in at most 300 MB.

python tests/benchmarks/bench_extract.py [RUNS]
"""

import compileall
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import studytool
from terminal import PYTHON, environment

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
# The same segmenter in both: jieba, the slow one that everybody has.
STUDYTOOL = [PYTHON, "-c", "import sys; sys.modules['rjieba'] = None; from studytool.cli import main; main()"]
CUT = """
import sys
import jieba
jieba.setLogLevel(60)
for name in sys.argv[1:]:
    words = sum(1 for _ in jieba.cut(open(name, encoding="utf-8").read(), HMM=False))
"""
WRITE = (
    CUT
    + """
    import genanki
    model = genanki.Model(1, "m", fields=[{"name": "Text"}], templates=[{"name": "c", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}], model_type=1)
    deck = genanki.Deck(2, "d")
    for n in range(12):
        deck.add_note(genanki.Note(model, [f"{{{{c1::{n}}}}}"]))
    genanki.Package(deck).write_to_file(name + ".bare.apkg")
"""
)
EXTRACT_BOUND, BUILD_BOUND, RATE_BOUND, MEMORY_BOUND = 1.5, 1.5, 4.0, 300  # ratios; MB


def interview(path: Path, size: int) -> Path:
    """An interview of that many bytes, of the fixtures' sentences with other figures in another order."""
    dice = random.Random(size)
    text = "".join((ARTICLES / name).read_text("utf-8") for name in ("harbour.txt", "signal.md", "quarry.md"))
    sentences = re.findall(r"[^。！？\n*#>：]{4,120}[。！？]", text)
    lines = ["# 一次谈话", "", "发布时间: 2025-01-02", ""]
    total = 0
    while total < size:
        said = "".join(
            f"{dice.choice(sentences)}{'这是第' + str(dice.randrange(10**6)) + '次。' if dice.random() < 0.2 else ''}"
            for _ in range(6)
        )
        lines += ["**林岚：** 后来怎么样了？", "", f"**Rui Chen：** {said}", ""]
        total += len(said.encode()) + 60
    path.write_text("\n".join(lines), "utf-8")
    return path


def seconds(command: Sequence[str], env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder)
        five = [str(interview(folder / f"talk-{n}.md", 50_000 + n)) for n in range(5)]
        big = str(interview(folder / "big.md", 5_000_000))
        bare_cut, bare_write = folder / "cut.py", folder / "write.py"
        bare_cut.write_text(CUT)
        bare_write.write_text(WRITE)
        extract = [*STUDYTOOL, "extract", "--json"]
        rows = []
        for _ in range(runs + 1):  # the first fills the caches
            cut = seconds([PYTHON, str(bare_cut), five[0]], env)
            extracted = seconds([*extract, five[0]], env)
            written = seconds([PYTHON, str(bare_write), *five], env)
            built = seconds([*STUDYTOOL, "build", *five, "-o", str(folder / "decks")], env)
            rows.append((extracted / cut, built / written, extracted))
        ratio, building, small = (statistics.median(column) for column in zip(*rows[1:], strict=True))
        large = seconds([*extract, big], env)
        rate = (large / 5_000_000) / (small / 50_000)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for what, value, bound in (
        ("extract: × bare segmentation", ratio, EXTRACT_BOUND),
        ("five articles to .apkg: × segmenting and writing barely", building, BUILD_BOUND),
        ("5 MB: seconds a byte × those of 50 KB", rate, RATE_BOUND),
        ("memory, MB", memory, MEMORY_BOUND),
    ):
        print(f"{what}: {value:.2f} (bound {bound}) {'ok' if value <= bound else 'TOO MUCH'}")
    return sum((ratio > EXTRACT_BOUND, building > BUILD_BOUND, rate > RATE_BOUND, memory > MEMORY_BOUND))


if __name__ == "__main__":
    sys.exit(main())
