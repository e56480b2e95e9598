"""The command line as a user meets it: its output, its exit code; in a process of its own where that matters."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from console import run
from studytool.cli import cli


def run_process(*args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "studytool", *args],
        input=stdin, capture_output=True, text=True, encoding="utf-8", env=os.environ | env, timeout=60, check=False,
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The only line of an error; no traceback, nothing on stdout."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done.stderr
    return done.stderr


@pytest.fixture
def deck(tea_built: Path) -> str:
    return str(tea_built / "tea.jsonl")


def test_build_prints_a_table_and_where_the_files_are(tea: Path) -> None:
    done = run_process("build", str(tea))
    assert done.returncode == 0
    assert re.search(r"^Leaves +3 +2 +5$", done.stdout, re.M)
    assert re.search(r"^all +4 +3 +7$", done.stdout, re.M)
    assert "7 new or changed notes" in done.stdout
    assert Path("decks/tea.apkg").stat().st_size > 1000
    assert "0 new or changed notes" in run("build", str(tea)).stdout


def test_build_takes_the_corpus_of_the_working_folder_else_the_shipped_one(tea: Path) -> None:
    assert Path("decks/altman.jsonl").exists() is False
    assert run("build").returncode == 0
    assert Path("decks/altman.jsonl").exists()
    tea.rename("corpus")
    assert run("build").returncode == 0
    assert Path("decks/tea.jsonl").exists()


def test_all_faults_at_once_each_with_its_line_and_the_old_decks_untouched(tea: Path) -> None:
    run("build", str(tea))
    before = {path: path.read_bytes() for path in Path("decks").iterdir()}
    hill, quay = tea / "hill-2023.toml", tea / "quay-2024.toml"
    hill.write_text(
        hill.read_text("utf-8").replace("{{c1::aroma}}", "aroma").replace('kind = "fact"', 'kind = "rumour"'), "utf-8"
    )
    quay.write_text(quay.read_text("utf-8").replace('topic = "trade"', 'topic = "trades"\nsped = 1'), "utf-8")
    done = run("build", str(tea))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 4
    for line, (path, text) in zip(
        lines, [(hill, "not numbered 1, 2"), (hill, "kind"), (quay, "did you mean 'trade'"), (quay, "'sped'")], strict=True
    ):
        number = int(line.removeprefix(f"{path}:").split(":")[0])
        assert path.read_text("utf-8").splitlines()[number - 1].split(" ")[0] in ("en", "kind", "topic", "sped")
        assert text in line
    assert {path: path.read_bytes() for path in Path("decks").iterdir()} == before


def test_build_refuses_an_odd_source_date_epoch(tea: Path) -> None:
    assert "SOURCE_DATE_EPOCH" in one_line(run("build", str(tea), SOURCE_DATE_EPOCH="yesterday"), 2)
    assert run("build", str(tea), SOURCE_DATE_EPOCH="1700000000").returncode == 0
    assert '"changed":1700000000' in Path("decks/tea.jsonl").read_text("utf-8")


def test_check_tells_findings_with_their_line_and_exits_with_1(tea: Path) -> None:
    assert run("check", str(tea)).returncode == 0
    quay = tea / "quay-2024.toml"
    quay.write_text(quay.read_text("utf-8").replace("预计哪一年普洱会跌", "预计 2030 年普洱会跌"), "utf-8")
    done = run("check", str(tea))
    assert done.returncode == 1
    assert re.search(rf"^{re.escape(str(quay))}:\d+: L31 ", done.stdout, re.MULTILINE)
    assert re.search(rf"^{re.escape(str(quay))}:\d+: L52 \(warning\) ", done.stdout, re.MULTILINE)
    as_json = [json.loads(line) for line in run("check", str(tea), "--json").stdout.splitlines()]
    assert {(finding["code"], finding["error"], finding["statement"]) for finding in as_json} == {
        ("L31", True, "quay-2024/price-will-fall"),
        ("L52", False, "quay-2024/price-will-fall"),
    }
    refused = run("build", str(tea))
    assert (refused.returncode, refused.stdout, refused.stderr.count(" L31 ")) == (2, "", 2)


def test_claims_are_printed_by_topic_with_who_when_and_where(deck: str) -> None:
    done = run("claims", "--deck", deck)
    assert done.returncode == 0
    assert done.stdout.startswith("# 茶叶 · Leaves (2)\n")
    assert "— Zhou Hai 周海, Quay Q&A, 2024-02-03 · forecast" in done.stdout
    assert "{{" not in done.stdout
    only = run("claims", "--deck", deck, "--speaker", "zhou", "--search", "HALVE 普洱", "--json").stdout
    assert json.loads(only)["id"] == "quay-2024/price-will-fall"
    assert "there are" in one_line(run("claims", "--deck", deck, "--topic", "coffee"), 2)


def test_claims_end_quietly_where_the_reader_has_seen_enough(deck: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m studytool claims --deck '{deck}' | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("# 茶叶 · Leaves (2)\n", "")


def test_due_is_one_line(deck: str, home: Path) -> None:
    assert run("due", "--deck", deck).stdout == "0 due, 3 new\n"
    assert json.loads(run("due", "--deck", deck, "--json").stdout) == {"due": 0, "new": 3}
    assert run("due", "--deck", deck, "--direction", "en-zh").stdout == "0 due, 3 new\n"
    assert "'zh-en', 'en-zh'" in one_line(run("due", "--deck", deck, "--direction", "zh"), 2)
    assert list(home.iterdir()) == [], "asking makes no file"
    (home / "reviews.db").write_bytes(b"garbage" * 999)
    assert "reviews.db" in one_line(run("due", "--deck", deck), 3)


@pytest.mark.parametrize("command", [[], ["quiz"], ["quiz", "--topic", "leaves"]])
def test_without_a_terminal_the_quiz_says_so(deck: str, command: Sequence[str]) -> None:
    assert "terminal" in one_line(run_process(*command), 2)


def in_a_terminal(*args: str, **env: str) -> tuple[int, str]:
    """Run in a pseudo-terminal and answer nothing: for what ends before the app begins."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "studytool", *args], os.environ | env)
    seen = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode("utf-8", "replace").replace("\r\n", "\n")


