"""Files as nobody writes them: each command ends in time with a clear word, runs nothing, and writes in its own folder alone.

`pytest --faults` tries two thousand, the ordinary run some; the figures stand at the end of its output.
"""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from anki_traveller import WAYS, Traveller
from hostile_packages import Case, packages
from hypothesis import strategies as st

from conftest import TEA
from hostile import ARTICLE, SUFFIX, changed_json, deck_file, toml
from sandbox import MEGABYTES, SECONDS, Done, Many, command, figures, many
from studytool.build import build
from studytool.cli import cli
from studytool.quiz import exchange
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line
from studytool.quiz.overrides import Overridden, Override
from studytool.quiz.peek import peek_all
from studytool.quiz.store import open_store

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is hostile
# What a terminal would act on, or show as something else.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
CODES = {0, 1, 2, 3}
FORMS = ("tsv", "csv", "md", "json", "html")


class Tried:
    """Runs commands on hostile files, and keeps count."""

    def __init__(self, folder: Path, found: dict[str, float]) -> None:
        self.folder, self.found = folder, found
        found |= {"files": 0, "commands": 0, "refused": 0, "most seconds": 0, "most MB": 0}

    def file(self, name: str, data: bytes) -> Path:
        """A hostile file, in a folder that holds nothing else."""
        shutil.rmtree(self.folder)
        (self.folder / "work").mkdir(parents=True)
        self.found["files"] += 1
        path = self.folder / "work" / name
        path.write_bytes(data)
        return path

    def run(self, *args: str | Path, raw: bool = False, stdin: bytes = b"") -> Done:
        """Run a command, and see that it behaves. With `raw` it writes data, whatever the text in it."""
        done = command(*map(str, args), folder=self.folder, stdin=stdin, STUDYTOOL_HOME=str(self.folder / "home"))
        self.found["commands"] += 1
        self.found["refused"] += done.code != 0
        self.found["most seconds"] = max(self.found["most seconds"], round(done.cpu, 2))
        self.found["most MB"] = max(self.found["most MB"], round(done.memory))
        assert not done.broke, done.broke
        assert done.code in CODES, done.err[-3000:]
        assert "Traceback" not in done.err, done.err[-3000:]
        assert done.code == 0 or done.err or done.out, "it failed without a word"
        assert done.cpu < SECONDS, f"{done.cpu:.1f} s"
        assert done.memory < MEGABYTES, f"{done.memory:.0f} MB"
        for text in (done.err, "" if raw else done.out):
            assert not (odd := _CONTROL.search(text)), text[max(0, odd.start() - 200) : odd.end() + 50]
        return done


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands load late is loaded here, once, and not in each child."""
    import studytool.exits
    import studytool.glosses.sentences.translators  # noqa: F401

    folder = tmp_path_factory.mktemp("warm")
    articles = Path(__file__).parent / "fixtures" / "articles"
    for args in (
        ["build", str(articles / "clinic.html"), str(TEA), "-o", str(folder)],
        ["extract", str(articles / "orchard.md"), "--into", str(folder / "corpus")],
        ["claims", "--deck", str(folder / "tea.jsonl")],
        ["due", "--deck", str(folder / "tea.jsonl")],
        ["export", "--format", "html", "--deck", str(folder / "tea.jsonl")],
    ):
        cli.main(args, standalone_mode=False)


@pytest.fixture
def tried(tmp_path: Path, pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[Tried]:
    folder = tmp_path / "sand"
    folder.mkdir()
    with figures(pytestconfig, str(request.node.name).removeprefix("test_").replace("_", " ")) as found:
        yield Tried(folder, found)


@pytest.fixture(name="many")
def many_(pytestconfig: pytest.Config) -> Many:
    return many(pytestconfig)


class Exported(NamedTuple):
    """Files of Anki's: collections, packages, and write-ahead logs of the first collection."""

    collections: list[bytes]
    files: list[bytes]
    logs: list[bytes]


