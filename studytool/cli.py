"""The command line: one verb a command, which parses, calls once and prints. Heavy modules load inside the commands."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.errors import OUTSIDE, USAGE, StudytoolError

if TYPE_CHECKING:
    from studytool.build import Built
    from studytool.config import Config
    from studytool.deck import OpenDeck
    from studytool.extract import Read
    from studytool.glosses import Glosser
    from studytool.model import Topic

_DECK = click.option(
    "--deck", "decks", type=click.Path(path_type=Path), multiple=True, help="A deck file; again for more than one."
)


_WITH = click.option(
    "--with", "translator", metavar="NAME", help="Ask this translator for English; else nothing is sent anywhere."
)


def _of_articles(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that read articles."""
    for option in (
        _WITH,
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
@_of_articles
def build(inputs: tuple[Path, ...], out: Path, translator: str | None, jobs: int, **wanted: Any) -> None:
    """Make decks of corpus folders, statement files or articles: <name>.jsonl to study here, <name>.apkg for Anki.

    An article is a Markdown, text or HTML file of a Chinese interview or essay, a folder of such, or - for standard input. Its
    key claims become cards at once; `studytool extract` lets you look at them first.
    """
    from studytool import build as builder
    from studytool.config import corpus_folder

    corpora = [path for path in inputs if path.suffix == ".toml" or (path / "corpus.toml").exists()]
    articles = [path for path in inputs if path not in corpora]
    glosser = _glosser(translator)
    if glosser and corpora:
        _gloss(corpora, glosser)
    if corpora or not inputs:
        for built in builder.build(corpora or [corpus_folder()], out, _build_time()):
            _tell_built(built)
    if articles:

        def make(reading: "Read") -> None:
            if glosser:
                from studytool.gloss import gloss_reading

                reading = gloss_reading(reading, glosser)
            _tell_built(builder.build_article(reading, out, _build_time()))
            _tell_missing(reading)

        _with_articles(articles, _topics(corpus_folder()), None, jobs, {**wanted, "sure": True}, make)


@cli.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ARTICLE...")
@click.option(
    "--into", "folder", type=click.Path(path_type=Path, file_okay=False), help="Corpus folder to write statement files to."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, each with why it was chosen.")
@_of_articles
def extract(
    articles: tuple[Path, ...], folder: Path | None, as_json: bool, translator: str | None, jobs: int, **wanted: Any
) -> None:
    """Propose key claims of articles, to be looked at with `studytool triage`.

    Run again on a changed article, it keeps ids, edits and decisions, and marks as stale what no longer stands in the text.
    """
    from studytool import extract as extractor
    from studytool.config import corpus_folder

    if not folder and not as_json:
        raise click.UsageError("say where to write with --into DIR, or look with --json", click.get_current_context())

    def make(reading: "Read") -> None:
        if as_json:
            import json

            for row in extractor.rows(reading):
                click.echo(json.dumps(row, ensure_ascii=False))
        if folder:
            for one in extractor.into(folder, [reading]):
                gone = f", {one.stale} stale" if one.stale else ""
                click.echo(f"{one.file}: {one.added} new, {one.kept} kept{gone}", err=as_json)
                for text, key in one.twins:
                    click.echo(f"  left out, said already in {key}: {text}", err=True)
                _tell_missing(reading)
                if glosser:
                    _gloss([one.file], glosser)

    glosser = _glosser(translator)
    known = _topics(folder if folder and (folder / "corpus.toml").exists() else corpus_folder())
    _with_articles(list(articles), known, folder, jobs, wanted, make)
    if folder and not as_json:
        click.echo(f"next: {_program()} triage {folder}/*.toml", err=True)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def triage(files: tuple[Path, ...]) -> None:
    """Accept, edit or reject proposed statements, one key each; every decision is saved at once."""
    from studytool.triage import run_triage

    _needs_terminal("triage", "edit the file instead")
    config, _ = _settings()
    click.echo(run_triage(list(files), config.theme))


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@_WITH
@click.option("--also-questions", is_flag=True, help="Questions and answers too.")
@click.option("--force", is_flag=True, help="Also what a machine has translated before; a person's English is never touched.")
@click.option("--dry-run", is_flag=True, help="Only tell how much would be sent, and to whom.")
@click.option("--rate", type=click.FloatRange(0.05, 1000), default=2.0, show_default=True, help="Requests a second.")
@click.option("--address", default="", help="Of a LibreTranslate server of your own.")
def gloss(
    files: tuple[Path, ...], translator: str | None, also_questions: bool, force: bool, dry_run: bool, rate: float, address: str
) -> None:
    """Fill in the English that statements lack, by a translator that you name.

    Each sentence is in the file as soon as it is there; what was translated once is never sent again.
    """
    from studytool.gloss import asked, statement_files

    glosser = _glosser(translator, rate, address)
    if not glosser:
        from studytool.glosses import names

        raise click.UsageError(f"say whom to ask with --with: {', '.join(names())}", click.get_current_context())
    if dry_run:
        plan = asked(statement_files(files), glosser, also_questions, force)
        click.echo(
            f"{plan.statements} statements: {plan.texts} texts of {plan.characters} characters to {glosser.name}, "
            f"{plan.known} of them known already"
        )
        return
    _gloss(list(files), glosser, also_questions, force)


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
@click.option("--article", type=click.Path(path_type=Path), help="Check quotes against this article.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(inputs: tuple[Path, ...], article: Path | None, as_json: bool) -> None:
    """Check corpus folders or statement files; exit code 1 where a card breaks a rule.

    Quotes are checked against the article that a source names, where it is at hand, or against the one that you name.
    """
    from studytool.build import check_inputs
    from studytool.config import corpus_folder

    findings, statements = check_inputs(list(inputs) or [corpus_folder()], article)
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


def _tell_built(built: "Built") -> None:
    from rich.cells import cell_len, set_cell_size  # a topic's name may be Chinese

    table = built.table()
    width = max(cell_len(topic) for topic, _ in table)
    click.echo(f"{'topic':<{width}}  cloze  Q&A  cards")
    total = sum((kinds for _, kinds in table), start=type(table[0][1])())
    for topic, kinds in [*table, ("all", total)]:
        click.echo(f"{set_cell_size(topic, width)}  {kinds['cloze']:>5}  {kinds['qa']:>3}  {kinds.total():>5}")
    click.echo(f"\n{built.changed} new or changed notes")
    click.echo(f"{built.jsonl}  to study here: {_program()} quiz --deck {built.jsonl}")
    click.echo(f"{built.apkg}   to study in Anki: File > Import")


def _tell_missing(reading: "Read") -> None:
    from studytool.extract import missing

    if lacks := missing(reading.source):
        click.echo(f"{reading.path}: cited without what {lacks} would tell", err=True)


def _glosser(name: str | None, rate: float = 2.0, address: str = "") -> "Glosser | None":
    """The translator that the command or the config names; None where neither does."""
    config, _ = _settings()
    name = name or config.translator
    if not name:
        return None
    import platformdirs

    from studytool.glosses import Cache, Glosser, translator

    own = os.environ.get("STUDYTOOL_HOME")
    folder = Path(own) if own else Path(platformdirs.user_cache_path("studytool"))
    return Glosser(name, translator(name, config.keys, address), Cache(folder / "glosses.db"), rate)


def _gloss(paths: Sequence[Path], glosser: "Glosser", also_questions: bool = True, force: bool = False) -> None:
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
    click.echo(f"{done} statements have their English by {glosser.name}; look at them: {_program()} triage", err=True)


def _topics(folder: Path) -> "tuple[Topic, ...]":
    from studytool import corpus

    return corpus.read_topics(folder)


def _with_articles(
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


def _needs_terminal(what: str, hint: str) -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise StudytoolError(f"{what} needs a terminal", hint=hint)
    if "utf" not in (sys.stdout.encoding or "").lower():
        raise StudytoolError(
            f"this terminal's encoding is {sys.stdout.encoding}, which has no Chinese",
            hint="set LANG=C.UTF-8 and try again",
        )


def _study(decks: tuple[Path, ...], topic: str | None, straight: bool) -> None:
    """Open the app."""
    _needs_terminal("the quiz", "run it in one, or try `studytool claims`")
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
