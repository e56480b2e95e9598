"""What is wrong with the machine: a disk that is full or read-only, a clock set back, two at once, no UTF-8; and keys stay secret."""

import datetime as dt
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from build_files import NOW, THEN, changed, data, edit
from chat_server import chatting
from test_cli import run_process
from test_faults_kills import DECK, statements

from conftest import CHECKOUT, TEA
from sandbox import Disk, Done, command, figures
from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.quiz import exchange, schedule
from studytool.quiz.desk import Desk
from studytool.quiz.merge import Kept, Line
from studytool.quiz.peek import peek_all
from studytool.quiz.store import open_store

ARTICLE = CHECKOUT / "tests" / "fixtures" / "articles" / "orchard.md"
SECRET = "sk-planted-7f3a9c1e5b"


@pytest.fixture
def sand(tmp_path: Path) -> Path:
    """A folder with something of each kind in it, as commands left it."""
    folder = tmp_path / "sand"
    shutil.copytree(TEA, folder / "tea")
    shutil.copy(ARTICLE, folder / "orchard.md")
    build([folder / "tea"], folder / "out", THEN)
    edit(folder / "tea" / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    with closing(open_store(folder / "home" / "reviews.db")) as store:
        store.merge(Kept(tuple(line(nth) for nth in range(20))))
    (folder / "theirs.json").write_bytes(exchange.encode(Kept(tuple(line(nth) for nth in range(10, 200)))))
    assert do(folder, "extract", "orchard.md", "--into", "corpus").code == 0
    text = (folder / "orchard.md").read_text("utf-8")
    (folder / "orchard.md").write_text(text.replace("。", "。\n\n", 40), "utf-8")
    return folder


def line(nth: int) -> Line:
    return Line(f"tea:hill-2023/old-trees/c{nth % 2 + 1}", 3, 1_700_000_000 + nth * 90_000, 739_000 + nth, 900, None, None)


def do(folder: Path, *args: str, disk: Disk | None = None, **env: str) -> Done:
    here = Path.cwd()
    os.chdir(folder)
    try:
        return command(*args, folder=folder, disk=disk, STUDYTOOL_HOME=str(folder / "home"), **env)
    finally:
        os.chdir(here)


WRITES = {  # each command that writes
    "build": ["build", "tea", "-o", "out"],
    "export": ["export", "-o", "out/tea.html", "--deck", "out/tea.jsonl"],
    "export --reviews": ["export", "--reviews", "out/mine.json"],
    "extract": ["extract", "orchard.md", "--into", "corpus"],
    "import": ["import", "theirs.json"],
}


def state(folder: Path) -> dict[str, bytes]:
    """All files, but those of SQLite, which are read as what they hold."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "home" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def reviews(folder: Path) -> int:
    """How many reviews there are; the store and its backups are whole."""
    for path in (folder / "home").rglob("reviews*.db"):
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(open_store(folder / "home" / "reviews.db")) as store:
        assert (store.notice, store.memories()) == ("", store.derived())
    return len(peek_all(folder / "home" / "reviews.db").reviews)


@pytest.mark.parametrize("what", WRITES)
def test_a_disk_that_fills_at_any_byte(sand: Path, tmp_path: Path, what: str, pytestconfig: pytest.Config) -> None:
    before, kept = state(sand), reviews(sand)
    after_folder = Path(shutil.copytree(sand, tmp_path / "after"))
    assert do(after_folder, *WRITES[what], SOURCE_DATE_EPOCH=str(NOW)).code == 0
    after, took = state(after_folder), reviews(after_folder)
    most = max(len(content) for content in {**after, "": b"x" * 65_536}.values())
    tries = 60 if pytestconfig.getoption("--faults") else 5
    with figures(pytestconfig, f"a full disk under {what}") as found:
        refused = 0
        for nth in range(tries):
            here = Path(shutil.copytree(sand, tmp_path / f"try-{nth}"))
            done = do(here, *WRITES[what], disk=Disk(most=most * nth // tries), SOURCE_DATE_EPOCH=str(NOW))
            assert "Traceback" not in done.err, done.err
            assert done.code in (0, 3), done.err
            assert done.code == 0 or done.err.count("\n") == 1, done.err
            assert state(here) in ((before,) if done.code else (after,)), "all of it or nothing, and nothing left beside"
            assert reviews(here) in ((kept,) if done.code else (took,))
            refused += done.code == 3
            shutil.rmtree(here)
        assert refused
        found |= {"tries": tries, "refused": refused}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root gives up its rights here; others have none to give"
)
@pytest.mark.parametrize("what", WRITES)
def test_a_folder_that_may_not_be_written(sand: Path, what: str) -> None:
    before, kept = state(sand), reviews(sand)
    for folder in (sand, *(path for path in sand.rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    try:
        done = do(sand, *WRITES[what], disk=Disk(strict=True))
    finally:
        for folder in (sand, *(path for path in sand.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
    assert (done.code, done.err.count("\n")) == (3, 1), done.err
    assert (state(sand), reviews(sand)) == (before, kept)


def test_a_clock_set_back_and_forth(tmp_path: Path, home: Path, pytestconfig: pytest.Config) -> None:
    chance, now = random.Random(7), 1_700_000_000
    steps = 1000 if pytestconfig.getoption("--faults") else 200
    moment = [now]
    with closing(open_store(home / "reviews.db")) as store, figures(pytestconfig, "a clock set back and forth") as found:
        back = 0
        desk = Desk([DECK], store, Config(new_per_day=9999), lambda: dt.datetime.fromtimestamp(moment[0], dt.UTC))
        session = desk.begin()
        for _ in range(steps):
            jump = chance.choice([5, 5, 5, 600, 86_400, -3600, -86_400 * 40, 86_400 * 30])
            moment[0] += jump
            back += jump < 0
            if not session.show(desk.now()):
                session = desk.begin()
            if session.show(desk.now()):
                desk.grade(session, chance.choice(schedule.GRADES), 5)
        assert store.memories() == store.derived()
        log = peek_all(store.path).reviews
        for card in {review.card for review in log}:
            times = [review.at for review in log if review.card == card]
            assert times == sorted(set(times)), "each later than the one before, whatever the clock says"
        found |= {"grades": len(log), "times set back": back}
    out = tmp_path / "out"
    tea = Path(shutil.copytree(TEA, tmp_path / "corpus"))
    build([tea], out, NOW)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    build([tea], out, THEN)
    assert changed(out)["price-will-fall/qa"] == NOW + 1, "Anki takes only what is newer"


def two(one: Callable[[], int], other: Callable[[], int]) -> list[int]:
    """Two forked processes at once; the exit code of each."""
    children = []
    for work in (one, other):
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = work()
            finally:
                os._exit(code)
        children.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]


def test_two_at_once(sand: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (sand / "others.json").write_bytes(exchange.encode(Kept(tuple(line(nth) for nth in range(150, 300)))))
    pairs = 60 if pytestconfig.getoption("--faults") else 6
    fresh = Path(shutil.copytree(sand, tmp_path / "fresh"))
    do(fresh, *WRITES["build"], SOURCE_DATE_EPOCH=str(NOW))
    with figures(pytestconfig, "two at once") as found:
        waited = 0
        for _ in range(pairs):
            shutil.rmtree(sand / "home")
            with closing(open_store(sand / "home" / "reviews.db")) as store:
                store.merge(Kept((line(0),)))
            codes = two(*(lambda name=name: do(sand, "import", name).code for name in ("theirs.json", "others.json")))
            assert set(codes) <= {0, 2}, "done, or told that the other is at it"
            assert 0 in codes
            waited += 2 in codes
            expected = {(0, 0): 291, (0, 2): 191, (2, 0): 151}[codes[0], codes[1]]
            assert reviews(sand) == expected
            shutil.rmtree(sand / "out")
            build([TEA], sand / "out", THEN)
            codes = two(*[lambda: do(sand, *WRITES["build"], SOURCE_DATE_EPOCH=str(NOW)).code] * 2)
            assert codes == [0, 0]
            assert data(sand / "out") == data(fresh / "out")
        found |= {"pairs": 2 * pairs, "told to wait": waited}


NO_UTF_8 = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


OTHERS = [
    ["claims", "--deck", "out/tea.jsonl"], ["extract", "茶.md", "--json"], ["build", "没有.md"], *WRITES.values(),
    ["due", "--deck", "out/tea.jsonl"], ["check", "tea", "--json"], ["stats", "--deck", "out/tea.jsonl"], ["restore"], ["check", "tea2"],
    ["export", "--format", "csv", "--deck", "out/tea.jsonl"],
]  # fmt: skip


def test_a_locale_without_utf_8(sand: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    shutil.copy(ARTICLE, sand / "茶.md")
    plain = Path(shutil.copytree(sand, sand.parent / "plain"))
    commands = OTHERS if pytestconfig.getoption("--faults") else OTHERS[:3]
    with figures(pytestconfig, "a locale without UTF-8") as found:
        for args in commands:
            monkeypatch.chdir(sand)
            done = run_process(*args, **NO_UTF_8, STUDYTOOL_HOME=str(sand / "home"))
            wanted = do(plain, *args)
            assert "Traceback" not in done.stderr, done.stderr
            assert done.returncode == wanted.code, (args, done.stderr, wanted.err)
            assert sorted(state(sand)) == sorted(state(plain))
        found |= {"commands": len(commands)}


@pytest.mark.parametrize("verb", [["build"], ["extract", "--into", "corpus"], ["extract", "--json"]], ids=" ".join)
def test_a_file_whose_name_is_no_text(sand: Path, verb: list[str]) -> None:
    name = os.fsdecode(b"talk\xff\xe8.md")
    shutil.copy(ARTICLE, sand / name)
    done = do(sand, verb[0], name, *verb[1:])
    assert "Traceback" not in done.err, done.err[-1500:]
    assert done.code in (0, 2)


def test_a_planted_key_is_found_nowhere(sand: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openai")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    config = sand / "home" / "config.toml"
    monkeypatch.chdir(sand)
    env = {"STUDYTOOL_HOME": str(sand / "home")}
    said: list[str] = []

    def go(*args: str, **more: str) -> int:
        done = run_process(*args, **env, **more)
        said.extend((done.stdout, done.stderr))
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode

    def child(*args: str) -> int:  # forked: a process less to start
        done = do(sand, *args, DEEPL_API_KEY=SECRET, OPENAI_API_KEY=SECRET)
        said.extend((done.out, done.err))
        assert "Traceback" not in done.err, done.err
        return done.code

    (sand / "gaps").mkdir()
    shutil.copy(sand / "tea" / "corpus.toml", sand / "gaps")
    full = pytestconfig.getoption("--faults")
    moods = ["401", "key", "good", "429", "500", "echo", "garbage", "not json", "403"][: 9 if full else 1]
    with chatting() as server, figures(pytestconfig, "a planted key") as found:
        ask = [
            "--with",
            "llm",
            "--model",
            "m",
            "--base-url",
            server.url.replace("http://", f"http://user:{SECRET}@"),
            "--rate",
            "1000",
        ]
        for nth, mood in enumerate(moods):
            server.always = mood
            (sand / "gaps" / "hill.toml").write_bytes(statements(sand / "gaps" / "hill.toml"))
            keyed = {"OPENAI_API_KEY": SECRET, "DEEPL_API_KEY": SECRET} if nth % 2 else {}
            config.write_text("" if keyed else f'[keys]\nopenai_api_key = "{SECRET}"\n', "utf-8")
            config.chmod(0o600)
            go("gloss", "gaps/hill.toml", *ask, "--base-url", server.url, **keyed)
        assert SECRET in server.keys, "it was used"
        server.always = "good"
        ask += ["--base-url", server.url.replace("http://", f"http://user:{SECRET}@")]
        for args in (["build", "gaps", "-o", "out"], ["extract", "orchard.md", "--into", "corpus"]) if full else ():
            go(*args, *ask, OPENAI_API_KEY=SECRET)
        config.write_text(f'[keys]\nopenai_api_key = "{SECRET}"\nx = 1\n', "utf-8")
        assert child("due") == 2, "and a config that is wrong does not tell it"
        config.write_text(f'llm_model = "{SECRET}\n', "utf-8")
        assert child("due") == 2
        config.write_text(f'[keys]\nopenai_api_key = "{SECRET}"\n', "utf-8")
        config.chmod(0o644)
        assert child("due") == 2
        config.chmod(0o600)
        after = [
            *WRITES.values(),
            ["gloss", "gaps/hill.toml", "--with", "deepl", "--dry-run"],
            ["check", "corpus", "--json"],
            ["restore"],
        ]
        after += [["export", "-o", f"out/all.{form}", "--deck", "out/tea.jsonl"] for form in ("json", "tsv", "csv", "md", "html")]
        for args in (*after, ["stats", "--json", "--deck", "out/tea.jsonl"]):
            assert child(*args) in (0, 1), said[-1]
        files = [path for path in (*sand.rglob("*"), *sand.parent.rglob("*.log")) if path.is_file() and path != config]
        assert not [path for path in files if SECRET.encode() in path.read_bytes()]
        assert not [text for text in said if SECRET in text]
        found |= {"outputs searched": len(said), "files searched": len(files), "found": 0}
    json.loads((sand / "out" / "all.json").read_text("utf-8"))
    assert open_deck(sand / "out" / "tea.jsonl")
