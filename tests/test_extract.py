"""`studytool extract` and `studytool build` on articles: what is written, what is kept, and what is said where nothing can be."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from build_files import edit
from click.testing import CliRunner, Result

from studytool import corpus
from studytool.cli import cli, main
from studytool.corpus_edit import StatementFile
from studytool.deck import open_deck
from studytool.extract import Wanted, read

ARTICLES = Path(__file__).parent / "fixtures" / "articles"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The fixture articles without the lists of their marks."""
    folder = tmp_path / "articles"
    shutil.copytree(ARTICLES, folder, ignore=shutil.ignore_patterns("*.marks.txt"))
    return folder


def run(*args: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, catch_exceptions=True)


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str]:
    """The exit code and what stands on stderr, as a user sees them."""
    monkeypatch.setattr(sys, "argv", ["studytool", *map(str, args)])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0), capsys.readouterr().err


def claims(folder: Path, name: str) -> list[tuple[str, str, str]]:
    return [(one.id, one.status, one.zh) for one in StatementFile.open(folder / f"{name}.toml").statements()]


def test_statement_files_that_the_reader_takes_and_check_finds_sound(articles: Path, tmp_path: Path) -> None:
    done = run("extract", articles, "--into", tmp_path / "c")
    assert done.exit_code == 0, done.output
    read = corpus.read(tmp_path / "c")
    assert {source.id for source in read.sources} == {"clinic", "harbour", "lantern", "orchard", "quarry", "signal"}
    assert all(entry.statement.status == "proposed" and entry.statement.quote for entry in read.entries)
    checked = run("check", tmp_path / "c")
    assert "L41" not in checked.output
    assert "L43" not in checked.output
    orchard = next(source for source in read.sources if source.id == "orchard")
    assert (orchard.outlet, str(orchard.published), orchard.said) == ("田埂观察室", "2025-03-04", "2025-02-22")
    assert orchard.article == "../articles/orchard.md"


def test_a_second_run_changes_nothing(articles: Path, tmp_path: Path) -> None:
    assert run("extract", articles, "--into", tmp_path / "c").exit_code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "c").iterdir()}
    again = run("extract", articles, "--into", tmp_path / "c", "--jobs", 2)
    assert again.exit_code == 0, again.output
    assert {path.name: path.read_bytes() for path in (tmp_path / "c").iterdir()} == before


def test_what_a_person_decided_is_kept_and_what_left_the_text_is_stale(articles: Path, tmp_path: Path) -> None:
    folder, article = tmp_path / "c", articles / "signal.md"
    run("extract", article, "--into", folder)
    first, second, third, *_ = claims(folder, "signal")
    path = folder / "signal.toml"
    edit(path, first[2], first[2].replace("说", "讲", 1))
    file = StatementFile.open(path)
    file.change(first[0], {"status": "accepted"})
    file.change(second[0], {"status": "rejected"})
    file.save()
    edit(path, f'id = "{first[0]}"', f'id = "{first[0]}"  # a claim of mine')
    quotes = {one.id: one.quote for one in file.statements()}
    text = article.read_text("utf-8")
    start = text.index("卫星")
    gone = _line_of(text, third[2])
    article.write_text(
        "# 题\n\n" + text[:start].replace("# ", "", 1) + text[start:].replace(gone, "这一句改过了，说的是另一件事情。"), "utf-8"
    )
    done = run("extract", article, "--into", folder)
    assert done.exit_code == 0, done.output
    now = {one[0]: one for one in claims(folder, "signal")}
    assert now[first[0]][1:] == ("accepted", first[2].replace("说", "讲", 1))
    assert now[second[0]][1] == "rejected"
    assert now[third[0]][1] == "stale"
    assert "1 stale" in done.output
    assert "# a claim of mine" in path.read_text("utf-8")
    refreshed = {one.id: one.quote for one in StatementFile.open(path).statements()}
    assert refreshed[first[0]] is not None
    assert quotes[first[0]] is not None
    assert refreshed[first[0]].sha256 == quotes[first[0]].sha256  # type: ignore[union-attr]
    assert run("check", path).exit_code in (0, 1)
    assert "L41" not in run("check", path).output


