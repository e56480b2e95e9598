"""Articles, read as commands ask for them: many, with a bar, a bad one being one line; and their English."""

import functools
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from studytool.cli.common import program, settings
from studytool.errors import OUTSIDE, StudytoolError, UntranslatedError

if TYPE_CHECKING:
    from studytool.extract import Read
    from studytool.glosses.sentences import Glosser
    from studytool.model import Topic


class Ask(NamedTuple):
    """Whom to ask for English, as the command line says; the config fills in what it leaves out."""

    translator: str | None
    model: str
    base_url: str
    rate: float | None


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that ask a translator; the command gets them as `ask`."""

    @functools.wraps(command)
    def packed(**given: Any) -> None:
        ask = Ask(**{field: given.pop(field) for field in Ask._fields})
        command(ask=ask, **given)

    rate = "Requests a second.  [default: 2; on this machine: no limit]"
    named = "Ask this translator for English; else nothing is sent anywhere."
    for option in (
        click.option("--rate", type=click.FloatRange(0.05, 1000), help=rate),
        click.option("--base-url", "--address", "base_url", default="", help="Where llm is asked, or a libre of your own."),
        click.option("--model", default="", metavar="NAME", help="The model of llm, or of offline."),
        click.option("--with", "translator", metavar="NAME", help=named),
    ):
        packed = option(packed)
    return packed


def of_articles(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that read articles."""
    for option in (
        asking,
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
        outside = any(isinstance(error, UntranslatedError) for error in failed)
        raise click.exceptions.Exit(OUTSIDE if outside else 1 if len(failed) < len(paths) else failed[0].code)


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
    """Tell what an article is cited without, and which options it has no need of."""
    from studytool.extract import missing

    if lacks := missing(reading.source):
        click.echo(f"{reading.path}: cited without what {lacks} would tell", err=True)
    for name in reading.told:
        click.echo(f"{reading.path}: tells its own {name}; --{name} is left aside", err=True)


def named_glosser(ask: Ask) -> "tuple[Glosser, str] | None":
    """The translator that the command or the config names, and where texts go; None where neither names one.

    Raises StudytoolError where there is no such translator, or where it lacks a key, a package or a model.
    """
    config, _ = settings()
    name = ask.translator or config.translator
    if not name:
        return None
    import platformdirs

    from studytool.config import home
    from studytool.glosses.sentences import RATE, Cache, Glosser, named
    from studytool.glosses.words import lookup, senses_of

    llm = name == "llm"
    found = named(
        name, config.keys, ask.model or (config.llm_model if llm else ""), ask.base_url or (config.llm_base_url if llm else "")
    )
    own = os.environ.get("STUDYTOOL_HOME")
    folder = Path(own) if own else Path(platformdirs.user_cache_path("studytool"))
    rate = ask.rate or (math.inf if found.local else RATE)
    cache = Cache(folder / "glosses.db")
    books = lookup(home().glossary)
    manners = {"at_once": found.at_once, "tries": found.tries}
    return Glosser(found.name, found.translate, cache, rate, **manners, senses=lambda term: senses_of(term, books)), found.to


def fill_in(paths: Sequence[Path], glosser: "Glosser", also_questions: bool = True, force: bool = False) -> None:
    """Fill in the English of files, with a bar where somebody watches. Raises UntranslatedError where some stays missing."""
    from studytool.gloss import asked, gloss_files, statement_files, unanswered

    files = statement_files(paths)
    count = asked(files, glosser, also_questions, force).statements
    if not count:
        click.echo("nothing to translate", err=True)
        return
    with _bar(count, glosser, "stopped; what is done is in the files, and the next run goes on") as tick:
        done, most = gloss_files(files, glosser, also_questions, force, tick)
    if done < most:
        raise unanswered(done, most, glosser)
    click.echo(f"{done} statements have their English by {glosser.name}; look at them: {program()} triage", err=True)


def with_english(reading: "Read", glosser: "Glosser") -> "tuple[Read, UntranslatedError | None]":
    """What was read of an article with its English, with a bar where somebody watches; and the error where some is missing."""
    from studytool.gloss import gloss_reading, to_gloss

    if not (count := to_gloss(reading)):
        return reading, None
    with _bar(count, glosser, "stopped; what is done is kept, and the next run goes on") as tick:
        return gloss_reading(reading, glosser, tick)


@contextmanager
def _bar(count: int, glosser: "Glosser", stopped: str) -> Iterator[Callable[[], None]]:
    with click.progressbar(length=count, label=glosser.name, file=sys.stderr) as bar:
        try:
            yield lambda: bar.update(1)
        except KeyboardInterrupt:
            click.echo(f"\n{stopped}", err=True)
            raise
