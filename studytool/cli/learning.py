"""Commands for who learns: the quiz, the claims, what is due."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.common import DECK, DIRECTION, needs_terminal, of_claims, open_decks, settings

if TYPE_CHECKING:
    from studytool.model import Direction
    from studytool.quiz.switches import Mode


@click.command()
@click.option("--topic", "-t", help="Study one topic only: its id, or its name in either language.")
@click.option("--source", "-s", help="Study one source only: its id, or a part of its name.")
@click.option("--kind", "-k", type=click.Choice(("fact", "opinion", "forecast", "definition")), help="Of the claims.")
@click.option("--limit", "-n", type=click.IntRange(1), help="Cards, at most.")
@click.option("--minutes", "-m", type=click.IntRange(1), help="End with the card on show when time is up.")
@click.option("--new", type=click.IntRange(0), help="New cards, at most, whatever today's limit says.")
@click.option("--due-only", is_flag=True, help="No new cards.")
@click.option("--cram", is_flag=True, help="All cards, due or not; nothing is recorded.")
@click.option(
    "--mode",
    type=click.Choice(("flip", "type", "choose")),
    help="How to answer, this time: by recalling, by typing, or by choosing among four; else as you last did.",
)
@DIRECTION
@DECK
def quiz(mode: "Mode | None", direction: "Direction | None", decks: tuple[Path, ...], **wanted: Any) -> None:
    """Study what is due now, or what these options choose."""
    if wanted["new"] is not None and (wanted["cram"] or wanted["due_only"]):
        raise click.UsageError("--new asks for new cards; leave it out with --cram or --due-only")
    study(decks, direction, wanted, mode)


@click.command()
@of_claims
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@DECK
def claims(as_json: bool, decks: tuple[Path, ...], **wanted: str) -> None:
    """Print the key claims by topic, in both languages, each with who said it, when and where."""
    from studytool import claims as book

    found = book.claims(open_decks(decks), **wanted)
    if as_json:
        import msgspec

        for claim in found:
            click.echo(msgspec.json.encode(claim).decode())
        return
    for line in book.dossier(found):
        click.echo(line)
    if not found:
        click.echo("No claim fits.", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
@DIRECTION
@DECK
def due(as_json: bool, direction: "Direction | None", decks: tuple[Path, ...]) -> None:
    """Tell in one line what is to be studied today; fast enough for a shell prompt."""
    import datetime as dt

    from studytool.quiz.day import study_day
    from studytool.quiz.flags import away
    from studytool.quiz.peek import peek, peek_flags
    from studytool.quiz.plan import plan

    config, store = settings(direction)
    slots = list({slot.id: slot for deck in open_decks(decks) for slot in deck.slots_for(config.direction)}.values())
    day = study_day(dt.datetime.now(dt.UTC), config.day_starts)
    today = plan(slots, peek(store), day, config, config.topic, away=away(peek_flags(store), day))
    if as_json:
        import json

        click.echo(json.dumps({"due": today.due, "new": len(today.new)}))
    else:
        click.echo(f"{today.due} due, {len(today.new)} new")


def study(
    decks: tuple[Path, ...] = (),
    direction: "Direction | None" = None,
    wanted: Mapping[str, Any] | None = None,
    mode: "Mode | None" = None,
) -> None:
    """Open the app: on the home screen, or where it is told what to study, on the first card of that."""
    needs_terminal("the quiz", "run it in one, or try `studytool claims`")
    config, path = settings(direction)
    from studytool.cli.handing import handed, own_keys

    keys = own_keys(config.bindings)
    opened = open_decks(decks)
    from studytool.cli.keeping import wait_for_turn
    from studytool.quiz.desk import Desk
    from studytool.quiz.store import open_store

    turn = wait_for_turn(path)
    store = open_store(path, config.retention)
    try:
        desk = Desk(opened, store, config)
        selection = desk.selection(**wanted or {})
        from studytool.quiz.ui.app import QuizApp

        app = QuizApp(desk, selection, wanted is not None, mode, handed(), keys)
        app.run()
        if app.return_code:
            sys.exit(app.return_code)
    finally:
        store.close()
        turn.close()
