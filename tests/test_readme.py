"""The README shows what is: its picture is taken by the test, its example stands in the corpus, its commands exist."""

import re
from pathlib import Path

import click
import pytest
from msgspec.structs import replace

from conftest import CHECKOUT
from picture import picture
from quiz_desk import Clock
from studytool.build import build, check_inputs
from studytool.cards import compile_deck
from studytool.cli import cli
from studytool.config import Config, read_config
from studytool.corpus import read
from studytool.deal import Deal
from studytool.deck import open_deck
from studytool.glosses.words.glossary import glossary
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store
from studytool.quiz.ui.app import QuizApp

README = (CHECKOUT / "README.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"<!-- (\S+\.toml) -->\n```toml\n(.*?)```", README, re.DOTALL)


async def test_picture(request: pytest.FixtureRequest, home: Path) -> None:
    (named,) = re.findall(r"!\[.*?\]\((.+?\.svg)\)", README)
    desk = Desk([open_deck(CHECKOUT / "decks" / "altman.jsonl")], open_store(home / "reviews.db"), Config(), Clock())
    async with QuizApp(desk, "compute", straight=True).run_test(size=(84, 26)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        now = picture(pilot.app)
    if request.config.getoption("--snapshot-update"):
        (CHECKOUT / named).write_text(now, "utf-8")
    assert (CHECKOUT / named).read_text("utf-8") == now, "the screen has changed: run this test with --snapshot-update"


def test_the_example_is_a_statement_of_the_corpus_and_these_are_its_cards() -> None:
    (block,) = re.findall(r"```toml\n(\[\[statement.*?)```", README, re.DOTALL)
    assert block.strip() in (CHECKOUT / "corpus" / "lex-2024.toml").read_text("utf-8")
    name = re.search(r'id = "(.+)"', block)
    assert name is not None
    (row,) = (row for row in compile_deck(read(CHECKOUT / "corpus")).rows if row.statement.id == name[1])
    cards = [card for note in row.notes for card in note.cards]
    shown = re.findall(r"^\| `(c1|c2|qa)` \|", README, re.MULTILINE)
    assert shown == cards
    assert row.statement.question in README
    assert row.statement.answer in README


def test_the_corpus_that_the_readme_writes_is_clean_and_makes_a_deck(tmp_path: Path) -> None:
    blocks = [block for block in BLOCKS if block[0] not in ("glossary.toml", "config.toml")]
    assert [name for name, _ in blocks] == ["corpus.toml", "hill-2023.toml"]
    (tmp_path / "tea").mkdir()
    for name, text in blocks:
        (tmp_path / "tea" / name).write_text(text, "utf-8")
    assert check_inputs([tmp_path / "tea"]) == ([], 1)
    (built,) = build([tmp_path / "tea"], tmp_path / "decks", 1)
    assert [slot.id for slot in open_deck(built.jsonl).slots] == ["tea:hill-2023/picked-before-rain/c1"]


def test_the_glossary_that_the_readme_writes_goes_first(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(dict(BLOCKS)["glossary.toml"], "utf-8")
    terms = glossary(tmp_path / "glossary.toml").terms
    assert terms["货币"][0].senses == ("currency",)
    assert (terms["行"][0].senses, terms["行"][0].pinyin) == (("OK", "will do"), "xíng")


def test_the_settings_that_the_readme_shows_are_all_there_are_and_the_defaults(tmp_path: Path) -> None:
    defaults, topic = (text for name, text in BLOCKS if name == "config.toml")
    path = tmp_path / "config.toml"
    path.write_text(defaults + topic, "utf-8")
    assert replace(read_config(path), topic={}) == Config()
    assert read_config(path).topic == {"compute": Deal(retention=0.85, new_per_day=5)}
    assert set(re.findall(r"^(\w+) =", defaults, re.MULTILINE)) == {*Config.__struct_fields__} - {"topic", "keys", "bindings"}


def test_every_option_that_the_readme_names_is_there() -> None:
    for line in re.findall(r"^\| `studytool (\w+)([^`]*)`", README, re.MULTILINE):
        command = cli.commands[line[0]]
        if isinstance(command, click.Group):
            command = command.commands[line[1].split()[0]]
        known = {name for option in command.params for name in option.opts}
        assert set(re.findall(r"(?<![a-z])--?[a-z][a-z-]*", line[1])) <= known
    assert set(cli.commands) == set(re.findall(r"^\| `studytool (\w+)", README, re.MULTILINE))
