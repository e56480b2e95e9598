"""Articles -> statement files, or what a deck is built of at once. What a person decided about a statement is never undone."""

import datetime as dt
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool import cloze, corpus
from studytool.articles import STANDARD_INPUT, Article, read_article
from studytool.corpus_edit import StatementFile, new_head, with_topics
from studytool.errors import StudytoolError, Where
from studytool.files import write_together
from studytool.model import Entry, Source, Topic
from studytool.statements import Proposal, Proposed, conversation, narrator, propose, slug, without_twins

SUFFIXES = (".md", ".markdown", ".txt", ".text", ".html", ".htm")


class Wanted(Struct, frozen=True, kw_only=True):
    """What the user asks for, and what he knows of an article that it does not tell itself."""

    limit: int = 0  # most statements an article; 0: as many as its length allows
    speaker: str = ""  # only what this speaker says: a part of the name
    sure: bool = False  # leave out what a human had better look at first
    title: str = ""
    outlet: str = ""
    date: str = ""  # YYYY-MM-DD
    url: str = ""


class Read(Struct, frozen=True):
    """An article with what was found in it."""

    path: Path
    source: Source
    found: Proposed
    article: Article
    told: tuple[str, ...] = ()  # what the article tells itself, other than the user does


class Extracted(Struct, frozen=True):
    """What one article brought into a corpus folder."""

    file: Path
    added: int
    kept: int  # statements that were there and still stand in the text
    stale: int  # statements that no longer do
    twins: tuple[tuple[str, str], ...]  # claims left out: their text, and the key of the statement that says the same


def article_files(inputs: Sequence[Path]) -> list[Path]:
    """The articles that inputs name: files, all of a folder's, or what a pattern fits. Raises StudytoolError where none is."""
    found: list[Path] = []
    for path in inputs:
        if path == STANDARD_INPUT or path.is_file():
            found.append(path)
        elif path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            if not inside:
                raise StudytoolError("no article in this folder", Where(str(path)), f"put files there: {', '.join(SUFFIXES)}")
            found += inside
        elif fits := sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207 - a pattern may be absolute
            found += [Path(one) for one in fits if Path(one).is_file()]
        else:
            raise StudytoolError("no such file or folder", Where(str(path)), "check the name")
    return list(dict.fromkeys(found))


def read(path: Path, wanted: Wanted, topics: Sequence[Topic] = (), known: Source | None = None) -> Read:
    """Read an article and choose its key claims. `known` is the source as a statement file already cites it.

    Raises StudytoolError where it is no article, or where its title or date is neither in it nor given.
    """
    article = read_article(path)
    source = known or _source(article, path, wanted)
    author = source.speakers[0] if known and not article.speakers else article.author
    article = msgspec.structs.replace(
        article, title=source.title, outlet=source.outlet, published=source.published, said=source.said, author=author
    )
    has = {"title": source.title, "outlet": source.outlet, "date": source.published.isoformat(), "url": source.url}
    told = tuple(name for name, value in has.items() if getattr(wanted, name) not in ("", value))
    return Read(path, source, propose(article, topics, wanted.limit, wanted.speaker, wanted.sure), article, told)


def read_all(
    paths: Sequence[Path], wanted: Wanted, topics: Sequence[Topic] = (), folder: Path | None = None, jobs: int = 1
) -> Iterator[Read | StudytoolError]:
    """Read articles in their order, `jobs` at a time in processes of their own; for one that cannot be read, the error.

    `folder` is the corpus folder whose statement files may cite an article already. Raises StudytoolError where what is wanted
    of one article is asked of many.
    """
    if len(paths) > 1 and (named := next((name for name in ("title", "date", "url") if getattr(wanted, name)), "")):
        raise StudytoolError(f"--{named} names one article, and here are {len(paths)}", hint="give it one article")
    tasks = [(path, wanted, tuple(topics), _known(path, folder)) for path in paths]
    if jobs == 1 or len(paths) == 1:
        yield from map(_task, tasks)
        return
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(min(jobs, len(paths))) as pool:
        yield from pool.imap(_task, tasks)


def _task(task: tuple[Path, Wanted, tuple[Topic, ...], Source | None]) -> Read | StudytoolError:
    try:
        return read(*task)
    except StudytoolError as error:
        return error


def _known(path: Path, folder: Path | None) -> Source | None:
    """An article's source as its statement file cites it: what a person wrote there goes before what the text tells."""
    file = folder / f"{slug(path.stem)}.toml" if folder and path != STANDARD_INPUT else None
    if not file or not file.exists():
        return None
    return corpus.read(file.parent, [file]).sources[0]


