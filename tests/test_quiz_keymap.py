"""Keys from config.toml, the palette, and that every key has an id, a tooltip and a place in both."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.widgets import HelpPanel

from conftest import CHECKOUT
from quiz_desk import tea_desk
from screens import prose, ready, shown
from studytool.cli.handing import own_keys
from studytool.config import read_config
from studytool.errors import StudytoolError
from studytool.quiz import ui
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.keymap import keymap
from studytool.quiz.ui.palette import commands


def ours() -> list[Binding]:
    modules = [import_module(f"{ui.__name__}.{module.name}") for module in iter_modules(ui.__path__)]
    nodes = {node for module in modules for node in vars(module).values() if isinstance(node, type) and issubclass(node, DOMNode)}
    own = [node for node in nodes if node.__module__.startswith(ui.__name__)]
    return [one for node in own for one in node.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]


def test_every_key_can_be_rebound_and_says_what_it_does() -> None:
    found = ours()
    assert len(found) > 40
    assert all(one.id and one.tooltip for one in found), [one for one in found if not (one.id and one.tooltip)]
    assert len({one.id for one in found}) == len(found), "an id names one binding"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"card.hint": "i"}, {"card.hint": "i"}),
        ({"card.hint": "?", "app.help": "f1"}, {"card.hint": "question_mark", "app.help": "f1"}),
        ({"card.hint": "f2, ctrl+x"}, {"card.hint": "f2,ctrl+x"}),
        ({"card.hint": "t", "card.type": "h"}, {"card.hint": "t", "card.type": "h"}),
        ({"card.bury": "x"}, {"card.bury": "x", "card.option2": "b"}),
        ({"card.english": "v", "card.chinese": "v"}, {"card.english": "v", "card.chinese": "v"}),
        ({"home.quit": "f9"}, {"home.quit": "f9"}),
        ({"source.close": "comma"}, {"source.close": "comma"}),
    ],
)
def test_keys_as_wanted(wanted: dict[str, str], found: dict[str, str]) -> None:
    assert keymap(wanted) == found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"card.hnt" = "i"', "unknown binding 'card.hnt'; did you mean 'card.hint'?"),
        ('"hint" = "i"', "unknown binding 'hint'; did you mean 'card.hint'?"),
        ('"triage" = "i"', "unknown binding 'triage'; known are app.help, card.answer, "),
        ('"summary" = "i"', "unknown binding 'summary'; known are summary.home, summary.quit, summary.undo"),
        ('"card.hint" = ""', "card.hint = '' is no key; write it as"),
        ('"card.hint" = "hyperspace"', "card.hint = 'hyperspace' is no key"),
        ('"card.hint" = "foo+x"', "card.hint = 'foo+x' is no key; foo is not one of ctrl, shift"),
        ('"card.hint" = "ctrl+p"', "card.hint = 'ctrl+p' is taken by the command palette"),
        ('"card.hint" = "p"', "card.hint = 'p': that is the key of card.pinyin; give card.pinyin another"),
        ('"card.hint" = "?"', "card.hint = 'question_mark': that is the key of app.help"),
        ('"app.help" = "t"', "app.help = 't': that is the key of card.type"),
        ('"card.hint" = 5', 'bindings: card.hint has no key; write "card.hint" = "i"'),
        ('card.hint = "i"', 'bindings: card has no key; write "card.hint" = "i"'),
    ],
)
def test_a_key_that_cannot_be_is_told_with_its_line(home: Path, line: str, message: str) -> None:
    path = home / "config.toml"
    path.write_text(f'theme = "nord"\n\n[bindings]\n"card.mark" = "x"\n{line}\n', "utf-8")
    with pytest.raises(StudytoolError) as caught:
        own_keys(read_config(path).bindings)
    assert str(caught.value).startswith(f"{path}:5: {message}")
    assert caught.value.code == 2


def test_the_readme_names_the_bindings_of_the_card_and_its_example_works(home: Path) -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(\[bindings\].*?)```", readme, re.DOTALL)
    (home / "config.toml").write_text(block, "utf-8")
    assert own_keys(read_config(home / "config.toml").bindings)["card.hint"] == "i"
    (told,) = re.findall(r"Bindings are `card\.` and one of (.*?); those", readme, re.DOTALL)
    names = set(re.findall(r"`(\w+)`", told))
    names |= {f"grade{nth}" for nth in (2, 3)} | {f"option{nth}" for nth in (2, 3)}
    assert names == {str(one.id).removeprefix("card.") for one in CardScreen.BINDINGS if isinstance(one, Binding)}


async def test_a_rebound_key_works_and_the_old_one_does_not(tea: Path, home: Path) -> None:
    keys = keymap({"card.english": "v", "card.answer": "x", "card.bury": "ctrl+b"})
    async with QuizApp(tea_desk(tea, home), straight=True, keys=keys).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert "vEnglish" in shown(pilot)
        await pilot.press("g", "space")
        await pilot.pause()
        assert prose(pilot, "prompt-other") == ""
        assert not screen.answered
        await pilot.press("v")
        assert prose(pilot, "prompt-other") != ""
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert screen.outcome is not None, "b is still an option"
        card = screen.card.slot.id
        await pilot.press("b")
        assert screen.card.slot.id == card
        await pilot.press("ctrl+b")
        await pilot.pause()
        assert screen.card.slot.id != card


async def test_the_palette_has_all_that_has_a_key_here(tea: Path, home: Path) -> None:
    keys = keymap({"card.hint": "i"})
    async with QuizApp(tea_desk(tea, home), straight=True, keys=keys).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        front = {one.title: one for one in commands(pilot.app, screen)}
        off = {"card.chinese", "card.option1", "card.option2", "card.option3", "card.option4", "card.source", "card.undo"}
        wanted = {one.tooltip for one in CardScreen.BINDINGS if isinstance(one, Binding) and one.id not in off}
        assert wanted <= front.keys()
        assert front["Give a hint, then a better one"].help == "Hint · i"
        await pilot.press("space")
        await pilot.pause()
        back = {one.title for one in commands(pilot.app, screen)}
        assert "Show where this was said, and what else was said of it" in back
        assert "Give a hint, then a better one" not in back


async def test_an_action_runs_from_the_palette_while_one_types(tea: Path, home: Path) -> None:
    desk = tea_desk(tea, home)
    async with QuizApp(desk, straight=True, mode="type").run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommandPalette)
        await pilot.press(*"star")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert desk.flags.marked() == [screen.card.slot.id]


async def test_the_help_lists_the_hidden_keys(tea: Path, home: Path) -> None:
    async with QuizApp(tea_desk(tea, home), straight=True).run_test(size=(120, 120)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert pilot.app.screen.query(HelpPanel)
        for name in ("Type", "Choose", "Edit", "Bury", "Suspend", "Mark"):
            assert name in shown(pilot)


def test_a_bad_key_ends_the_command_in_one_line(tea: Path, home: Path) -> None:
    (home / "config.toml").write_text('[bindings]\n"card.hint" = "nokey"\n', "utf-8")
    script = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, '-m', 'studytool', 'quiz'])))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 2
    assert "config.toml:2: card.hint = 'nokey' is no key" in done.stdout
    assert "Traceback" not in done.stdout
