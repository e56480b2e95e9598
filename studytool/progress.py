"""Progress to Anki and back: what the quiz's log says of cards, as Anki keeps it, and Anki's reviews, as the log keeps them.

Both keep a review's moment, grade and the wait that it gave, and all else follows from these. Ours are to the second, so that a
review that went to Anki and came back is known again.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from studytool.anki import AnkiReview, Answer, Carried, Found, Progress
from studytool.config import Config
from studytool.deal import Deal
from studytool.deck import ENGLISH
from studytool.model import Deck
from studytool.quiz import exchange, schedule
from studytool.quiz.day import begins, study_day
from studytool.quiz.flags import NONE, Flag
from studytool.quiz.fuzz import rounded
from studytool.quiz.merge import Kept, Line
from studytool.quiz.peek import peek_all, peek_parameters
from studytool.quiz.replay import Review, retraced
from studytool.quiz.schedule import LEARNING, RELEARNING, REVIEW, Memory, Parameters, decay

if TYPE_CHECKING:
    from studytool.build import Carry

_FIRST_DAY = dt.date(1970, 1, 2).toordinal()
_DAY = 86_400  # seconds


class Taken(NamedTuple):
    """What came from Anki."""

    kept: Kept  # its reviews, in the order of grading
    found: Found
    refused: int  # reviews that cannot be


def carrier(store: Path, config: Config, now: int) -> "Carry":
    """What tells the progress of a deck's cards, in both directions, from a store as it is now (seconds since 1970 UTC).

    Raises StudytoolError where the store cannot be read.
    """
    kept = peek_all(store) if store.exists() else Kept(())
    parameters = peek_parameters(store) if kept.reviews else ()
    log = sorted((one for one in kept.reviews if one.undone is None), key=lambda one: (one.at, one.grade))

    def carry(deck: Deck) -> Carried | None:
        deals = _deals(deck, config)
        found: dict[str, tuple[Memory, list[Answer]]] = {}
        reviews = (Review(one.card, one.grade, one.at, one.day, one.ivl) for one in log if one.card in deals)  # type: ignore[arg-type]
        lines = (one for one in log if one.card in deals)
        for line, (review, before, after) in zip(lines, retraced(reviews, parameters, config.retention), strict=True):
            answers = found.get(review.card, (after, []))[1]
            answers.append(_answer(review, line, before, after, answers))
            found[review.card] = after, answers
        cards = {card: _progress(*found[card], deals[card], parameters, kept.flags.get(card, NONE), now) for card in found}
        away = (card for card, flag in kept.flags.items() if flag.suspended and card in deals and card not in found)
        cards |= {card: Progress(suspended=True) for card in away}
        if not cards:
            return None
        day = max(_FIRST_DAY, min((memory.first_day for memory, _ in found.values()), default=_FIRST_DAY))
        noon = dt.datetime.combine(dt.date.fromordinal(day), dt.time(12)).astimezone()
        behind = noon.utcoffset() or dt.timedelta()
        return Carried(cards, day, int(noon.timestamp()), -int(behind.total_seconds() // 60), config.day_starts)

    return carry


def from_anki(found: Found, day_starts: int) -> Taken:
    """What Anki has of our notes as our log keeps it, with study days that begin at an hour of local time."""
    lines: list[Line] = []
    refused = 0
    for _, reviews in groupby(found.reviews, key=lambda review: review.card):
        for line in _lines(reviews, day_starts):
            if line:
                lines.append(line)
            else:
                refused += 1
    return Taken(Kept(tuple(sorted(lines, key=lambda line: (line.at, line.card)))), found, refused)


def _deals(deck: Deck, config: Config) -> dict[str, Deal]:
    """How each card of a deck is dealt, by its id, in both directions."""
    return {
        f"{deck.head.name}:{row.key}/{card}{turned}": config.topic.get(row.statement.topic, config)
        for row in deck.rows
        for note in row.notes
        for card in note.cards
        for turned in ("", ENGLISH)
    }


def _answer(review: Review, line: Line, before: Memory | None, after: Memory, earlier: list[Answer]) -> Answer:
    types: dict[int, Literal[0, 1, 2]] = {LEARNING: 0, REVIEW: 1, RELEARNING: 2}
    waited = schedule.waited(after, review.at)
    kind = types[before.state] if before else 0
    last = earlier[-1].ivl if earlier else 0
    return Answer(line.at, line.ms, line.grade, waited, last, after.difficulty, line.took, kind)


def _progress(memory: Memory, answers: list[Answer], deal: Deal, parameters: Parameters, flag: Flag, now: int) -> Progress:
    # What is dated ahead, by a clock that was wrong, Anki would take for a damaged package.
    past = [answer for answer in answers if answer.at <= now]
    steps = {LEARNING: deal.learning_steps, RELEARNING: deal.relearning_steps}.get(memory.state, ())
    days = {REVIEW: memory.due_day - memory.last_day, RELEARNING: rounded(memory.stability)}.get(memory.state)
    return Progress(
        type=memory.state,
        due=memory.due_day if memory.state == REVIEW else memory.due_at,
        ivl=max(1, days) if days is not None else 0,
        lapses=memory.lapses,
        left=max(1, len(steps) - memory.step) if memory.state != REVIEW else 0,
        memory={
            "s": round(memory.stability, 4),
            "d": round(memory.difficulty, 3),
            "dr": deal.retention,
            "lrt": min(answers[-1].at, now),
            "decay": -decay(parameters),
        },
        answers=past,
        suspended=flag.suspended,
    )


def _lines(reviews: Iterable[AnkiReview], day_starts: int) -> Iterator[Line | None]:
    """The reviews of one card, oldest first, as lines of our log, their moments rising; None for one that cannot be.

    Two of one second are told apart by their grades: one that is alike in both came from us and went there twice.
    """
    last: tuple[int, int] | None = None
    for review in reviews:
        (at, ms), grade = divmod(review.moment, 1000), review.grade
        if last and at <= last[0] and grade == last[1]:
            continue
        if last and at <= last[0]:
            at = last[0] + 1
        try:
            day = study_day(dt.datetime.fromtimestamp(at, dt.UTC), day_starts)
            wait = _wait(review, at, day, day_starts)
            line = exchange.checked(card=review.card, grade=grade, at=at, day=day, took=max(0, review.took), ivl=wait, ms=ms)
        except (OverflowError, OSError, ValueError):
            line = None
        if line:
            last = at, grade
        yield line


def _wait(review: AnkiReview, at: int, day: int, day_starts: int) -> int:
    """The wait of a review: days, or negative seconds."""
    if review.ivl < -_DAY:
        return -review.ivl // _DAY
    if review.ivl == 1 and review.in_steps:
        # A step that ends on the next study day: Anki logs it as a day, but the card has not left its steps.
        return max(-_DAY, at - int(begins(day + 1, day_starts).timestamp()))
    return review.ivl
