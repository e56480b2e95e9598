"""The rules of a good card that a program can check: the errors L31 to L35.

They are the faults that learners complain of most: a front that tells its answer, a blank not worth recalling, one question
with two answers. A statement may answer for a finding with `allow = ["L33: why"]`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from studytool import chinese, cloze
from studytool.corpus import Corpus
from studytool.errors import Where
from studytool.model import Entry, Topic

ALIKE = 0.7  # Jaccard of question bigrams above which two questions are one (L35)
LONG_PART = 0.6  # share of an answer that already tells it (L31)
_LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.'*+-]*[A-Za-z0-9*+])?")
_DIGIT_UNIT = re.compile(
    r"\s?(万亿|千亿|百亿|万|亿|千|百|%|年|月|日|天|小时|分钟|秒|美元|人|个|倍|家|名|次|条|种|位|岁|(?:K|k|million|billion|trillion|percent)(?![A-Za-z]))"
)


class Finding(NamedTuple):
    """One rule broken by one statement."""

    code: str
    message: str
    where: Where
    statement: str


def lint(corpus: Corpus) -> list[Finding]:
    """All findings of a corpus that no statement answers for, in file order."""
    topics = {topic.id: topic for topic in corpus.head.topic}
    found: list[Finding] = []
    for entry in corpus.entries:
        if entry.statement.status == "rejected":
            continue  # it becomes no card
        rules = [*_leaks(entry, topics[entry.statement.topic]), *_empty_answers(entry), *_cuts(entry)]
        for code, field, message in rules:
            _report(found, corpus, entry, code, field, message)
    for entry, code, message in _rivals(corpus.entries):
        _report(found, corpus, entry, code, "question", message)
    return sorted(found, key=lambda finding: finding.where)


def _report(found: list[Finding], corpus: Corpus, entry: Entry, code: str, field: str, message: str) -> None:
    if not any(allowed.startswith(f"{code}:") for allowed in entry.statement.allow):
        found.append(Finding(code, message, corpus.where(entry, field), entry.key))


def _leaks(entry: Entry, topic: Topic) -> Iterator[tuple[str, str, str]]:
    """L31: what the learner is to recall stands on the front, in either language, or in the deck's name or tags."""
    statement = entry.statement
    deck_and_tags = [topic.name, topic.name_en, entry.source.id, statement.kind]
    for number in cloze.numbers(statement.zh):
        front = [cloze.hide(statement.zh, number, "□"), cloze.hide(statement.en, number, "□"), *deck_and_tags]
        for field, answer in (("zh", cloze.blank(statement.zh, number)), ("en", cloze.blank(statement.en, number))):
            if answer and (part := _told(answer, front)):
                yield "L31", field, f"blank c{number} {answer!r} is told by {part!r} on its own front"
    if statement.question:
        front = [statement.question, statement.question_en, *deck_and_tags]
        for field, answer in (("answer", statement.answer), ("answer_en", statement.answer_en)):
            if answer and (part := _told(answer, front)):
                yield "L31", field, f"the answer {answer!r} is told by {part!r} in its question, topic or tags"


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


def _empty_answers(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """L32: an answer of nothing but function words and punctuation."""
    statement = entry.statement
    fields = [("zh", cloze.blank(statement.zh, number)) for number in cloze.numbers(statement.zh)]
    fields += [("answer", statement.answer)] if statement.answer else []
    for field, answer in fields:
        words = [word for word in chinese.words(answer) if any(unicodedata.category(c)[0] in "LNS" for c in word)]
        if all(word.lower() in chinese.FUNCTION_WORDS | chinese.ENGLISH_FUNCTION_WORDS for word in words):
            yield "L32", field, f"{answer!r} is a function word or punctuation, nothing to recall"


def _cuts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """L33: an edge of a blank that lies inside a word, or between a number and its unit."""
    for field in ("zh", "en"):
        text = getattr(entry.statement, field)
        whole, edges = "", []
        for part in cloze.parse(text):
            if part.blank:
                edges += [(len(whole), part.blank), (len(whole) + len(part.text), part.blank)]
            whole += part.text
        inside = _inside_words(whole) if field == "zh" else {}
        for edge, number in edges:
            before, after = whole[:edge], whole[edge:]
            if re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z0-9]", after):
                word = re.search(r"[A-Za-z0-9]+$", before)[0] + re.match(r"[A-Za-z0-9]+", after)[0]  # type: ignore[index]
                yield "L33", field, f"blank c{number} cuts {word!r}"
            elif re.search(r"[0-9]$", before) and (unit := _DIGIT_UNIT.match(after)):
                yield "L33", field, f"blank c{number} parts a number from its unit {unit[1]!r}"
            elif word := inside.get(edge, ""):
                yield "L33", field, f"blank c{number} cuts the word {word!r}"


def _inside_words(text: str) -> dict[int, str]:
    """Offsets (characters) that lie inside a dictionary word of two to four hanzi, with that word."""
    found, at = {}, 0
    for word in chinese.words(text):
        if 2 <= len(word) <= 4 and len(chinese.hanzi(word)) == len(word):
            for offset in range(1, len(word)):
                halves = word[:offset], word[offset:]
                # jieba's dictionary holds phrases too: 不会, 最大, 综合信息. Between their words a cut is none.
                phrase = len(word) == 4 and offset == 2 and all(map(chinese.is_word, halves))
                if not phrase and chinese.FUNCTION_WORDS.isdisjoint(halves):
                    found[at + offset] = word
        at += len(word)
    return found


def _rivals(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, str, str]]:
    """L34 and L35: two statements that ask the same."""
    asked: dict[str, Entry] = {}
    by_answer: dict[str, list[tuple[Entry, frozenset[str]]]] = defaultdict(list)
    for entry in entries:
        statement = entry.statement
        if not statement.question or statement.status == "rejected":
            continue
        question, answer = chinese.folded(statement.question), _answer(entry)
        rival = asked.setdefault(question, entry)
        if rival is not entry and _answer(rival) != answer:
            yield entry, "L34", f"the question of {rival.key}, with another answer"
            continue
        pairs = chinese.bigrams(statement.question)
        for other, others in by_answer[answer]:
            if len(pairs & others) > ALIKE * len(pairs | others):
                yield entry, "L35", f"a duplicate of {other.key}: the same answer to nearly the same question"
                break
        by_answer[answer].append((entry, pairs))


def _answer(entry: Entry) -> str:
    """The answer as it is compared; without one, the statement itself is the answer."""
    return chinese.folded(entry.statement.answer or cloze.plain(entry.statement.zh))
