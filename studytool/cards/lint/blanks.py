"""L32, L33, L38: blanks that ask nothing, cut a word, or can be guessed."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from studytool import chinese, cloze
from studytool.cards.lint.rule import Broken
from studytool.model import Entry, Topic

FRAME = 2  # characters on either side of a blank that make its frame (L38)
OFTEN, MOSTLY = 3, 0.6  # a frame seen that often, with one answer in that share of its places, tells the answer (L38)
_DIGIT_UNIT = re.compile(
    r"\s?(万亿|千亿|百亿|万|亿|千|百|%|年|月|日|天|小时|分钟|秒|美元|人|个|倍|家|名|次|条|种|位|岁|(?:K|k|million|billion|trillion|percent)(?![A-Za-z]))"
)


def empty(entry: Entry, _: Topic) -> Iterator[Broken]:
    """L32: an answer of nothing but function words and punctuation."""
    statement = entry.statement
    fields = [("zh", cloze.blank(statement.zh, number)) for number in cloze.numbers(statement.zh)]
    fields += [("answer", statement.answer)] if statement.answer else []
    for field, answer in fields:
        words = [word for word in chinese.words(answer) if any(unicodedata.category(c)[0] in "LNS" for c in word)]
        if all(word.lower() in chinese.FUNCTION_WORDS | chinese.ENGLISH_FUNCTION_WORDS for word in words):
            yield Broken("L32", field, f"{answer!r} is a function word or punctuation, nothing to recall", error=True)


def cut(entry: Entry, _: Topic) -> Iterator[Broken]:
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
                yield Broken("L33", field, f"blank c{number} cuts {word!r}", error=True)
            elif re.search(r"[0-9]$", before) and (unit := _DIGIT_UNIT.match(after)):
                yield Broken("L33", field, f"blank c{number} parts a number from its unit {unit[1]!r}", error=True)
            elif word := inside.get(edge, ""):
                yield Broken("L33", field, f"blank c{number} cuts the word {word!r}", error=True)


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


def guessable(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Broken]]:
    """L38: in this frame, the characters around the blank, the corpus nearly always has the same answer."""
    frames: dict[str, list[tuple[Entry, int, str]]] = defaultdict(list)
    for entry in entries:
        text = entry.statement.zh
        for number in cloze.numbers(text):
            before, _, after = cloze.hide(text, number, "\0").partition("\0")
            frame = f"{before[-FRAME:]}…{after[:FRAME]}"
            frames[frame].append((entry, number, chinese.folded(cloze.blank(text, number))))
    for frame, blanks in frames.items():
        answers = Counter(answer for _, _, answer in blanks)
        most, times = answers.most_common(1)[0]
        if len(blanks) >= OFTEN and times >= MOSTLY * len(blanks):
            for entry, number, answer in blanks:
                if answer == most:
                    yield (
                        entry,
                        Broken("L38", "zh", f"blank c{number}: {times} of {len(blanks)} blanks in {frame!r} are {answer!r}"),
                    )
