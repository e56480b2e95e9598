"""English for the statements of files and of what was just read: each is written as soon as it is there."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool.corpus_edit import StatementFile
from studytool.errors import OUTSIDE, StudytoolError
from studytool.extract import Read
from studytool.glosses import Glosser, Stopped, fill, wanted


class Asked(Struct, frozen=True):
    """What a run would send: shown before it, or instead of it."""

    statements: int
    texts: int
    characters: int
    known: int  # texts that the cache holds, for which nothing is sent


def asked(files: Sequence[StatementFile], glosser: Glosser, also_questions: bool, force: bool) -> Asked:
    """How much there is to translate in files."""
    texts = [its for file in files for its in wanted(file.statements(), also_questions, force).values()]
    flat = [text for its in texts for text in its]
    known = sum(glosser.known(text) for text in flat)
    return Asked(len(texts), len(flat), sum(map(len, flat)), known)


def gloss_files(
    files: Sequence[StatementFile], glosser: Glosser, also_questions: bool, force: bool, tick: Callable[[], None]
) -> tuple[int, int]:
    """Fill in the English of statement files, a statement at a time; `tick` is called for each. How many are done, of how many.

    Raises StudytoolError (exit code 3) where the translator ends the run; what is done is in the files.
    """
    done = 0
    most = sum(len(wanted(file.statements(), also_questions, force)) for file in files)
    try:
        for file in files:
            for filled in fill(file.statements(), glosser, also_questions, force):
                file.change(filled.id, filled.fields)
                file.save()
                done += 1
                tick()
    except Stopped as stopped:
        raise StudytoolError(
            f"{stopped}; {done} of {most} done", hint="run again later, or use another translator --with", code=OUTSIDE
        ) from None
    return done, most


def gloss_reading(reading: Read, glosser: Glosser) -> Read:
    """What was read of an article, with its English. Raises StudytoolError (exit code 3) where the translator ends the run."""
    statements = {one.statement.id: one.statement for one in reading.found.proposals}
    try:
        for filled in fill(list(statements.values()), glosser, also_questions=True):
            statements[filled.id] = msgspec.structs.replace(statements[filled.id], **filled.fields)
    except Stopped as stopped:
        raise StudytoolError(str(stopped), hint="build without --with, or use another translator", code=OUTSIDE) from None
    proposals = tuple(msgspec.structs.replace(one, statement=statements[one.statement.id]) for one in reading.found.proposals)
    return msgspec.structs.replace(reading, found=msgspec.structs.replace(reading.found, proposals=proposals))


def statement_files(paths: Sequence[Path]) -> list[StatementFile]:
    """The statement files that paths name: files, or all of a corpus folder's. Raises StudytoolError."""
    found = [
        file
        for path in paths
        for file in (sorted(one for one in path.glob("*.toml") if one.name != "corpus.toml") if path.is_dir() else [path])
    ]
    return [StatementFile.open(path) for path in found]
