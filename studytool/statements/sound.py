"""What a statement must be for its card to be given to a learner without anybody having looked at it.

The strict reader of such a card asks: who, what, compared with what? So a claim must name its own subject, in the words of
writing rather than of talk, and hold together in one sentence that the next one does not take back.
"""

import re

from studytool import chinese
from studytool.chinese import hanzi
from studytool.statements import cues, frames
from studytool.statements.candidates import Candidate, leans
from studytool.statements.phrases import content, names, noun
from studytool.statements.trim import claimed

REPEATED = 6  # hanzi that nobody says twice in a sentence on purpose
_SUFFIXES = frozenset("率 性 度 者 员 费 权 法 力 量 期 型 化".split())  # 拒绝 率
_ANYBODY = re.compile("(?:如果|假如|只要|当)你(?!们|问|去|想|看|今天|刚)")
_QUOTED = re.compile(r"“[^”]*”")
LONGEST, CLAUSES = 48, 4  # hanzi and clauses of a statement that is one idea


def sound(one: Candidate) -> bool:
    """Whether a candidate is a claim of its own, whole, in one sentence, that the next one does not take back or qualify."""
    text = claimed(one.text)
    return (
        one.span.start >= one.sentence.start  # two sentences joined are seldom one idea
        and not leans(text, edited=one.editor)
        and not cues.RETRACTS.search(one.next)
        and (one.marked or not cues.QUALIFIES.search(one.next))
        and not cues.HEARSAY.search(text)
        and not cues.HEADLESS.search(text)
        and not cues.EMPTY.search(text)
        and not cues.NARRATIVE.search(text)
        and not cues.ASKS_ABOUT.search(text)
        and not cues.ANTECEDENT.search(text)
        and (one.editor or not any(part in text for part in one.speaker.replace("·", " ").split() if len(part) > 1))
    )


def stands(text: str, edited: bool, ours: bool = False) -> bool:
    """Whether a claim as worded is understood by who never saw the talk, and reads as if it were written; `edited` is what an
    editor wrote or chose, `ours` what is quoted of a speaker whose company is named, so that 我们 are known."""
    return (
        (edited or not _stammers(text))
        and len(hanzi(text)) <= LONGEST
        and len(re.findall("[，；：]", text)) < CLAUSES - ours  # what is quoted word for word rambles sooner
        and not cues.ADDRESS.search(_addressed(text, ours))
        and not cues.SPOKEN.search(_QUOTED.sub("", text) if edited else text)
        and not cues.UNANCHORED.search(text)
        and (chinese.words(text)[0] not in cues.NO_SUBJECT or bool(cues.DEED.match(text)))
        and any(names(word) for word in chinese.words(text))
        and _whole(text)
    )


def placed(text: str, ours: bool) -> bool:
    """The least that a claim must be: it speaks of nobody, and of no time or place, whom only the talk tells."""
    return not cues.UNANCHORED.search(text) and not cues.ADDRESS.search(text.replace("我们", "") if ours else text)


def _addressed(text: str, ours: bool) -> str:
    """What is left to look for somebody spoken to in: 如果你…，你… is said of anybody."""
    text = text.replace("我们", "") if ours else text
    return (
        text.replace("你", "")
        if _ANYBODY.match(text) and not frames.FIGURE.search(text) and not re.search(r"[\d几]", text)
        else text
    )


def _whole(text: str) -> bool:
    """Whether a claim says of what it claims something before it does, and whom or what its verbs take."""
    setting = cues.SETTING.match(text)
    rest = text[setting.end() :] if setting else text
    if cues.DEED.match(rest) and not _bare(text):
        return True
    if not rest or chinese.words(rest)[0] in cues.NO_SUBJECT or (_bare(text) and not cues.COMPARED.search(text)):
        return False
    words = chinese.words(rest)
    ends = next((nth for nth, word in enumerate(words) if nth and word in cues.PREDICATES), 0)
    return (
        not ends
        or bool(cues.LONE_OPENER.match(rest))
        or any((noun(word) or names(word)) and word not in cues.NO_TOPIC for word in words[:ends])
        or (ends == 2 and all(len(word) == 2 and content(word) for word in words[:ends]))  # 公开判决
        or (ends > 1 and words[ends - 1] in _SUFFIXES)
    )


def _bare(text: str) -> bool:
    """Whether a verb's object is left to the talk, not named by the same verb before: 律师卖的不是知识，卖的是签字."""
    found = cues.BARE.search(text)
    return bool(found) and found[0].lstrip("，；")[:2] not in text[: found.start()]  # type: ignore[index,union-attr]


def _stammers(text: str) -> bool:
    """Whether a run of words comes twice, as in speech that was never edited."""
    flat = hanzi(text)
    runs = [flat[at : at + REPEATED] for at in range(len(flat) - REPEATED + 1)]
    return len(set(runs)) < len(runs)