def test_hostile_articles(tried: Tried, many: Many) -> None:
    def test(case: tuple[bytes, str, str]) -> None:
        data, suffix, verb = case
        path = tried.file(f"article{suffix}", data)
        options = ("--title", "茶", "--date", "2024-01-02")
        if verb == "build":
            done = tried.run("build", path, *options, "-o", tried.folder / "out")
            for deck in (tried.folder / "out").glob("*.jsonl") if done.code == 0 else ():
                assert tried.run("claims", "--deck", deck).code == 0
        elif verb == "into":
            done = tried.run("extract", path, *options, "--into", tried.folder / "corpus")
            if done.code == 0:
                assert tried.run("check", tried.folder / "corpus").code in (0, 1), "what it wrote can be read"
        else:
            tried.run("extract", "-", *options, "--json", stdin=data)

    many(st.tuples(ARTICLE, SUFFIX, st.sampled_from(["build", "build", "into", "json"])), 600)(test)


def test_hostile_statement_files(tried: Tried, many: Many) -> None:
    hill, head = ((TEA / name).read_text("utf-8") for name in ("hill-2023.toml", "corpus.toml"))

    def test(case: tuple[bytes, bool, str]) -> None:
        data, is_head, verb = case
        path = tried.file("corpus.toml" if is_head else "hill-2023.toml", data)
        for name in ("corpus.toml", "quay-2024.toml", "hill-2023.toml"):
            if name != path.name:
                shutil.copy(TEA / name, path.parent)
        if verb == "gloss":
            tried.run("gloss", path, "--with", "mymemory", "--dry-run")
        elif verb == "build":
            tried.run("build", path.parent, "-o", tried.folder / "out")
        else:
            tried.run("check", path.parent)

    files = st.tuples(toml(hill), st.just(False)) | st.tuples(toml(hill), st.just(False)) | st.tuples(toml(head), st.just(True))
    cases = st.tuples(files, st.sampled_from(["check", "build", "gloss"])).map(lambda pair: (*pair[0], pair[1]))
    many(cases, 500)(test)


def test_hostile_settings(tried: Tried, many: Many, tmp_path: Path) -> None:
    config = 'new_per_day = 20\nretention = 0.9\nlearning_steps = [1, 10]\ntheme = "nord"\n[topic.leaves]\nretention = 0.8\n[bindings]\n"card.hint" = "i"\n[keys]\nx = "y"'  # fmt: skip
    glossary = '"货币" = "currency"\n"行" = { en = "OK; will do", pinyin = "xíng" }\n"茶" = ["tea"]'
    (built,) = build([TEA], tmp_path / "decks", 1_700_000_000)

    def test(case: tuple[bytes, bool]) -> None:
        data, is_config = case
        tried.file("unused", b"")
        home = tried.folder / "home"
        home.mkdir()
        (home / ("config.toml" if is_config else "glossary.toml")).write_bytes(data)
        (home / ("config.toml" if is_config else "glossary.toml")).chmod(0o600)
        if is_config:
            tried.run("due", "--deck", built.jsonl)
        else:
            tried.run("build", TEA, "-o", tried.folder / "out")

    many(st.tuples(toml(config), st.just(True)) | st.tuples(toml(glossary), st.just(False)), 150)(test)


def test_hostile_decks(tried: Tried, many: Many, tmp_path: Path) -> None:
    (built,) = build([TEA], tmp_path / "decks", 1_700_000_000)
    lines = built.jsonl.read_bytes().splitlines()

    def test(case: tuple[bytes, str, str]) -> None:
        data, verb, form = case
        path = tried.file("tea.jsonl", data)
        if verb == "export":
            tried.run("export", "--format", form, "--deck", path, raw=True)
        elif verb == "build":  # over it
            tried.run("build", TEA, "-o", path.parent)
        elif verb == "due":
            tried.run("due", "--deck", path, "--direction", "en-zh")
        else:
            tried.run("claims", "--deck", path)

    verbs = st.sampled_from(["claims", "claims", "export", "due", "build"])
    many(st.tuples(deck_file(lines), verbs, st.sampled_from(FORMS)), 500)(test)


