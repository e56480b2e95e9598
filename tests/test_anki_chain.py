"""Ten edits of the shipped corpus, one after the other, each imported on top of the build before by an independent checker."""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from anki_desk import NOW, change
from conftest import CHECKOUT, SHARED
from studytool.anki import REVISED, note_types
from studytool.build import build

CHECKER = SHARED / "tools" / "anki" / "check_apkg.py"
NEEDS = ("selectolax", "zstandard", "pypinyin")
LEX, HEAD = "lex-2024.toml", "corpus.toml"
NEW = """
[[statement]]
id = "tea-on-the-quay"
topic = "compute"
kind = "opinion"
speaker = "萨姆·奥特曼"
section = "8. 七万亿美元的算力"
zh = "为了试验，这里杜撰一条：码头上的杯子都用{{c1::白瓷}}烧成。"
en = "For this test, an invented claim: the cups on the quay are all made of {{c1::porcelain}}."
"""


def _says(*changes: tuple[str, str, str]) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def edit(corpus: Path, _: pytest.MonkeyPatch) -> None:
        for file, old, new in changes:
            change(corpus / file, old, new)

    return edit


def _without_second_blanks(corpus: Path, _: pytest.MonkeyPatch) -> None:
    text = (corpus / LEX).read_text("utf-8")
    assert "{{c2::" in text
    text = re.sub(r"\{\{c2::(.*?)\}\}", r"\1", text)
    text = re.sub(r'"c2: [^"]*"(?:, )?', "", text)
    (corpus / LEX).write_text(re.sub(r"(?m)^accept = \[\]\n", "", text), "utf-8")


def _retired(corpus: Path, _: pytest.MonkeyPatch) -> None:
    head, *statements = (corpus / LEX).read_text("utf-8").split("[[statement]]\n")
    kept = [one for one in statements if not one.startswith('id = "intelligence-like-energy-priced"')]
    assert len(kept) == len(statements) - 1
    (corpus / LEX).write_text("[[statement]]\n".join([head, *kept]), "utf-8")


def _added(corpus: Path, _: pytest.MonkeyPatch) -> None:
    with (corpus / LEX).open("a", encoding="utf-8") as file:
        file.write(NEW)


def _restyled(_: Path, patch: pytest.MonkeyPatch) -> None:
    for place in ("studytool.anki", "studytool.anki.package"):
        patch.setattr(import_module(place), "REVISED", REVISED + 1)
    for kind in ("cloze", "qa"):
        model = note_types.note_type(kind, "zh-en")
        patch.setattr(model, "css", f"{model.css}\n.topic {{ letter-spacing: 1px; }}\n")


CHAIN = {
    "claim reworded": _says((LEX, "AI 正处在一条", "AI 正走在一条")),
    "gloss corrected": _says((LEX, "would soon look bad in hindsight", "would soon look poor in hindsight")),
    "topic moved": _says((LEX, 'future"\ntopic = "compute"', 'future"\ntopic = "business"')),
    "blank added": _says(
        (LEX, "GPT-4 很快就会像 GPT-3 那样", "GPT-4 很快就会像 {{c2::GPT-3}} 那样"),
        (LEX, "as GPT-3 already did.", "as {{c2::GPT-3}} already did."),
    ),
    "statement retired": _retired,
    "statement added": _added,
    "blank removed": _without_second_blanks,
    "corpus renamed": _says((HEAD, 'name = "altman" ', 'name = "altman-2024"\nid = "altman" ')),
    "title and topic renamed": _says(
        (HEAD, "key claims of 2024", "the key claims of 2024"), (HEAD, "Reasoning and agents", "Reasoning, and agents")
    ),
    "templates and styles revised": _restyled,
}  # fmt: skip


@pytest.mark.skipif(not CHECKER.is_file(), reason="the package checker is not here")
@pytest.mark.skipif(
    any(not importlib.util.find_spec(one) for one in NEEDS), reason=f"the package checker needs {', '.join(NEEDS)}"
)
def test_ten_edits_of_the_corpus_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(CHECKOUT / "corpus" / HEAD, corpus)
    text = (CHECKOUT / "corpus" / LEX).read_text("utf-8")  # the longest of the sources; the others are not there to be named
    (corpus / LEX).write_text(re.sub(r"(?m)^(?:related|differs) = .*\n", "", text), "utf-8")
    packages = [_kept(corpus, tmp_path, 0)]
    for nth, edit in enumerate(CHAIN.values(), 1):
        edit(corpus, monkeypatch)
        packages.append(_kept(corpus, tmp_path, nth))
    assert len({path.read_bytes() for path in packages}) == len(CHAIN), "only a new name changes nothing in Anki"
    steps = [*pairwise(packages), (packages[0], packages[-1])]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(_checked, steps))
    for name, found in zip((*CHAIN, "all at once"), done, strict=True):
        assert found.returncode == 0, f"{name}:\n{found.stdout}{found.stderr}"
        assert found.stdout.rstrip().endswith("kept 5/5"), found.stdout


def _kept(corpus: Path, folder: Path, nth: int) -> Path:
    """The package of the corpus as it is now, a day after the one before."""
    (built,) = build([corpus], Path("decks"), NOW + 86_400 * nth)
    return Path(shutil.copy(built.apkg, folder / f"{nth}.apkg"))


def _checked(step: tuple[Path, Path]) -> subprocess.CompletedProcess[str]:
    first, second = map(str, step)
    return subprocess.run(
        [sys.executable, str(CHECKER), first, "--again", second], capture_output=True, text=True, encoding="utf-8", check=False
    )
