"""New texts for a statement that is being studied: what may be edited, and what must stay so that its cards can be asked."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from studytool import cloze
from studytool.errors import StudytoolError
from studytool.model import Source, Statement, Topic

FIELDS = ("zh", "en", "question", "question_en", "answer", "answer_en", "note", "note_en")


class FieldError(StudytoolError):
    """What is wrong with one field of a statement."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class Rewording(Struct, frozen=True):
    """A change of a statement's texts, with all that is needed to check it and to find its file."""

    corpus: str  # name
    deck: Path  # file that it was studied from
    source: Source
    topic: Topic
    before: Statement  # as in the deck, or in the file if it was edited there since
    after: Statement

    @property
    def fields(self) -> dict[str, str]:
        """The fields that differ, with their new texts."""
        return {
            field: getattr(self.after, field) for field in FIELDS if getattr(self.after, field) != getattr(self.before, field)
        }


def reworded(statement: Statement, texts: Mapping[str, str]) -> Statement:
    """A statement with new texts, of any of FIELDS. Raises FieldError where one of its cards could no longer be asked."""
    new = replace(statement, **texts)
    if cloze.numbers(new.zh) != cloze.numbers(statement.zh):
        raise FieldError("zh", "the blanks must stay, each is a card with progress", "keep {{c1::…}} around the words asked for")
    if lost := set(cloze.numbers(statement.en)) - set(cloze.numbers(new.en)):
        raise FieldError("en", f"blank {min(lost)} is gone", "keep {{c1::…}} around the same words as in the Chinese")
    for field in ("question", "question_en"):
        if bool(getattr(new, field)) != bool(getattr(statement, field)):
            gone = "is asked by a card" if getattr(statement, field) else "would be a new card"
            raise FieldError(field, f"this question {gone}", "add or remove questions in the corpus file, then build")
    if statement.answer_en and statement.question_en and not new.answer_en:
        raise FieldError("answer_en", "a card asks for this answer", "write it")
    return new
