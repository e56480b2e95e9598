"""The figures as lines of text: all that the charts show, for whoever sees no colours, or no screen."""

from collections import Counter
from collections.abc import Iterable, Sequence

from studytool.quiz.stats.figures import Bin, Day, Figures, Group, Retention, Span, Spent, Tested

SPAN_NAMES: dict[Span, str] = {"month": "in the last 30 days", "year": "in the last 365 days", "all": "in all"}
EMPTY = "No reviews yet. `studytool quiz` begins; a few cards later this tells how well they stay with you."
COUNTING = "Counting…"


def time(seconds: int) -> str:
    """A length of time as a reader wants it: 45 s, 12 min, 3 h 20 min."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return f"{seconds} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def share(of: Tested) -> str:
    """True retention with what it is a share of."""
    return f"{percent(of.retention)} of {of.reviews:,}"


def percent(part: float | None) -> str:
    """A share, as right-aligned as a column of them needs; a dash where there is none."""
    return "     –" if part is None else f"{part * 100:5.1f}%"


def activity(figures: Figures, span: Span) -> list[str]:
    """The streak, and what was done in a span."""
    done, streak = figures.activity[span], figures.streak
    return [
        f"{_days(streak.current)} in a row; the longest run was {_days(streak.longest)}",
        f"{_reviews(done.reviews)} on {_days(done.days_studied)} {SPAN_NAMES[span]}",
    ]


def heat(figures: Figures) -> list[str]:
    """What the heat map shows: the last seven days, and the months."""
    last = {day.date: day.reviews for day in figures.a_day}
    week = [figures.today.fromordinal(figures.today.toordinal() - back) for back in range(6, -1, -1)]
    months = Counter[str]()
    for day in figures.a_day:
        months[day.date.isoformat()[:7]] += day.reviews
    lines = [f"last 7 days  {' · '.join(str(last.get(one, 0)) for one in week)}"]
    return lines + _rows([f"{month} {count:,}" for month, count in months.items()], 4)


def retention(found: Retention | None, span: Span) -> list[str]:
    """True retention of a span, by topic and source, and by month."""
    if found is None:
        return [COUNTING]
    kept = found.spans[span]
    if not kept.all.reviews:
        return [f"no card in review was asked {SPAN_NAMES[span]}"]
    lines = [f"{share(kept.all)} reviews {SPAN_NAMES[span]}"]
    for title, groups in (("by month", found.by_month[-12:]), ("by topic", kept.by_topic), ("by source", kept.by_source)):
        lines += ["", title, *(f"{percent(one.tested.retention)} of {one.tested.reviews:>6,}  {_name(one)}" for one in groups)]
    return lines


def spent(figures: Figures, span: Span) -> list[str]:
    """Time spent in a span, and when."""
    done = figures.activity[span]
    if not done.reviews:
        return [f"none {SPAN_NAMES[span]}"]
    a_day, a_review = done.seconds // done.days_studied, done.seconds / done.reviews
    lines = [f"{time(done.seconds)} {SPAN_NAMES[span]}, {time(a_day)} a day studied, {a_review:.1f} s a review"]
    return lines + _rows([f"{_when(one, span)} {time(one.seconds)}" for one in figures.time[span] if one.seconds], 2)


def forecast(days: Sequence[Day]) -> list[str]:
    """The reviews to come."""
    counts = [day.reviews for day in days]
    lines = [f"today {counts[0]:,} · tomorrow {counts[1]:,} · 7 days {sum(counts[:7]):,} · {len(days)} days {sum(counts):,}"]
    for start in range(0, len(days), 7):
        lines.append(f"{days[start].date:%m-%d}  " + " ".join(f"{count:>5,}" for count in counts[start : start + 7]))
    return lines


def cards(figures: Figures) -> list[str]:
    """How many cards there are, and how well they are known."""
    of = figures.cards
    lines = [f"{of.total:,} cards: {of.new:,} new, {of.learning:,} learning, {of.review:,} in review"]
    if of.retrievability is not None:
        lines.append(f"mean retrievability today {percent(of.retrievability).strip()}")
    return lines


def bins(of: Iterable[Bin]) -> list[str]:
    """A distribution."""
    return [" · ".join(f"{one.label}: {one.cards:,}" for one in of)]


def hardest(figures: Figures) -> list[str]:
    """The cards that lapsed most."""
    if not figures.hardest:
        return ["none has lapsed"]
    return [f"{card.lapses} lapses in {card.reviews} reviews  {card.answer} ← {card.text}" for card in figures.hardest]


def report(figures: Figures, span: Span) -> list[str]:
    """All of it, under titles."""
    if not figures.streak.days:
        return [EMPTY]
    sections = {
        "Reviews a day": [*activity(figures, span), *heat(figures)],
        "True retention": retention(figures.retention, span),
        "Time spent": spent(figures, span),
        "The coming 30 days": forecast(figures.forecast),
        "Cards": cards(figures),
        "Stability": bins(figures.stability),
        "Difficulty, 1 to 10": bins(figures.difficulty),
        "Hardest cards": hardest(figures),
    }
    lines: list[str] = []
    for title, body in sections.items():
        lines += ["", title, *(f"  {line}" if line else "" for line in body)]
    return lines[1:]


def _name(one: Group) -> str:
    return one.name if one.name == one.name_en else f"{one.name} {one.name_en}"


def _days(count: int) -> str:
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def _reviews(count: int) -> str:
    return f"{count:,} review" if count == 1 else f"{count:,} reviews"


def _when(one: Spent, span: Span) -> str:
    return one.when[5:] if span == "month" else one.when


def _rows(cells: Sequence[str], columns: int) -> list[str]:
    """Short texts in columns, read from left to right."""
    width = max((len(cell) for cell in cells), default=0)
    return ["   ".join(cell.ljust(width) for cell in cells[at : at + columns]).rstrip() for at in range(0, len(cells), columns)]
