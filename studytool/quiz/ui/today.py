"""What today holds, in words; and where it holds nothing, what to do instead."""

import math
from collections.abc import Sequence
from statistics import median

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
        if wanted == EVERYTHING:
            return f"Nothing to study: these decks hold no card{english}."
        return f"No card{english} fits."
    wait = desk.wait(cards)
    ahead = "" if wait is None else f" Next card {when(wait)}."
    unseen = any(slot.id not in desk.memories for slot in cards)
    return f"Nothing due.{ahead} x to cram{f', n for {MORE} more new' if unseen else ''}."


def when(seconds: int) -> str:
    """How far ahead, as it is said: in 20m, in 3h, in 8 days."""
    days = math.ceil(seconds / 86_400)
    return f"in {duration(seconds)}" if days <= 1 else f"in {days} days"
