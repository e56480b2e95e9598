"""Texts corrected while studying -> the corpus file that the deck was built of, checked first as `triage` and `check` would."""

from pathlib import Path

import msgspec

from studytool import corpus
from studytool.at_hand import corpus_of, file_of
from studytool.build import passages
from studytool.cards.lint import lint
from studytool.corpus_edit import StatementFile
from studytool.errors import StudytoolError, Where
from studytool.model import Entry, Statement
from studytool.quiz.rewording import FieldError, Rewording, reworded
from studytool.triage import check


def edit(change: Rewording) -> Path | None:
    """Check new texts and write them to the statement's file, all else in it as it was. The file; None where none is at hand:
    the texts are checked all the same.

    Raises FieldError where a text breaks a rule, StudytoolError where the file says something else than the deck, or is not
    written.
    """
    texts = {field: check.tidy(field, text) for field, text in change.fields.items()}
    after = reworded(change.before, texts)
    try:
        check.check(after, [change.topic])
    except check.FieldError as error:
        raise FieldError(error.field, error.message, error.hint) from None
    folder = corpus_of(change.corpus, change.deck)
    path = file_of(folder, change.source.id) if folder else None
    book = corpus.read(folder) if folder and path else _alone(change)
    book = _with(book, Entry(change.source, after))
    key = f"{change.source.id}/{after.id}"
    own = msgspec.structs.replace(book, sources=tuple(one for one in book.sources if one.id == change.source.id))
    for finding in lint(book, passages(own) if path else None):
        if finding.statement == key and finding.error:
            raise FieldError(_field(finding.message, texts), f"{finding.code} {finding.message}", "reword it")
    if path and texts:
        _write(path, change.before, texts)
    return path


def _write(path: Path, before: Statement, texts: dict[str, str]) -> None:
    file = StatementFile.open(path)
    stands = next((one for one in file.statements() if one.id == before.id), None)
    if stands is None:
        raise StudytoolError(f"has no statement {before.id!r} any more", Where(str(path)), "`studytool build` makes a new deck")
    if changed := [field for field in texts if getattr(stands, field) != getattr(before, field)]:
        raise StudytoolError(
            f"has another {changed[0]} than the deck for {before.id!r}", Where(str(path)), "`studytool build` first, then edit"
        )
    file.change(before.id, texts)
    file.save()


def _with(book: corpus.Corpus, new: Entry) -> corpus.Corpus:
    """A corpus with the texts of one statement replaced. Its source is the file's own, which tells more than the deck's."""
    entries = tuple(Entry(entry.source, new.statement) if entry.key == new.key else entry for entry in (book.entries or (new,)))
    return msgspec.structs.replace(book, entries=entries)


def _alone(change: Rewording) -> corpus.Corpus:
    """A corpus of one statement, for the rules that look at no other."""
    topic = change.topic
    head = corpus.Head(name=change.corpus, title="", title_en="", description="", description_en="", topic=(topic,))
    return corpus.Corpus(head, (change.source,), (), {change.source.id: change.deck}, {})


def _field(message: str, texts: dict[str, str]) -> str:
    """The field that a finding is about, as far as its message or what was changed tells."""
    return next((field for field in texts if field in message.split()), next(iter(texts), "zh"))
