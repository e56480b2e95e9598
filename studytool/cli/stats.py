"""The command that tells how the learning goes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.common import DECK, DIRECTION, open_decks, settings

if TYPE_CHECKING:
    from studytool.model import Direction
    from studytool.quiz.stats import Span


@click.command()
@click.option(
    "--period",
    type=click.Choice(("month", "year", "all")),
    default="year",
    show_default=True,
    help="The last 30 or 365 days, or all; --json has all three.",
)
@click.option("--json", "as_json", is_flag=True, help="All figures as a JSON object.")
@DIRECTION
@DECK
def stats(period: "Span", as_json: bool, direction: "Direction | None", decks: tuple[Path, ...]) -> None:
    """Tell how the learning goes: true retention, reviews a day, what is to come, time spent, the hardest cards."""
    import datetime as dt

    from msgspec.structs import replace

    from studytool.quiz.day import study_day
    from studytool.quiz.history import History
    from studytool.quiz.peek import peek, peek_parameters
    from studytool.quiz.stats import count, retention, shelf

    config, store = settings(direction)
    on = shelf(open_decks(decks), config.direction)
    day = study_day(dt.datetime.now(dt.UTC), config.day_starts)
    with History(store, on.slots, on.claims) as history:
        known = count(history, on, peek(store), day, peek_parameters(store))
        figures = replace(known, retention=retention(history, on, day, config))
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(figures), indent=2).decode())
        return
    from studytool.quiz.stats.text import report

    for line in report(figures, period):
        click.echo(line)
