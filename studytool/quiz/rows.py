"""What is asked of reviews.db by more than one module, and what its rows are."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from studytool.errors import StudytoolError, Where
from studytool.quiz.flags import Flag
from studytool.quiz.overrides import Overridden, decode
from studytool.quiz.schedule import Parameters

FITTED = "fsrs"  # the setting with the parameters of FSRS: those in force last, those of before ahead of them
MEMORY = "state, step, stability, difficulty, due_at, due_day, last_day, first_day, reps, lapses"
LOG = (
    "SELECT review.id, card, grade, review.at, day, took, undone.at, {ivl}, {ms} "
    "FROM review LEFT JOIN undone ON undone.review = review.id ORDER BY review.id"
)
FLAGS = "SELECT card, suspended, buried, marked, told, at FROM flag"
PARAMETERS = f"SELECT value FROM setting WHERE name = '{FITTED}'"
OVERRIDES = "SELECT statement, fields, at FROM override"


def fitted(found: Sequence[tuple[Any, ...]], path: Path) -> list[Parameters]:
    """The parameters of FSRS that were ever in force, the latest last. Raises StudytoolError where they are damaged."""
    try:
        return msgspec.json.decode(found[0][0], type=list[Parameters]) if found else []
    except msgspec.DecodeError as error:
        hint = f"delete the setting {FITTED!r} in it, then run `studytool optimize`"
        raise StudytoolError(f"the parameters of FSRS in it are damaged: {error}", Where(str(path)), hint) from None


def flags(found: Iterable[tuple[Any, ...]]) -> dict[str, Flag]:
    """The flags of each card."""
    return {card: Flag(bool(suspended), buried, bool(marked), told, at) for card, suspended, buried, marked, told, at in found}


def overrides(found: Iterable[tuple[Any, ...]]) -> dict[str, Overridden]:
    """The learner's own texts of each statement."""
    return {statement: Overridden(decode(fields), at) for statement, fields, at in found}
