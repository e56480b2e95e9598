"""Input as nobody writes it: strategies of hypothesis for articles, statement files, deck files and files to import. Those for
packages of Anki's stand in `hostile_packages`.

All start from what is sound, since what is broken at once is refused at once and tries nothing.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ARTICLES = Path(__file__).parent / "fixtures" / "articles"
TOKENS = [
    "<script>alert(1)</script>", "</div></article>", "<!--", "-->", "<![CDATA[", "]]>", "<?php system('id') ?>", "<svg onload=x>",
    "[/b]", "[link](javascript:alert(1))", "![x](file:///etc/passwd)", "```", "~~~", "***", "**", "__", "> ", "# ", "- ", "1. ",
    "{{c1::", "}}", "::", "{{c1::{{c2::x}}}}", "{{7*7}}", "${jndi:ldap://x}", "%s%n%x", "{0.__class__}", "$(id)", "`id`", "; rm -rf ~",
    "\x00", "\x07", "\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x07", "\x7f", "\x85", "\x9b31m", "\r", "\x0b", "\x0c",
    "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2029", "\ufffe", "\U000e0041", "\u0301" * 40,
    "\ud800", "\udfff", "\ud83d", "👩\u200d🌾", "𝕳", "ﷺ", "ſ", "İ", "ß", "①", "㍿", "\u3000", "\xa0", "\t", "\n", "\n\n",
    "../../../../tmp/x", "/etc/passwd", "C:\\x", "con", "NUL", "\\\\host\\share", "file:///dev/zero", "~root", "%2e%2e%2f",
    "'", '"', '"""', "'''", "\\", "\\u0000", "\\ud800", "&#0;", "&#x110000;", "&amp;", "&lt;script&gt;", "&nbsp;",
    "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t=1", "9" * 400, "1e999", "-0", "NaN", "二〇二四年", "百分之三百",
    "!!python/object/apply:os.system ['id']", "&a [*a,*a]", "---", "...", "? |", "<<: *a", "title: [", "date: 0000-00-00",
    "萨姆：", "主持人：", "**林晚：**", "问：", "答：", "（笑）", "2024 年 13 月 45 日", "。", "！？", "……", "“", "”", "《", "》",
]  # fmt: skip
SAID = [
    "林晚认为，雨前采下的嫩芽香气最足，冲泡时要用 80 度的水。", "我觉得，到 2030 年普洱的价格会跌一半。", "茶树的根很深，所以不怕旱。",
    "关键是水，水不好，再好的茶也没有味道。", "人工智能是指让机器做事的技术。", "我们不会在今年涨价。",
]  # fmt: skip
TIMES = st.sampled_from([1] * 40 + [2, 3, 50, 3000, 30_000])
LARGEST = 3_000_000  # characters that a piece is repeated to, at most


