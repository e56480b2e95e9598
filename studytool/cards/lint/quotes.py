"""L41, L42, L43: extracted statements that say what their article does not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool import chinese, cloze, numbers
from studytool.cards.lint.rule import Broken
from studytool.model import Entry
from studytool.places import stands

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.*-]*[A-Za-z0-9*]|[A-Za-z]")
_NO = re.compile(r"不(?!仅|断|管|同|过|久|得不|可思议|只)|没|未(?!来|必)|无(?!论|疑)|非(?!常|洲)|别(?!人|的|处)|难以|绝无|从未")


_ASKED = re.compile(r"被问到“([^“”]*)”，")
_FIELD = re.compile(r"关于\s?(?P<what>[^，。“”]{1,16}?)\s?的(?=访谈|谈话|文章|演讲|圆桌|对谈|炉边谈话|报道)")


class Passage(NamedTuple):
    """An article as rules need it: its text, which quotes point into, and what is known of it besides."""

    text: str
    about: str  # title, introduction, who talks: names from here may stand on a card


def unfaithful(entry: Entry, passage: Passage) -> Iterator[Broken]:
    """L41: the quote is not where it should be. L42: the answer is not in it. L43: a number, name or negation is not."""
    statement = entry.statement
    if not statement.quote:
        return
    place = stands(passage.text, statement.quote)
    if not place:
        yield Broken("L41", "quote", "the quote does not stand in the article; run `studytool extract` again", error=True)
        return
    quote = passage.text[place[0] : place[1]]
    if statement.answer and chinese.folded(statement.answer).removeprefix("因为") not in chinese.folded(quote):
        yield Broken("L42", "answer", f"the answer {statement.answer!r} is not in the quote", error=True)
    source = entry.source
    about = " ".join((passage.about, source.title, source.event, source.outlet, *source.speakers, *source.speakers_en))
    dates = "，".join(f"{day[:4]} 年 {int(day[5:7])} 月" for day in (source.said, source.published.isoformat()) if day[5:7])
    for field, text in (("zh", cloze.plain(statement.zh)), ("question", statement.question), ("answer", statement.answer)):
        text = _without_field(_asked(text, passage.text[: place[0]]), passage)
        if not text:
            continue
        for figure in numbers.lonely(
            numbers.in_chinese(text, chinese.words), numbers.in_chinese(f"{quote}。{dates}", chinese.words)
        ):
            yield Broken("L43", field, f"{figure} is not in the quote", error=True)
        known = {word.casefold() for word in _LATIN.findall(f"{quote} {about}")}
        for name in dict.fromkeys(_LATIN.findall(text)):
            if name.casefold() not in known:
                yield Broken("L43", field, f"the name {name!r} is not in the quote", error=True)
        if field == "zh" and bool(_NO.search(text)) != bool(_NO.search(quote)):
            where = "the quote" if _NO.search(text) else "the card"
            yield Broken("L43", field, f"a negation is not in {where}", error=True)


def _asked(text: str, before: str) -> str:
    """A statement without the host's question that it quotes, if that stands in the article before it."""
    found = _ASKED.search(text)
    if not found or found[1].replace("‘", "“").replace("’", "”") not in before:
        return text
    return text[: found.start()] + text[found.end() :]


def _without_field(text: str, passage: Passage) -> str:
    """A statement without what its talk is said to be about, if the article has these words."""
    found = _FIELD.search(text)
    if not found or not all(word in passage.text + passage.about for word in re.split(r"\s?与\s?", found["what"])):
        return text
    return text[: found.start()] + text[found.end() :]
