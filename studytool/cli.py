"""The command line: one verb a command, which parses, calls once and prints. Heavy modules load inside the commands."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.errors import USAGE, StudytoolError

if TYPE_CHECKING:
    from studytool.config import Config
    from studytool.deck import OpenDeck

_DECK = click.option(
    "--deck", "decks", type=click.Path(path_type=Path), multiple=True, help="A deck file; again for more than one."
)


def main() -> None:
    """Run a command; an error is one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="studytool", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "studytool"
        click.echo(f"studytool: {error.format_message()} (`{command} --help` tells more)", err=True)
        code = USAGE
    except StudytoolError as error:
        click.echo(str(error), err=True)
        code = error.code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"studytool {version('studytool')}")
        context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Key claims of Chinese interviews as bilingual flashcards. Without a command: open the app."""
    if context.invoked_subcommand is None:
        _study((), None, straight=False)


@cli.command()
@click.option("--topic", "-t", help="Study one topic only: its id, or its name in either language.")
@_DECK
def quiz(topic: str | None, decks: tuple[Path, ...]) -> None:
    """Study what is due now."""
    _study(decks, topic, straight=True)


@cli.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("decks"), show_default=True, help="Folder to write to."
)
def build(inputs: tuple[Path, ...], out: Path) -> None:
    """Make decks of corpus folders or statement files: <name>.jsonl to study here, <name>.apkg for Anki."""
    from studytool import build as builder
    from studytool.config import corpus_folder

    for built in builder.build(list(inputs) or [corpus_folder()], out, _build_time()):
        table = built.table()
        width = max(len(topic) for topic, _ in table)
        click.echo(f"{'topic':<{width}}  cloze  Q&A  cards")
        total = sum((kinds for _, kinds in table), start=type(table[0][1])())
        for topic, kinds in [*table, ("all", total)]:
            click.echo(f"{topic:<{width}}  {kinds['cloze']:>5}  {kinds['qa']:>3}  {kinds.total():>5}")
        click.echo(f"\n{built.changed} new or changed notes")
        click.echo(f"{built.jsonl}  to study here: {_program()} quiz --deck {built.jsonl}")
        click.echo(f"{built.apkg}   to study in Anki: File > Import")


@cli.command()
@click.option("--topic", "-t", default="", help="Only this topic: its id or a part of its name.")
@click.option("--source", "-s", default="", help="Only this source: its id or a part of its name.")
@click.option("--speaker", "-p", default="", help="Only this speaker: a part of the name.")
@click.option("--search", "-f", default="", help="Only claims that hold all these words.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_DECK
def claims(topic: str, source: str, speaker: str, search: str, as_json: bool, decks: tuple[Path, ...]) -> None:
    """Print the key claims by topic, in both languages, each with who said it, when and where."""
    from studytool import claims as book

    found = book.claims(_open(decks), topic, source, speaker, search)
    if as_json:
        import msgspec

        for claim in found:
            click.echo(msgspec.json.encode(claim).decode())
        return
    for line in book.dossier(found):
        click.echo(line)
    if not found:
        click.echo("No claim fits.", err=True)


@cli.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(inputs: tuple[Path, ...], as_json: bool) -> None:
    """Check corpus folders or statement files; exit code 1 where a card breaks a rule."""
    from studytool.build import check_inputs
    from studytool.config import corpus_folder

    findings, statements = check_inputs(list(inputs) or [corpus_folder()])
    if as_json:
        import msgspec

        for finding in findings:
            click.echo(msgspec.json.encode(finding._asdict() | {"where": str(finding.where)}).decode())
    else:
        for finding in findings:
            click.echo(f"{finding.where}: {finding.code} {'' if finding.error else '(warning) '}{finding.message}")
        errors = sum(finding.error for finding in findings)
        click.echo(f"{statements} statements, {errors} errors, {len(findings) - errors} warnings", err=True)
    if findings:
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@_DECK
def due(as_json: bool, decks: tuple[Path, ...]) -> None:
    """Tell in one line what is to be studied today; fast enough for a shell prompt."""
    import datetime as dt

    from studytool.quiz.day import study_day
    from studytool.quiz.plan import plan
    from studytool.quiz.store import peek

    config, store = _settings()
    slots = list({slot.id: slot for deck in _open(decks) for slot in deck.slots}.values())
    today = plan(slots, peek(store), study_day(dt.datetime.now(dt.UTC), config.day_starts), config.new_per_day)
    if as_json:
        import json

        click.echo(json.dumps({"due": today.due, "new": len(today.new)}))
    else:
        click.echo(f"{today.due} due, {len(today.new)} new")


def _program() -> str:
    """How this user calls studytool: by its name where that is on the path, else by where it lies."""
    import shutil

    return "studytool" if shutil.which("studytool") else sys.argv[0]


def _settings() -> "tuple[Config, Path]":
    from studytool.config import home, read_config

    places = home()
    return read_config(places.config), places.store


def _open(decks: tuple[Path, ...]) -> "list[OpenDeck]":
    from studytool.config import deck_files
    from studytool.deck import open_deck

    return [open_deck(path) for path in decks or deck_files()]


def _build_time() -> int:
    """Now, or the time that $SOURCE_DATE_EPOCH names (seconds since 1970 UTC), for builds that can be repeated."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        import time

        return int(time.time())
    if not given.isdecimal() or int(given) == 0:
        raise StudytoolError(f"SOURCE_DATE_EPOCH is {given!r}", hint="set it to seconds since 1970, or unset it")
    return int(given)


def _study(decks: tuple[Path, ...], topic: str | None, straight: bool) -> None:
    """Open the app."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise StudytoolError("the quiz needs a terminal", hint="run it in one, or try `studytool claims`")
    if "utf" not in (sys.stdout.encoding or "").lower():
        raise StudytoolError(
            f"this terminal's encoding is {sys.stdout.encoding}, which has no Chinese",
            hint="set LANG=C.UTF-8 and try again",
        )
    config, path = _settings()
    opened = _open(decks)
    from studytool.quiz.desk import Desk
    from studytool.quiz.store import open_store

    store = open_store(path, config.retention)
    try:
        desk = Desk(opened, store, config)
        wanted = desk.topic(topic).id if topic else None
        from studytool.quiz.ui.app import QuizApp

        app = QuizApp(desk, wanted, straight)
        app.run()
        if app.return_code:
            sys.exit(app.return_code)
    finally:
        store.close()
