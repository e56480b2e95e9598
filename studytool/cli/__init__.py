"""The command line: one verb a command, which parses, calls once and prints. Heavy modules load inside the commands."""

import gc
import os
import sys

import click

from studytool.cli import anki, exporting, keeping, learning, making, serving, tuning
from studytool.cli.stats import stats
from studytool.errors import USAGE, StudytoolError


def main() -> None:
    """Run a command; an error is one line on stderr and an exit code."""
    gc.set_threshold(100_000, 50, 50)  # many objects, few cycles: to look for these less often saves a twentieth of a build
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

        from studytool.words import CREDIT

        click.echo(f"studytool {version('studytool')}\n{CREDIT}")
        context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def cli(context: click.Context) -> None:
    """Key claims of Chinese interviews as bilingual flashcards. Without a command: open the app."""
    if context.invoked_subcommand is None:
        learning.study()


for _command in (
    learning.quiz,
    making.build,
    making.extract,
    making.triage,
    making.gloss,
    learning.claims,
    making.check,
    learning.due,
    serving.serve,
    tuning.optimize,
    exporting.export,
    keeping.import_,
    keeping.restore,
    anki.anki,
    stats,
):
    cli.add_command(_command)
