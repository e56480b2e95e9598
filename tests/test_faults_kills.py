"""Killed at any moment: nothing that was graded is lost, no half-written file is ever seen, and the next run goes on.

`pytest --faults` kills a thousand times; the ordinary run some dozens of times. The figures stand at the end of its output.
"""

import datetime as dt
import os
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from build_files import NOW, THEN, data, edit
from translator_server import english

from conftest import CHECKOUT, TEA
from pty_quiz import Quiz
from sandbox import Killer, Tell, figures
from studytool.build import build
from studytool.cli import cli
from studytool.config import Config
from studytool.corpus_edit import StatementFile
from studytool.deck import open_deck
from studytool.files import write_together
from studytool.gloss import gloss_files, statement_files
from studytool.glosses.sentences import Cache, Glosser
from studytool.model import Source, Statement
from studytool.progress import carrier
from studytool.quiz import exchange, schedule
from studytool.quiz.desk import Desk
from studytool.quiz.merge import Kept, Line
from studytool.quiz.peek import peek_all
from studytool.quiz.store import open_store

SEED = 7
DAY, AT = 739_000, 1_700_000_000


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    """How often each piece of work is killed."""
    return 245 if pytestconfig.getoption("--faults") else 12


def studied(path: Path, nth: int) -> Callable[[Tell], None]:
    """A sitting on the nth day: cards graded, now and then one taken back, buried or marked; each told when it is kept."""
    moments = iter(range(AT + nth * 86_400, AT + (nth + 1) * 86_400, 7))
    clock = lambda: dt.datetime.fromtimestamp(next(moments), dt.UTC)  # noqa: E731

    def work(tell: Tell) -> None:
        with closing(open_store(path)) as store:
            assert not store.notice
            desk = Desk([DECK], store, Config(new_per_day=999, bury_siblings=False), clock)
            session = desk.begin()
            for step in range(40):
                card = session.show(desk.now())
                desk.grade(session, schedule.GRADES[step % 4], 5)
                tell(f"grade {card}")
                if step % 5 == 3 and desk.undo(session):
                    tell("undo")
                elif step % 5 == 4:
                    tell(f"mark {desk.mark(session)}")

    return work


DECK = open_deck(CHECKOUT / "decks" / "altman.jsonl")


def test_what_was_graded_is_kept(home: Path, kills: int, pytestconfig: pytest.Config) -> None:
    path, fresh = home / "reviews.db", 25  # sittings until a store is begun anew
    killer = Killer(studied(home / "measured.db", 0), SEED)
    graded: list[str] = []
    undone = told = nth = 0
    with figures(pytestconfig, "kills of a quiz") as found:
        while killer.kills < kills:
            if nth % fresh == 0:
                for file in home.glob("reviews.db*"):
                    file.unlink()
                graded, undone = [], 0
            one = killer.kill(studied(path, nth % fresh))
            nth += 1
            told += len(one)
            graded += [line.removeprefix("grade ") for line in one if line.startswith("grade ")]
            undone += one.count("undo")
            if not path.exists():
                assert not one
                continue
            with closing(open_store(path)) as store:
                assert store.notice == ""
                assert store.memories() == store.derived()
                marks = len([1 for flag in store.flags().values() if flag.at])
            reviews = peek_all(path).reviews
            assert [review.card for review in reviews][: len(graded)] == graded, "what was told is there, in its order"
            taken = sum(review.undone is not None for review in reviews)
            assert undone <= taken
            assert (len(reviews) - len(graded)) + (taken - undone) <= 1, "one step more may be kept than was told, no more"
            assert marks or "mark True" not in one
            graded, undone = [review.card for review in reviews], taken
        found |= {"kills": killer.kills, "came to their end": killer.ends, "steps told": told, "grades lost": 0}


