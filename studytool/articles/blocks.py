"""Text -> blocks: headings, paragraphs, list items, quotes, each as plain text. Lines that a program wrapped are joined again."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from studytool.articles.inline import CONTENT, PUNCTUATION, is_wide, joined, plain

BlockKind = Literal["heading", "text", "item", "quote"]
Runs = tuple[tuple[int, int], ...]

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_RULE = re.compile(r"\s*(?:[-*_=—·•]\s*){3,}$")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_IMAGE_LINE = re.compile(r"\s*(?:\[?!\[[^\]]*\]\([^)]*\)\]?(?:\([^)]*\))?|<img[^>]*>)\s*$")
# A marker needs a blank after it (`3.5时代`, `9:46`, `17 项` are none), but for the Chinese forms, which never have one.
_ITEM = re.compile(r"\s*(?:(\d{1,2})[.)]\s+|(\d{1,2})[、．）]\s*(?!\d)|([-*+])\s+|[•●▪◆○]\s*|[①-⑳]\s*)(?=\S)")  # fmt: skip
_META = re.compile(
    r"\s*(文章作者|作者|文|发布时间|发布日期|发布地|原文链接|封面图链接|来源|出处|日期|时间|编辑|责编|译者|编译|整理|title|author|date|url|source)"
    r"\s*(?:[：:]|(?<=[\u4e00-\u9fff])\s*[｜|丨/])\s*(\S.{0,500})$",
    re.IGNORECASE,
)
_NEXT_META = re.compile(r"[\s　|｜/]+(?=(?:文章作者|作者|发布时间|发布日期|原文链接|来源|出处|日期|时间|编辑|责编|译者)\s*[：:])")
DATE_LINE = re.compile(r"[\s　]*(?:发布于|发表于|更新于)?\s*(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?!\d).{0,30}$")
HEAD_LINES = 40  # metadata stands above that line
_LABEL_LINE = re.compile(r"\s*\*\*[^*\n]{1,40}(?:[：:]\s*\*\*|\*\*\s*[：:])")
_ENDED = re.compile(r"[。！？!?…；：:”」』）)】]\**\s*$")


class Block(NamedTuple):
    """A piece of a text; `line` counts from 1, `bold` holds runs of characters."""

    kind: BlockKind
    text: str
    bold: Runs
    line: int
    level: int = 0  # of a heading
    speaker: str = ""  # who begins to talk with it, where that is told by no label

    @property
    def all_bold(self) -> bool:
        """Whether nothing of it stands outside bold."""
        inside = sum(len(CONTENT.findall(self.text, start, end)) for start, end in self.bold)
        return inside > 0 and inside >= 0.9 * len(CONTENT.findall(self.text))


class Meta(NamedTuple):
    """A line such as `发布时间: 2024-03-19 12:19`."""

    key: str
    value: str


def blocks(text: str) -> tuple[list[Block], list[Meta]]:
    """The blocks of a text in order, and the lines of metadata at its top."""
    metas: list[Meta] = []
    found: list[Block] = []
    broken = False  # whether an image stood in the middle of a sentence
    for kind, level, lines, line, image in _gathered(text.split("\n"), metas):
        raw = joined(lines)
        words, bold = plain(raw)
        if image:
            broken = bool(found) and found[-1].kind == "text" and not _ENDED.search(found[-1].text)
            continue
        if not CONTENT.search(words):
            continue
        if broken and kind == "text" and not _LABEL_LINE.match(lines[0]) and not words.startswith(("“", "「")):
            last = found.pop()
            gap = "" if (is_wide(last.text[-1]) and is_wide(words[0])) or words[0] in PUNCTUATION else " "
            shift = len(last.text) + len(gap)
            bold = (*last.bold, *((a + shift, b + shift) for a, b in bold))
            words, line = last.text + gap + words, last.line
        broken = False
        found.append(Block(kind, words, bold, line, level))
    return found, metas


def _metas(line: str) -> Iterator[Meta]:
    """What a line of metadata tells, which may be more than one thing: `来源：潮汐 发布时间：2025-06-18`."""
    for part in _NEXT_META.split(line):
        if found := _META.match(part):
            yield Meta(found[1].lower(), found[2].strip())


def _gathered(lines: list[str], metas: list[Meta]) -> Iterator[tuple[BlockKind, int, list[str], int, bool]]:
    """Lines that belong together, with their kind, their first line's number, and whether they are an image alone."""
    kind: BlockKind = "text"
    held: list[str] = []
    first, number, items = 0, 0, 0
    front = _front_matter(lines, metas)
    for number, line in enumerate(lines[front:], front + 1):
        quoted = _QUOTE.match(line) if ">" in line else None
        body = line[quoted.end() :] if quoted else line
        blank = not body.strip()
        if blank or _IMAGE_LINE.match(body) or (not held and _RULE.match(body)):
            if held:
                yield kind, 0, held, first, False
                held = []
            if not blank and "!" in body:
                yield "text", 0, [], number, True
            continue
        if body.startswith((" ", "#")) and (heading := _HEADING.match(body)):
            if held:
                yield kind, 0, held, first, False
                held = []
            yield "heading", len(body.split(maxsplit=1)[0]), [heading[1]], number, False
            items = 0
            continue
        if number <= HEAD_LINES and _META.match(body):
            metas += _metas(body)
            if held:
                yield kind, 0, held, first, False
                held = []
            continue
        if number <= HEAD_LINES and DATE_LINE.match(body):
            metas.append(Meta("dated", body.strip()))
            if held:
                yield kind, 0, held, first, False
                held = []
            continue
        item = _ITEM.match(body)
        if item and held and kind == "text":
            item = item if item[3] is None and (item[1] or item[2]) == "1" else None  # a wrapped line that looks like one
        elif item and held and kind == "item" and (ordinal := item[1] or item[2]) and int(ordinal) != items + 1:
            item = None
        if item:
            if held:
                yield kind, 0, held, first, False
            ordinal = item[1] or item[2]
            items = int(ordinal) if ordinal else items
            held, kind, first = [body[item.end() :]], "item", number
            continue
        if held and (_LABEL_LINE.match(body) or ((kind == "quote") != bool(quoted) and kind != "item")):
            yield kind, 0, held, first, False
            held = []
        if not held:
            kind, first = "quote" if quoted else "text", number
        held.append(body)
    if held:
        yield kind, 0, held, first, False


def _front_matter(lines: list[str], metas: list[Meta]) -> int:
    """How many lines a `---` block of metadata takes at the top."""
    if not lines or lines[0].strip() != "---":
        return 0
    for at, line in enumerate(lines[1:HEAD_LINES], 1):
        if line.strip() == "---":
            for inside in lines[1:at]:
                key, colon, value = inside.partition(":")
                if colon:
                    metas.append(Meta(key.strip().lower(), value.strip().strip("\"'")))
            return at + 1
    return 0
