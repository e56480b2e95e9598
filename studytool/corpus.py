"""Corpus folder -> statements. The only reader of statement files; `corpus_edit` writes them.

It is strict, since a fault that slips through here becomes a wrong card: every key is known, every field is there, the
marks of both languages agree. All faults of all files are told at once, each with its line.
"""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from studytool import toml_lines
from studytool.errors import FaultsError, StudytoolError, Where
from studytool.files import read_text
from studytool.model import Entry, Source, Statement, Topic
from studytool.statement_faults import statement_faults, text_faults

HEAD_FILE = "corpus.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SAID = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """corpus.toml: the corpus's name, its title and its topics."""

    name: str
    id: str = ""  # what progress hangs on, where the name is another by now
    title: str
    title_en: str
    description: str
    description_en: str
    topic: tuple[Topic, ...]

    @property
    def identity(self) -> str:
        """What progress hangs on, for ever: the corpus's first name."""
        return self.id or self.name


class Corpus(Struct, frozen=True):
    """A corpus as read. `entries` stand in the order of their sources' dates, then of their files."""

    head: Head
    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    files: dict[str, Path]  # of each source, by its id
    places: dict[str, int]  # of each statement in a file, by its key: how many stand before it there

    def where(self, entry: Entry, field: str = "id") -> Where:
        """The place of a statement's field in its file, for messages."""
        path = self.files[entry.source.id]
        if entry.key not in self.places:
            return Where(str(path))  # made of an article, in no statement file yet
        lines = toml_lines.locate(read_text(path, "a statement file"))
        return Where(str(path), lines.of("statement", self.places[entry.key], field))


def read(folder: Path, only: Sequence[Path] = ()) -> Corpus:
    """Read a corpus folder, or `only` some of its statement files. Raises FaultsError with every fault found."""
    if not folder.is_dir():
        raise StudytoolError("no such corpus folder", Where(str(folder)), "check the name")
    faults: list[StudytoolError] = []
    head = _read_head(folder / HEAD_FILE, faults)
    paths = list(only) or sorted(path for path in folder.glob("*.toml") if path.name != HEAD_FILE)
    if not paths:
        faults.append(StudytoolError("no statement file in this folder", Where(str(folder)), "add <source>.toml"))
    topics = {topic.id for topic in head.topic} if head else None
    read_files: list[tuple[Source, tuple[Statement, ...], Path]] = []
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            source, statements = _read_statements(path, topics)
        except FaultsError as error:
            faults += error.faults
            continue
        except StudytoolError as error:
            faults.append(error)
            continue
        if source.id in seen:
            lines = toml_lines.locate(read_text(path, "a statement file"))
            faults.append(
                _fault(path, lines, "source", 0, "id", f"source id {source.id!r} stands in {seen[source.id]} too", "rename one")
            )
        seen[source.id] = path
        read_files.append((source, statements, path))
    read_files.sort(key=lambda file: (file[0].said or file[0].published.isoformat(), file[0].id))
    entries = tuple(Entry(source, statement) for source, statements, _ in read_files for statement in statements)
    if not faults:
        faults += _unknown_relations(entries, seen, whole=not only)
    if faults or head is None:
        raise FaultsError(faults)
    places = {f"{source.id}/{one.id}": nth for source, statements, _ in read_files for nth, one in enumerate(statements)}
    return Corpus(head, tuple(source for source, _, _ in read_files), entries, seen, places)


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """The topics of a corpus folder. Raises FaultsError with every fault of its corpus.toml."""
    faults: list[StudytoolError] = []
    head = _read_head(folder / HEAD_FILE, faults)
    if faults or head is None:
        raise FaultsError(faults)
    return head.topic


def _read_toml(path: Path, what: str) -> tuple[dict[str, Any], str]:
    text = read_text(path, what)
    return toml_lines.parse(text, path), text


def _read_head(path: Path, faults: list[StudytoolError]) -> Head | None:
    try:
        raw, text = _read_toml(path, "the corpus's title and topics")
    except StudytoolError as error:
        faults.append(error)
        return None
    lines = toml_lines.locate(text)
    found = list(_struct_faults(raw, Head, path, lines, "", 0))
    tables = [("", 0, raw)]
    if isinstance(topics := raw.get("topic"), list):
        for nth, topic in enumerate(topics):
            found += _struct_faults(topic, Topic, path, lines, "topic", nth)
        tables += [("topic", nth, topic) for nth, topic in enumerate(topics) if isinstance(topic, dict)]
    counts = Counter(str(topic.get("id")) for _, _, topic in tables[1:])
    for table, nth, values in tables:
        for key, value in values.items():
            found += [_fault(path, lines, table, nth, key, *fault) for fault in text_faults(key, value)]
        for key in ("id",) if table else ("name", "id"):
            name = values.get(key)
            if isinstance(name, str) and not _NAME.fullmatch(name):
                message = f"{'a name' if key == 'name' else 'an id'} is lower-case letters, digits and hyphens"
                found.append(_fault(path, lines, table, nth, key, message, "rename it"))
            elif isinstance(name, str) and table and counts[name] > 1:
                found.append(_fault(path, lines, table, nth, key, f"topic {name!r} is there twice", "rename one"))
    faults += found
    return None if found else msgspec.convert(raw, Head)


