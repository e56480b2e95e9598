"""The file that carries reviews to another machine: JSON, a review a line, as `studytool export --reviews` writes it.

It comes from anywhere, so that it is read strictly: what would break the schedule or the screen is told, and nothing is taken in.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from studytool.errors import StudytoolError, Where
from studytool.files import has_controls, read_bytes
from studytool.quiz.flags import Flag
from studytool.quiz.merge import Kept, Line
from studytool.quiz.overrides import Overridden, Override

NAME = "studytool reviews"
VERSION = 1
_LARGEST = 1 << 30  # bytes; a million reviews are a tenth of that
_END = dt.date(2200, 1, 1)  # no review is later; FSRS plans a hundred years ahead, and calendars end in 9999
_MOST_OF_A_CARD = 5000  # reviews; what is counted of a card grows with their square, and nobody has a hundredth of these
_WHAT = "a file of `studytool export --reviews`"
_NAME = r"[^\s/:\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+"

_Moment = Annotated[int, Meta(ge=0, le=(_END - dt.date(1970, 1, 1)).days * 86_400)]
_Day = Annotated[int, Meta(ge=1, le=_END.toordinal())]
_CardId = Annotated[str, Meta(pattern=rf"^{_NAME}:{_NAME}/{_NAME}/(c[0-9]{{1,3}}|qa)(-en)?\Z", max_length=500)]
_StatementId = Annotated[str, Meta(pattern=rf"^{_NAME}:{_NAME}/{_NAME}\Z", max_length=500)]


class _Review(Struct, frozen=True, gc=False):
    card: _CardId
    grade: Annotated[int, Meta(ge=1, le=4)]
    at: _Moment
    day: _Day
    took: Annotated[int, Meta(ge=0, le=1 << 40)] = 0
    undone: _Moment | None = None
    ivl: Annotated[int, Meta(ge=-86_400, le=36_500)] | None = None
    ms: Annotated[int, Meta(ge=0, le=999)] | None = None


class _Flag(Struct, frozen=True):
    suspended: bool = False
    buried: Annotated[int, Meta(ge=0, le=_END.toordinal())] = 0
    marked: bool = False
    told: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    at: _Moment = 0


class _Overridden(Struct, frozen=True):
    fields: Override
    at: _Moment = 0


class _Version(Struct, frozen=True):
    format: str
    version: int


class _File(Struct, frozen=True):
    reviews: tuple[_Review, ...]
    flags: dict[_CardId, _Flag] = {}
    overrides: dict[_StatementId, _Overridden] = {}


def encode(kept: Kept) -> bytes:
    """The bytes of the file; the same store, the same bytes."""
    return b"".join(_lines(kept))


def _lines(kept: Kept) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder(order="sorted")
    yield b'{"format":%b,"version":%d,\n"reviews":[' % (encoder.encode(NAME), VERSION)
    for nth, review in enumerate(kept.reviews):
        yield (b",\n" if nth else b"\n") + encoder.encode(review)
    yield b'\n],\n"flags":%b,\n"overrides":%b}\n' % (encoder.encode(kept.flags), encoder.encode(kept.overrides))


def read(path: Path) -> Kept:
    """What a file carries. Raises StudytoolError where it is no such file, damaged, or of a newer studytool."""
    data = read_bytes(path, _WHAT, _LARGEST)
    where = Where(str(path))
    try:
        head = msgspec.json.decode(data, type=_Version)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StudytoolError(f"is not {_WHAT}: {error}", where, "export it again") from None
    if head.format != NAME:
        raise StudytoolError(f"is not {_WHAT}: its format is {head.format[:40]!r}", where, "check the name")
    if head.version > VERSION:
        raise StudytoolError(
            f"is of a newer studytool (format {head.version}, this one reads {VERSION})",
            where,
            "upgrade: pip install -U studytool",
        )
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StudytoolError(f"is damaged: {error}; nothing was taken in", where, "export it again") from None
    for statement, one in file.overrides.items():
        if has_controls(msgspec.json.encode(one.fields)):
            raise StudytoolError(
                f"is damaged: a text of {statement} holds control characters; nothing was taken in", where, "export it again"
            )
    reviews = tuple(map(_line, file.reviews))
    flags = {card: Flag(one.suspended, one.buried, one.marked, one.told, one.at) for card, one in file.flags.items()}
    texts = {statement: Overridden(one.fields, one.at) for statement, one in file.overrides.items()}
    refuse_floods(reviews, where)
    return Kept(reviews, flags, texts)


def refuse_floods(reviews: Iterable[Line], where: Where) -> None:
    """Raise StudytoolError where something holds more reviews of one card than anybody makes."""
    counts = Counter(review.card for review in reviews)
    if any(count > _MOST_OF_A_CARD for count in counts.values()):
        told = f"holds more than {_MOST_OF_A_CARD:,} reviews of one card; nothing was taken in"
        raise StudytoolError(told, where, "no learner makes as many: export it again")


def checked(**review: str | int) -> Line | None:
    """A review of elsewhere as a line of the log, by the fields of `Line` (`ivl` 0: not told); None where it can be none."""
    try:
        return _line(msgspec.convert(review, _Review))
    except msgspec.ValidationError:
        return None


def _line(review: _Review) -> Line:
    return Line(review.card, review.grade, review.at, review.day, review.took, review.undone, review.ivl or None, review.ms)
