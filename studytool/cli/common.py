"""What several commands share: the user's settings, the decks to open, a terminal to draw on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.config import Config
    from studytool.deck import OpenDeck
    from studytool.model import Direction

DECK = click.option(
    "--deck", "decks", type=click.Path(path_type=Path), multiple=True, help="A deck file; again for more than one."
)


DIRECTION = click.option(
    "--direction",
    type=click.Choice(("zh-en", "en-zh")),  # spelled out, since the model is not needed to parse a command
    help="The language of the prompts, then that of their gloss; else as config.toml says.",
)


def of_claims(command: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that choose claims: `claims.found` takes them by the same names."""
    for option in (
        click.option("--search", "-f", default="", help="Only claims that hold all these words."),
        click.option("--speaker", "-p", default="", help="Only this speaker: a part of the name."),
        click.option("--source", "-s", default="", help="Only this source: its id or a part of its name."),
        click.option("--topic", "-t", default="", help="Only this topic: its id or a part of its name."),
    ):
        command = option(command)
    return command


def program() -> str:
    """How this user calls studytool: by its name where that is on the path, else by where it lies."""
    import shutil

    return "studytool" if shutil.which("studytool") else sys.argv[0]


def settings(direction: "Direction | None" = None) -> "tuple[Config, Path]":
    """What the user set, or asked for in this call, and where the reviews are kept."""
    from msgspec.structs import replace

    from studytool.config import home, read_config

    places = home()
    config = read_config(places.config)
    return replace(config, direction=direction or config.direction), places.store


def open_decks(decks: tuple[Path, ...]) -> "list[OpenDeck]":
    """The decks that are named, else all that are found."""
    from studytool.config import deck_files
    from studytool.deck import open_deck

    return [open_deck(path) for path in decks or deck_files()]


def build_time() -> int:
    """Now, or the time that $SOURCE_DATE_EPOCH names (seconds since 1970 UTC), for builds that can be repeated."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        import time

        return int(time.time())
    if not given.isdecimal() or int(given) == 0:
        raise StudytoolError(f"SOURCE_DATE_EPOCH is {given!r}", hint="set it to seconds since 1970, or unset it")
    return int(given)


def needs_terminal(what: str, hint: str) -> None:
    """Raises StudytoolError where there is no terminal, or one without Chinese."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return  # `studytool serve` draws in a page
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise StudytoolError(f"{what} needs a terminal", hint=hint)
    if "utf" not in (sys.stdout.encoding or "").lower():
        raise StudytoolError(
            f"this terminal's encoding is {sys.stdout.encoding}, which has no Chinese",
            hint="set LANG=C.UTF-8 and try again",
        )
