"""Articles, read as commands ask for them: many, with a bar, a bad one being one line; and their English."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.common import program, settings
from studytool.errors import OUTSIDE, StudytoolError

if TYPE_CHECKING:
    from studytool.extract import Read
    from studytool.glosses import Glosser
    from studytool.model import Topic

WITH = click.option(
    "--with", "translator", metavar="NAME", help="Ask this translator for English; else nothing is sent anywhere."
)


def of_articles(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that read articles."""
    for option in (
        WITH,
        click.option("--jobs", "-j", type=click.IntRange(1), default=1, help="Articles read at a time, each in a process."),
        click.option("--url", default="", help="Its address, where it does not tell."),
        click.option("--date", default="", help="When it was published, YYYY-MM-DD, where it does not tell."),
        click.option("--outlet", default="", help="Who published it, where it does not tell."),
        click.option("--title", default="", help="An article's title, where it tells none."),
        click.option("--speaker", "-p", default="", help="Only what this speaker says: a part of the name."),
        click.option("--limit", "-n", type=click.IntRange(1), help="Most claims of an article; else what its length allows."),
    ):
        command = option(command)
    return command


def with_articles(
    inputs: Sequence[Path],
    topics: "Sequence[Topic]",
    folder: Path | None,
    jobs: int,
    wanted: dict[str, Any],
    make: "Callable[[Read], None]",
) -> None:
    """Read articles and do something with each; a bad one is one line, and the others go on."""
    from studytool import extract as extractor

    paths = extractor.article_files(inputs)
    asked = extractor.Wanted(**{name: value for name, value in wanted.items() if value})
    readings = extractor.read_all(paths, asked, topics, folder, jobs)
    failed: list[StudytoolError] = []
    for reading in _watched(readings, len(paths)):
        try:
            if isinstance(reading, StudytoolError):
                raise reading
            make(reading)
        except StudytoolError as error:
            click.echo(str(error), err=True)
            failed.append(error)
    if failed:
        raise click.exceptions.Exit(1 if len(failed) < len(paths) else failed[0].code)


def _watched(readings: "Iterator[Read | StudytoolError]", count: int) -> "Iterator[Read | StudytoolError]":
    """With a progress bar, where somebody watches and there is more than one to wait for."""
    if count == 1 or not sys.stderr.isatty():
        yield from readings
        return
    with click.progressbar(readings, length=count, label="articles", file=sys.stderr) as bar:
        yield from bar


def known_topics(folder: Path) -> "tuple[Topic, ...]":
    """The topics of a corpus folder."""
    from studytool import corpus

    return corpus.read_topics(folder)


def tell_missing(reading: "Read") -> None:
    """Tell what an article is cited without."""
    from studytool.extract import missing

    if lacks := missing(reading.source):
        click.echo(f"{reading.path}: cited without what {lacks} would tell", err=True)


def named_glosser(name: str | None, rate: float = 2.0, address: str = "") -> "Glosser | None":
    """The translator that the command or the config names; None where neither does."""
    config, _ = settings()
    name = name or config.translator
    if not name:
        return None
    import platformdirs

    from studytool.glosses import Cache, Glosser, translator

    own = os.environ.get("STUDYTOOL_HOME")
    folder = Path(own) if own else Path(platformdirs.user_cache_path("studytool"))
    return Glosser(name, translator(name, config.keys, address), Cache(folder / "glosses.db"), rate)


def fill_in(paths: Sequence[Path], glosser: "Glosser", also_questions: bool = True, force: bool = False) -> None:
    """Fill in the English of files, with a bar where somebody watches."""
    from studytool.gloss import asked, gloss_files, statement_files

    files = statement_files(paths)
    count = asked(files, glosser, also_questions, force).statements
    if not count:
        click.echo("nothing to translate", err=True)
        return
    with click.progressbar(length=count, label=glosser.name, file=sys.stderr) as bar:
        try:
            done, most = gloss_files(files, glosser, also_questions, force, lambda: bar.update(1))
        except KeyboardInterrupt:
            click.echo("\nstopped; what is done is in the files, and the next run goes on", err=True)
            raise
    if done < most:
        raise StudytoolError(
            f"{done} of {most} done; the others got no answer", hint="run again, or use another --with", code=OUTSIDE
        )
    click.echo(f"{done} statements have their English by {glosser.name}; look at them: {program()} triage", err=True)
