"""Commands for who keeps what was learned: restore a backup, carry reviews to another machine and back."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.common import settings
from studytool.errors import StudytoolError, Where

if TYPE_CHECKING:
    from studytool.config import Config
    from studytool.progress import Taken
    from studytool.quiz.backup import Backup
    from studytool.quiz.lock import Turn
    from studytool.quiz.merge import Kept
    from studytool.quiz.store import Store


@click.command()
@click.argument("date", required=False, metavar="[DATE]")
@click.option("--json", "as_json", is_flag=True, help="The list as one JSON object a line.")
def restore(date: str | None, as_json: bool) -> None:
    """List the daily backups, or put the one of a date (YYYY-MM-DD, or `last`) in the place of all that was learned since.

    The file that is replaced is kept, under a dated name beside it.
    """
    import datetime as dt

    from studytool.quiz import backup

    _, store = settings()
    there = backup.backups(store)
    if date is None:
        _list(there, as_json)
        return
    with closing(own_turn(store)):
        chosen = there[0].date if date == "last" and there else date
        aside = backup.restore(store, chosen, dt.datetime.now(dt.UTC))
    click.echo(f"{store} is as it was backed up on {chosen}" + (f"; what it was before is kept as {aside}" if aside else ""))


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def import_(files: tuple[Path, ...]) -> None:
    """Take in what `studytool export --reviews` wrote on another machine, or what you did in Anki; what is there already stays.

    Anki's is a package (.apkg, .colpkg) exported with its scheduling, or its file collection.anki2, which may be in use. What is
    done here and there comes to the same, whichever was first.
    """
    config, path = settings()
    read = [_read(file, config.day_starts) for file in files]  # all of them before any is taken in
    with taking_in(path, config) as store:
        for file, (kept, left) in zip(files, read, strict=True):
            done = store.merge(kept)
            known = done.reviews - done.added
            told = [f"{file}: {counted(done.added, 'new review')}", f"{known} known"]
            told += [f"{done.undone} of these taken back now"] * bool(done.undone)
            told += [f"flags of {counted(done.flags, 'card')}"] * bool(done.flags)
            told += [f"your texts of {counted(done.overrides, 'statement')}"] * bool(done.overrides)
            click.echo(", ".join(told + left))


@contextmanager
def taking_in(path: Path, config: "Config") -> "Iterator[Store]":
    """The store to merge reviews into, backed up before. Raises StudytoolError where a quiz is open."""
    import datetime as dt

    from studytool.quiz import backup
    from studytool.quiz.day import study_day
    from studytool.quiz.store import open_store

    with closing(own_turn(path)), closing(open_store(path, config.retention)) as store:
        if store.notice:
            click.echo(store.notice, err=True)
        backup.back_up(path, study_day(dt.datetime.now(dt.UTC), config.day_starts))
        yield store


def _read(file: Path, day_starts: int) -> "tuple[Kept, list[str]]":
    """What a file carries, and what is told of what is left out. Raises StudytoolError where it carries nothing."""
    from studytool.anki import is_anki, read_reviews
    from studytool.quiz import exchange

    if not is_anki(file):
        return exchange.read(file), []
    from studytool.progress import from_anki

    taken = from_anki(read_reviews(file), day_starts)
    exchange.refuse_floods(taken.kept.reviews, Where(str(file)))
    if taken.found.ours and not taken.kept.reviews:
        click.echo(f"{file}: no reviews in it; Anki exports them where “Include scheduling information” is ticked", err=True)
    return taken.kept, left_out(taken)


def left_out(taken: "Taken") -> list[str]:
    """What is told of what Anki has and we do not take."""
    found = taken.found
    left = (
        (found.unknown, "note", "not of studytool"),
        (taken.refused, "review", "that cannot be"),
        (found.strange, "card", "with reviews that no deck of ours can have"),
        (found.by_hand, "card", "with a due day changed other than by a grade, which stays in Anki"),
    )
    return [f"{counted(number, thing)} {what}" for number, thing, what in left if number]


def counted(number: int, thing: str) -> str:
    """A number of things: "1 card", "2 cards"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def wait_for_turn(store: Path) -> "Turn":
    """The right to write to the store, once no other quiz has it; says so where one has."""
    from studytool.quiz.lock import take_turn, whose_turn

    if (turn := take_turn(store)) is not None:
        return turn
    import time

    click.echo(
        f"Another quiz is open{_in_brackets(whose_turn(store))}: this one begins when it is closed. Ctrl-C ends the waiting.",
        err=True,
    )
    while (turn := take_turn(store)) is None:
        time.sleep(0.2)
    return turn


def _in_brackets(who: str) -> str:
    return f" ({who})" if who else ""


def own_turn(store: Path) -> "Turn":
    """The right to write to the store. Raises StudytoolError where a quiz has it."""
    from studytool.quiz.lock import take_turn, whose_turn

    if (turn := take_turn(store)) is None:
        raise StudytoolError(f"a quiz is open{_in_brackets(whose_turn(store))}", Where(str(store)), "close it first")
    return turn


def _list(there: "list[Backup]", as_json: bool) -> None:
    import json

    from studytool.quiz.backup import reviews_in

    for backup in there:
        try:
            count, fault = reviews_in(backup), ""
        except StudytoolError as error:
            count, fault = 0, error.message
        if as_json:
            click.echo(json.dumps({"date": backup.date, "reviews": count, "path": str(backup.path), "fault": fault}))
        else:
            click.echo(f"{backup.date}  {fault or f'{count:>7} reviews'}  {backup.path}")
    if not there:
        click.echo("No backups yet: the quiz makes one each study day.", err=True)
