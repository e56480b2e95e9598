"""The statistics of 1,000,000 reviews of 100,000 cards, from the key to the figures on the screen, against bare SQL that adds up
the same, in turn: until all but true retention is there, until that is, and how long the app is deaf meanwhile.
"""

import asyncio
import contextlib
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from made_up import many_reviews, write_deck
from measure import Measure, in_turn, run
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz.desk import Desk
from studytool.quiz.store import open_store
from studytool.quiz.ui.app import QuizApp
from studytool.quiz.ui.stats import StatsScreen

GOALS = {"all but true retention": 0.6, "all": 1.5, "longest time without an ear": 0.15}
# What the screen shows, as plainly as SQL puts it; true retention without looking at steps left over from the day before.
BARE = (
    "SELECT day, count(*), sum(min(took, 60000)) FROM review WHERE id NOT IN (SELECT review FROM undone) GROUP BY day",
    "SELECT card, day, count(*), sum(grade > 1) FROM (SELECT card, day, grade, lag(day) OVER (PARTITION BY card ORDER BY id) AS last "
    "FROM review WHERE id NOT IN (SELECT review FROM undone)) WHERE last < day GROUP BY day",
    "SELECT max(738000, due_day), count(DISTINCT rtrim(card, replace(card, '/', ''))) FROM memory GROUP BY 1",
    "SELECT round(stability), count(*) FROM memory GROUP BY 1",
    "SELECT round(difficulty), count(*) FROM memory GROUP BY 1",
    "SELECT card, lapses FROM memory ORDER BY lapses DESC, difficulty DESC LIMIT 10",
)


async def shown(desk: Desk) -> tuple[float, float, float]:
    """Seconds from the key to the first figures and to the last, and the longest time in which the app heard nothing."""
    app = QuizApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        began = heard = time.perf_counter()
        deaf = first = 0.0
        app.action_statistics()
        while not (isinstance(app.screen, StatsScreen) and app.screen.complete):
            await asyncio.sleep(0.02)
            if not first and not app.screen.query_one("#stats-state").display:
                first = time.perf_counter() - began
            deaf, heard = max(deaf, time.perf_counter() - heard), time.perf_counter()
        await pilot.pause()
        return first, time.perf_counter() - began, deaf


def bare(path: Path) -> float:
    began = time.perf_counter()
    db = sqlite3.connect(path)
    for query in BARE:
        db.execute(query).fetchall()
    db.close()
    return time.perf_counter() - began


def measure(quick: bool) -> Iterator[Measure]:
    runs, claims, reviews = (1, 10_000, 300_000) if quick else (5, 33_334, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck, path = open_deck(write_deck(folder, claims)), folder / "reviews.db"
        with contextlib.closing(open_store(folder / "empty.db")) as empty:
            today = Desk([deck], empty, Config()).day()
        many_reviews(path, [slot.id for slot in deck.slots], reviews, today)
        desk = Desk([deck], open_store(path), Config())
        asyncio.run(shown(desk))  # loads the charts
        rows = [(bare(path), *asyncio.run(shown(desk))) for _ in range(runs)]
        desk.store.close()
    sql, *ours = zip(*rows, strict=True)
    for (what, goal), seconds in zip(GOALS.items(), ours, strict=True):
        yield in_turn(f"statistics of {reviews:,}, {what} / bare SQL", seconds, sql, goal)


if __name__ == "__main__":
    run(__doc__, measure)
