"""L20, L21, L45: statements that cannot stand alone, since who, what or when is missing."""

import re
from collections.abc import Iterator

from studytool import cloze
from studytool.cards.lint.rule import Broken
from studytool.deck import speaker_en
from studytool.model import Entry, Topic

_POINTER = re.compile(r"^(他|她|它|这|那|该|此|上述|本文|作者|我们|咱们|其(?![实中他余次]))")
_POINTER_EN = re.compile(r"^(He|She|They|This|These|Those|We|The (text|author|article|speaker))\b")
_RELATIVE = re.compile(r"今年|去年|明年|前年|目前|最近|近来|近日|如今|现在|眼下|当前|本月|上个月|下个月|不久前")
_RELATIVE_EN = re.compile(
    r"\b(this|last|next) (year|month|week)\b|\b(recently|currently|nowadays|today|at present)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")


def adrift(entry: Entry, _: Topic) -> Iterator[Broken]:
    """What a reader who never saw the source would ask of one statement."""
    statement = entry.statement
    for field, text, pointer, relative in (
        ("zh", cloze.plain(statement.zh), _POINTER, _RELATIVE),
        ("en", cloze.plain(statement.en), _POINTER_EN, _RELATIVE_EN),
        ("question", statement.question, _POINTER, _RELATIVE),
        ("question_en", statement.question_en, _POINTER_EN, _RELATIVE_EN),
    ):
        if found := pointer.search(text):
            yield Broken("L20", field, f"begins with {found[0]!r}, which points at nothing; name it")
        if (found := relative.search(text)) and not _YEAR.search(text):
            yield Broken("L21", field, f"{found[0]!r} without a date will be wrong next year; give the year")
    if statement.kind in ("opinion", "forecast"):
        if statement.speaker not in cloze.plain(statement.zh):
            yield Broken("L45", "zh", f"{statement.kind} without its speaker, {statement.speaker}")
        surname = speaker_en(entry.source, statement.speaker).split()[-1]
        if statement.en and surname not in cloze.plain(statement.en):
            yield Broken("L45", "en", f"{statement.kind} without its speaker, {surname}")
