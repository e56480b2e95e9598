"""On which line of a TOML file a key stands: tomllib does not tell, and an error without its line is half an error."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from studytool.errors import StudytoolError, Where

_TOKEN = re.compile(
    r"(?P<ignored>#[^\n]*|[ \t\r]+"
    r'|"""(?:\\.|[^\\])*?"{3,5}'  # multi-line strings first: they hold what looks like keys
    r"|'''[\s\S]*?'{3,5}"
    r'|(?P<quoted>"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'))'
    r"|(?P<newline>\n)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<other>[^\s\"'\[\]{}#]+|.)",
    re.DOTALL,
)
_DEEP = re.compile(r"(?<![^\s.])(?:[^\s.]+\.){30}")  # a key of so many parts takes tomllib the square of their number
_HEADER = re.compile(r"\[\[?[ \t]*([^\]\n]+?)[ \t]*\]\]?")


class Lines(NamedTuple):
    """Lines by (table, how many of that name before, key); the key "" is the table's header. Lines count from 1.

    The table "" is the file's top: its keys, and its tables by their first header.
    """

    keys: dict[tuple[str, int, str], int]

    def of(self, table: str, nth: int, key: str) -> int:
        """The line of a key, else of its table's header, else 0."""
        return self.keys.get((table, nth, key)) or self.keys.get((table, nth, "")) or 0


def parse(text: str, path: Path) -> dict[str, Any]:
    """The tables of a TOML text. Raises StudytoolError with the line at fault; `path` is for that message."""
    import tomllib  # not on the way to a card

    try:
        if deep := _DEEP.search(text):
            line = text.count("\n", 0, deep.start()) + 1
            raise StudytoolError("has a key of more than 30 parts", Where(str(path), line), "write it flat")
        return tomllib.loads(text)
    except RecursionError:
        raise StudytoolError("is not TOML: nested too deeply", Where(str(path)), "write it flat") from None
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        reason = re.sub(r" \(at .*\)", "", str(error))
        raise StudytoolError(f"is not TOML: {reason}", Where(str(path), line), "mend this line") from None


@lru_cache(maxsize=4)
def locate(text: str) -> Lines:
    """Find the line of each table header and key of a valid TOML text."""
    keys: dict[tuple[str, int, str], int] = {}
    seen: dict[str, int] = {}
    table, nth, line, depth, start = "", 0, 1, 0, True
    at = 0
    while at < len(text):
        if start and depth == 0 and (header := _HEADER.match(text, at)):
            table = re.sub(r"[\"']|[ \t]*(\.)[ \t]*", r"\1", header[1])
            nth = seen[table] = seen.get(table, -1) + 1
            keys[table, nth, ""] = line
            parent, _, child = table.partition(".")
            keys.setdefault(("", 0, parent), line)
            if child:
                keys.setdefault((parent, seen.get(parent, 0), child.split(".")[0]), line)
            at, start = header.end(), False
            continue
        token = _TOKEN.match(text, at)
        assert token is not None  # the last alternative takes any character
        kind, word = token.lastgroup, token[0]
        if kind == "newline":
            start = True
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        if start and depth == 0 and (kind == "other" or (kind == "ignored" and token["quoted"])):
            key = word[1:-1] if token["quoted"] else re.split("[=.]", word)[0]
            keys.setdefault((table, nth, key), line)
        if kind != "newline" and not (kind == "ignored" and not word.strip()) and depth == 0:
            start = False
        line += word.count("\n")
        at = token.end()
    return Lines(keys)