def _read_statements(path: Path, topics: set[str] | None) -> tuple[Source, tuple[Statement, ...]]:
    raw, text = _read_toml(path, "a statement file")
    try:
        if set(raw) == {"source", "statement"} and raw["statement"]:
            source = msgspec.convert(raw["source"], Source)
            statements = msgspec.convert(raw["statement"], tuple[Statement, ...])
            if not any(True for _ in _content_faults(raw, source, path, topics, None)):
                return source, statements
    except msgspec.ValidationError:
        pass  # what exactly is wrong, and where, is worked out below: only files with faults pay for it
    lines = toml_lines.locate(text)
    faults = [
        _fault(path, lines, "", 0, key, f"unknown table or key {key!r}", "use [source] and [[statement]]")
        for key in raw
        if key not in ("source", "statement")
    ]
    if "source" not in raw:
        faults.append(StudytoolError("no [source] table", Where(str(path)), "say what is cited"))
    else:
        faults += _struct_faults(raw["source"], Source, path, lines, "source", 0)
    claims = raw.get("statement", [])
    if not isinstance(claims, list) or not claims:
        faults.append(StudytoolError("no [[statement]] in this file", Where(str(path)), "add one, or remove the file"))
        claims = []
    for nth, claim in enumerate(claims):
        faults += _struct_faults(claim, Statement, path, lines, "statement", nth)
    try:
        known = msgspec.convert(raw.get("source"), Source)
    except msgspec.ValidationError:
        known = None
    faults += _content_faults({**raw, "statement": claims}, known, path, topics, lines)
    raise FaultsError(faults)


def _fault(path: Path, lines: toml_lines.Lines | None, table: str, nth: int, key: str, message: str, hint: str) -> StudytoolError:
    return StudytoolError(message, Where(str(path), lines.of(table, nth, key) if lines else 0), hint)


def _struct_faults(
    raw: Any, shape: type[Struct], path: Path, lines: toml_lines.Lines, table: str, nth: int
) -> Iterator[StudytoolError]:
    """Unknown keys, missing fields and wrong types of one table."""
    if not isinstance(raw, dict):
        yield _fault(path, lines, table, nth, "", f"[{table}] is not a table", "write one key a line below it")
        return
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    for key, value in raw.items():
        if key not in fields:
            near = difflib.get_close_matches(key, fields, 1)
            hint = f"did you mean {near[0]!r}?" if near else "remove it"
            yield _fault(path, lines, table, nth, key, f"unknown key {key!r}", hint)
            continue
        if table == "" and key == "topic" and isinstance(value, list):
            continue  # told topic by topic
        try:
            msgspec.convert(value, fields[key].type)
        except msgspec.ValidationError as error:
            yield _fault(path, lines, table, nth, key, f"{key}: {str(error).lower()}", "mend the value")
    for name, field in fields.items():
        if field.required and name not in raw:
            yield _fault(path, lines, table, nth, "", f"missing field {name!r}", f"add {name} = …")


def _content_faults(
    raw: dict[str, Any], source: Source | None, path: Path, topics: set[str] | None, lines: toml_lines.Lines | None
) -> Iterator[StudytoolError]:
    """What types cannot say. Works on raw tables, so that one bad field hides no other fault."""

    def at(nth: int, key: str, message: str, hint: str, table: str = "statement") -> StudytoolError:
        return _fault(path, lines, table, nth, key, message, hint)

    if source:
        if not _NAME.fullmatch(source.id):
            yield at(0, "id", "an id is lower-case letters, digits and hyphens", "rename it", "source")
        if source.said and not _is_date(source.said):
            yield at(0, "said", f"{source.said!r} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD", "source")
        named = "speakers_en" in raw["source"]
        if not source.speakers or (named and len(source.speakers) != len(source.speakers_en)):
            yield at(0, "speakers_en", "speakers and speakers_en differ in length", "name each in both languages", "source")
        for key in ("url", "recording"):
            if (value := getattr(source, key)) and not re.match(r"https?://\S+$", value):
                yield at(0, key, f"{key} is no http(s) address", "give the whole address", "source")
    for key, value in (raw.get("source") or {}).items() if isinstance(raw.get("source"), dict) else ():
        for message, hint in text_faults(key, value):
            yield at(0, key, message, hint, "source")
    first: dict[str, int] = {}
    for nth, claim in enumerate(raw["statement"]):
        if not isinstance(claim, dict):
            continue
        name = claim.get("id")
        if isinstance(name, str):
            if not _NAME.fullmatch(name):
                yield at(nth, "id", "an id is lower-case letters, digits and hyphens", "rename it")
            elif name in first:
                yield at(nth, "id", f"id {name!r} is there twice", "rename the newer one")
            first.setdefault(name, nth)
        if source and isinstance(claim.get("speaker"), str) and claim["speaker"] not in source.speakers:
            yield at(nth, "speaker", f"speaker {claim['speaker']!r} is not among the source's speakers", "add it there")
        for field, message, hint in statement_faults(claim, topics):
            yield at(nth, field, message, hint)


def _is_date(text: str) -> bool:
    if not _SAID.fullmatch(text):
        return False
    try:
        return bool(dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :]))
    except ValueError:
        return False  # 30 February, the year 0


def _unknown_relations(entries: Sequence[Entry], files: dict[str, Path], whole: bool) -> Iterator[StudytoolError]:
    """`related` must point at a statement; where only some files were read, at one of these or into another."""
    keys = {entry.key for entry in entries}
    for entry in entries:
        for key in (*entry.statement.related, *entry.statement.differs):
            if key not in keys and (whole or "/" not in key or key.split("/")[0] in files):
                path = files[entry.source.id]
                lines = toml_lines.locate(read_text(path, "a statement file"))
                nth = [e for e in entries if e.source.id == entry.source.id].index(entry)
                yield _fault(path, lines, "statement", nth, "related", f"no statement {key!r}", "name it <source>/<id>")
