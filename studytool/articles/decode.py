"""Bytes of unknown encoding -> text. A wrong guess would make every card nonsense, so what is no text at all is refused."""

import codecs
import re
import unicodedata

from studytool.errors import StudytoolError, Where

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_GUESSED = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
SAMPLE = 64 * 1024  # bytes that an encoding is guessed from
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]")
_BINARY = 0.02  # share of control characters above which a file is no text


def decode(data: bytes, where: Where) -> str:
    """The text of a file in UTF-8, GB18030, Big5 or UTF-16, in Unicode's form C, lines ended by a line feed.

    Raises StudytoolError where it is no text.
    """
    text = _decoded(data)
    if text is None:
        raise StudytoolError("is no text in UTF-8, GB18030, Big5 or UTF-16", where, "save it as UTF-8")
    hidden = len(_CONTROL.findall(text))
    if hidden > 16 and hidden > _BINARY * len(text):
        raise StudytoolError("is no text but binary data", where, "name a Markdown, text or HTML file")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n"))
    return unicodedata.normalize("NFC", text).replace("\xa0", " ").replace("\t", " ")


def _decoded(data: bytes) -> str | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _tried(data, name)
    if b"\0" not in data[:SAMPLE] and (text := _tried(data, "utf-8")) is not None:
        return text
    if (declared := _DECLARED.search(data[:4096])) and (text := _tried(data, declared[1].decode())) is not None:
        return text
    from charset_normalizer import from_bytes  # only what is not UTF-8 pays for it

    best = from_bytes(data[:SAMPLE] if len(data) > SAMPLE else data, cp_isolation=_GUESSED).best()
    for name in ([best.encoding] if best else []) + ["gb18030", "big5"]:
        if (text := _tried(data, name)) is not None:
            return text
    return None


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(encoding.lower(), encoding))
    except (UnicodeDecodeError, LookupError):
        return None