def picked(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    """One of values that are too long to be printed with the strategy."""
    return st.integers(0, len(values) - 1).map(lambda nth: values[nth])


def repeated(piece: str, times: int) -> str:
    return piece * min(times, max(1, LARGEST // max(1, len(piece))))


PIECE = st.builds(repeated, picked(TOKENS) | picked(SAID) | st.text(max_size=12), TIMES)
TEXT = st.lists(PIECE, min_size=1, max_size=6).map("".join)
SHORT = st.lists(picked(TOKENS + SAID) | st.text(max_size=8), min_size=1, max_size=4).map("".join)
ENCODINGS = st.sampled_from(
    ["utf-8"] * 24 + ["gb18030", "big5", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "utf-7"]
)


def encoded(text: str, encoding: str) -> bytes:
    """Bytes of a text, lone surrogates and all."""
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") and encoding != "utf-7" else "replace")


def cut_in(whole: str, cuts: list[tuple[float, str]]) -> str:
    """A text with pieces put in at some places, each a share of its length."""
    for share, piece in cuts:
        at = int(share * len(whole))
        whole = whole[:at] + piece + whole[at:]
    return whole


PLACE = st.floats(0, 1)
CUTS = st.lists(st.tuples(PLACE, PIECE), min_size=1, max_size=5)


def damaged(data: bytes, hits: list[tuple[float, bytes]], end: float) -> bytes:
    """Bytes with others put in, and cut off."""
    for share, piece in hits:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + len(piece) :]
    return data[: int(end * len(data))]


HITS = st.sampled_from([True] * 5 + [False]).flatmap(
    lambda sound: st.just([]) if sound else st.lists(st.tuples(PLACE, st.binary(max_size=8)), max_size=3)
)
END = st.sampled_from([1.0] * 20 + [0.999, 0.9, 0.5])


def _tags(depth: int, tag: str, inner: str, closed: bool) -> str:
    return f"<{tag}>" * depth + inner + (f"</{tag}>" * depth if closed else "")


NESTED = st.builds(
    _tags, st.sampled_from([1, 5, 100, 900, 5000, 60_000]),
    st.sampled_from(["div", "p", "b", "blockquote", "ul><li", "table><tr><td", "span class='comment'", "a href='x'", "svg", "font"]),
    SHORT, st.booleans(),
)  # fmt: skip
MARKED = st.builds(
    lambda mark, depth, inner: mark * depth + inner,
    st.sampled_from(["> ", "- ", "[", "![", "(", "（", "【", "“", "*", "_", "**", "#", "\t", "   ", "1.", "「"]),
    st.sampled_from([3, 200, 5000, 60_000]), SHORT,
)  # fmt: skip
REAL = st.sampled_from(sorted(path.name for path in ARTICLES.iterdir() if ".marks." not in path.name)).map(
    lambda name: (ARTICLES / name).read_text("utf-8")
)
FRONT = st.builds("---\ntitle: {}\ndate: {}\nauthor: {}\n---\n{}".format, SHORT, SHORT | st.just("2024-01-02"), SHORT, REAL)
PAGE = st.builds(
    '<html><head><meta charset="{}"><title>{}</title><meta property="og:title" content="{}"></head><body>{}</body></html>'.format,
    st.sampled_from(["utf-8", "utf-7", "gbk", "x-user-defined", "hex", "idna", "rot13"]), SHORT, SHORT, TEXT | NESTED | REAL,
)  # fmt: skip
ARTICLE_TEXT = (
    st.builds(cut_in, REAL | FRONT | PAGE, CUTS) | st.builds(lambda a, b: f"{a}\n\n{b}", REAL, NESTED | MARKED) | PAGE | TEXT
)
ARTICLE = st.builds(damaged, st.builds(encoded, ARTICLE_TEXT, ENCODINGS), HITS, END)
SUFFIX = st.sampled_from([".md", ".txt", ".html"])

# Values of TOML, written out: strings as JSON writes them are TOML's too, but for surrogates.
ODD_TOML = [
    "[" * 50 + "]" * 50, "[" * 5000 + "]" * 5000, "[" * 100_000, '{a = ' * 300 + "1" + "}" * 300, "9" * 5000, "-9" * 3, "0x" + "f" * 4000, "1e400",
    "inf", "-nan", "1979-05-27T07:32:00Z", "0001-01-01", "9999-12-31", "07:32:00", "2024-02-30", "true", '""', "''", '"""\n\n"""',
    "'''\n'''", '"\\u0000"', '"\\uD800"', '"\\U00110000"', "[]", "{}", '[{}, 1, "x"]', "{ start = -1, end = 9e9, sha256 = 7 }", "[[]]",
    '{ start = 0, end = 99999999999999999999, sha256 = "x" }', '{ start = -5, end = 100000000, sha256 = "x" }', '["c9: x", "c1: "]', '["../../x/y"]',
]  # fmt: skip
TOML_VALUE = picked(ODD_TOML) | st.builds(lambda text: json.dumps(text, ensure_ascii=False), TEXT) | st.builds(json.dumps, SHORT)
ODD_LINES = [
    "[[statement]]", "[statement]", "[source]", "[[source]]", "[a.b.c]", "a.b.c.d = 1", "a" * 100_000, "= 1", "# \x07", '"" = 1', "[[statement.x]]",
    ".".join("a" * 400) + " = 1", ".".join("a" * 20_000) + " = 1", "[" + ".".join("a" * 20_000) + "]", "[[statement]]\n" * 5000, "\x00", "\ufeff", "x = [\n" * 900,
    "statement = 1", 'id = "x"', "\r", "include = '/etc/passwd'",
]  # fmt: skip


def retold(text: str, changes: list[tuple[float, str]], lines: list[tuple[float, str]]) -> str:
    """A TOML text with the values of some keys replaced, and lines put in."""
    rows = text.split("\n")
    keys = [nth for nth, row in enumerate(rows) if " = " in row]
    for share, value in changes:
        nth = keys[int(share * (len(keys) - 1))]
        rows[nth] = f"{rows[nth].split(' = ')[0]} = {value}"
    for share, line in lines:
        rows.insert(int(share * len(rows)), line)
    return "\n".join(rows)


def toml(text: str) -> st.SearchStrategy[bytes]:
    """Files that began as a sound one."""
    changes = st.lists(st.tuples(PLACE, TOML_VALUE), min_size=1, max_size=3)
    lines = st.lists(st.tuples(PLACE, picked(ODD_LINES)), max_size=1)
    retelling = st.builds(lambda new, more: retold(text, new, more), changes, lines)
    whole = retelling | retelling | CUTS.map(lambda cuts: cut_in(text, cuts))
    return st.builds(damaged, whole.map(lambda made: encoded(made, "utf-8")), HITS, END)


ODD_JSON: list[Any] = [
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    "",
    [],
    {},
    [[]],
    {"": {}},
    "\ud800",
    "x" * 100_000,
    ["c1"],
    ["qa", "c7", "../x"],
    [10**9],
    [-1],
]
RAW_JSON = [
    "[" * 100_000,
    '{"a":' * 5000 + "1" + "}" * 5000,
    "1e999",
    "NaN",
    '"\\ud800"',
    "9" * 5000,
    '"\\u0000\\u001b[2J"',
    '{"a":1,"a":2}',
    "'x'",
]
JSON_VALUE = picked(ODD_JSON) | SHORT | TEXT


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each value within a JSON value, of a long list as one: a word table would hide all else."""
    found = [path] if path else []
    if isinstance(value, list) and len(value) > 20:
        return [*found, (*path, 0), (*path, -1)]
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += leaves(inner, (*path, key))
    return found


def put(value: Any, changes: list[tuple[float, Any]]) -> Any:
    """A JSON value with some of its parts replaced."""
    value = json.loads(json.dumps(value))
    for share, new in changes:
        paths = leaves(value)
        *way, last = paths[int(share * (len(paths) - 1))]
        inside = value
        for step in way:
            inside = inside[step]
        inside[last] = json.loads(json.dumps(new))
    return value


RAW = "@raw@"


def written(value: Any, raw: str) -> bytes:
    text = json.dumps(value, ensure_ascii=False).replace(f'"{RAW}"', raw)
    return text.encode("utf-8", "surrogatepass")


def changed_json(value: Any) -> st.SearchStrategy[bytes]:
    """JSON that began as a sound value."""
    changes = st.lists(st.tuples(PLACE, JSON_VALUE | st.just(RAW)), min_size=1, max_size=3)
    return st.builds(lambda new, raw: written(put(value, new), RAW_JSON[raw]), changes, st.integers(0, len(RAW_JSON) - 1))


def deck_file(lines: list[bytes]) -> st.SearchStrategy[bytes]:
    """Deck files that began as a sound one: any of its lines changed, lost, doubled."""

    changed = [changed_json(json.loads(line)) for line in lines]

    def made(nth: int, line: bytes, twice: bool, lost: bool) -> bytes:
        found = list(lines)
        found[nth] = line
        if twice:
            found.insert(nth, line)
        if lost:
            del found[-1]
        return b"\n".join(found) + b"\n"

    numbers = st.integers(0, len(lines) - 1)
    one = numbers.flatmap(lambda nth: st.builds(made, st.just(nth), changed[nth], st.booleans(), st.booleans()))
    return st.builds(damaged, one, HITS, END)
