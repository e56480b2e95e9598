"""True retention, counted from the log by SQLite alone.

The log does not say in which state a card was when it was graded, and true retention counts only cards in review. But the state
follows from the grades before it: they are strung together, a digit each, and looked at as text. So a million reviews are
counted without a look at any of them from Python.
"""

import sqlite3
from collections.abc import Mapping, Sequence

STATEMENT = "rtrim(card, replace(card, '/', ''))"  # <corpus>:<source>/<statement>/ of a card

_CLAIM = "CREATE TEMP TABLE claim (statement TEXT PRIMARY KEY, part INTEGER) WITHOUT ROWID"
# Joined in this order and by this index, the reviews of a card come in the order of their ids. `sure` is after how many of them
# it is plain to see that the card has left its first learning steps: after an Easy, or a Good for each step in a row.
_STRUNG = """
CREATE TEMP TABLE corrected AS SELECT DISTINCT card FROM undone CROSS JOIN review ON review.id = undone.review;
CREATE TEMP TABLE met AS
SELECT card, card IN corrected AS corrected, coalesce((SELECT part FROM claim WHERE statement = {statement}), 0) AS part
FROM memory;
CREATE TEMP TABLE strung AS
WITH whole AS (
  SELECT part, group_concat(grade, '') AS grades, group_concat(day, '') AS days
  FROM met CROSS JOIN review INDEXED BY review_card ON review.card = met.card
  WHERE NOT (corrected AND review.id IN (SELECT review FROM undone)) GROUP BY met.rowid
), steps AS (
  SELECT *, nullif(instr(grades, '4'), 0) AS easy, nullif(instr(grades, '{goods}'), 0) + max(0, {learning} - 1) AS good FROM whole
)
SELECT part, grades, days, min(coalesce(easy, good), coalesce(good, easy)) AS sure FROM steps;
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
_TESTED = """
CREATE TEMP TABLE first AS
  SELECT part * 1000000 + substr(days, n * 6 + 1, 6) AS place, substr(grades, n + 1, 1) > '1' AS passed
  FROM strung CROSS JOIN nth ON n < length(grades)
  WHERE substr(days, n * 6 - 5, 6) < substr(days, n * 6 + 1, 6) AND CASE
    WHEN n >= sure AND (substr(grades, n, 1) = '4' OR (substr(grades, n, 1) = '3' AND {relearning} = 1)) THEN 1
    WHEN n > sure AND {relearning} = 1 AND substr(grades, n - 1, 2) IN ('32', '42') THEN 1
    WHEN substr(grades, n, 1) = '1' AND {learning} AND {relearning} THEN 0
    ELSE {looked_at} END;
CREATE TEMP TABLE tested AS
  SELECT place / 1000000 AS part, place % 1000000 AS day, count(*) AS reviews, sum(passed) AS passed FROM first GROUP BY place;
"""


def count_tested(
    db: sqlite3.Connection, parts: Mapping[str, int], steps: tuple[int, int], since: Sequence[int]
) -> tuple[list[tuple[int, ...]], list[tuple[str, int, int]]]:
    """The reviews that true retention counts: the first of a day of a card that was in review. Raises sqlite3.Error.

    `parts` gives each statement a number, from 1; 0 stands for all others. `steps` are the numbers of learning and of
    relearning steps. First by part: its number, reviews and those passed, then both again from each study day of `since` on.
    Then by calendar month (YYYY-MM): reviews, passed.
    """
    db.execute(_CLAIM)
    db.executemany("INSERT INTO claim VALUES (?, ?)", ((f"{statement}/", part) for statement, part in parts.items()))
    values = {"goods": "3" * steps[0], "learning": f"{steps[0]:d}", "relearning": f"{steps[1]:d}"}
    db.executescript((_STRUNG + _TESTED).format(statement=STATEMENT, looked_at=_LOOKED_AT.format(**values), **values))
    sums = "".join(f", sum(reviews * (day >= {day:d})), sum(passed * (day >= {day:d}))" for day in since)
    by_part = db.execute(f"SELECT part, sum(reviews), sum(passed){sums} FROM tested GROUP BY part ORDER BY part").fetchall()
    # A study day counts from the year 1, SQLite's days from noon of 4714 BC.
    month = "strftime('%Y-%m', day + 1721424.5)"
    return by_part, db.execute(f"SELECT {month}, sum(reviews), sum(passed) FROM tested GROUP BY 1 ORDER BY 1").fetchall()
