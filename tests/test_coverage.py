"""The shipped corpus covers its articles, keeps its own measure, and borrows no sentence of them."""

import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from conftest import CHECKOUT, SHARED
from studytool.build import build
from studytool.cards import lint
from studytool.chinese import hanzi
from studytool.cloze import plain
from studytool.corpus import Corpus, read
from studytool.model import Entry

TABLE: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "coverage.toml").read_text("utf-8")
)
ARTICLES = SHARED / "articles"
BORROWED = 18  # hanzi on end that nobody writes twice by chance

with_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no {ARTICLES} beside this checkout")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read(CHECKOUT / "corpus")


@pytest.fixture(scope="module")
def entries(corpus: Corpus) -> dict[str, Entry]:
    """All statements that become cards, by their keys."""
    return {entry.key: entry for entry in corpus.entries if entry.statement.status == "accepted"}


@pytest.fixture(scope="module")
def articles(corpus: Corpus) -> dict[str, str]:
    """Each source's article, known by the address that it cites, without the advertisements at its end."""
    texts = [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    found = {source.id: text for source in corpus.sources for text in texts if f"{source.url}\n" in text}
    assert set(found) == set(TABLE), "articles that no source cites, or the other way round"
    return {source: re.split(r"\n#+ +往期", text)[0] for source, text in found.items()}


def none(faults: list[str]) -> None:
    """Pass where there is no fault, else tell all of them."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def chinese(entry: Entry) -> dict[str, str]:
    one = entry.statement
    texts = {"zh": plain(one.zh), "question": one.question, "answer": one.answer, "note": one.note, "section": one.section}
    return texts | {f"accept {at}": text for at, text in enumerate(one.accept, 1)}


def points(article: str) -> list[str]:
    """The numbers of the editor's own points; where they bear none, the sentences of the reading guide, counted."""
    numbered = re.findall(r"^[> ]+(\d+)\. ", article, re.MULTILINE)
    guide = "".join(re.findall(r"^>(.*)", article, re.MULTILINE))
    return numbered or [str(nth) for nth in range(1, guide.count("。") + 1)]


def bold(article: str) -> list[str]:
    """The sentences in bold, without blanks. Names of speakers and labels end in a colon, headings begin with a number."""
    spans = [
        re.sub(r"\s", "", span)
        for paragraph in re.split(r"\n\s*\n", article)
        for span in re.findall(r"\*\*(.+?)\*\*", paragraph, re.DOTALL)
    ]
    no_sentence = re.compile(r".*[：:]|\d+\\?\..*|.*公众号.*")
    return [span for span in spans if len(hanzi(span)) >= 6 and not no_sentence.fullmatch(span)]


def test_every_section_is_in_the_table_and_the_other_way_round(entries: dict[str, Entry]) -> None:
    stated = {(entry.source.id, entry.statement.section) for entry in entries.values()}
    listed = {(source, section) for source, kinds in TABLE.items() for section in kinds["sections"]}
    none([f"{source}: section {name} is not in both" for source, name in sorted(stated ^ listed)])


def test_every_row_of_the_table_names_statements_and_a_section_names_its_own(entries: dict[str, Entry]) -> None:
    faults = []
    for source, kinds in TABLE.items():
        for kind, rows in kinds.items():
            faults += [f"{source} {kind} {row}: no statement covers it" for row, names in rows.items() if not names]
            for row, name in ((row, name) for row, names in rows.items() for name in names):
                entry = entries.get(f"{source}/{name}")
                if entry is None:
                    faults.append(f"{source} {kind} {row}: no statement {name}")
                elif kind == "sections" and entry.statement.section != row:
                    faults.append(f"{source} {kind} {row}: {name} stands in {entry.statement.section}")
    none(faults)


@with_articles
def test_every_section_and_point_that_an_editor_numbered_is_in_the_table(articles: dict[str, str]) -> None:
    faults = []
    for source, article in articles.items():
        headings = re.findall(r"^\*\*(\d+)\\?\.", article, re.MULTILINE)
        listed = [name.split(".")[0] for name in TABLE[source]["sections"] if re.match(r"\d+\.", name)]
        if headings != listed:
            faults.append(f"{source}: sections {headings} in the article, {listed} in the table")
        rows = list(TABLE[source].get("favourites", {})) + list(TABLE[source].get("summary", {}))
        if points(article) != rows:
            faults.append(f"{source}: points {points(article)} in the article, {rows} in the table")
    none(faults)


@with_articles
def test_every_bold_sentence_is_in_the_table_and_the_other_way_round(articles: dict[str, str]) -> None:
    faults = []
    for source, article in articles.items():
        keys = list(TABLE[source].get("bold", {}))
        spans = bold(article)
        faults += [f"{source}: {key} has {len(hanzi(key))} hanzi, not 4 to 8" for key in keys if not 4 <= len(hanzi(key)) <= 8]
        faults += [f"{source}: {span} is in no row" for span in spans if not span.startswith(tuple(keys))]
        counts = {key: sum(span.startswith(key) for span in spans) for key in keys}
        faults += [f"{source}: {key} begins {count} bold sentences" for key, count in counts.items() if count != 1]
    none(faults)


@with_articles
def test_no_text_is_copied_from_an_article(corpus: Corpus, entries: dict[str, Entry]) -> None:
    """The title of a source is a citation, nothing else is."""
    written = "\n".join(hanzi(path.read_text("utf-8")) for path in sorted(ARTICLES.glob("*.txt")))
    runs = {written[at : at + BORROWED] for at in range(len(written) - BORROWED + 1)}
    texts = [(f"{entry.key} {field}", text) for entry in entries.values() for field, text in chinese(entry).items()]
    texts += [(source.id, source.event) for source in corpus.sources]
    texts += [("coverage.toml", row) for kinds in TABLE.values() for rows in kinds.values() for row in rows]
    faults = []
    for where, text in texts:
        signs = hanzi(text)
        copied = [run for at in range(len(signs) - BORROWED + 1) if (run := signs[at : at + BORROWED]) in runs]
        faults += [f"{where}: {copied[0]}…"] if copied else []
    none(faults)


def test_there_is_enough_of_every_source_and_topic(corpus: Corpus, entries: dict[str, Entry]) -> None:
    sources = Counter(entry.source.id for entry in entries.values())
    topics = Counter(entry.statement.topic for entry in entries.values())
    faults = [f"{source}: {sources[source]} statements" for source in TABLE if sources[source] < 45]
    faults += [f"{topic.id}: {topics[topic.id]} statements" for topic in corpus.head.topic if topics[topic.id] < 8]
    faults += [f"{len(entries)} statements in all"] if len(entries) < 260 else []
    faults += [] if 12 <= len(corpus.head.topic) <= 16 else [f"{len(corpus.head.topic)} topics"]
    none(faults)


def test_statements_and_answers_are_short(entries: dict[str, Entry]) -> None:
    faults = []
    for key, entry in entries.items():
        one = entry.statement
        if not 14 <= len(hanzi(plain(one.zh))) <= 60:
            faults.append(f"{key} zh: {len(hanzi(plain(one.zh)))} hanzi")
        if len(hanzi(one.answer)) > 25:
            faults.append(f"{key} answer: {len(hanzi(one.answer))} hanzi")
        if len(one.answer_en.split()) > 15:
            faults.append(f"{key} answer_en: {len(one.answer_en.split())} words")
    none(faults)


def test_a_speaker_goes_by_one_name(corpus: Corpus, entries: dict[str, Entry]) -> None:
    """The whole name, in the usual characters: 萨姆·奥特曼, never 奥特曼 or 萨姆 alone, nor 山姆."""
    halves = {tuple(name.split("·")) for source in corpus.sources for name in source.speakers}
    parts = "|".join(rf"{first}(?!·{last})|(?<!{first}·){last}" for first, last in sorted(halves))
    other = re.compile(f"山姆|奥尔特曼|阿尔特曼|{parts}")
    texts = [(key, field, text) for key, entry in entries.items() for field, text in chinese(entry).items()]
    none([f"{key} {field}: {text}" for key, field, text in texts if other.search(text)])


def test_the_linter_has_nothing_to_say(corpus: Corpus) -> None:
    none([f"{finding.statement}: {finding.code} {finding.message}" for finding in lint(corpus)])


def test_the_shipped_deck_is_what_the_corpus_makes(tmp_path: Path) -> None:
    shipped = CHECKOUT / "decks"
    shutil.copy(shipped / "altman.jsonl", tmp_path)
    build([CHECKOUT / "corpus"], tmp_path, 2_000_000_000)
    names = ("altman.jsonl", "altman.apkg")
    differing = [name for name in names if (tmp_path / name).read_bytes() != (shipped / name).read_bytes()]
    none([f"decks/{name} is not what corpus/ makes: run studytool build and commit it" for name in differing])