def _line_of(text: str, zh: str) -> str:
    """A piece of the article that the statement quotes, long enough to be there once."""
    flat = zh.replace("{{c1::", "").replace("}}", "")
    for at in range(len(flat) - 12):
        piece = flat[at : at + 12]
        if text.count(piece) == 1:
            return piece
    raise AssertionError(f"nothing of {zh} stands in the text on one line")


def test_a_claim_that_another_source_makes_is_named_and_left_out(articles: Path, tmp_path: Path) -> None:
    run("extract", articles / "signal.md", "--into", tmp_path / "c")
    shutil.copy(articles / "signal.md", articles / "copy.md")
    done = run("extract", articles / "copy.md", "--into", tmp_path / "c")
    assert "said already in signal/q" in done.output


def test_json_says_where_and_why(articles: Path) -> None:
    done = run("extract", articles / "harbour.txt", "--json", "--limit", 5)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
    assert set(rows[0]) == {"source", "rank", "score", "zh", "quote", "start", "end", "speaker", "topic", "why"}
    assert all(row["why"] and len(row["quote"]) == row["end"] - row["start"] for row in rows)
    assert not Path("corpus").exists()


def test_only_one_speaker(articles: Path) -> None:
    done = run("extract", articles / "lantern.md", "--json", "--speaker", "老纪")
    assert {json.loads(line)["speaker"] for line in done.stdout.splitlines()} == {"老纪"}


def test_an_article_becomes_a_deck_at_once(articles: Path, tmp_path: Path) -> None:
    done = run("build", articles / "signal.md", articles / "quarry.md", "-o", tmp_path / "decks")
    assert done.exit_code == 0, done.output
    deck = open_deck(tmp_path / "decks" / "signal.jsonl")
    rows = list(deck.rows())
    assert rows
    assert all(row.statement.speaker in row.statement.zh for row in rows)
    assert deck.sources["signal"].event_en == deck.sources["signal"].event
    assert deck.sources["signal"].article == ""  # no path of this machine in a deck
    assert (tmp_path / "decks" / "quarry.apkg").stat().st_size > 1000


def test_building_again_changes_no_note(articles: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = run("build", articles / "signal.md", "-o", tmp_path / "decks")
    assert "\n0 new or changed notes" in done.output


def test_standard_input_globs_and_folders(articles: Path, tmp_path: Path) -> None:
    text = (articles / "signal.md").read_bytes()
    done = run("extract", "-", "--json", stdin=text)
    assert json.loads(done.stdout.splitlines()[0])["source"] == "-"
    done = run("extract", str(articles / "*.md"), "--into", tmp_path / "c")
    assert {path.stem for path in (tmp_path / "c").glob("*.toml")} == {"corpus", "lantern", "orchard", "quarry", "signal"}


def test_a_bad_article_is_one_line_and_the_others_go_on(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "bad.md").write_bytes(b"\x00\x01" * 500)
    code, err = told(monkeypatch, capsys, "build", articles / "bad.md", articles / "signal.md", "-o", tmp_path / "decks")
    assert code == 1
    assert [line for line in err.splitlines() if "bad.md" in line] == [err.splitlines()[0]]
    assert (tmp_path / "decks" / "signal.jsonl").exists()
    code, err = told(monkeypatch, capsys, "build", articles / "bad.md", "-o", tmp_path / "d2")
    assert code == 2
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "d2").exists()