def test_a_real_quiz_in_a_terminal(tea: Path, home: Path, pytestconfig: pytest.Config) -> None:
    (built,) = build([tea], home / "decks", THEN)
    often = 20 if pytestconfig.getoption("--faults") else 1
    with figures(pytestconfig, "kills of a quiz in a terminal") as found:
        for _ in range(often):
            for file in home.glob("reviews.db*"):
                file.unlink()
            quiz = Quiz("quiz", "--deck", str(built.jsonl))
            quiz.press_until(b"", "3 new")
            quiz.press_until(b" ", "1m")
            quiz.press_until(b"4", "2 new")
            quiz.kill()
            with closing(open_store(home / "reviews.db")) as store:
                assert (store.notice, [review.grade for review in store.log()]) == ("", [4])
        found |= {"kills": often, "grades lost": 0}


def test_a_deck_is_the_old_one_or_the_new_one(tea: Path, tmp_path: Path, kills: int, pytestconfig: pytest.Config) -> None:
    out = tmp_path / "out"

    def make(_: Tell = print) -> None:  # type: ignore[assignment]
        build([tea], out, NOW)

    build([tea], out, THEN)
    old = data(out)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    make()
    new = data(out)
    killer, seen, mixed, left = Killer(make, SEED), 0, 0, 0
    with figures(pytestconfig, "kills of a build") as found:
        while killer.kills < kills:
            _put(out, old)

            def look() -> None:
                nonlocal seen
                seen += 1
                for name in old:
                    assert (out / name).read_bytes() in (old[name], new[name])

            killer.kill(make, look)
            look()
            there = {name: (out / name).read_bytes() for name in old}
            mixed += there not in (old, new)
            left += len(list(out.glob(".*")))
            for file in out.glob(".*"):
                os.utime(file, (THEN, THEN))  # as it will be in an hour
            make()
            assert data(out) == new, "the next build makes it whole, and takes away what the killed one left"
        found |= {"kills": killer.kills, "came to their end": killer.ends, "looks": seen, "half-written files": 0}
        found |= {"left one file new and one old, which the next build mended": mixed, "files left beside": left}


