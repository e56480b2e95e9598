"""Commands for who has Anki open: notes go there, reviews come back, through the add-on AnkiConnect."""

from collections.abc import Callable, Sequence
from html import unescape
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.common import DECK, DIRECTION, open_decks, settings
from studytool.cli.keeping import counted, left_out, taking_in
from studytool.errors import OUTSIDE, StudytoolError, Where

if TYPE_CHECKING:
    from studytool.anki.connect import Connection
    from studytool.anki.plan import Difference, Plan
    from studytool.anki.push import Ready
    from studytool.config import Config
    from studytool.model import Direction
    from studytool.progress import Taken

_SHOWN = 60  # characters of a text


def _reaching(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both."""
    dry = click.option("--dry-run", is_flag=True, help="Tell what would be done, and change nothing.")
    url = "http://127.0.0.1:8765"  # spelled out: the module that knows it is not needed to parse a command
    return dry(click.option("--url", default=url, show_default=True, help="Where AnkiConnect listens.")(command))


@click.group(name="anki")
def anki() -> None:
    """Push notes to an open Anki, or pull the reviews made there. Anki needs the add-on AnkiConnect (code 2055492159)."""


@anki.command()
@_reaching
@click.option("--force", is_flag=True, help="Where a field was changed here and in Anki, ours stands; deleted notes come back.")
@DIRECTION
@DECK
def push(dry_run: bool, url: str, force: bool, direction: "Direction | None", decks: tuple[Path, ...]) -> None:
    """Add and update the notes of your decks in Anki.

    Your own edits, MyNotes, tags, decks and the schedule stay. Where a field was changed both here and in Anki, Anki's stays and
    the field is listed (exit code 1).
    """
    from studytool.anki import plan, pushed
    from studytool.anki import push as pushing

    config, store = settings(direction)
    ours = plan.notes_to_push(open_decks(decks), config.direction)
    connection = _connect(url, config)
    profile = connection.profile()
    path = pushed.path_beside(store)
    known = pushed.read(path, profile)
    ready = pushing.prepare(connection, ours, known, force)
    _tell(ready, dry_run)
    failures: Sequence[str] = ()
    if not dry_run:
        done = pushing.push(ready, ours, known, lambda: pushed.write(path, profile, known))
        failures = done.failures
        click.echo(f"{counted(done.added, 'note')} added, {done.updated} updated, {ready.plan.same} left as they were")
    for failure in failures:
        click.echo(_line(failure, 300), err=True)
    if failures:
        raise StudytoolError(f"{counted(len(failures), 'note')} could not be pushed", None, "all else is done", OUTSIDE)
    if ready.plan.conflicts or ready.odd:
        click.get_current_context().exit(1)


@anki.command()
@_reaching
def pull(dry_run: bool, url: str) -> None:
    """Merge the reviews made in Anki into yours; what is there already stays, and nothing in Anki is changed."""
    from studytool.anki.pull import pull as read
    from studytool.progress import from_anki
    from studytool.quiz.exchange import refuse_floods

    config, path = settings()
    taken = from_anki(read(_connect(url, config)), config.day_starts)
    refuse_floods(taken.kept.reviews, Where(url))
    if dry_run:
        _would_pull(taken, path)
        return
    with taking_in(path, config) as store:
        done = store.merge(taken.kept)
    click.echo(_pulled(taken, done.added))


def _connect(url: str, config: "Config") -> "Connection":
    from studytool.anki.connect import Connection, api_key

    connection = Connection(url, api_key(config.keys))
    if not connection.local:
        going = "see that it is yours" if url.startswith("https:") else "what goes there and back can be read on the way"
        click.echo(f"{connection.place} is not on this machine: {going}", err=True)
    connection.check()
    return connection


def _tell(ready: "Ready", dry_run: bool) -> None:
    """What there is to say of a plan: all of it for a dry run, else what needs the learner's eye."""
    plan = ready.plan
    if dry_run:
        _would_push(plan)
    for key, differences in _by_note(plan.conflicts):
        click.echo(f"! {_line(key)}: changed here and in Anki, or since an unknown time; Anki's stays")
        _fields(differences)
    for name in ready.odd:
        new = sum(ready.looks.name(one) == name for one in plan.add)
        text = f"! the note type {_line(name)!r} was changed in Anki: {counted(new, 'new note')} of it cannot be pushed"
        click.echo(f"{text}; import the .apkg with `Merge note types` instead")
    for many, what in (
        (len(plan.kept), "edited in Anki and not here: left as they are"),
        (len(plan.deleted), "deleted in Anki: left out (--force brings them back)"),
        (len(plan.retired), "no longer in the deck: they stay in Anki"),
        (ready.copies, "copied in Anki: the copies are left alone"),
    ):
        if many:
            click.echo(f"{counted(many, 'field' if what.startswith('edited') else 'note')} {what}")


def _would_push(plan: "Plan") -> None:
    for one in plan.add:
        click.echo(f"+ {one.note.id}: new, into {one.note.deck}")
    for update in plan.updates:
        click.echo(f"~ {update.there.id}")
        _fields(update.fields)
        for sign, tags in (("+", update.add_tags), ("-", update.drop_tags)):
            if tags:
                click.echo(f"    tags {sign} {_line(' '.join(tags), 200)}")
        if update.move:
            click.echo(f"    {counted(len(update.move), 'card')} into {update.ours.note.deck}")
    for key, differences in _by_note(plan.kept):
        click.echo(f"= {_line(key)}: edited in Anki")
        _fields(differences)
    for sign, keys in (("x", plan.deleted), ("r", plan.retired)):
        for key in keys:
            click.echo(f"{sign} {_line(key)}: {'deleted in Anki' if sign == 'x' else 'no longer in the deck'}")
    parts = (f"{len(plan.add)} to add", f"{len(plan.updates)} to update", f"{plan.same} the same")
    click.echo(f"notes: {', '.join(parts)}; nothing was changed")


def _by_note(differences: "Sequence[Difference]") -> "list[tuple[str, list[Difference]]]":
    from studytool.anki.plan import in_order

    return list(in_order(differences).items())


def _fields(differences: "Sequence[Difference]") -> None:
    """Each field, from where the two texts part."""
    for one in differences:
        theirs, ours = unescape(one.theirs), unescape(one.ours)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(theirs, ours, strict=False)))
        start = max(0, same - _SHOWN // 3)
        lead = "…" if start else ""
        click.echo(f"    {_line(one.field)}")
        for name, text in (("Anki", theirs), ("ours", ours)):
            click.echo(f"      {name}: {lead}{_line(text[start:]) or '(empty)'}")


def _line(text: str, most: int = _SHOWN) -> str:
    """Text from Anki on one line of the terminal: it is data, and may hold anything."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: most * 4]).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _would_pull(taken: "Taken", path: Path) -> None:
    import datetime as dt

    from studytool.quiz.merge import unknown
    from studytool.quiz.peek import peek_all

    mine = list(enumerate(peek_all(path).reviews)) if path.exists() else []
    added, _ = unknown(mine, taken.kept.reviews)
    for one in added:
        click.echo(f"+ {dt.datetime.fromtimestamp(one.at):%Y-%m-%d %H:%M:%S} {one.card} grade {one.grade}")
    click.echo(f"{_pulled(taken, len(added))}; nothing was changed")


def _pulled(taken: "Taken", added: int) -> str:
    told = [counted(added, "new review"), f"{len(taken.kept.reviews) - added} known", *left_out(taken)]
    return f"Anki has {counted(taken.found.ours, 'note')} of ours: {', '.join(told)}"
