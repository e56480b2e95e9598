"""Statements -> statement files: the only writer. What a person wrote in a file, comments and order included, stays as it is."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from studytool import toml_lines
from studytool.errors import StudytoolError, Where
from studytool.files import read_text, write_together
from studytool.model import Source, Statement, Topic


class StatementFile:
    """A statement file being changed. Nothing is on disk before `save`."""

    def __init__(self, path: Path, document: tomlkit.TOMLDocument) -> None:
        self.path, self._document, self._added = path, document, False

    @classmethod
    def open(cls, path: Path) -> "StatementFile":
        """Read a file for changing. Raises StudytoolError where it is missing or no TOML."""
        text = read_text(path, "a statement file")
        return cls(path, _parsed(text, path))

    @classmethod
    def new(cls, path: Path, source: Source) -> "StatementFile":
        """A file of a source, without a statement yet."""
        document = tomlkit.document()
        document["source"] = _table(source)
        return cls(path, document)

    def statements(self) -> list[Statement]:
        """The statements, in their order. Raises StudytoolError where one is none."""
        try:
            return msgspec.convert(self._tables().unwrap(), list[Statement])
        except msgspec.ValidationError as error:
            raise StudytoolError(str(error), Where(str(self.path)), "run `studytool check` to see all faults") from None

    def add(self, statement: Statement) -> None:
        """Put a statement at the end."""
        self._tables().append(_table(statement))
        self._added = True

    def change(self, name: str, fields: Mapping[str, Any]) -> None:
        """Set fields of the statement of that id; None or "" takes a field out. All else stays as written."""
        table = next(table for table in self._tables() if table["id"] == name)
        for key, value in fields.items():
            if value is None or value in ("", ()):
                table.pop(key, None)
            elif key in table:
                table[key] = _value(value)
            else:  # behind the last key, before a comment that may stand above the next statement
                body = table.value.body
                tail = len(body)
                while tail and body[tail - 1][0] is None:
                    tail -= 1
                rest = body[tail:]
                del body[tail:]
                table[key] = _value(value)
                body.extend(rest)

    def text(self) -> str:
        """The file as it would be written."""
        return _spaced(self._document) if self._added else tomlkit.dumps(self._document)

    def save(self) -> None:
        """Write the file. Raises StudytoolError (exit code 3) where the disk refuses; the old file is then as it was."""
        write_together({self.path: self.text().encode()})

    def _tables(self) -> AoT:
        if "statement" not in self._document:
            self._document.append("statement", tomlkit.aot())
        tables = self._document["statement"]
        if not isinstance(tables, AoT):
            raise StudytoolError("statement is no list of tables", Where(str(self.path)), "write [[statement]] above each")
        return tables


def new_head(name: str, title: str, topics: Sequence[Topic]) -> str:
    """The text of a corpus.toml."""
    document = tomlkit.document()
    for key, value in (("name", name), ("title", title), ("title_en", title), ("description", title), ("description_en", title)):
        document[key] = value
    return _spaced(_with_topics(document, topics))


def with_topics(path: Path, topics: Sequence[Topic]) -> str:
    """The text of a corpus.toml with topics added."""
    return _spaced(_with_topics(_parsed(read_text(path, "the corpus's title and topics"), path), topics))


def _parsed(text: str, path: Path) -> tomlkit.TOMLDocument:
    toml_lines.parse(text, path)  # tells the line of a fault better than the library that keeps comments
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:  # it refuses more than TOML does, such as values nested a hundred deep
        found = re.match(r"(.*) at line (\d+)", str(error))
        message, line = (found[1], int(found[2])) if found else (str(error), 0)
        raise StudytoolError(f"cannot be edited: {message}", Where(str(path), line), "write it flat") from None


def _with_topics(document: tomlkit.TOMLDocument, topics: Sequence[Topic]) -> tomlkit.TOMLDocument:
    if "topic" not in document:
        document.append("topic", tomlkit.aot())
    tables = document["topic"]
    assert isinstance(tables, AoT)  # corpus.read has seen to it
    for topic in topics:
        tables.append(_table(topic))
    return document


def _spaced(document: tomlkit.TOMLDocument) -> str:
    """A document's text with a blank line above each table."""
    return re.sub(r"^([^\n#][^\n]*)\n(?=\[\[(?:statement|topic)\]\]\n)", r"\1\n\n", tomlkit.dumps(document), flags=re.MULTILINE)


def _table(struct: Source | Statement | Topic) -> Table:
    """A struct as a table, its fields in their order, without those that are empty."""
    table = tomlkit.table()
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if value in (None, "", ()) or (not field.required and value == field.default):
            continue
        table[field.name] = _value(value)
    return table


def _value(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        inline = tomlkit.inline_table()
        inline.update(msgspec.structs.asdict(value))
        return inline
    if isinstance(value, tuple):
        return tomlkit.item(list(value))
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return tomlkit.item(value)
