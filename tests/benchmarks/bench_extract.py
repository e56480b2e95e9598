"""Articles against the bare work, in turn: `extract` against segmenting the same text with the same segmenter; some articles to
.apkg against segmenting them and writing as many notes barely; an article as long as a book, by the byte and in memory.
"""

import random
import re
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Measure, allowed, in_turn, run
from program import PYTHON, cost, environment

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


def measure(quick: bool) -> Iterator[Measure]:
    runs, talks, size = (1, 3, 500_000) if quick else (9, 5, 5_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder)
        each = [str(interview(folder / f"talk-{n}.md", 50_000 + n)) for n in range(talks)]
        big = str(interview(folder / "big.md", size))
        bare_cut, bare_write = folder / "cut.py", folder / "write.py"
        bare_cut.write_text(CUT)
        bare_write.write_text(WRITE)
        extract = [*STUDYTOOL, "extract", "--json"]
        commands = (
            [*extract, each[0]],
            [PYTHON, str(bare_cut), each[0]],
            [*STUDYTOOL, "build", *each, "-o", str(folder / "decks")],
            [PYTHON, str(bare_write), *each],
        )
        cost([*STUDYTOOL, "build", each[0], "-o", str(folder / "warm")], env)  # fills the caches
        rows = [[cost(command, env).seconds for command in commands] for _ in range(runs)]
        extracted, cut, built, written = zip(*rows, strict=True)
        yield in_turn("extract / segmenting the same text", extracted, cut, goal=1.5)
        yield in_turn(f"{talks} articles to .apkg / segmenting and writing barely", built, written, goal=1.5)
        large, small = cost([*extract, big], env), statistics.median(extracted)
        by_the_byte = (large.seconds / size) / (small / 50_000)
        usual = small * size / 50_000
        yield Measure(f"extract of {size / 1e6:g} MB / of 50 KB, by the byte", large.seconds, usual, "s", 4.0, by_the_byte)
        yield allowed(f"memory of extract of {size / 1e6:g} MB / allowed", large.memory, 300, "MB")


if __name__ == "__main__":
    run(__doc__, measure)