def test_a_terminal_without_utf_8_is_told_what_to_set(deck: str) -> None:
    code, text = in_a_terminal("quiz", "--deck", deck, PYTHONIOENCODING="latin-1")
    assert (code, text.count("\n")) == (2, 1)
    assert "LANG" in text


def test_claims_on_a_terminal_without_utf_8_lose_letters_but_do_not_fail(deck: str) -> None:
    done = run_process("claims", "--deck", deck, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Zhou Hai" in done.stdout


@pytest.mark.parametrize(
    ("content", "wanted"),
    [(None, "no such file"), (b"", "is empty"), (b"not json\n", "not a deck"), (b'{"format":1}\n', "not a deck"), (b"PK\x03\x04\xff\xfe", "not a deck")],
)  # fmt: skip
def test_a_deck_file_that_is_not_ours_is_one_line(tmp_path: Path, content: bytes | None, wanted: str) -> None:
    path = tmp_path / "odd.jsonl"
    if content is not None:
        path.write_bytes(content)
    code, text = in_a_terminal("quiz", "--deck", str(path))
    assert (code, text.count("\n")) == (2, 1)
    assert wanted in text
    assert str(path) in text


def test_an_unknown_topic_or_a_newer_store_ends_before_the_app(deck: str, home: Path) -> None:
    code, text = in_a_terminal("quiz", "--deck", deck, "--topic", "coffee")
    assert (code, "there are leaves, trade" in text) == (2, True)
    import sqlite3

    db = sqlite3.connect(home / "reviews.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    code, text = in_a_terminal("quiz", "--deck", deck)
    assert (code, "upgrade" in text) == (2, True)


def test_wrong_usage_is_one_line() -> None:
    assert "--help" in one_line(run_process("quiz", "--tpoic", "x"), 2)
    assert "leave it out with --cram" in one_line(run("quiz", "--new", "3", "--cram"), 2)
    assert "'gossip' is not one of" in one_line(run("quiz", "--kind", "gossip"), 2)
    assert "--minutes" in one_line(run("quiz", "--minutes", "0"), 2)
    assert "No such command" in one_line(run("quizz"), 2)


def test_every_command_has_help_and_the_readme_names_it() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    for name, command in cli.commands.items():
        done = CliRunner().invoke(cli, [name, "--help"])
        assert done.exit_code == 0
        assert command.help
        assert f"studytool {name}" in readme


def test_version() -> None:
    assert re.fullmatch(r"studytool \d+\.\d+\.\d+\nWord glosses: CC-CEDICT, .*CC BY-SA 4\.0.*\n", run("--version").stdout)


WATCH = """
import sys
from studytool.quiz.ui.app import QuizApp
def watched(self):
    import asyncio
    async def go():
        async with self.run_test() as pilot:
            await pilot.press("space", "3", "space", "4", "q", "enter")
    asyncio.run(go())
    print(",".join(sorted(sys.modules)))
QuizApp.run = watched
sys.stdin.isatty = sys.stderr.isatty = lambda: True
sys.argv = ["studytool", "quiz", "--deck", sys.argv[1]]
from studytool.cli import main
main()
"""


def test_the_quiz_loads_nothing_that_belongs_to_the_making_of_decks(deck: str) -> None:
    done = subprocess.run([sys.executable, "-c", WATCH, deck], capture_output=True, text=True, check=False)
    loaded = set(done.stdout.strip().splitlines()[-1].split(","))
    assert {"fsrs", "textual", "studytool.quiz.ui.summary"} <= loaded, done.stderr
    assert not loaded & {"jieba", "genanki", "deep_translator", "pypinyin", "opencc", "studytool.chinese", "studytool.corpus"}
