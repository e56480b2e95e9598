"""What a statement must hold before it is saved, field by field: the rules by which `corpus.read` would refuse the file."""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from studytool import cloze
from studytool.errors import StudytoolError
from studytool.model import KINDS, Kind, Statement, Topic
from studytool.statement_faults import statement_faults

_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")


class FieldError(StudytoolError):
    """What is wrong with one field of a statement."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


def tidy(field: str, text: str) -> str:
    """A text as it is kept: in normal form C, without characters that nobody sees, on one line unless it is a note."""
    flat = unicodedata.normalize("NFC", text if field.startswith("note") else _BREAKS.sub(" ", text))
    return _HIDDEN.sub("", flat).strip()


def find_topic(text: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic of that id or name, else the only one whose id or name begins so or, from two characters on, holds it."""
    wanted = text.strip().casefold()
    names = [(topic, [name.casefold() for name in (topic.id, topic.name, topic.name_en)]) for topic in topics]
    exact = [topic for topic, known in names if wanted in known]
    near = exact or [topic for topic, known in names if wanted and any(name.startswith(wanted) for name in known)]
    near = near or [topic for topic, known in names if len(wanted) > 1 and any(wanted in name for name in known)]
    return near[0] if exact or len(near) == 1 else None


def find_kind(text: str) -> Kind | None:
    """The kind of that name, or the only one that begins so."""
    wanted = text.strip().casefold()
    near = [kind for kind in KINDS if wanted and kind.startswith(wanted)]
    return near[0] if len(near) == 1 else None


def check(statement: Statement, topics: Sequence[Topic]) -> None:
    """Raises FieldError with the first thing for which the corpus's reader would refuse the statement."""
    claim = {key: value for key, value in msgspec.to_builtins(statement).items() if value not in ("", [], None)}
    if not cloze.plain(statement.zh):
        raise FieldError("zh", "the statement is empty")
    for field, message, hint in statement_faults(claim, [topic.id for topic in topics]):
        raise FieldError(field or "en", message, hint)
    if not statement.topic:
        raise FieldError("topic", "the topic is empty", "name one of the corpus by its id or name")
    if statement.kind not in KINDS:
        raise FieldError("kind", f"unknown kind {statement.kind!r}", f"one of {', '.join(KINDS)}")
