"""One page to read on a screen or on paper: no script, nothing loaded from elsewhere, light and dark as the reader has it."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from studytool import cloze
from studytool.anki.notes import KINDS
from studytool.exits.sheet import Item, Sheet

# Even where a text broke out of its place, the browser would run and load nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_COVERS = (
    ("blanks", "遮住空格 · Cover the blanks"),
    ("zh", "遮住中文 · Cover the Chinese"),
    ("en", "遮住英文 · Cover the English"),
)


def html(sheet: Sheet) -> str:
    """The page, whole: its style is in it. What is covered shows under the pointer, and prints covered."""
    return "".join(_parts(sheet))


def _parts(sheet: Sheet) -> Iterator[str]:
    titles = " / ".join(head.title for head in sheet.decks)
    yield '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{escape(titles)}</title>\n<style>\n{Path(__file__).with_name('page.css').read_text('utf-8')}</style>\n"
    yield "</head>\n<body>\n"
    yield "".join(
        f'<input type="checkbox" id="cover-{name}"><label for="cover-{name}">{label}</label>\n' for name, label in _COVERS
    )
    yield "<header>\n"
    for head in sheet.decks:
        yield f"<h1>{_both(head.title, head.title_en)}</h1>\n<p>{_both(head.description, head.description_en)}</p>\n"
    yield "<nav><ol>\n"
    for nth, section in enumerate(sheet.sections, 1):
        topic = _both(section.topic.name, section.topic.name_en)
        yield f'<li><a href="#topic-{nth}">{topic}</a> <small>{len(section.items)}</small></li>\n'
    yield "</ol></nav>\n</header>\n<main>\n"
    for nth, section in enumerate(sheet.sections, 1):
        yield f'<section id="topic-{nth}">\n<h2>{_both(section.topic.name, section.topic.name_en)}</h2>\n'
        yield from map(_claim, section.items)
        yield "</section>\n"
    yield f"</main>\n<footer>\n<h2>{_both('出处', 'Sources')}</h2>\n<ul>\n"
    for source in sheet.sources:
        rest = [escape(part) for part in (source.outlet, source.published.isoformat()) if part]
        yield f"<li>{', '.join([_link(source.url, _both(source.title, source.title_en)), *rest])}</li>\n"
    yield "</ul>\n</footer>\n</body>\n</html>\n"


def _claim(item: Item) -> str:
    lines = [f'<p class="zh" lang="zh-Hans">{_marked(item.marked)}</p>']
    if item.marked_en:
        lines.append(f'<p class="en" lang="en">{_marked(item.marked_en)}</p>')
    if item.question:
        lines.append(f'<div class="asked"><p>{_both(item.question, item.question_en)}</p>')
        lines.append(f'<p><b class="blank">{_both(item.answer or item.zh, item.answer_en or item.en)}</b></p></div>')
    notes = [(item.note, "zh-Hans"), (item.note_en, "en")]
    lines += [f'<p class="note" lang="{lang}">{_lines(note)}</p>' for note, lang in notes if note]
    for other in item.related:
        how = "又说 said again" if other.how == "again" else "另说 said otherwise"
        lines.append(f'<p class="note">{how}, {escape(other.said)}: {_both(other.zh, other.en)}</p>')
    who = [_both(item.speaker, item.speaker_en), _both(item.event, item.event_en), escape(item.said), KINDS[item.kind]]
    lines.append(f"<footer>{' · '.join(part for part in who if part)}</footer>")
    return "<article>\n" + "\n".join(lines) + "\n</article>\n"


def _marked(text: str) -> str:
    parts = cloze.parse(text)
    return "".join(f'<b class="blank">{escape(part.text)}</b>' if part.blank else escape(part.text) for part in parts)


def _both(zh: str, en: str) -> str:
    """A text in both languages; once where they are the same or the English is not known."""
    english = f' <span lang="en">{escape(en)}</span>' if en and en != zh else ""
    return f'<span lang="zh-Hans">{escape(zh)}</span>{english}'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _link(url: str, inner: str) -> str:
    return f'<a href="{escape(url)}">{inner}</a>' if url.startswith(("https://", "http://")) else inner
