"""The command that writes what is here for elsewhere: your reviews, or the claims in a form that other programs take."""

from pathlib import Path
from typing import Any

import click

from studytool.cli.common import DECK, of_claims, open_decks, settings
from studytool.cli.keeping import counted
from studytool.errors import OUTSIDE, StudytoolError, Where

_FORMATS = ("tsv", "csv", "md", "json", "html")  # `exits.FORMATS`, which is not needed to parse a command


@click.command()
@click.option(
    "--reviews", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write every review to this JSON file."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Write the claims in this form; else as -o ends.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Else to standard output.")
@of_claims
@DECK
def export(reviews: Path | None, form: str | None, out: Path | None, decks: tuple[Path, ...], **wanted: Any) -> None:
    """Write the claims for another program, or what you learned for another machine.

    tsv is for Anki's text importer (a card a line), csv for spreadsheets (a claim a line), md a study sheet, html a page to read
    and print, json for programs. --reviews writes every review, those taken back too, what you suspended, buried and marked, and
    texts that you changed in the quiz: `studytool import` reads it on another machine.
    """
    form = form or (out.suffix[1:] if out and out.suffix[1:] in _FORMATS else None)
    if reviews:
        if form or out:
            raise click.UsageError("--reviews goes alone", click.get_current_context())
        _reviews(reviews)
        return
    if not form:
        ways = f"--format {'|'.join(_FORMATS)} [-o FILE], or --reviews FILE.json"
        raise click.UsageError(f"say what to write: {ways}", click.get_current_context())
    from studytool.claims import found
    from studytool.exits import encode

    chosen = found(open_decks(decks), **wanted)
    if not chosen:
        raise StudytoolError("no claim fits", hint="ask for less; `studytool claims` takes the same options")
    data = encode(form, chosen)
    if out is None:
        click.echo(data, nl=False)
        return
    _write(out, data)
    click.echo(f"{out}: {counted(len(chosen), 'claim')}", err=True)


def _reviews(path: Path) -> None:
    from studytool.quiz import exchange
    from studytool.quiz.peek import peek_all

    _, store = settings()
    if not store.exists():
        raise StudytoolError("there are no reviews yet", Where(str(store)), "`studytool` begins")
    kept = peek_all(store)
    _write(path, exchange.encode(kept))
    click.echo(f"{path}: {counted(len(kept.reviews), 'review')}; read it elsewhere with `studytool import`")


def _write(path: Path, data: bytes) -> None:
    from studytool.files import write_together

    try:
        write_together({path: data})
    except StudytoolError as error:
        raise StudytoolError(error.message, error.where, "free some space, or name another file", OUTSIDE) from None
