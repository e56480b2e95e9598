"""What today holds, in words; and where it holds nothing, what to do instead."""

import math
from collections.abc import Sequence
from statistics import median

from msgspec.structs import replace

from studytool.quiz.desk import Desk
from studytool.quiz.selection import EVERYTHING, Selection, chosen
from studytool.quiz.ui.text import duration

MORE = 5  # new cards that one key adds to today
_USUAL = 10_000  # milliseconds a card, until the learner's own time is known


def today(desk: Desk) -> str:
    """Today's plan in one line, or what to do where there is none."""
    session = desk.begin()
    if not session.show(desk.now()):
        return nothing(desk, EVERYTHING)
    plan = session.plan
    english = " · English first" if desk.config.direction == "en-zh" else ""
    minutes = about(plan.due + len(plan.new), desk.store.times(500))
    return f"Today: {plan.due} due, {len(plan.new)} new, about {minutes} min{english}"


def about(cards: int, times: Sequence[int]) -> int:
    """How many minutes some cards take, by the median of `times` (milliseconds a card)."""
    return max(1, math.ceil(cards * (median(times) if times else _USUAL) / 60_000))


def nothing(desk: Desk, wanted: Selection) -> str:
    """Why there is no card now, when the next one comes, and what to do until then."""
    cards = chosen(desk.slots, wanted)
    if not cards:
        english = " with its blank in English" if desk.config.direction == "en-zh" else ""
        return f"No card{english} fits." if wanted.filters else f"Nothing to study: these decks hold no card{english}."
    wait = desk.wait(cards)
    ahead = "" if wait is None else f" Next card {when(wait)}."
    return f"Nothing due.{ahead} x to cram{f', n for {MORE} more new' if more_to_meet(desk, wanted) else ''}."


def more_to_meet(desk: Desk, wanted: Selection) -> bool:
    """Whether today could meet more new cards than its limit allows: not all were seen, nor are siblings of what was.

    Not where none are wanted.
    """
    met = len(desk.plan(wanted).new)
    return len(desk.plan(replace(wanted, new=met + 1)).new) > met


def when(seconds: int) -> str:
    """How far ahead, as it is said: in 20m, in 3h, in 8 days."""
    days = math.ceil(seconds / 86_400)
    return f"in {duration(seconds)}" if days <= 1 else f"in {days} days"
