"""Files as nobody writes them: each command ends in time with a clear word, runs nothing, and writes in its own folder alone.

`pytest --faults` tries two thousand, the ordinary run some; the figures stand at the end of its output.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import TEA
from hostile import ARTICLE, SUFFIX, changed_json, deck_file, packages, toml
from sandbox import MEGABYTES, SECONDS, Done, command, figures
from studytool.build import build
from studytool.cli import cli
from studytool.quiz import exchange
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line
from studytool.quiz.overrides import Overridden, Override
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


@pytest.fixture
def many(pytestconfig: pytest.Config) -> Callable[[st.SearchStrategy[object], int], Callable[[Callable[..., None]], None]]:
    """Try a function on so many hostile inputs: all of them with --faults, else one in twenty-five, and always the same."""

    def make(strategy: st.SearchStrategy[object], most: int) -> Callable[[Callable[..., None]], None]:
        full = pytestconfig.getoption("--faults")
        how = settings(
            max_examples=most if full else most // 25,
            deadline=None,
            derandomize=not full,
            database=None,
            print_blob=True,
            phases=(Phase.generate, Phase.shrink) if full else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        return lambda test: how(given(strategy)(test))()  # type: ignore[no-any-return]

    return make


Many = Callable[[st.SearchStrategy[object], int], Callable[[Callable[..., None]], None]]


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


def test_hostile_packages(tried: Tried, many: Many, tmp_path: Path) -> None:
    import zipfile

    (built,) = build([TEA], tmp_path / "decks", 1_700_000_000)
    with zipfile.ZipFile(built.apkg) as archive:
        collection = archive.read("collection.anki2")
    open_store(tmp_path / "reviews.db").close()
    collections = [collection, (tmp_path / "reviews.db").read_bytes()]

    def test(case: tuple[bytes, str]) -> None:
        data, name = case
        tried.run("import", tried.file(name, data))

    names = st.sampled_from(["theirs.apkg", "theirs.colpkg", "collection.anki2"])
    many(st.tuples(packages(collections), names), 150)(test)