def test_what_the_article_does_not_tell_is_asked_for_once(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = articles / "harbour.txt"
    path.write_text(path.read_text("utf-8").split("\n", 3)[3], "utf-8")
    code, err = told(monkeypatch, capsys, "extract", path, "--into", tmp_path / "c")
    assert code == 2
    assert '--title "…" --date YYYY-MM-DD' in err
    code, _ = told(monkeypatch, capsys, "extract", path, "--into", tmp_path / "c", "--title", "港口", "--date", "2025-06-18")
    assert code == 0
    code, _ = told(monkeypatch, capsys, "extract", path, "--into", tmp_path / "c")  # the statement file knows them now
    assert code == 0


def test_an_option_says_only_what_the_article_does_not(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = articles / "harbour.txt"
    own = read(path, Wanted()).source
    given = read(path, Wanted(title="题", date="2031-01-01", outlet="报")).source
    assert (given.title, given.published, given.outlet) == (own.title, own.published, own.outlet or "报")
    _, err = told(monkeypatch, capsys, "build", path, "-o", tmp_path, "--date", "2031-01-01")
    assert "tells its own date; --date is left aside" in err
    _, err = told(monkeypatch, capsys, "build", path, "-o", tmp_path, "--date", own.published.isoformat())
    assert "left aside" not in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["extract", "{a}/signal.md"], "--into DIR"),
        (["extract", "{a}/none.md", "--json"], "no such file or folder"),
        (["extract", "{a}", "--json", "--title", "题"], "--title names one article, and here are 6"),
        (["extract", "{a}/signal.md", "--json", "--date", "tomorrow"], "is no date; write YYYY-MM-DD"),
        (["build", "{a}/../empty"], "no article in this folder"),
        (["check", "{a}/signal.md"], "neither a corpus folder nor a statement file"),
    ],
)
def test_usage(
    articles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], args: list[str], message: str
) -> None:
    (articles.parent / "empty").mkdir()
    code, err = told(monkeypatch, capsys, *(arg.format(a=articles) for arg in args))
    assert code == 2
    assert message in err
    assert len(err.splitlines()) == 1


def test_a_quote_that_is_not_in_the_article_keeps_a_deck_from_being_built(articles: Path, tmp_path: Path) -> None:
    run("extract", articles / "signal.md", "--into", tmp_path / "c")
    path = tmp_path / "c" / "signal.toml"
    first = StatementFile.open(path).statements()[0]
    assert first.quote
    edit(path, first.quote.sha256, "0" * 64)
    done = run("build", tmp_path / "c", "-o", tmp_path / "decks")
    assert "L41" in str(done.exception)
    assert not (tmp_path / "decks").exists()
    other = run("check", path, "--article", articles / "harbour.txt")
    assert other.exit_code == 1
    assert "L41" in other.output


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{{c1::浮桥}}", "{{c1::浮桥}}，共有 42 座", "L43 42"),
        ("卫星不是光纤的替代品", "卫星就是光纤的替代品", "L43 a negation"),
        ("卫星不是", "Starlink 不是", "L43 the name 'Starlink'"),
        ("卫星不是", "在关于 GPU 的访谈中，卫星不是", "L43 the name 'GPU'"),
    ],
)
def test_what_the_quote_does_not_say(articles: Path, tmp_path: Path, old: str, new: str, code: str) -> None:
    run("extract", articles / "signal.md", "--into", tmp_path / "c")
    path = tmp_path / "c" / "signal.toml"
    edit(path, old, new)
    done = run("check", path)
    assert code in done.output


def test_an_answer_that_the_quote_does_not_hold(articles: Path, tmp_path: Path) -> None:
    run("extract", articles / "signal.md", "--into", tmp_path / "c")
    path = tmp_path / "c" / "signal.toml"
    file = StatementFile.open(path)
    one = next(one for one in file.statements() if "浮桥" in one.zh)
    file.change(one.id, {"question": "卫星像什么？", "answer": "一条船"})
    file.save()
    assert "L42" in run("check", path).output


def test_a_quote_is_found_where_the_text_has_shifted(articles: Path, tmp_path: Path) -> None:
    run("extract", articles / "signal.md", "--into", tmp_path / "c")
    path = articles / "signal.md"
    text = path.read_text("utf-8")
    at = text.index("**Mara Quill：**")
    path.write_text(f"{text[:at]}**Mara Quill：** 早上好，山里下了一夜的雨。\n\n{text[at:]}", "utf-8")
    assert "L41" not in run("check", tmp_path / "c").output
