"""Statements without English -> the English to write to them, with who made it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool import cloze
from studytool.glosses.sentences.blanks import marked
from studytool.glosses.sentences.faults import EndedError
from studytool.glosses.sentences.glosser import Answer, Glosser, Stopped
from studytool.model import Statement

HUMAN, MISSING = "human", "missing"


class Filled(NamedTuple):
    """The fields to set in one statement."""

    id: str
    fields: dict[str, str]


def wanted(statements: Sequence[Statement], also_questions: bool, force: bool) -> dict[str, list[str]]:
    """The texts to translate, by the statement that they belong to. A person's English is never touched."""
    found: dict[str, list[str]] = {}
    for one in statements:
        if one.gloss == HUMAN or one.status in ("rejected", "stale"):
            continue
        texts = []
        if one.gloss == MISSING or force or not one.en:
            texts.append(cloze.plain(one.zh))
        if also_questions and one.question:
            texts += [
                text
                for text, there in ((one.question, one.question_en), (one.answer, one.answer_en))
                if text and (force or not there)
            ]
        if texts:
            found[one.id] = texts
    return found


def fill(
    statements: Sequence[Statement], glosser: Glosser, also_questions: bool = False, force: bool = False
) -> Iterator[Filled]:
    """Translate what is missing, each statement as soon as it is done. Raises Stopped where the translator ends the run."""
    texts = wanted(statements, also_questions, force)
    by_id = {one.id: one for one in statements}
    owners: dict[str, list[str]] = {}
    for name, its in texts.items():
        for text in its:
            owners.setdefault(text, []).append(name)
    done: dict[str, Answer] = {}
    for answer in glosser.all(list(owners)):
        done[answer.text] = answer
        for name in owners[answer.text]:
            if all(text in done for text in texts[name]) and (fields := _fields(by_id[name], texts[name], done, glosser)):
                yield Filled(name, fields)


def _fields(one: Statement, texts: Sequence[str], done: dict[str, Answer], glosser: Glosser) -> dict[str, str]:
    fields: dict[str, str] = {}
    if (english := done[texts[0]].english) and texts[0] == cloze.plain(one.zh):
        fields = {"en": marked(one.zh, english, glosser.senses, lambda term: _term(term, glosser)), "gloss": glosser.name}
    for field in ("question", "answer"):
        text = getattr(one, field)
        if text in done and text in texts and done[text].english:
            fields[f"{field}_en"] = done[text].english
    return fields


def _term(term: str, glosser: Glosser) -> str:
    try:
        return glosser.one(term).english
    except EndedError as error:
        raise Stopped(f"{glosser.name} {error}") from None