def into(folder: Path, readings: Iterable[Read]) -> Iterator[Extracted]:
    """Write what was found in articles to the statement files of a corpus folder, made where it is not there.

    A statement that is there keeps its id, wording and status; one whose quote is gone from the text is marked stale. Each
    article's files are written together before the next is begun. Raises StudytoolError where a file cannot be read or written.
    """
    for reading in readings:
        there = _there(folder)
        path = folder / f"{reading.source.id}.toml"
        old = path.exists()
        file = StatementFile.open(path) if old else StatementFile.new(path, _beside(reading, folder))
        kept, stale = _refresh(file, reading.found)
        mine = {statement.id for statement in file.statements()}
        others = [(entry.key, cloze.plain(entry.statement.zh)) for entry in there if entry.source.id != reading.source.id]
        fresh, twins = without_twins([one for one in reading.found.proposals if one.statement.id not in mine], others)
        for one in fresh:
            file.add(one.statement)
        if not reading.found.proposals and not old:
            raise StudytoolError("no key claim in it", Where(str(reading.path)), "is it an interview or an essay?")
        files = {path: file.text().encode()} if fresh or old else {}
        if head := _head(folder, reading.found.topics, fresh):
            files[folder / corpus.HEAD_FILE] = head.encode()
        write_together({file: data for file, data in files.items() if not file.exists() or file.read_bytes() != data})
        yield Extracted(path, len(fresh), kept, stale, tuple((cloze.plain(one.statement.zh), key) for one, key in twins))


def made_corpus(reading: Read) -> corpus.Corpus:
    """A corpus of one article, in no file."""
    title = reading.source.title
    head = corpus.Head(
        name=reading.source.id, title=title, title_en=title, description=title, description_en=title, topic=reading.found.topics
    )
    entries = tuple(Entry(reading.source, proposal.statement) for proposal in reading.found.proposals)
    return corpus.Corpus(head, (reading.source,), entries, {reading.source.id: reading.path}, {})


def rows(reading: Read) -> Iterator[dict[str, object]]:
    """The proposals as data, one object each."""
    for one in reading.found.proposals:
        quote = one.statement.quote
        assert quote is not None  # every proposal has its place
        yield {
            "source": str(reading.path),
            "rank": one.rank,
            "score": one.score,
            "zh": one.statement.zh,
            "quote": reading.article.text[quote.start : quote.end],
            "start": quote.start,
            "end": quote.end,
            "speaker": one.statement.speaker,
            "topic": one.statement.topic,
            "why": list(one.why),
            **({"en": one.statement.en, "gloss": one.statement.gloss} if one.statement.en else {}),
        }


def missing(source: Source) -> str:
    """What a source lacks for a full citation, as options to name it with; "" where it lacks nothing."""
    lacks = [f"--{name}" for name in ("outlet", "url") if not getattr(source, name)]
    return " and ".join(lacks)


def _source(article: Article, path: Path, wanted: Wanted) -> Source:
    given = _date(wanted.date) if wanted.date else None
    title, date = article.title or wanted.title, article.published or given
    where = Where("standard input" if path == STANDARD_INPUT else str(path))
    lacks = ([] if title else ["title"]) + ([] if date else ["date"])
    if not title or not date:
        options = {"title": '--title "…"', "date": "--date YYYY-MM-DD"}
        raise StudytoolError(f"has no {' and no '.join(lacks)}", where, f"name it with {' '.join(options[one] for one in lacks)}")
    name = slug(path.stem if path != STANDARD_INPUT else title) or "article"
    return Source(
        id=name,
        title=title,
        event=conversation(title),
        outlet=article.outlet or wanted.outlet,
        speakers=article.speakers or (narrator(article),),
        said=article.said,
        published=date,
        url=article.url or wanted.url,
        recording=article.recording,
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise StudytoolError(f"--date {text!r} is no date", hint="write YYYY-MM-DD") from None


def _beside(reading: Read, folder: Path) -> Source:
    """The source with where its article lies, as seen from the statement file."""
    if reading.path == STANDARD_INPUT:
        return reading.source
    lies = Path(os.path.relpath(reading.path.resolve(), folder.resolve())).as_posix()
    return msgspec.structs.replace(reading.source, article=lies)


def _there(folder: Path) -> tuple[Entry, ...]:
    return corpus.read(folder).entries if (folder / corpus.HEAD_FILE).exists() else ()


def _refresh(file: StatementFile, found: Proposed) -> tuple[int, int]:
    """Bring the quotes of a file up to its article; how many still stand there, and how many do not."""
    kept = stale = 0
    for statement in file.statements():
        if not statement.quote:
            continue
        quote = found.quotes.get(statement.id)
        if quote:
            kept += 1
            changes = {} if quote == statement.quote else {"quote": quote}
            if statement.status == "stale":
                changes["status"] = "proposed"  # type: ignore[assignment]
        else:
            stale += 1
            changes = {"status": "stale"} if statement.status in ("accepted", "proposed") else {}  # type: ignore[dict-item]
        if changes:
            file.change(statement.id, changes)
    return kept, stale


def _head(folder: Path, topics: Sequence[Topic], fresh: Sequence[Proposal]) -> str:
    """The text of corpus.toml where it has to be written; "" where not."""
    if not fresh:
        return ""
    used = {one.statement.topic for one in fresh}
    wanted = [topic for topic in topics if topic.id in used]
    path = folder / corpus.HEAD_FILE
    if not path.exists():
        return new_head(slug(folder.resolve().name) or "corpus", folder.resolve().name, wanted)
    known = {topic.id for topic in corpus.read(folder).head.topic}
    new = [topic for topic in wanted if topic.id not in known]
    return with_topics(path, new) if new else ""
