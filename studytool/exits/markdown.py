"""A study sheet in Markdown: the claims by topic with their blanks in bold, then questions, then the answers."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from studytool import cloze
from studytool.deck import both
from studytool.exits.sheet import Item, Sheet

# What means something anywhere, and what does at a line's start: the marks of lists and headings.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$&!]|^[ \t]*(?:\d+[.)]|[-+=])", re.MULTILINE)


def markdown(sheet: Sheet) -> str:
    """The sheet, in Markdown that says nothing else than its texts do."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    for head in sheet.decks:
        yield f"# {text(both(head.title, head.title_en, ' · '))}\n"
        yield text(both(head.description, head.description_en, " ")) + "\n"
    for section in sheet.sections:
        yield f"## {text(both(section.topic.name, section.topic.name_en, ' · '))}\n"
        for nth, item in enumerate(section.items, 1):
            yield from _claim(nth, item)
        asked = [item for item in section.items if item.question]
        if asked:
            yield "### 问题 · Questions\n"
            yield from (_line(nth, item.question, item.question_en) for nth, item in enumerate(asked, 1))
            yield "\n### 答案 · Answers\n"
            yield from (_line(nth, item.answer or item.zh, item.answer_en or item.en) for nth, item in enumerate(asked, 1))
            yield ""
    if sheet.sources:
        yield "## 出处 · Sources\n"
        for source in sheet.sources:
            title = f"[{text(source.title)}](<{address(source.url)}>)" if address(source.url) else text(source.title)
            rest = [text(part) for part in (source.title_en, source.outlet, source.published.isoformat()) if part]
            yield f"- {', '.join([title, *rest])}"


def _claim(nth: int, item: Item) -> Iterator[str]:
    indent = " " * (len(str(nth)) + 2)
    who = f"{both(item.speaker_en, item.speaker)}, {item.event_en or item.event}, {item.said} · {item.kind}"
    told = [_bold(item.marked), _bold(item.marked_en), *(text(note) for note in (item.note, item.note_en)), f"— {text(who)}"]
    lines = f"\n{indent}".join("  \n".join(part.split("\n")).replace("\n", f"\n{indent}") + "  " for part in told if part)
    yield f"{nth}. {lines.rstrip()}\n"


def _bold(marked: str) -> str:
    return "".join(f"**{text(part.text)}**" if part.blank else text(part.text) for part in cloze.parse(marked))


def _line(nth: int, zh: str, en: str) -> str:
    return f"{nth}. {text(both(zh, en, ' · ') if en else zh)}"


def text(plain: str) -> str:
    """Text that Markdown shows as it is: no markup, no link, no HTML, no formula."""
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", plain)


def address(url: str) -> str:
    """An address that may be a link; "" for what is no address of the web."""
    return quote(url, safe=":/?#@!$&'()*+,;=%~-._[]") if url.startswith(("https://", "http://")) else ""