def test_hostile_files_to_import(tried: Tried, many: Many) -> None:
    line = Line("tea:hill-2023/old-trees/c1", 3, 1_700_000_000, 739_000, 900, 1_700_000_100, 600)
    texts = {"tea:hill-2023/old-trees": Overridden(Override(en="x"), 5)}
    sound = json.loads(exchange.encode(Kept((line, line), {line.card: Flag(suspended=True, at=4)}, texts)))

    def test(data: bytes) -> None:
        path = tried.file("theirs.json", data)
        if tried.run("import", path).code == 0:
            assert tried.run("stats", "--json", "--deck", TEA_DECK).code == 0

    (built,) = build([TEA], tried.folder.parent / "decks", 1_700_000_000)
    TEA_DECK = built.jsonl  # noqa: N806
    many(changed_json(sound), 150)(test)


@pytest.fixture(scope="module")
def from_anki(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """What the real Anki wrote after somebody studied our notes, and notes of others, in it."""
    one = Traveller(TEA, tmp_path_factory.mktemp("hostile") / "anki")
    one.to_anki()
    for card in one.cards[:3]:
        one.grade_in_anki(card, 4)
    basic = one.col.models.by_name("Basic")
    assert basic
    note = one.col.new_note(basic)
    note.fields = ["<img src=x onerror=alert(1)>", "../../escape"]
    one.col.add_note(note, one.col.decks.id("Mine::of others"))  # type: ignore[arg-type]
    files = [one.exported(way).read_bytes() for way in WAYS[:-1]] + [path.read_bytes() for path in one.packages()]
    log = (one.folder / "collection.anki2-wal").read_bytes()
    behind = one.exported("open collection").read_bytes()
    one.close()
    return Exported([behind, (one.folder / "collection.anki2").read_bytes(), rows_of(files[-1])], files, [log])


def rows_of(package: bytes) -> bytes:
    """The collection in a package of ours."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read("collection.anki2")


def test_hostile_packages(tried: Tried, many: Many, tmp_path: Path, from_anki: Exported) -> None:
    (built,) = build([TEA], tmp_path / "decks", 1_700_000_000)
    victim, mine = tmp_path / "precious", tmp_path / "reviews.db"
    victim.write_text("x")
    with closing(open_store(mine)) as store:
        lines = (
            Line(f"tea:hill-2023/old-trees/c{nth % 2 + 1}", 3, 1_700_000_000 + nth * 90_000, 739_000 + nth, 900)
            for nth in range(20)
        )
        store.merge(Kept(tuple(lines)))
    kept = peek_all(mine)

    def test(case: tuple[Case, str]) -> None:
        (data, beside), name = case
        path = tried.file(name, data)
        for ending, more in beside.items():
            path.with_name(name + ending).write_bytes(more)
        lie = {one.name: one.read_bytes() for one in path.parent.iterdir()}
        home = tried.folder / "home"
        home.mkdir()
        shutil.copy(mine, home)
        done = tried.run("import", path)
        assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == lie, "it is only read"
        assert {one.name for one in tried.folder.iterdir()} == {"work", "home"}, "nothing is left of its copy"
        assert victim.exists(), "what a journal names is not deleted"
        found = peek_all(home / "reviews.db")
        tried.found["taken in"] = tried.found.get("taken in", 0) + (len(found.reviews) > len(kept.reviews))
        if done.code:
            assert done.err.count("\n") == 1, done.err
            assert found == kept
        else:
            assert set(kept.reviews) <= set(found.reviews), "each review that was there still is"
            with closing(open_store(home / "reviews.db")) as store:
                assert (store.notice, store.memories()) == ("", store.derived())
            assert tried.run("stats", "--json", "--deck", built.jsonl).code == 0

    names = st.sampled_from(["theirs.apkg", "theirs.colpkg", "collection.anki2"])
    many(st.tuples(packages(*from_anki, str(victim)), names), 400)(test)
