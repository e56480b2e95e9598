"""Study days: a learner's day ends when they sleep, not at midnight UTC.

Two reviews of one evening and the next morning are on two days, and two of one evening are on one, whatever the clock of
Greenwich says. So days are counted by the local calendar, from an hour of the early morning.
"""

import datetime as dt


def study_day(at: dt.datetime, day_starts: int = 4, zone: dt.tzinfo | None = None) -> int:
    """The study day of a moment, as a proleptic ordinal (days). `zone` None is the machine's own; `day_starts` in hours.

    Clock times count, not elapsed ones, so that a change to summer time moves no review to another day.
    """
    local = at.astimezone(zone).replace(tzinfo=None)
    return (local - dt.timedelta(hours=day_starts)).toordinal()


def begins(day: int, day_starts: int = 4, zone: dt.tzinfo | None = None) -> dt.datetime:
    """The moment, in UTC, at which a study day begins; the inverse of `study_day`."""
    local = dt.datetime.combine(dt.date.fromordinal(day), dt.time(day_starts))
    return (local.replace(tzinfo=zone) if zone else local).astimezone(dt.UTC)
