"""The command that shows the quiz in a browser."""

from importlib.util import find_spec

import click

from studytool.cli.common import settings
from studytool.errors import StudytoolError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port to listen at.")
def serve(host: str, port: int) -> None:
    """Show the quiz in a browser of this machine (extra `serve`)."""
    if not find_spec("textual_serve"):
        raise StudytoolError("serve needs the package textual-serve", hint="pip install 'studytool[serve]'")
    from studytool.web import is_private
    from studytool.web import serve as run

    if not is_private(host):
        click.echo(f"WARNING: whoever reaches {host}:{port} can study, grade and undo as you; there is no password.", err=True)
    from studytool.quiz.lock import is_taken

    store = settings()[1]
    run([], host, port, lambda: is_taken(store))
