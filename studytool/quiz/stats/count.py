"""From the log and the decks to figures."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from studytool import cloze
from studytool.deal import Deal
from studytool.deck import ENGLISH, OpenDeck, Slot
from studytool.model import Direction, Source, Topic
from studytool.quiz.history import Hard, History
from studytool.quiz.history import Retention as Counted
from studytool.quiz.schedule import Memory, Parameters
from studytool.quiz.stats.days import streak
from studytool.quiz.stats.figures import (
    Activity,
    Bin,
    Cards,
    Day,
    Figures,
    Group,
    HardCard,
    Kept,
    Retention,
    Span,
    Spent,
    Tested,
)
from studytool.quiz.stats.memory import mastery

SPANS: dict[Span, int] = {"month": 30, "year": 365, "all": 4_000_000}  # study days, today included
_AHEAD, _BACK, _HARDEST = 30, 371, 10
_STABILITY = {1: "<1d", 3: "1d", 7: "3d", 21: "1w", 90: "3w", 365: "3mo", None: "1y+"}  # the bins end before these days
_DIFFICULTY = (2, 3, 4, 5, 6, 7, 8, 9)


class Shelf(Struct, frozen=True):
    """What the figures need of the decks."""

    slots: Sequence[Slot]  # the cards that can be studied
    claims: Mapping[str, tuple[str, str]]  # topic and source (<corpus>:<source>) of each statement
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    decks: Mapping[str, OpenDeck]  # by statement


def shelf(decks: Iterable[OpenDeck], direction: Direction) -> Shelf:
    """What the figures need of these decks; a statement that stands in two counts in the first."""
    slots: list[Slot] = []
    claims: dict[str, tuple[str, str]] = {}
    topics: dict[str, Topic] = {}
    sources: dict[str, Source] = {}
    where: dict[str, OpenDeck] = {}
    for deck in decks:
        for topic in deck.topics.values():
            topics.setdefault(topic.id, topic)
        for source in deck.sources.values():
            sources.setdefault(f"{deck.head.name}:{source.id}", source)
        for slot in deck.slots:
            if where.setdefault(slot.statement, deck) is deck:
                claims[slot.statement] = slot.topic, slot.statement.rsplit("/", 1)[0]
        slots += [slot for slot in deck.slots_for(direction) if where[slot.statement] is deck]
    return Shelf(slots, claims, topics, sources, where)


def count(history: History, on: Shelf, memories: Mapping[str, Memory], day: int, parameters: Parameters = ()) -> Figures:
    """All figures of a study day but true retention, which takes longest; `parameters` are those of FSRS in force.

    Raises StudytoolError.
    """
    days = history.days()
    total, learning, review = history.cards()
    met = [memories[slot.id] for slot in on.slots if slot.id in memories]
    known = mastery(met, day, parameters=parameters) if met else None
    due = history.forecast(day, _AHEAD)
    return Figures(
        today=dt.date.fromordinal(day),
        streak=streak([one for one, _, _ in days], day),
        activity={span: _activity(days, day - back) for span, back in SPANS.items()},
        time={span: _spent(days, day, span) for span in SPANS},
        a_day=tuple(Day(dt.date.fromordinal(one), reviews) for one, reviews, _ in days if day - _BACK < one <= day),
        forecast=tuple(Day(dt.date.fromordinal(one), due.get(one, 0)) for one in range(day, day + _AHEAD)),
        cards=Cards(total, total - learning - review, learning, review, known),
        stability=_bins(history, "stability", dict(zip(_STABILITY.values(), _STABILITY, strict=True)), 0),
        difficulty=_bins(history, "difficulty", {f"{end - 1}": end for end in _DIFFICULTY} | {"9+": None}, 1),
        hardest=tuple(_hard(on, hard) for hard in history.hardest(_HARDEST)),
    )


def retention(history: History, on: Shelf, day: int, deal: Deal) -> Retention:
    """True retention by topic, source and month as seen on a study day. `deal` tells what steps come before a card counts.

    Raises StudytoolError.
    """
    since = [day - SPANS["month"] + 1, day - SPANS["year"] + 1]
    counted = history.retention(since, len(deal.learning_steps), len(deal.relearning_steps))
    places: dict[Span, int] = {"all": 0, "month": 1, "year": 2}
    months = tuple(Group(month, month, month, tested(reviews, passed)) for month, reviews, passed in counted[1])
    return Retention({span: _kept(counted, on, places[span]) for span in SPANS}, months)


def tested(reviews: int, passed: int) -> Tested:
    """So many reviews, of which so many were passed."""
    return Tested(reviews, passed, passed / reviews if reviews else None)


def _kept(counted: Counted, on: Shelf, place: int) -> Kept:
    topics, sources, whole = _Sums(), _Sums(), _Sums()
    for part in counted[0]:
        for sums, group in ((topics, part.topic), (sources, part.source), (whole, "")):
            sums.add(group, part.counts[place])
    by_topic = [Group(id_, on.topics[id_].name, on.topics[id_].name_en, one) for id_, one in topics.in_order(on.topics)]
    by_source = [Group(id_, on.sources[id_].event, on.sources[id_].event_en, one) for id_, one in sources.in_order(on.sources)]
    other = [Group("", "其他", "Other decks", one) for id_, one in topics.of("")]
    return Kept(whole.total, (*by_topic, *other), (*by_source, *other))


class _Sums:
    """Reviews and those passed, added up by group."""

    def __init__(self) -> None:
        self._reviews, self._passed = Counter[str](), Counter[str]()

    def add(self, group: str, counts: tuple[int, int]) -> None:
        self._reviews[group] += counts[0]
        self._passed[group] += counts[1]

    def of(self, group: str) -> list[tuple[str, Tested]]:
        """A group, unless it has none."""
        return [(group, tested(self._reviews[group], self._passed[group]))] if self._reviews[group] else []

    def in_order(self, groups: Iterable[str]) -> list[tuple[str, Tested]]:
        return [found for group in groups for found in self.of(group)]

    @property
    def total(self) -> Tested:
        return tested(self._reviews.total(), self._passed.total())


def _activity(days: Sequence[tuple[int, int, int]], after: int) -> Activity:
    found = [(reviews, took) for one, reviews, took in days if one > after]
    return Activity(len(found), sum(reviews for reviews, _ in found), round(sum(took for _, took in found) / 1000))


def _spent(days: Sequence[tuple[int, int, int]], day: int, span: Span) -> tuple[Spent, ...]:
    """Time spent by day for a month, by month for a year, and by month or, where these are more than 24, by year for all."""
    today = dt.date.fromordinal(day)
    sums = Counter[str]()
    if span == "month":
        whens = [dt.date.fromordinal(one).isoformat() for one in range(day - SPANS[span] + 1, day + 1)]
    else:
        first = days[0][0] if days else day
        start = dt.date.fromordinal(min(first, day)) if span == "all" else today.replace(year=today.year - 1, day=1)
        numbers = range(start.year * 12 + start.month - 1, today.year * 12 + today.month)
        months = [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
        months = months[1:] if span == "year" else months
        whens = months if len(months) <= 24 else list(dict.fromkeys(month[:4] for month in months))
    for one, _, took in days:
        sums[dt.date.fromordinal(one).isoformat()[: len(whens[0])]] += took
    return tuple(Spent(when, round(sums[when] / 1000)) for when in whens)


def _bins(history: History, of: str, ends: Mapping[str, int | None], start: float) -> tuple[Bin, ...]:
    cards = history.spread(of, [end for end in ends.values() if end])
    found = []
    for (label, end), number in zip(ends.items(), cards, strict=True):
        found.append(Bin(label, start, end, number))
        start = end or start
    return tuple(found)


def _hard(on: Shelf, hard: Hard) -> HardCard:
    statement, name = hard.card.rsplit("/", 1)
    one = on.decks[statement].row(statement).statement
    english, blank = name.endswith(ENGLISH), name.removesuffix(ENGLISH)
    text, asked, answer = (one.en, one.question_en, one.answer_en) if english else (one.zh, one.question, one.answer)
    shown = asked if blank == "qa" else cloze.plain(text)
    answer = (answer or cloze.plain(text)) if blank == "qa" else cloze.blank(text, int(blank[1:]))
    return HardCard(hard.card, shown, answer, hard.lapses, hard.reps, hard.stability, hard.difficulty)
