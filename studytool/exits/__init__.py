"""Decks -> the claims in a form that other programs take: tables, a study sheet, a page to print, data. One shape, many exits."""

from collections.abc import Callable, Sequence

from studytool.claims import Found
from studytool.exits import data, markdown, page, tables
from studytool.exits.sheet import Sheet, sheet

__all__ = ["FORMATS", "encode"]

_EXITS: dict[str, Callable[[Sheet], str]] = {
    "tsv": tables.tsv,
    "csv": tables.csv,
    "md": markdown.markdown,
    "json": data.json,
    "html": page.html,
}
FORMATS = tuple(_EXITS)


def encode(form: str, found: Sequence[Found]) -> bytes:
    """The bytes of a file in one of FORMATS, UTF-8: the same claims, the same bytes."""
    return _EXITS[form](sheet(found)).encode()
