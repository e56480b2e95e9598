"""All figures of the statistics, as plain data: what the screen draws, the command prints and `--json` writes."""

import datetime as dt
from typing import Literal

from msgspec import Struct

from studytool.quiz.stats.days import Streak

Span = Literal["month", "year", "all"]  # the last 30 or 365 study days, today included, or all there are


class Activity(Struct, frozen=True):
    """What was done in a span of days."""

    days_studied: int
    reviews: int  # grades given and not taken back, those of learning steps included
    seconds: int  # from prompt to grade; a review counts at most 60


class Tested(Struct, frozen=True):
    """True retention: of the first review of a day of each card in review (none in a learning step), the share not Again."""

    reviews: int
    passed: int
    retention: float | None  # None without reviews


class Group(Struct, frozen=True):
    """True retention of a topic, a source or a month."""

    id: str  # of a topic; <corpus>:<source>; YYYY-MM; "" for claims of no open deck
    name: str
    name_en: str
    tested: Tested


class Kept(Struct, frozen=True):
    """True retention in a span of days."""

    all: Tested
    by_topic: tuple[Group, ...]
    by_source: tuple[Group, ...]


class Retention(Struct, frozen=True):
    """True retention, from all sides."""

    spans: dict[Span, Kept]
    by_month: tuple[Group, ...]  # calendar months with such reviews, oldest first


class Day(Struct, frozen=True):
    """Reviews done on a study day, or due on one to come."""

    date: dt.date
    reviews: int


class Spent(Struct, frozen=True):
    """Time spent on a day (YYYY-MM-DD), in a month (YYYY-MM) or a year (YYYY)."""

    when: str
    seconds: int


class Cards(Struct, frozen=True):
    """The cards of the open decks."""

    total: int
    new: int
    learning: int  # in a learning or relearning step
    review: int
    retrievability: float | None  # mean of those not new, today; None where all are


class Bin(Struct, frozen=True):
    """Cards with a value from `start` to less than `end`; None: no end."""

    label: str
    start: float
    end: float | None
    cards: int


class HardCard(Struct, frozen=True):
    """A card that was forgotten, with what it asks for."""

    card: str
    text: str
    answer: str
    lapses: int
    reviews: int
    stability: float  # days
    difficulty: float  # 1 to 10


class Figures(Struct, frozen=True):
    """The figures of a study day."""

    today: dt.date
    streak: Streak
    activity: dict[Span, Activity]
    time: dict[Span, tuple[Spent, ...]]
    a_day: tuple[Day, ...]  # days with reviews among the last 371, the 53 weeks of the heat map
    forecast: tuple[Day, ...]  # today, with all that is overdue, and 29 days more
    cards: Cards
    stability: tuple[Bin, ...]  # in days
    difficulty: tuple[Bin, ...]
    hardest: tuple[HardCard, ...]
    retention: Retention | None = None  # None while it is being counted
