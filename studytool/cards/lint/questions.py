"""L01, L03, L10, L11, L30, L37: questions and answers that ask for too much, for nothing, or for anything."""

import re
from collections.abc import Iterator

from studytool.cards.lint.rule import Broken
from studytool.chinese import hanzi
from studytool.model import Entry, Topic

LONG, FAR_TOO_LONG = (25, 12), (60, 30)  # of an answer: hanzi, English words
_YES_NO = re.compile(r"吗\s*[？?]?$|是否|是不是|有没有|能否|可否|会不会|对不对|要不要")
_YES_NO_EN = re.compile(r"^(Is|Are|Was|Were|Do|Does|Did|Can|Could|Will|Would|Has|Have|Had|Should|May|Might)\b")
_LIST = re.compile(r"哪些|哪几|列举|分别|列出")
_LIST_EN = re.compile(r"\b(list|name) (all|the|two|three|four|some)\b|\b(which|what) (two|three|four|five)\b", re.IGNORECASE)
_VAGUE = re.compile(r"怎么样|如何看待|怎么看|怎样看待|有何看法|有什么看法|谈谈")
_VAGUE_EN = re.compile(r"\b(think|feel|say) (of|about) [^,]*\?$|\bviews? (of|on)\b[^,]*\?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。！？!?；]\s*(?=\S)|；")
_SENTENCE_END_EN = re.compile(r"(?<=[a-z]{2})[.!?]\s+(?=[A-Z])|;")


def poor(entry: Entry, _: Topic) -> Iterator[Broken]:
    """What is wrong with the question and answer of one statement."""
    statement = entry.statement
    yield from _too_long(statement.answer, statement.answer_en)
    for field, question, yes_no, many, vague in (
        ("question", statement.question, _YES_NO, _LIST, _VAGUE),
        ("question_en", statement.question_en, _YES_NO_EN, _LIST_EN, _VAGUE_EN),
    ):
        if yes_no.search(question):
            yield Broken("L30", field, "a yes/no question: half of the guesses are right; ask what, why or how much")
        if found := many.search(question):
            yield Broken("L10", field, f"asks for a list ({found[0]!r}); ask for one thing")
        if found := vague.search(question):
            yield Broken("L37", field, f"{found[0]!r} has no one right answer; name what is asked for")
    if len(re.findall("、", statement.answer)) >= 2 or re.search(r"2[.)、].*3[.)、]", statement.answer):
        yield Broken("L11", "answer", "three things or more in one answer; make a card of each")
    if len(re.findall(r", ", statement.answer_en)) >= 2 and re.search(r",? (and|or) ", statement.answer_en):
        yield Broken("L11", "answer_en", "three things or more in one answer; make a card of each")
    if _SENTENCE_END.search(statement.answer):
        yield Broken("L03", "answer", "an answer of more than one sentence; keep the one that is asked for")
    if _SENTENCE_END_EN.search(statement.answer_en):
        yield Broken("L03", "answer_en", "an answer of more than one sentence; keep the one that is asked for")


def _too_long(answer: str, answer_en: str) -> Iterator[Broken]:
    for field, size, unit, most, far in (
        ("answer", len(hanzi(answer)), "hanzi", LONG[0], FAR_TOO_LONG[0]),
        ("answer_en", len(answer_en.split()), "words", LONG[1], FAR_TOO_LONG[1]),
    ):
        if size > most:
            yield Broken("L01", field, f"an answer of {size} {unit} (at most {most})", error=size > far)
