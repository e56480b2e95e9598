"""The proposed statements of some files, one after another; every decision is on disk before the next is shown. Knows no screen.

Nothing of a file is kept in memory but what is shown: each decision reads the file anew, so that nothing another program wrote
there meanwhile is lost, and a decision that could not be written has left no trace.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from studytool import chinese, cloze, corpus
from studytool.articles import Article, read_article
from studytool.corpus_edit import StatementFile
from studytool.errors import StudytoolError, Where
from studytool.files import write_together
from studytool.model import Entry, Statement, Status, Topic
from studytool.triage import check
from studytool.triage.passage import MOVED, Passage, passage


class Counts(NamedTuple):
    """How far one is."""

    accepted: int
    rejected: int
    left: int


class _Step(NamedTuple):
    """A change that can be taken back: of which statement, from what to what, and the whole file likewise."""

    at: int
    before: Statement
    after: Statement
    file_before: str
    file_after: str


class TriageDesk:
    """Walks through what was proposed when it was opened. `at` is the statement shown, an index into `entries`."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read the files, without the corpus.toml that a shell's `*.toml` adds. Raises FaultsError with a folder's faults."""
        self.paths = tuple({path.resolve(): path for path in paths if path.name != corpus.HEAD_FILE}.values())
        self.entries: list[Entry] = []
        self._files: list[Path] = []  # of each entry
        self._topics: list[tuple[Topic, ...]] = []  # of each entry
        self._articles: dict[Path, Article | str] = {}  # as read, or why it could not be
        self._steps: list[_Step] = []
        self.at = 0
        read: dict[Path, corpus.Corpus] = {}
        for path in self.paths:
            if path.parent not in read:
                read[path.parent] = corpus.read(path.parent, [one for one in self.paths if one.parent == path.parent])
            book = read[path.parent]
            for entry in book.entries:
                if entry.statement.status == "proposed" and book.files[entry.source.id] == path:
                    self.entries.append(entry)
                    self._files.append(path)
                    self._topics.append(book.head.topic)

    @property
    def entry(self) -> Entry:
        """The statement shown, with its source."""
        return self.entries[self.at]

    @property
    def path(self) -> Path:
        """The file that it stands in."""
        return self._files[self.at]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of its corpus."""
        return self._topics[self.at]

    @property
    def topic(self) -> str:
        """The name of its own topic."""
        own = self.entry.statement.topic
        return next((topic.name for topic in self.topics if topic.id == own), own)

    @property
    def steps(self) -> int:
        """How many steps can be taken back."""
        return len(self._steps)

    def counts(self) -> Counts:
        """How many were accepted and rejected here, and how many are left."""
        statuses = [entry.statement.status for entry in self.entries]
        return Counts(statuses.count("accepted"), statuses.count("rejected"), statuses.count("proposed"))

    def summary(self) -> str:
        """What was done, in a line."""
        accepted, rejected, left = self.counts()
        names = ", ".join(str(path) for path in self.paths) if len(self.paths) <= 3 else f"{len(self.paths)} files"
        return f"{accepted} accepted, {rejected} rejected, {left} left in {names}"

    def move(self, by: int) -> bool:
        """Show a neighbour, decided or not; False where there is none."""
        if not 0 <= self.at + by < len(self.entries):
            return False
        self.at += by
        return True

    def decide(self, status: Status) -> None:
        """Accept or reject what is shown and go on to the next that is undecided, if any."""
        if self.entry.statement.status != status:
            self._write({"status": status})
        after = [*range(self.at + 1, len(self.entries)), *range(self.at)]
        self.at = next((at for at in after if self.entries[at].statement.status == "proposed"), self.at)

    def edit(self, fields: Mapping[str, str]) -> str:
        """Change fields of what is shown; "" takes one out, a topic and a kind may be named as `check.find_topic` knows them.

        Raises FieldError where a field is wrong. Returns what else the user should know, or "".
        """
        old = self.entry.statement
        values: dict[str, Any] = {field: check.tidy(field, text) for field, text in fields.items()}
        if (text := values.get("topic")) and (topic := check.find_topic(text, self.topics)):
            values["topic"] = topic.id
        if text := values.get("kind"):
            values["kind"] = check.find_kind(text) or text
        new = msgspec.structs.replace(old, **values)
        known = []
        if not new.question and new.accept_answer:
            new = msgspec.structs.replace(new, accept_answer=())
            known.append("other answers went with the question")
        if cloze.numbers(new.zh) and _hidden(new.zh) != _hidden(old.zh):
            if new.accept:
                known.append(f"other words for the old blank are gone: {'、'.join(new.accept)}")
                new = msgspec.structs.replace(new, accept=())
            if new.en == old.en and cloze.numbers(new.en):
                known.append(f"the English still hides “{'”, “'.join(_hidden(new.en))}”")
        check.check(new, self.topics)
        if new != old:
            self._write(_differences(old, new))
        return "; ".join(known)

    def undo(self) -> bool:
        """Take the last step back and show its statement; False where there is none. A file that nobody else has changed since
        becomes again what it was, to the byte."""
        if not self._steps:
            return False
        step = self._steps[-1]
        path, name = self._files[step.at], step.before.id
        file = StatementFile.open(path)
        if file.text() == step.file_after:
            write_together({path: step.file_before.encode()})
        else:
            _look_up(file, name)
            file.change(name, _differences(step.after, step.before))
            file.save()
        self._steps.pop()
        self.at = step.at
        self._show(_look_up(StatementFile.open(path), name))
        return True

    def passage(self) -> Passage | str:
        """The part of the article that what is shown was taken from, or why there is none to show."""
        quote, name = self.entry.statement.quote, self.entry.source.article
        if not quote or not name:
            return "No article is named for this statement, so there is no passage to show."
        article = self._article(_place(self.path, name))
        return article if isinstance(article, str) else passage(article, quote) or MOVED

    def warm(self) -> None:
        """Read ahead what the next keys need: the articles and the dictionary."""
        for path, name in {(path, entry.source.article) for path, entry in zip(self._files, self.entries, strict=True)}:
            if name:
                self._article(_place(path, name))
        chinese.words("预备")

    def _article(self, place: Path) -> Article | str:
        if place not in self._articles:
            try:
                self._articles[place] = read_article(place)
            except StudytoolError as error:
                reason = f"cannot be read: it {error.message}" if place.exists() else "is not at hand"
                self._articles[place] = f"The article {place.name} {reason}."
        return self._articles[place]

    def _write(self, fields: Mapping[str, Any]) -> None:
        """Change what is shown, on disk and then here. Raises StudytoolError where the disk refuses; nothing has changed then."""
        old = self.entry.statement
        file = StatementFile.open(self.path)
        if (found := _look_up(file, old.id)) != old:
            self._show(found)
            raise StudytoolError("was changed by another program, and is shown anew", Where(str(self.path)), "decide again")
        before = file.text()
        file.change(old.id, fields)
        new = _look_up(file, old.id)
        file.save()
        self._steps.append(_Step(self.at, old, new, before, file.text()))
        self._show(new)

    def _show(self, statement: Statement) -> None:
        self.entries[self.at] = Entry(self.entry.source, statement)


def _hidden(text: str) -> list[str]:
    return [cloze.blank(text, number) for number in cloze.numbers(text)]


def _look_up(file: StatementFile, name: str) -> Statement:
    for statement in file.statements():
        if statement.id == name:
            return statement
    raise StudytoolError(f"statement {name!r} is no longer there", Where(str(file.path)), "go on with the next")


def _differences(old: Statement, new: Statement) -> dict[str, Any]:
    """The fields that differ, as they are in the new one."""
    return {name: getattr(new, name) for name in new.__struct_fields__ if getattr(new, name) != getattr(old, name)}


def _place(path: Path, name: str) -> Path:
    """Where the article of a statement file lies. Made absolute, since `-` alone would mean standard input."""
    return (path.parent / name).resolve()
