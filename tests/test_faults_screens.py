"""Decks that say hostile things, in the quiz as it is: all screens that show their text, by its keys, in windows of any size.

`pytest --faults` shows some dozens, the ordinary run a few.
"""

import asyncio
import json
import re
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from conftest import TEA
from hostile import PLACE, TEXT, deck_file, leaves, written
from quiz_desk import Clock, plain
from sandbox import SECONDS, figures, many
from screens import shown
from studytool.build import build
from studytool.cli.handing import handed
from studytool.deck import open_deck
from studytool.errors import CONTROL, StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store
from studytool.quiz.ui.app import QuizApp

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is hostile
# What leads to every screen and back, and what shows and hides every text; none that leaves, and none that writes to a corpus.
_KEYS = [
    "space"
] * 6 + "enter down up right escape tab slash c s x n j k g p w h t m o e b * u a 1 3 4 question_mark ctrl+p".split()
_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FREE = set(
    "zh en question question_en answer answer_en note note_en section speaker title title_en name_en event event_en outlet url pinyin".split()
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def telling(lines: list[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """Deck files that can be read, some of whose texts say something else, or something more beside the blank or within it."""
    paths = [(nth, path) for nth, line in enumerate(lines) for path in leaves(line) if path[-1] in _FREE and path[0] != "words"]

    def made(changes: list[tuple[float, str, str]]) -> bytes:
        found: list[dict[str, Any]] = json.loads(json.dumps(lines))
        for share, how, text in changes:
            nth, (*way, last) = paths[int(share * (len(paths) - 1))]
            inside: Any = found[nth]
            for step in way:
                inside = inside[step]
            said = _SURROGATES.sub("", CONTROL.sub("", text))
            if last in ("zh", "en"):
                mark = "::" if how == "within" else "{{"
                said = said.replace("{{", "{").replace("}}", "}").replace("::", ":")
                inside[last] = inside[last].replace(mark, f"{said}{{{{" if mark == "{{" else f"::{said}")
            else:
                inside[last] = said if how == "all" else f"{inside[last]}{said}"
        return b"\n".join(written(line, "") for line in found) + b"\n"

    return st.lists(st.tuples(PLACE, st.sampled_from(["all", "more", "within"]), TEXT), min_size=1, max_size=6).map(made)


async def walked(desk: Desk, keys: list[str], size: tuple[int, int]) -> int:
    """Press keys, and look at what is shown after each; how many screens were seen."""
    async with QuizApp(desk, handed=handed()).run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            text = shown(pilot)
            assert not (odd := _SHOWN.search(text)), f"{odd!r} after {key}"
    return len(keys)


def test_hostile_decks_on_the_screens(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (built,) = build([TEA], tmp_path / "decks", 1_700_000_000)
    lines = built.jsonl.read_bytes().splitlines()
    path, store = tmp_path / "hostile.jsonl", tmp_path / "reviews.db"

    def test(data: bytes, keys: list[str], size: tuple[int, int], direction: str) -> None:
        path.write_bytes(data)
        for file in tmp_path.glob("reviews.db*"):
            file.unlink()
        found["decks"] += 1
        began = time.process_time()
        try:
            deck = open_deck(path)
            with closing(open_store(store)) as kept:
                desk = Desk([deck], kept, plain(direction=direction), Clock())
                found["screens"] += asyncio.run(walked(desk, keys, size))
        except StudytoolError:
            found["refused"] += 1
        took = time.process_time() - began
        found["most seconds"] = max(found["most seconds"], round(took, 2))
        assert took < SECONDS + len(keys) * 0.2

    told = telling([json.loads(line) for line in lines])
    files = st.integers(0, 7).flatmap(lambda nth: told if nth else deck_file(lines))
    keys = st.lists(st.sampled_from(_KEYS), min_size=4, max_size=24)
    sizes = st.sampled_from([(80, 24), (40, 12), (120, 40), (20, 6)])
    with figures(pytestconfig, "hostile decks on the screens") as found:
        found |= {"decks": 0, "screens": 0, "refused": 0, "most seconds": 0}
        cases = st.tuples(files, keys, sizes, st.sampled_from(["zh-en", "en-zh"]))
        many(pytestconfig)(cases, 75)(lambda case: test(*case))
