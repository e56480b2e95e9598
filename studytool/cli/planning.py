"""What an import into Anki will do, as `studytool build --plan` tells it."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from studytool.anki.update import NoteChange
    from studytool.build import Built

_AROUND = 12  # characters shown on both sides of what changed
_MOST = 60  # characters shown of what changed


def tell_plan(built: "Built", as_json: bool) -> None:
    """Tell what an import of each package would do, on stdout; what is to be done by hand last."""
    for update in built.updates:
        if as_json:
            import msgspec

            click.echo(msgspec.json.encode(update).decode())
            continue
        old = "no build of before" if update.first else "on top of the build of before"
        click.echo(f"{update.package}, {old}: nothing is written yet")
        counts = (len(update.added), len(update.updated), update.unchanged, len(update.retired))
        click.echo("notes: {} added, {} updated, {} unchanged, {} retired".format(*counts))
        for key in update.added if not update.first else ():
            click.echo(f"+ {key}")
        for note in update.updated:
            click.echo(f"~ {note.id}")
            _tell_change(note)
        for key in update.retired:
            click.echo(f"- {key}: stays in Anki (--retired makes a package that tags it)")
        if update.looks:
            click.echo("templates and styles are revised; where a learner changed them, theirs stay")
        click.echo("cards keep their schedule; a note that a learner edited keeps the edit and is not updated")
    if not as_json:
        tell_by_hand(built)


def tell_by_hand(built: "Built") -> None:
    """Tell on stderr what no import does, and who has to do it."""
    advice = dict.fromkeys(line for update in built.updates for line in update.by_hand)
    for line in advice:
        click.echo(f"by hand: {line}", err=True)
    if built.superseded:
        others = ", ".join(f"{built.superseded.stem}{ending}" for ending in (".jsonl", ".apkg"))
        click.echo(f"by hand: remove {others} from {built.superseded.parent}: {built.jsonl.name} goes on from it", err=True)


def _tell_change(note: "NoteChange") -> None:
    for change in note.fields:
        was, now = _excerpts(change.was, change.now)
        click.echo(f"    {change.field}: {was} → {now}")
    for sign, tags in (("+", note.new_tags), ("-", note.lost_tags)):
        for tag in tags:
            click.echo(f"    tag {sign} {tag}")
    if note.moved:
        click.echo(f"    deck: {note.moved[0]} → {note.moved[1]} for new learners")


def _excerpts(was: str, now: str) -> tuple[str, str]:
    """What differs between two texts, with some of what stands around it."""
    short = min(len(was), len(now))
    start = next((at for at in range(short) if was[at] != now[at]), short)
    end = next((at for at in range(short - start) if was[-1 - at] != now[-1 - at]), short - start)
    return _excerpt(was, start, len(was) - end), _excerpt(now, start, len(now) - end)


def _excerpt(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    found = text[first:last]
    if len(found) > _MOST + 2 * _AROUND:
        found = f"{found[: _MOST // 2 + _AROUND]} … {found[-_MOST // 2 - _AROUND :]}"
    return f"“{'…' if first else ''}{found}{'…' if last < len(text) else ''}”" if text else "nothing"
