"""What is wrong with the texts of a statement that types cannot say: told alike by the reader of files and by `triage`."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from studytool import cloze

_SCOPE = re.compile(r"c(\d+): ")
_ALLOW = re.compile(r"L\d\d: \S.*")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_MAY_BREAK = {"note", "note_en"}  # the only fields of more than one line


def statement_faults(claim: Mapping[str, Any], topics: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the texts of one statement, as in its file: field, message, hint. `topics` are the corpus's ids."""
    for key, value in claim.items():
        for message, hint in text_faults(key, value):
            yield key, message, hint
    if topics is not None and isinstance(claim.get("topic"), str) and claim["topic"] not in topics:
        near = difflib.get_close_matches(claim["topic"], topics, 1)
        hint = f"did you mean {near[0]!r}?" if near else "add it to corpus.toml"
        yield "topic", f"unknown topic {claim['topic']!r}", hint
    human = claim.get("gloss", "human") == "human"
    if "en" not in claim and human:
        yield "", "missing field 'en'", 'add en = …, or gloss = "missing"'
    yield from _mark_faults(claim)
    for one, other in (("question", "question_en"), ("answer", "answer_en")):
        if bool(claim.get(one)) != bool(claim.get(other)) and human:
            yield one if claim.get(one) else other, f"{one} and {other} go together", "write both or none"
    blanks = cloze.numbers(claim["zh"]) if isinstance(claim.get("zh"), str) else ()
    for text in claim["accept"] if isinstance(claim.get("accept"), list) else ():
        if isinstance(text, str) and (scope := _SCOPE.match(text)) and int(scope[1]) not in blanks:
            yield "accept", f"{text!r} is for a blank that is not there", "name one of the statement's, or leave out the c1:"
    for field in ("answer", "accept_answer"):
        if claim.get(field) and not claim.get("question"):
            yield field, f"{field} without a question", "add question and question_en, or remove it"
    for allowed in claim["allow"] if isinstance(claim.get("allow"), list) else ():
        if isinstance(allowed, str) and not _ALLOW.fullmatch(allowed):
            yield "allow", f"{allowed!r} does not say why", 'write "L33: the reason"'


def text_faults(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Emptiness and characters that neither Anki nor a terminal can show (rule L66)."""
    for text in value if isinstance(value, list) else [value]:
        if not isinstance(text, str):
            continue
        if not text.strip():
            yield f"{key} is empty", "write it, or remove the key"
        visible = text.replace("\n", "") if key in _MAY_BREAK else text
        if hidden := _HIDDEN.search(visible):
            yield f"{key} holds the invisible character U+{ord(hidden[0]):04X}", "remove it"
        if not unicodedata.is_normalized("NFC", text):
            yield f"{key} is not in Unicode's normal form C", "retype the accented letters"


def _mark_faults(claim: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    zh, en = claim.get("zh"), claim.get("en")
    for field, text in (("zh", zh), ("en", en)):
        if isinstance(text, str):
            for fault in cloze.faults(text):
                yield field, f"{fault} in {field}", "write {{c1::text}}"
    if not isinstance(zh, str) or cloze.faults(zh):
        return
    if not cloze.numbers(zh):
        yield "zh", "no blank", "mark one as {{c1::text}}"
        return
    unmarked_by_machine = claim.get("gloss", "human") != "human" and isinstance(en, str) and not cloze.numbers(en)
    if isinstance(en, str) and not cloze.faults(en) and cloze.numbers(zh) != cloze.numbers(en) and not unmarked_by_machine:
        yield "en", "the blanks of zh and en do not match", "mark the same numbers in both"
