"""What the review log adds up to: counted by SQLite, on a connection of its own, beside whoever writes.

The log does not say in which state a card was when it was graded, and true retention counts only cards in review. But the state
follows from the grades before it: they are strung together, a digit each, and looked at as text. So a million reviews are
counted in one pass, in a thread that leaves Python alone.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from studytool.deck import Slot
from studytool.errors import OUTSIDE, StudytoolError, Where
from studytool.quiz.store import reader

CAP = 60_000  # milliseconds; who takes longer over a card is doing something else, says Anki's default, and so do we
_MEMORY_MAP = 1 << 30  # bytes of the file that are read in place; twice as fast as through SQLite's own small cache

_TABLES = """
CREATE TEMP TABLE claim (statement TEXT PRIMARY KEY, part INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE slot (card TEXT PRIMARY KEY, statement TEXT) WITHOUT ROWID;
"""
_STATEMENT = "rtrim(card, replace(card, '/', ''))"  # <corpus>:<source>/<statement>/ of a card
_KEPT = "id NOT IN (SELECT review FROM undone)"

# Joined in this order and by this index, the reviews of a card come in the order of their ids.
# `sure` is how many reviews surely took a card out of its first learning steps: an Easy, or a Good for each step in a row, with
# no Hard among them, which would make it a matter of closer looking.
_STRUNG = f"""
CREATE TEMP TABLE met AS SELECT card, (SELECT part FROM claim WHERE statement = {_STATEMENT}) AS part FROM memory;
CREATE TEMP TABLE strung AS
WITH whole AS (
  SELECT part, group_concat(grade, '') AS grades, group_concat(day, '') AS days
  FROM met CROSS JOIN review INDEXED BY review_card ON review.card = met.card WHERE review.{_KEPT} GROUP BY met.rowid
), steps AS (
  SELECT *, instr(replace(grades, '2', ''), '4') AS easy, instr(replace(grades, '2', ''), '{{goods}}') AS good FROM whole
), learned AS (
  SELECT *, CASE WHEN easy AND (easy < good OR NOT good) THEN easy WHEN good THEN max(1, good + {{learning}} - 1) END AS sure
  FROM steps
)
SELECT part, grades, days, iif(instr(substr(grades, 1, sure), '2') AND {{learning}}, NULL, sure) AS sure FROM learned;
CREATE TEMP TABLE nth (n INTEGER PRIMARY KEY);
INSERT INTO nth WITH RECURSIVE up (n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < (SELECT max(length(grades)) FROM strung)
) SELECT n FROM up;
"""
# Whether a card was in review after its first n grades. `head` is all of them but Hard up to the last Again, `tail` what came
# since, Good and Easy alone: an Easy among these, or as many Good as there are steps, of learning or, once out of these, of
# relearning. Without learning steps the first grade of all decides nothing.
_LOOKED_AT = """
(SELECT instr(tail, '4') OR length(tail) >= CASE
    WHEN head != '' AND (instr(head, '4') OR instr(head, '{goods}')) THEN {relearning} ELSE {learning} END
  FROM (SELECT head, substr(told, length(head) + 1) AS tail FROM (SELECT told, rtrim(told, '34') AS head FROM (
    SELECT replace(substr(grades, 1 + ({learning} = 0), n - ({learning} = 0)), '2', '') AS told))))
"""
# Of each card and each n its n-th review, 0 the first, where it is the first of a day; days have six digits until the year 2738.
_TESTED = f"""
CREATE TEMP TABLE first AS
  SELECT part, CAST(substr(days, n * 6 + 1, 6) AS INTEGER) AS day, substr(grades, n + 1, 1) > '1' AS passed
  FROM strung CROSS JOIN nth ON n < length(grades)
  WHERE substr(days, n * 6 - 5, 6) < substr(days, n * 6 + 1, 6) AND CASE
    WHEN n >= sure AND (substr(grades, n, 1) = '4' OR (substr(grades, n, 1) = '3' AND {{relearning}} = 1)) THEN 1
    WHEN substr(grades, n, 1) = '1' AND {{learning}} AND {{relearning}} THEN 0
    ELSE {_LOOKED_AT} END;
CREATE TEMP TABLE tested AS SELECT part, day, count(*) AS reviews, sum(passed) AS passed FROM first GROUP BY part, day;
"""

# Cards of a statement never share a day: the n-th of them waits until the day after the one before it, and all of them until
# tomorrow where one was shown today. Those in a learning step are shown today, whatever else is.
_FORECAST = f"""
WITH busy AS (
  SELECT {_STATEMENT} AS statement FROM memory WHERE last_day = :day
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
        self._path = path
        self._parts = list(dict.fromkeys(claims.values()))
        number = {part: nth for nth, part in enumerate(self._parts)}
        try:
            self._db = reader(path)
            self._db.execute("PRAGMA temp_store = MEMORY")
            self._db.execute(f"PRAGMA mmap_size = {_MEMORY_MAP}")
            self._db.executescript(_TABLES)
            of_claims = ((f"{statement}/", number[part]) for statement, part in claims.items())
            self._db.executemany("INSERT INTO claim VALUES (?, ?)", of_claims)
            self._db.executemany("INSERT OR IGNORE INTO slot VALUES (?, ? || '/')", ((slot.id, slot.statement) for slot in slots))
        except sqlite3.Error as error:
            raise self._unreadable(error) from None

    def __enter__(self) -> "History":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._db.close()

    def stop(self) -> None:
        """End what is being counted, from another thread: it raises there."""
        self._db.interrupt()

    def days(self) -> list[tuple[int, int, int]]:
        """Of each study day with reviews, oldest first: the day, reviews, and milliseconds, at most 60,000 a review."""
        return self._rows(f"SELECT day, count(*), sum(min(took, {CAP})) FROM review WHERE {_KEPT} GROUP BY day ORDER BY day")

    def retention(self, since: Sequence[int], learning: int = 2, relearning: int = 1) -> Retention:
        """The reviews that true retention counts: the first of a day of a card that was in review.

        Of each part, also those from each study day of `since` on. `learning` and `relearning` are the numbers of steps that
        cards go through.
        """
        steps = {"goods": "3" * learning, "learning": f"{learning:d}", "relearning": f"{relearning:d}"}
        try:
            self._db.executescript((_STRUNG + _TESTED).format(**steps))
        except sqlite3.Error as error:
            raise self._unreadable(error) from None
        sums = "".join(f", sum(reviews * (day >= {day:d})), sum(passed * (day >= {day:d}))" for day in since)
        parts = []
        for part, *counts in self._rows(f"SELECT part, sum(reviews), sum(passed){sums} FROM tested GROUP BY part"):
            topic, source = ("", "") if part is None else self._parts[part]
            parts.append(Part(topic, source, list(zip(counts[::2], counts[1::2], strict=True))))
        # A study day counts from the year 1, SQLite's days from noon of 4714 BC.
        months = self._rows(
            "SELECT strftime('%Y-%m', day + 1721424.5), sum(reviews), sum(passed) FROM tested GROUP BY 1 ORDER BY 1"
        )
        return parts, months

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
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: sqlite3.Error) -> StudytoolError:
        return StudytoolError(
            f"cannot be read: {error}", Where(str(self._path)), "`studytool` sets a damaged file aside", OUTSIDE
        )
