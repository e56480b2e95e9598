"""Commands for who makes decks: build, extract, triage, gloss, check."""

from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.common import build_time, needs_terminal, program, settings
from studytool.cli.keeping import counted
from studytool.cli.planning import tell_by_hand, tell_plan
from studytool.cli.reading import (
    Ask,
    asking,
    fill_in,
    known_topics,
    named_glosser,
    of_articles,
    tell_missing,
    with_articles,
    with_english,
)
from studytool.errors import UntranslatedError

if TYPE_CHECKING:
    from studytool.build import Built
    from studytool.extract import Read
    from studytool.model import Direction


@click.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("decks"), show_default=True, help="Folder to write to."
)
@click.option(
    "--direction", type=click.Choice(["zh-en", "en-zh"]), help="en-zh: a second Anki package, with the prompts in English."
)
@click.option("--with-progress", is_flag=True, help="Anki packages carry what you learned here: for you, not to be passed on.")
@click.option("--plan", is_flag=True, help="Only tell what an import into Anki would do, note by note; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --plan: one JSON object a package.")
@click.option("--retired", is_flag=True, help="A further Anki package, which tags what is no longer in the deck.")
@of_articles
def build(
    inputs: tuple[Path, ...],
    out: Path,
    direction: "Direction | None",
    with_progress: bool,
    plan: bool,
    as_json: bool,
    retired: bool,
    ask: Ask,
    jobs: int,
    **wanted: Any,
) -> None:
    """Make decks of corpus folders, statement files or articles: <name>.jsonl to study here, <name>.apkg for Anki.

    An article is a Markdown, text or HTML file of a Chinese interview or essay, a folder of such, or - for standard input. Its
    key claims become cards at once; `studytool extract` lets you look at them first.
    """
    from studytool import build as builder
    from studytool.config import corpus_folder, home

    config, store = settings()
    own, direction, carry = home().glossary, direction or config.direction, None
    if with_progress:
        from studytool.progress import carrier

        carry = carrier(store, config, int(time()))
    corpora = [path for path in inputs if path.suffix == ".toml" or (path / "corpus.toml").exists()]
    articles = [path for path in inputs if path not in corpora]
    if as_json and not plan:
        raise click.UsageError("--json is for --plan", click.get_current_context())
    glosser, _ = named_glosser(ask) or (None, "")
    if glosser and plan:
        hint = f"ask {glosser.name} first, with `studytool gloss` or `studytool extract`"
        raise click.UsageError(f"--plan writes nothing, so it asks no translator; {hint}", click.get_current_context())
    trouble: UntranslatedError | None = None
    if glosser and corpora:
        try:
            fill_in(corpora, glosser)
        except UntranslatedError as error:  # a statement without English is a card all the same
            trouble = error

    def tell(built: "Built") -> None:
        if plan:
            tell_plan(built, as_json)
        else:
            _tell_built(built, retired, with_progress)

    if corpora or not inputs:
        made = builder.build(corpora or [corpus_folder()], out, build_time(), own, direction, carry, retired=retired, dry=plan)
        for built in made:
            tell(built)
    if articles:

        def make(reading: "Read") -> None:
            reading, trouble = with_english(reading, glosser) if glosser else (reading, None)
            tell(builder.build_article(reading, out, build_time(), own, direction, carry, retired=retired, dry=plan))
            if not plan:
                click.echo(f"to choose among more: {program()} extract {reading.path} --into DIR")
            tell_missing(reading)
            if trouble:
                raise trouble

        with_articles(articles, known_topics(corpus_folder()), None, jobs, {**wanted, "sure": True}, make)
    if trouble:
        raise trouble


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ARTICLE...")
@click.option(
    "--into", "folder", type=click.Path(path_type=Path, file_okay=False), help="Corpus folder to write statement files to."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, each with why it was chosen.")
@of_articles
def extract(articles: tuple[Path, ...], folder: Path | None, as_json: bool, ask: Ask, jobs: int, **wanted: Any) -> None:
    """Propose key claims of articles, to be looked at with `studytool triage`.

    Run again on a changed article, it keeps ids, edits and decisions, and marks as stale what no longer stands in the text.
    """
    from studytool import extract as extractor
    from studytool.config import corpus_folder

    if not folder and not as_json:
        raise click.UsageError("say where to write with --into DIR, or look with --json", click.get_current_context())

    def make(reading: "Read") -> None:
        trouble: UntranslatedError | None = None
        if as_json:
            import json

            if glosser and not folder:
                reading, trouble = with_english(reading, glosser)
            for row in extractor.rows(reading):
                click.echo(json.dumps(row, ensure_ascii=False))
        if folder:
            for one in extractor.into(folder, [reading]):
                gone = f", {one.stale} stale" if one.stale else ""
                click.echo(f"{one.file}: {one.added} new, {one.kept} kept{gone}", err=as_json)
                for text, key in one.twins:
                    click.echo(f"  left out, said already in {key}: {text}", err=True)
                tell_missing(reading)
                if glosser:
                    fill_in([one.file], glosser)
        if trouble:
            raise trouble

    glosser, _ = named_glosser(ask) or (None, "")
    known = known_topics(folder if folder and (folder / "corpus.toml").exists() else corpus_folder())
    with_articles(list(articles), known, folder, jobs, wanted, make)
    if folder and not as_json:
        click.echo(f"next: {program()} triage {folder}/*.toml", err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def triage(files: tuple[Path, ...]) -> None:
    """Accept, edit or reject proposed statements, one key each; every decision is saved at once."""
    from studytool.triage import run_triage

    needs_terminal("triage", "edit the file instead")
    config, _ = settings()
    click.echo(run_triage(list(files), config.theme))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@asking
@click.option("--also-questions", is_flag=True, help="Questions and answers too.")
@click.option("--force", is_flag=True, help="Also what a machine has translated before; a person's English is never touched.")
@click.option("--dry-run", is_flag=True, help="Only tell how much would be sent, and to whom.")
def gloss(files: tuple[Path, ...], ask: Ask, also_questions: bool, force: bool, dry_run: bool) -> None:
    """Fill in the English that statements lack, by a translator that you name.

    Each sentence is in the file as soon as it is there; what was translated once is never sent again.
    """
    from studytool.gloss import asked, statement_files

    found = named_glosser(ask)
    if not found:
        from studytool.glosses.sentences import names

        raise click.UsageError(f"say whom to ask with --with: {', '.join(names())}", click.get_current_context())
    glosser, to = found
    if dry_run:
        plan = asked(statement_files(files), glosser, also_questions, force)
        click.echo(
            f"{plan.statements} statements: {plan.texts} texts of {plan.characters} characters to {to}, "
            f"{plan.known} of them known already"
        )
        return
    fill_in(list(files), glosser, also_questions, force)


@click.command()
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


def _tell_built(built: "Built", retired: bool, with_progress: bool) -> None:
    from rich.cells import cell_len, set_cell_size  # a topic's name may be Chinese

    table = built.table()
    width = max(cell_len(topic) for topic, _ in table)
    click.echo(f"{'topic':<{width}}  cloze  Q&A  cards")
    total = sum((kinds for _, kinds in table), start=type(table[0][1])())
    for topic, kinds in [*table, ("all", total)]:
        click.echo(f"{set_cell_size(topic, width)}  {kinds['cloze']:>5}  {kinds['qa']:>3}  {kinds.total():>5}")
    click.echo(f"\n{built.changed} new or changed notes")
    click.echo(f"{built.jsonl}  to study here: {program()} quiz --deck {built.jsonl}")
    click.echo(f"{built.apkg}   to study in Anki: File > Import")
    if built.english:
        click.echo(f"{built.english}   the same with prompts in English")
    if with_progress:
        click.echo(f"progress of {counted(built.carried, 'card')}, for you alone: tick “Import any learning progress” in Anki")
    for path in built.retired:
        click.echo(f"{path}   for who has an older build: tags what is no longer in it, tag:retired")
    if retired and not built.retired:
        click.echo("nothing was ever retired: no package of it")
    tell_by_hand(built)
