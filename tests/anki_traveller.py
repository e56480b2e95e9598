"""A learner who studies here and in the real Anki, and carries progress both ways as the README says.

Anki knows no time but the machine's. So time passes by moving the past back, in Anki and here alike.
"""

import datetime as dt
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Card, Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

from studytool.anki import read_reviews
from studytool.anki.identity import card_of
from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.progress import Taken, carrier, from_anki
from studytool.quiz import schedule
from studytool.quiz.day import study_day
from studytool.quiz.merge import Merged
from studytool.quiz.schedule import GRADES, Grade, Memory, Rules
from studytool.quiz.session import Graded
from studytool.quiz.store import open_store

DAY = 86_400
BUILT = 1_700_000_000
WAYS = ("apkg", "old apkg", "colpkg", "old colpkg", "open collection")
_RATINGS = dict(zip(GRADES, (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY), strict=True))


class Traveller:
    """One learner, with a store and a collection in a new folder. Days begin about twelve hours from now: none does meanwhile."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.corpus, self.folder = corpus, folder
        # A step of 1,000 minutes ends on the next study day.
        self.config = Config(day_starts=(dt.datetime.now().hour + 12) % 24, learning_steps=(1, 1000))
        self.file = folder / "reviews.db"
        self.fresh: set[str] = set()  # cards that were graded just now
        self.store = open_store(self.file)
        (built,) = build([corpus], folder / "decks", BUILT, direction="en-zh")
        slots = open_deck(built.jsonl)
        self.cards = [slot.id for way in ("zh-en", "en-zh") for slot in slots.slots_for(way)]  # type: ignore[arg-type]
        self.col = Collection(str(folder / "collection.anki2"))
        self.col.set_config("fsrs", True)
        self.col.set_config("rollover", self.config.day_starts)
        options = self.col.decks.get_config(1)  # type: ignore[arg-type]
        options["new"]["delays"] = list(self.config.learning_steps)
        self.col.decks.update_config(options)
        self.apart = False  # whether reviews were made here that Anki does not know

    def close(self) -> None:
        self.store.close()
        self.col.close()

    @property
    def today(self) -> int:
        return study_day(dt.datetime.now(dt.UTC), self.config.day_starts)

    def grade_here(self, card: str, grade: Grade) -> None:
        self._later(card)
        at = self.store.moment(card, int(time.time()))
        before = self.store.memories().get(card)
        after = schedule.review(before, grade, at, self.today, Rules(self.config), card)
        self.store.add(Graded(card, grade, before, after), at, self.today, 1_500)
        self.apart = True

    def grade_in_anki(self, card: str, grade: Grade) -> None:
        self._later(card)
        theirs = self.anki_cards()[card]
        theirs.start_timer()
        states = self.col._backend.get_scheduling_states(theirs.id)
        self.col.sched.answer_card(self.col.sched.build_answer(card=theirs, states=states, rating=_RATINGS[grade]))

    def _later(self, card: str) -> None:
        """Nobody grades a card twice in a second."""
        if card in self.fresh:
            self.let_go(61)
        self.fresh.add(card)

    def let_go(self, seconds: int = 0, days: int = 0) -> None:
        """Let time pass."""
        gone = seconds + days * DAY
        self.fresh.clear()
        with closing(sqlite3.connect(self.file)) as here, here:
            here.execute("PRAGMA synchronous = OFF")
            triggers = here.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                here.execute(f"DROP TRIGGER {name}")
            here.execute("UPDATE review SET at = at - ?, day = day - ?", (gone, days))
            here.execute(
                "UPDATE memory SET due_day = due_day - ?1, last_day = last_day - ?1, first_day = first_day - ?1", (days,)
            )
            here.execute("UPDATE memory SET due_at = due_at - ? WHERE due_at > 0", (gone,))
            for _, sql in triggers:
                here.execute(sql)
        db = self.col.db
        assert db
        moments = db.list("select id from revlog order by id")
        db.executemany("update revlog set id = ? where id = ?", [(moment - gone * 1000, moment) for moment in moments])
        db.execute("update cards set due = due - ? where type = 2 or queue = 3", days)
        db.execute("update cards set due = due - ? where type in (1, 3) and queue in (1, -1)", gone)
        for number, data in db.all("select id, data from cards where data like '%lrt%'"):
            kept = json.loads(data)
            db.execute("update cards set data = ? where id = ?", json.dumps(kept | {"lrt": kept["lrt"] - gone}), number)

    def packages(self) -> list[Path]:
        """Built with all progress, for both directions."""
        carry = carrier(self.file, self.config, int(time.time()))
        (built,) = build([self.corpus], self.folder / "decks", BUILT, direction="en-zh", carry=carry)
        assert built.english
        return [built.apkg, built.english]

    def to_anki(self) -> None:
        """Import packages with progress; Anki takes it with cards that it does not have, so that those it has go first."""
        self.apart = False
        self.col.remove_notes(self.col.find_notes(""))
        for path in self.packages():
            self.take(path)

    def take(self, path: Path) -> None:
        """Import a package with its progress."""
        request = ImportAnkiPackageRequest(package_path=str(path))
        request.options.CopyFrom(self.col._backend.get_import_anki_package_presets())
        request.options.with_scheduling = True
        self.col.import_anki_package(request)

    def exported(self, way: str) -> Path:
        """What Anki knows, as a file."""
        if way == "open collection":
            return self.folder / "collection.anki2"
        path = self.folder / f"out.{way.split()[-1]}"
        legacy = way.startswith("old")
        if path.suffix == ".apkg":
            options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy)
            self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        else:
            self.col.export_collection_package(str(path), include_media=False, legacy=legacy)
            self.col.reopen()
        return path

    def taken(self, way: str) -> Taken:
        return from_anki(read_reviews(self.exported(way)), self.config.day_starts)

    def from_anki(self, way: str) -> Merged:
        """Export from Anki and import here; once more changes nothing."""
        taken = self.taken(way)
        assert taken.refused == 0
        merged = self.store.merge(taken.kept)
        assert self.store.merge(taken.kept)[1:] == (0, 0, 0, 0)
        assert self.store.memories() == self.store.derived()
        return merged

    def anki_cards(self) -> dict[str, Card]:
        """Anki's cards, by our ids."""
        found = {}
        for number in self.col.find_notes(""):
            note = self.col.get_note(number)
            for card in note.cards():
                name = card_of(note["ID"], card.ord)
                assert name
                found[name] = card
        return found

    def assert_agreed(self) -> None:
        """Both have the same cards at the same place in the schedule, and the same log of each."""
        memories, theirs = self.store.memories(), self.anki_cards()
        assert set(theirs) == set(self.cards)
        log = {card: [] for card in self.cards}  # type: ignore[var-annotated]
        for one in self.store.log():
            log[one.card].append((one.at, one.grade))
        for name, card in theirs.items():
            self._agree(name, memories.get(name), card)
            found = self.col.db.all("select id / 1000, ease from revlog where cid = ? order by id", card.id)  # type: ignore[union-attr]
            assert sorted(map(tuple, found)) == log[name], f"{name}: {found} in Anki, {log[name]} here"

    def _agree(self, name: str, ours: Memory | None, card: Card) -> None:
        assert ((ours.state, ours.reps, ours.lapses) if ours else (0, 0, 0)) == (card.type, card.reps, card.lapses), name
        if ours is None:
            return
        data: dict[str, Any] = json.loads(self.col.db.scalar("select data from cards where id = ?", card.id))  # type: ignore[union-attr]
        # Anki keeps stability to four places and difficulty to three, and counts on from these.
        assert (ours.stability, ours.difficulty) == (
            pytest.approx(data["s"], rel=2e-3, abs=1e-3),
            pytest.approx(data["d"], abs=5e-3),
        ), name
        if card.type == 2:
            assert (ours.due_day - self.today, ours.due_day - ours.last_day) == (card.due - self.col.sched.today, card.ivl), name
        elif card.queue == 3:  # a step that ends tomorrow
            due = dt.datetime.fromtimestamp(ours.due_at, dt.UTC)
            assert study_day(due, self.config.day_starts) - self.today == card.due - self.col.sched.today, name
        else:  # Anki lets a step be up to five minutes longer
            assert 0 <= card.due - ours.due_at <= 300, name
