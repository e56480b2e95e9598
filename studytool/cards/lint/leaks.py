"""L31: what the learner is to recall stands on the front of its own card."""

import re
import unicodedata
from collections.abc import Iterator

from studytool import chinese, cloze
from studytool.cards.lint.rule import Broken
from studytool.model import Entry, Topic

LONG_PART = 0.6  # share of an answer that already tells it
_LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.'*+-]*[A-Za-z0-9*+])?")


def told(entry: Entry, topic: Topic) -> Iterator[Broken]:
    """L31: what the learner is to recall stands on the front, in either language, or in the deck's name or tags."""
    statement = entry.statement
    deck_and_tags = [topic.name, topic.name_en, entry.source.id, statement.kind]
    for number in cloze.numbers(statement.zh):
        # English without this blank, as a machine makes it, is not on the front: it would tell the answer.
        english = cloze.hide(statement.en, number, "□") if number in cloze.numbers(statement.en) else ""
        front = [cloze.hide(statement.zh, number, "□"), english, *deck_and_tags]
        for field, answer in (("zh", cloze.blank(statement.zh, number)), ("en", cloze.blank(statement.en, number))):
            if answer and (part := _told(answer, front)):
                yield Broken("L31", field, f"blank c{number} {answer!r} is told by {part!r} on its own front", error=True)
    if statement.question:
        front = [statement.question, statement.question_en, *deck_and_tags]
        for field, answer in (("answer", statement.answer), ("answer_en", statement.answer_en)):
            if answer and (part := _told(answer, front)):
                yield Broken(
                    "L31", field, f"the answer {answer!r} is told by {part!r} in its question, topic or tags", error=True
                )


def _told(answer: str, front: list[str]) -> str:
    """The answer, or so long a part of it that it tells the rest, where it stands on the front; else ""."""
    if chinese.hanzi(answer):
        return _told_chinese(answer, front)
    asked = _latin(answer)
    content = [word for word in asked if word not in chinese.ENGLISH_FUNCTION_WORDS]
    if not content:
        return ""
    for text in front:
        shown = _latin(text)
        least = len(asked) if len(asked) < 3 else max(2, round(LONG_PART * len(asked)))
        for size in range(len(asked), least - 1, -1):
            for at in range(len(asked) - size + 1):
                run = asked[at : at + size]
                if set(run) & set(content) and _stands_in(run, shown):
                    return " ".join(run)
    return ""


def _latin(text: str) -> list[str]:
    """The Latin words of a text as they are compared: `Acme's` at a sentence's end is `acme`."""
    return [word.lower().removesuffix("'s") for word in _LATIN.findall(unicodedata.normalize("NFKC", text))]


def _stands_in(run: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(run)] == run for at in range(len(words) - len(run) + 1))


def _told_chinese(answer: str, front: list[str]) -> str:
    flat = chinese.folded(answer)
    for text in front:
        shown = chinese.folded(text)
        if len(flat) == 1:
            if flat in {chinese.folded(word) for word in chinese.words(text)}:
                return flat
            continue
        least = len(flat) if len(flat) < 4 else max(3, round(LONG_PART * len(flat)))
        for size in range(len(flat), least - 1, -1):
            for at in range(len(flat) - size + 1):
                part = flat[at : at + size]
                if part in shown and (part == flat or chinese.hanzi(part)):  # half of a number tells nothing
                    return part
    return ""
