"""What the review log adds up to: counted by SQLite, on connections of its own, beside whoever writes."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from studytool.deck import Slot
from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.malformed import sqlite_errors
from studytool.quiz.peek import reader
from studytool.quiz.tested import STATEMENT, count_tested

CAP = 60_000  # milliseconds; who takes longer over a card is doing something else, says Anki's default, and so do we
_MEMORY_MAP = 1 << 30  # bytes of the file that are read in place; twice as fast as through SQLite's own small cache

# Less what was taken back, which is little: cheaper than to look at each review whether it was.
_DAYS = f"""
SELECT day, sum(reviews), sum(took) FROM (
  SELECT day, count(*) AS reviews, sum(min(took, {CAP})) AS took FROM review GROUP BY day
  UNION ALL SELECT day, -1, -min(took, {CAP}) FROM undone CROSS JOIN review ON review.id = undone.review
) GROUP BY day HAVING sum(reviews) > 0 ORDER BY day
"""
_SLOT = "CREATE TEMP TABLE slot (card TEXT PRIMARY KEY, statement TEXT) WITHOUT ROWID"

# Cards of a statement never share a day: the n-th of them waits until the day after the one before it, and all of them until
# tomorrow where one was shown today. Those in a learning step are shown today, whatever else is.
_FORECAST = f"""
WITH busy AS (
  SELECT {STATEMENT} AS statement FROM memory WHERE last_day = :day
  UNION SELECT statement FROM slot JOIN memory USING (card) WHERE due_at > 0
), waiting AS (
  SELECT statement, max(due_day, :day + (statement IN busy)) AS due FROM slot JOIN memory USING (card)
  WHERE due_at = 0 AND due_day < :day + :days
), ordered AS (
  SELECT statement, due, row_number() OVER (PARTITION BY statement ORDER BY due) AS nth FROM waiting
), shown AS (
  SELECT nth + max(due - nth) OVER (PARTITION BY statement ORDER BY nth) AS day FROM ordered
  UNION ALL SELECT :day FROM slot JOIN memory USING (card) WHERE due_at > 0
)
SELECT day, count(*) FROM shown WHERE day < :day + :days GROUP BY day
"""


class Hard(NamedTuple):
    """A card that was forgotten."""

    card: str
    lapses: int
    reps: int
    stability: float  # days
    difficulty: float  # 1 to 10


class Part(NamedTuple):
    """True retention of the claims of a topic from a source; both "" for those of no open deck."""

    topic: str
    source: str
    counts: list[tuple[int, int]]  # reviews and those passed: of all days, then from each day asked for


Retention = tuple[list[Part], list[tuple[str, int, int]]]  # by part; by calendar month (YYYY-MM): reviews, passed


class History:
    """The log of a store. To be used in the thread that made it, but for `stop`; ends with its `with` block."""

    def __init__(self, path: Path, slots: Iterable[Slot], claims: Mapping[str, tuple[str, str]]) -> None:
        """`slots` are the cards that can be studied, `claims` tells topic and source of a statement. Raises StudytoolError."""
        self._path, self._claims = path, claims
        with self._told():
            self._db = reader(path)
            self._db.execute("PRAGMA temp_store = MEMORY")
            self._db.execute(f"PRAGMA mmap_size = {_MEMORY_MAP}")
            self._db.execute(_SLOT)
            self._db.executemany("INSERT OR IGNORE INTO slot VALUES (?, ? || '/')", ((slot.id, slot.statement) for slot in slots))

    def __enter__(self) -> "History":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._db.close()

    def stop(self) -> None:
        """End what is being counted, from another thread: it raises there."""
        with suppress(sqlite3.ProgrammingError):  # closed already
            self._db.interrupt()

    def days(self) -> list[tuple[int, int, int]]:
        """Of each study day with reviews, oldest first: the day, reviews, and milliseconds, at most 60,000 a review."""
        return self._rows(_DAYS)

    def retention(self, since: Sequence[int], learning: int, relearning: int) -> Retention:
        """True retention by topic and source, of all days and from each study day of `since` on; and by calendar month.

        It counts the first review of a day of each card in review; `learning` and `relearning` are the numbers of steps
        that cards go through before.
        """
        kinds = [("", ""), *dict.fromkeys(self._claims.values())]
        number = {kind: nth for nth, kind in enumerate(kinds) if nth}
        parts = {statement: number[kind] for statement, kind in self._claims.items()}
        with self._told():
            found, months = count_tested(self._db, parts, (learning, relearning), since)
        return [Part(*kinds[part], list(zip(counts[::2], counts[1::2], strict=True))) for part, *counts in found], months

    def forecast(self, day: int, days: int) -> dict[int, int]:
        """The reviews to come on each of `days` study days from `day` on; what is overdue comes on the first."""
        return dict(self._rows(_FORECAST, day=day, days=days))

    def cards(self) -> tuple[int, int, int]:
        """How many cards there are to study, how many of them are in a learning step, and how many in review."""
        ((total, learning, review),) = self._rows(
            "SELECT count(*), coalesce(sum(state != 2), 0), coalesce(sum(state = 2), 0) FROM slot LEFT JOIN memory USING (card)"
        )
        return total, learning, review

    def spread(self, of: str, bounds: Sequence[float]) -> list[int]:
        """How many cards have a "stability" or "difficulty" below the first bound, from it to the second, …, from the last on."""
        parts = ", ".join(f"coalesce(sum({of} < {bound:f}), 0)" for bound in bounds)
        ((total, *below),) = self._rows(f"SELECT count(*), {parts} FROM slot JOIN memory USING (card)")
        return [high - low for low, high in zip([0, *below], [*below, total], strict=True)]

    def hardest(self, count: int) -> list[Hard]:
        """The cards that lapsed most; among equals those of the greatest difficulty."""
        rows = self._rows(
            "SELECT card, lapses, reps, stability, difficulty FROM slot JOIN memory USING (card) WHERE lapses > 0 "
            "ORDER BY lapses DESC, difficulty DESC, card LIMIT :count",
            count=count,
        )
        return [Hard(*row) for row in rows]

    def _rows(self, query: str, **values: int) -> list[Any]:
        with self._told():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raises a StudytoolError in place of SQLite's own."""
        try:
            with sqlite_errors():
                yield
        except sqlite3.Error as error:
            hint = "`studytool` sets a damaged file aside"
            raise StudytoolError(f"cannot be read: {error}", Where(str(self._path)), hint, OUTSIDE) from None
