"""Tables: a card a line for Anki's text importer, a claim a line for a spreadsheet."""

import csv as standard
import io
import re
from collections.abc import Iterable, Sequence

from studytool import cloze
from studytool.anki.notes import html
from studytool.deck import both
from studytool.exits.sheet import Asked, Item, Sheet

_BOM = "\ufeff"  # or Excel reads UTF-8 as something else
# What makes a spreadsheet take a cell for a formula, in ASCII and, where it is set to Chinese or Japanese, in full width. Blanks
# and controls ahead of it are skipped by some.
_FORMULA = re.compile(r"[\s\x00-\x20]*[=+\-@＝＋－＠]|[\t\r\n]")
_COLUMNS = ("ID", "Front", "Back", "Deck", "Tags")
_CLAIM = (
    "id", "deck", "topic", "topic_en", "kind", "speaker", "speaker_en", "event", "event_en", "said", "section", "title", "outlet",
    "published", "url", "zh", "en", "question", "question_en", "answer", "answer_en", "note", "note_en",
)  # fmt: skip


def tsv(sheet: Sheet) -> str:
    """A card a line, with the header lines of Anki's text importer: its note type Basic, known again by its id."""
    head = [
        "#separator:tab", "#html:true", "#notetype:Basic", "#guid column:1", "#deck column:4", "#tags column:5",
        "#columns:" + "\t".join(_COLUMNS),
    ]  # fmt: skip
    cards = ((item, card) for item in sheet.items() for card in item.cards)
    rows = ((card.id, html(card.front), _back(item, card), card.anki_deck, " ".join(card.tags)) for item, card in cards)
    return "\n".join([*head, _table(rows, "\t", "\n", standard.QUOTE_MINIMAL)])


def _back(item: Item, card: Asked) -> str:
    """The answer in both languages, then the claim, the note and who said it; HTML."""
    answer = f"<b>{' · '.join(html(text) for text in (card.back, card.back_en) if text)}</b>"
    who = both(item.speaker_en, item.speaker)
    cited = f"<small>{html(f'{who}, {item.event_en or item.event}, {item.said} · {item.kind}')}</small>"
    rest = (card.front_en, item.zh, item.en, item.note, item.note_en)
    return "<br>".join([answer, *(html(text) for text in rest if text), cited])


def csv(sheet: Sheet) -> str:
    """A claim a line. A cell that a spreadsheet would run as a formula begins with an apostrophe, which makes it text."""
    blanks = ("blanks", "blanks_en")
    rows: list[Sequence[str]] = [(*_CLAIM, *blanks)]
    for item in sheet.items():
        hidden = (_blanks(item.marked), _blanks(item.marked_en))
        rows.append([cell(each) for each in (*(getattr(item, name) for name in _CLAIM), *hidden)])
    return _BOM + _table(rows, ",", "\r\n", standard.QUOTE_ALL)


def _blanks(marked: str) -> str:
    return "; ".join(cloze.blank(marked, number) for number in cloze.numbers(marked))


def cell(text: str) -> str:
    """Text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _table(rows: Iterable[Sequence[str]], separator: str, end: str, quoting: int) -> str:
    out = io.StringIO()
    standard.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()
