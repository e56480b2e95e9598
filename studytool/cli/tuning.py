"""Commands that fit studytool to its learner."""

import click

from studytool.cli.common import program, settings
from studytool.cli.keeping import own_turn

ENOUGH = 400  # reviews; below that FSRS's own advice is to keep the default parameters


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what it would bring.")
@click.option("--undo", is_flag=True, help="Go back to the parameters before the last time.")
def optimize(dry_run: bool, undo: bool) -> None:
    """Fit the parameters of FSRS to your own reviews, so that it foresees better when you forget.

    Nothing is due on another day for it: the new parameters tell from each card's next grade on. Exit code 1 where there
    is nothing to gain, or too little to go by.
    """
    from studytool.quiz import optimizer
    from studytool.quiz.loss import log_loss
    from studytool.quiz.store import open_store

    if dry_run and undo:
        raise click.UsageError("--dry-run and --undo exclude each other", click.get_current_context())
    config, path = settings()
    turn = own_turn(path)  # a quiz would go on with the old parameters
    store = open_store(path, config.retention)
    try:
        if store.notice:
            click.echo(store.notice, err=True)
        if undo:
            count = store.unfit()
            if count is None:
                click.echo("nothing to undo: the parameters are FSRS's own", err=True)
                raise click.exceptions.Exit(1)
            click.echo(f"back to the parameters of before; {_memories(count)} worked out anew")
            return
        log, parameters = store.log(), store.parameters()
        before = log_loss(log, parameters)
        if before.reviews < ENOUGH:
            click.echo(
                f"{before.reviews} of your {len(log)} reviews can be used: those of cards seen on an earlier day. Below "
                f"{ENOUGH} of them, FSRS's default parameters are the better guess: nothing was changed. "
                "Come back when there are more.",
                err=True,
            )
            raise click.exceptions.Exit(1)
        found = optimizer.fit(log, optimizer.optimizer())
        after = log_loss(log, found.parameters)
        click.echo(f"{before.reviews} reviews, fitted by {found.by}")
        click.echo(f"log loss {before.mean:.4f} before, {after.mean:.4f} after (less is better)")
        if not after.mean < before.mean:
            click.echo("nothing to gain: all stays as it is", err=True)
            raise click.exceptions.Exit(1)
        if dry_run:
            click.echo("nothing was changed", err=True)
            return
        click.echo(f"{_memories(store.fit(found.parameters))} worked out anew; to go back: {program()} optimize --undo")
    finally:
        store.close()
        turn.close()


def _memories(count: int) -> str:
    return "1 card's memory" if count == 1 else f"{count} cards' memories"
