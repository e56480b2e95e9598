"""A typed text against the right answers of a card -> right, partial or wrong, and the grade that this suggests.

`suggested` is a proposal: the learner grades, as always.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from studytool.quiz.answers.diff import DiffRun, diff
from studytool.quiz.answers.forms import forms, keys
from studytool.quiz.answers.near import nearness
from studytool.quiz.answers.pinyin import reading
from studytool.quiz.answers.wanted import Wanted
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD, Grade
from studytool.words import is_hanzi

FAST = 3000  # milliseconds from prompt to answer within which a flawless one was easy
ROOM = 200  # characters that a typed text may have beyond twice the longest answer; the rest is not read
_NO_SOUNDS = frozenset({"bù", "bú", "méi", "wú", "fēi", "wèi", "bié"})
# Said around a Chinese answer without changing it; never taken from the answer itself: 一个月 is not 月.
_AROUND = re.compile(r"^(?:就?是)?(?:一(?:个|种|场|项|类))?|[的了]?$")


class Verdict(Struct, frozen=True):
    """What is to be said of a typed answer."""

    kind: Literal["right", "partial", "wrong"]
    suggested: Grade
    why: str  # in a few words of English
    diff: tuple[DiffRun, ...]  # of the typed text against the nearest right one; one run where it is right


def judge(typed: str, wanted: Wanted, took: int | None = None, fold: Callable[[str], str] = str) -> Verdict:
    """Judge a typed answer. `took` is the time from prompt to answer in milliseconds, where it is known.

    `fold` brings Chinese to simplified characters. By default it leaves them, so that traditional ones are wrong: the caller
    hands in a conversion that loads OpenCC (`chinese.simplified`), which is called only where the text is not right without it.
    Takes up to some milliseconds, with OpenCC's loading more: call it in a worker. Raises nothing of its own on any text.
    """
    texts = wanted.texts
    typed = " ".join(typed.split())[: 2 * max(map(len, texts), default=0) + ROOM]
    if not any(form.tokens for form in forms(typed)):
        return Verdict("wrong", AGAIN, "nothing typed", diff("", wanted.zh or wanted.en))
    if right := _right(typed, texts, took):
        return right
    if any(map(is_hanzi, typed)):
        texts = tuple(dict.fromkeys(map(fold, texts)))
        typed = fold(typed)
        if right := _right(typed, texts, None):
            return right
    return _spoken(typed, wanted) or _near(typed, texts)


def _right(typed: str, texts: Sequence[str], took: int | None) -> Verdict | None:
    flat = unicodedata.normalize("NFKC", typed)
    if flat in {unicodedata.normalize("NFKC", " ".join(text.split())) for text in texts}:
        grade: Grade = EASY if took is not None and took <= FAST else GOOD
        return Verdict("right", grade, "right", (DiffRun(typed, "same"),))
    mine = keys(typed)
    if any(map(is_hanzi, typed)) and (bare := _AROUND.sub("", flat)):
        mine |= keys(bare)
    if any(mine & keys(text) for text in texts):
        return Verdict("right", GOOD, "right, written another way", (DiffRun(typed, "same"),))
    return None


def _spoken(typed: str, wanted: Wanted) -> Verdict | None:
    """The pinyin of an answer: what was meant is known, the characters are not."""
    if any(map(is_hanzi, typed)):
        return None
    for spoken in wanted.spoken:
        for part in _parts(spoken):
            tones = reading(typed, part)
            if tones is not None:
                why = "its pinyin" if len(part) == len(spoken) else "the pinyin of a part"
                return Verdict("partial", HARD, why if tones else f"{why}, with a wrong tone", diff(typed, wanted.zh))
    return None


def _parts(spoken: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The whole, then its beginnings and ends of two syllables, and half of it, or more; not where the rest may say no."""
    yield spoken
    for left in range(1, min(len(spoken) - 2, len(spoken) // 2) + 1):
        for part, rest in ((spoken[left:], spoken[:left]), (spoken[:-left], spoken[-left:])):
            if not any(sound in _NO_SOUNDS or not sound.isalpha() for sound in rest):
                yield part


def _near(typed: str, texts: Sequence[str]) -> Verdict:
    best: tuple[float, str, str] | None = None
    for text in texts:
        for mine in forms(typed):
            for theirs in forms(text):
                found = nearness(mine, theirs)
                if found and (best is None or found[0] > best[0]):
                    best = (*found, text)
    if best:
        return Verdict("partial", HARD, best[1], diff(typed, best[2]))
    return Verdict("wrong", AGAIN, "wrong", diff(typed, _nearest(typed, texts)))


def _nearest(typed: str, texts: Sequence[str]) -> str:
    """The text that shares most characters with the typed one, of two the first; of its script where there is one."""
    mine, script = Counter(typed.casefold()), any(map(is_hanzi, typed))
    same = [text for text in texts if any(map(is_hanzi, text)) == script] or texts
    return max(same, key=lambda text: (mine & Counter(text.casefold())).total() / (len(typed) + len(text)), default="")