def _put(out: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(out)
    out.mkdir()
    for name, content in files.items():
        (out / name).write_bytes(content)


ZH = [f"茶园里的第{{{{c1::{n}}}}}条路通向山上的旧仓库，走的人一年比一年少。" for n in range(12)]


def statements(path: Path) -> bytes:
    source = Source(id="hill", title="山上", event="茶会", speakers=("林晚",), published=dt.date(2024, 1, 2))
    file = StatementFile.new(path, source)
    for nth, zh in enumerate(ZH):
        file.add(Statement(id=f"s{nth}", topic="leaves", kind="fact", speaker="林晚", section="一", zh=zh, gloss="missing"))
    return file.text().encode()


def test_english_is_there_whole_or_not_at_all(tmp_path: Path, kills: int, pytestconfig: pytest.Config) -> None:
    path, cache = tmp_path / "hill.toml", tmp_path / "glosses.db"
    empty = statements(path)

    def fill_in(tell: Tell) -> None:
        glosser = Glosser("google", lambda text: english(text), Cache(cache), 10_000, 0.01, senses=lambda _: ())
        gloss_files(statement_files([path]), glosser, False, False, lambda: tell("done"))

    def filled() -> int:
        count = 0
        for nth, one in enumerate(tomllib.loads(path.read_text("utf-8"))["statement"]):
            assert one["id"] == f"s{nth}"
            assert one["zh"] == ZH[nth]
            assert ("en" in one) == (one["gloss"] == "google")
            if "en" in one:
                assert one["en"].startswith("In English this is about ")
                assert one["en"].endswith("as far as anybody can tell.")
            count += "en" in one
        return count

    def anew() -> None:
        write_together({path: empty})
        for file in tmp_path.glob("glosses.db*"):
            file.unlink()

    anew()
    killer, seen, sentences = Killer(fill_in, SEED), 0, 0
    with figures(pytestconfig, "kills of gloss") as found:
        while killer.kills < kills:
            anew()

            def look() -> None:
                nonlocal seen
                seen += 1
                filled()

            told = killer.kill(fill_in, look)
            count = filled()
            sentences += count
            assert len(told) <= count <= len(told) + 1, "each is in the file before the next is told"
            kept = _cached(cache)
            assert kept >= count, "what is in the file is not asked for again"
            asked: list[str] = []
            again = Glosser("google", lambda text, asked=asked: asked.append(text) or english(text), Cache(cache), 10_000, 0.01)
            gloss_files(statement_files([path]), again, False, False, lambda: None)
            assert filled() == len(ZH)
            assert len(asked) <= len(ZH) * 2 - kept
        found |= {
            "kills": killer.kills,
            "came to their end": killer.ends,
            "sentences kept": sentences,
            "looks": seen,
            "half-written files": 0,
        }


def _cached(cache: Path) -> int:
    if not cache.exists():
        return 0
    with closing(sqlite3.connect(cache)) as db:
        try:
            return int(db.execute("SELECT count(*) FROM sentence").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # killed before there was a table


CARDS = ("hill-2023/old-trees/c1", "hill-2023/old-trees/qa", "hill-2023/picked-before-rain/c1", "quay-2024/price-will-fall/c1")


def line(nth: int, at: int) -> Line:
    """A review of a card of the tea deck, none of two in the same second."""
    return Line(f"tea:{CARDS[nth % 4]}", nth % 4 + 1, at + nth * 100, DAY + nth // 100, 900, None, None)


def package(reviews: Kept, folder: Path) -> Path:
    """A package for Anki that carries reviews."""
    with closing(open_store(folder / "theirs.db")) as store:
        store.merge(reviews)
    carry = carrier(folder / "theirs.db", Config(), NOW)
    (built,) = build([TEA], folder / "decks", THEN, carry=carry)
    return built.apkg


@pytest.mark.parametrize("kind", ["file", "package"])
def test_what_is_imported_is_taken_in_whole_or_not_at_all(
    home: Path, tmp_path: Path, kills: int, kind: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file = home / "reviews.db", tmp_path / "theirs.json"
    with closing(open_store(path)) as store:
        store.merge(Kept(tuple(line(nth, AT) for nth in range(40))))
    mine = path.read_bytes()
    theirs = Kept(tuple(line(nth, AT + 10_000) for nth in range(300)))
    if kind == "package":
        file = package(theirs, tmp_path)
    else:
        file.write_bytes(exchange.encode(theirs))
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))

    def take_in(_: Tell = print) -> None:  # type: ignore[assignment]
        cli.main(["import", str(file)], standalone_mode=False)

    def anew() -> None:
        shutil.rmtree(home)
        home.mkdir()
        path.write_bytes(mine)

    killer, before, after, left = Killer(take_in, SEED), 0, 0, 0
    with figures(pytestconfig, f"kills of import of a {kind}") as found:
        while killer.kills < kills:
            anew()
            killer.kill(take_in)
            with closing(open_store(path)) as store:
                assert store.notice == ""
                assert store.memories() == store.derived()
            count = len(peek_all(path).reviews)
            assert count in (40, 340)
            before, after = before + (count == 40), after + (count == 340)
            for backup in (home / "backups").glob("reviews-*.db"):
                with closing(sqlite3.connect(f"{backup.as_uri()}?mode=ro", uri=True)) as db:
                    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    assert db.execute("SELECT count(*) FROM review").fetchone() == (40,)
            left += bool(list(copies.iterdir()))
            shutil.rmtree(copies)
            copies.mkdir()
            take_in()
            assert len(peek_all(path).reviews) == 340
            assert not list(copies.iterdir())
            assert not list((home / "backups").glob(".*")), "what a killed backup left is gone"
        found |= {"kills": killer.kills, "came to their end": killer.ends, "nothing taken in": before, "all taken in": after}
        found |= {"copies left in the temporary folder": left} if kind == "package" else {}
