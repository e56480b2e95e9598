"""English for the statements of files and of what was just read: each is written as soon as it is there."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool.corpus_edit import StatementFile
from studytool.errors import UntranslatedError
from studytool.extract import Read
from studytool.glosses.sentences import Glosser, Stopped, fill, wanted


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

    Raises UntranslatedError (exit code 3) where the translator ends the run; what is done is in the files.
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
        raise _ended(str(stopped), done, most, glosser) from None
    return done, most


def to_gloss(reading: Read) -> int:
    """How many statements of what was read of an article are without English."""
    return len(wanted([one.statement for one in reading.found.proposals], True, False))


def gloss_reading(reading: Read, glosser: Glosser, tick: Callable[[], None]) -> tuple[Read, UntranslatedError | None]:
    """What was read of an article with its English, as far as there is any; and the error (exit code 3) where some is missing."""
    statements = {one.statement.id: one.statement for one in reading.found.proposals}
    done, most, trouble = 0, to_gloss(reading), None
    try:
        for filled in fill(list(statements.values()), glosser, also_questions=True):
            statements[filled.id] = msgspec.structs.replace(statements[filled.id], **filled.fields)
            done += 1
            tick()
    except Stopped as stopped:
        trouble = _ended(str(stopped), done, most, glosser)
    proposals = tuple(msgspec.structs.replace(one, statement=statements[one.statement.id]) for one in reading.found.proposals)
    if done < most and not trouble:
        trouble = unanswered(done, most, glosser)
    return msgspec.structs.replace(reading, found=msgspec.structs.replace(reading.found, proposals=proposals)), trouble


def unanswered(done: int, most: int, glosser: Glosser) -> UntranslatedError:
    """The error of a run that went to its end without getting all."""
    hint = f"run again later or use --with {_another(glosser)}"
    return UntranslatedError(f"{done} of {most} done; {glosser.name} has no answer for the others", hint=hint)


def _ended(why: str, done: int, most: int, glosser: Glosser) -> UntranslatedError:
    hint = f"run again later or use --with {_another(glosser)}"
    return UntranslatedError(f"{why}; {done} of {most} done", hint=hint)


def _another(glosser: Glosser) -> str:
    """Another translator that asks for no key."""
    return "mymemory" if glosser.name == "google" else "google"


def statement_files(paths: Sequence[Path]) -> list[StatementFile]:
    """The statement files that paths name: files, or all of a corpus folder's. Raises UntranslatedError."""
    found = [
        file
        for path in paths
        for file in (sorted(one for one in path.glob("*.toml") if one.name != "corpus.toml") if path.is_dir() else [path])
    ]
    return [StatementFile.open(path) for path in found]
