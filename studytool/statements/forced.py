"""Blanks for cards that nobody looks at before a learner does: only what the claim itself puts forward, whole, and hard to guess.

The frame around such a blank forces the answer for who knows the claim: what stands behind 而是, what the greatest thing is, what
something hangs on, how much it is. Where a claim has no such place there is no blank, and so no card.
"""

import re
from collections.abc import Iterator

from studytool import chinese
from studytool.statements import cues, frames
from studytool.statements.blanks import Blank, leaks
from studytool.statements.figures import figures, uncounted
from studytool.statements.phrases import content, heads, names, noun
from studytool.statements.unfit import unfit
from studytool.statements.weights import Weights

SHORTEST, LONGEST = 2, 14  # characters of a blank
WHOLE = 11  # characters up to which what a frame holds is taken whole
BY_HEART, BY_CONTRAST = 7, 13  # characters up to which what is no noun is recalled word for word, where it stands against another
RARE = 3500  # times in the corpus behind the dictionary below which a word is no everyday word
METAPHOR = 9000  # likewise, of what something becomes, which is seldom said for granted: 未来的货币
TOLD = 6  # hanzi of an answer from which on a common noun of it (公司) may stand elsewhere
ALONE = 1200  # likewise, of a blank of one word where only a plain 是 stands before it
MOST, MOST_CONTRAST = 0.47, 0.55  # share of a statement that a blank may cover
_QUOTES = frozenset('“”"')
_NEEDS_SUBJECT = ("definition", "becoming", "hinge", "effect", "focus")


def forced(text: str, weights: Weights, told: str, sure: bool = True, title: str = "") -> Blank | None:
    """The best blank that a statement's own wording forces, or None. `told` is what else stands on the front; not to be `sure`,
    the halves of a contrast are not compared word by word. `title` is the article's."""
    found = [
        blank
        for blank in _candidates(text, weights, sure)
        if _firm(text, blank, told)
        and _put(text, blank)
        and not leaks(text, blank, told)
        and not (sure and unfit(text, blank.start, blank.end, blank.why, title))
    ]
    if cues.NOT_BUT.search(text):  # what is put forward is what stands behind 而是
        found = [blank for blank in found if blank.why == "contrast"]
    return max(found, key=lambda blank: (blank.score, -blank.start), default=None)


def _candidates(text: str, weights: Weights, sure: bool) -> Iterator[Blank]:
    words = chinese.words(text)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    for frame in frames.FORCED:
        why, worth, clause, pattern = frame
        for hit in pattern.finditer(text):
            bounded = frames.NOT_THAT.match(text[hit.end() :])
            for start, end in _held(
                text,
                words,
                starts,
                *hit.span("new"),
                clause or bool(bounded),
                weights,
                BY_CONTRAST if sure and why == "contrast" and "不如" not in hit[0] else BY_HEART,
            ):
                whole = (start, end)
                if sure and why == "contrast" and (shared := _tail(text[start:end], text[: whole[0]])) and end - shared in starts:
                    end -= shared
                elif why == "contrast" or bounded:
                    start, end = _unshared(text, words, starts, start, end, text[hit.end() :] if bounded else text[:start])
                if sure and why == "contrast" and text[end - 1] == "的" and "的，" in text[:start] and end - 1 in starts:
                    end -= 1  # 不是随机的，而是【偏向平均值】的
                score = _score(
                    text[start:end], why, worth, weights, bool(bounded), sure and why == "contrast" and (start, end) != whole
                )
                if score > 0 and (sure or text[end - 1] != "的"):
                    yield Blank(start, end, score, why)
    yield from figures(text, starts)


def _held(
    text: str, words: list[str], starts: list[int], start: int, end: int, clause: bool, weights: Weights, most: int
) -> Iterator[tuple[int, int]]:
    """What of a frame's content may be hidden: all of it where it is short, else the nouns that it ends in."""
    start = start + frames.LEADING.match(text[start:end]).end()  # type: ignore[union-attr]
    if text[start : start + 1] in _QUOTES and text[end - 1] in _QUOTES and end - start > 3:
        start, end = start + 1, end - 1
    if (valued := frames.VALUED.match(text, start, end)) and valued.end() in starts:
        start = valued.end()
        if end - start < 4 and end in starts and starts.index(end) - starts.index(start) < 2:
            return  # 坏的题目: anybody's noun
    if not clause and (whose := frames.WHOSE.match(text, start, end)) and end - whose.end() > 2:
        start = whose.end()  # SaaS 的［定价模式］
    if (loose := frames.LOOSE_HEAD.search(text, start, end)) and loose.start() - start >= SHORTEST:
        end = loose.start()
    if start not in starts or end not in starts or end <= start:
        return
    first, last = starts.index(start), starts.index(end) - 1
    nominal = _nominal(words[first : last + 1])
    nominal = nominal or (clause and last - first > 2 and words[last - 1] == "的" and noun(words[last]))
    if _size(text[start:end]) <= (WHOLE if not clause else LONGEST if nominal else most) and (clause or nominal):
        yield start, end
        if clause and not frames.POINTS.search(text[start:end]):
            return
    found = [(a, b) for a, b in heads(words, starts, start, end, weights) if b - a >= 3 and (a, b) != (start, end)]
    yield from found[-1:]  # with its attribute


def _unshared(text: str, words: list[str], starts: list[int], start: int, end: int, other: str) -> tuple[int, int]:
    """The part of one half of a contrast that the other does not share: 从编写代码转向【审查】代码, 而是用电量【突变】."""
    first, last = starts.index(start), starts.index(end) - 1
    while first < last and (
        words[first] in other if len(words[first]) > 1 else words[first] in "的让帮" and words[first] in other
    ):
        first += 1 + (words[first + 1] == "你")  # 不是让你做得快，是让你【扔得起】
    if last > first and words[last] in "里上中" and re.search(f"{words[last]}[，；]", other):
        last -= 1  # 不在零件里，在【零件之间的信任】里
    if last > first and len(words[last]) > 1 and words[last] in other and content(words[last]):
        kept = last
        last -= 1
        last -= last > first and words[last] == "的"
        if "的" in words[first:last] and not noun(words[last]) and words[last] != "的":
            last = kept  # 没有人记得的旧｜模型
    if starts[first] > start and text[start] not in "让帮" and (of := text.rfind("的", starts[first], starts[last])) > 0:
        of += 1 + frames.LEADING.match(text[of + 1 : starts[last + 1]]).end()  # type: ignore[union-attr]
        first = starts.index(of) if of in starts else first  # 光纤到来之前的一座【浮桥】
    return (starts[first], starts[last + 1]) if starts[last + 1] - starts[first] >= SHORTEST else (start, end)


def _tail(half: str, other: str) -> int:
    """How many characters both halves of a contrast end in, from a 的 on: 不是会解释［的人］，是会怀疑［的人］."""
    of = half.rfind("的", 2)
    shared = half[of:]
    return len(shared) if of > 0 and len(shared) > 1 and f"{shared}，" in other else 0


def _nominal(words: list[str]) -> bool:
    """Whether words are one noun phrase, however its attributes are made."""
    kept = noun(words[-1]) or (len(words) > 1 and words[-2] == "的")  # 精确的表达
    return kept and content(words[-1]) and not any(word in frames.VERBAL for word in words)


def _score(phrase: str, why: str, worth: float, weights: Weights, bounded: bool, parallel: bool) -> float:
    """What a blank is worth, 0 for one that anybody would guess; `bounded` by what it is not, it may be a common word, and any
    word where the halves of a contrast are `parallel`."""
    inside = [word for word in chinese.words(phrase) if content(word)]
    common = frames.NAMELESS if why == "contrast" else frames.GENERIC
    telling = [word for word in inside if (parallel or word not in common) and word not in frames.PRAISE]
    bare = frames.PRAISED.sub("", phrase)
    points = frames.POINTS.search(phrase.removesuffix("的") if why == "contrast" else phrase)
    if not telling or points or (bare in common and not parallel) or frames.TIME.search(phrase):
        return 0.0
    if frames.EITHER_WAY.search(phrase):
        return 0.0  # 快不快
    if why == "definition" and frames.FIGURE.search(phrase):
        return 0.0  # 五到十年的风口
    if inside[-1] in frames.PRAISE and not (why == "contrast" and len(phrase) >= TOLD):
        return 0.0  # 的关键
    forces = bounded or why in ("contrast", "superlative", "cleft", "share", "condition")
    if not forces and len(telling) == 1 and chinese.frequency(telling[0]) > (METAPHOR if why == "becoming" else RARE):
        return 0.0  # anybody's guess
    if why == "definition" and frames.HINGED.search(phrase):
        return 0.0  # what the bottleneck is may be asked, not that something is one
    if not forces and why == "definition" and len(inside) == 1 and chinese.frequency(inside[0]) > ALONE:
        return 0.0
    if not forces and inside[-1] in frames.GENERIC and len(telling) == 1 and chinese.frequency(telling[0]) > ALONE:
        return 0.0  # 社会问题
    return worth + 0.4 * max(weights.of(word) for word in telling) + 0.1 * min(len(telling), 3)


def _size(text: str) -> int:
    """How long a text looks: a Latin word is as much as two hanzi."""
    return len(chinese.hanzi(text)) + 2 * len(re.findall(r"[A-Za-z0-9.%-]+", text))


def _firm(text: str, blank: Blank, told: str) -> bool:
    """Whether a blank is whole, and no part of it stands elsewhere on the front."""
    phrase, before, after = text[blank.start : blank.end], text[: blank.start], text[blank.end :]
    most = MOST_CONTRAST if blank.why == "contrast" else MOST
    if not (1 if blank.why == "contrast" else SHORTEST) <= _size(phrase) <= min(LONGEST, most * _size(text)):
        return False
    bound = frames.BOUND.sub("", before) if blank.why == "figure" else before
    if blank.why == "figure" and frames.SHARE.search(phrase):
        bound = bound.removesuffix("有")  # 有八成以上
    if blank.why == "contrast":
        bound = bound.removesuffix("让")  # 不是让…，是让【…】
    if frames.CUT_BEFORE.search(bound) or frames.CUT_AFTER.match(after) or frames.DENIED.search(before):
        return False  # half of a pair, a range or a number
    if blank.why == "figure" and (year := frames.YEAR.search(phrase)):
        if not cues.FORECAST.search(text):
            return False  # when something happened is the setting of a claim, when it will is the claim
        shown = re.search(r"(?:19|20)\d\d", told)
        return not shown or int(year[0][:4]) - int(shown[0]) > 1
    if blank.why == "figure":
        return True  # its unit may stand elsewhere
    rest = chinese.folded(f"{before}□{after} {told}")
    flat = chinese.hanzi(phrase)
    if len(flat) == 2 and any(f"{char}的" in before + after for char in flat):
        return False  # 借款，借的是
    pairs = (flat[at : at + 2] for at in range(len(flat) - 1))
    return not any(pair in rest for pair in pairs if len(flat) < TOLD or (pair not in frames.GENERIC and "的" not in pair))


def _put(text: str, blank: Blank) -> bool:
    """Whether what is said of the blank has a subject that the learner still sees."""
    if frames.FIGURE.search(text) and frames.OWNED.match(text):
        return False  # whose?
    start = max(text.rfind(stop, 0, blank.start) for stop in "，；：") + 1
    clause = text[start : blank.start]
    if frames.YEAR.search(text[blank.start : blank.end]):
        return any(names(word) for word in chinese.words(text[blank.end :]))
    if frames.HIS.search(text[blank.end :]) and not any(
        noun(word) and content(word) for word in chinese.words(text[: blank.start])
    ):
        return False  # whom he means is hidden
    if blank.why == "figure":
        if uncounted(text, blank) or frames.BARE_MEASURE.match(clause):
            return False
        stops = [at for stop in "，；：。" if (at := text.find(stop, blank.end)) >= 0]
        around = clause + text[blank.end : min(stops, default=len(text))]
        if start and frames.COMES_TO.match(clause):
            around = text[: blank.start]  # its subject stands in the clause before
        return len(chinese.hanzi(around)) >= 5 and any(names(word) for word in chinese.words(text[: blank.start] + around))
    if blank.start == 0:
        return any(names(word) for word in chinese.words(text[blank.end :]))
    if blank.why in ("definition", "becoming") and frames.INSIDE.search(clause):
        return False  # 对英语是第二语言的学生
    shared = cues.SHARED_SUBJECT.match(clause) or cues.OTHER.match(clause)
    if blank.why in _NEEDS_SUBJECT and cues.ITS_SUBJECT.match(clause):
        return any(names(word) for word in chinese.words(text[:start]))  # 大模型…，其核心在于
    if blank.why in _NEEDS_SUBJECT and not shared and cues.PRONOUN_SUBJECT.match(clause):
        return False
    if blank.why == "focus" and not start and len(chinese.hanzi(clause)) > 2:
        return any(names(word) for word in chinese.words(text[blank.end :]))  # 端到端用［…］换来了舒适度
    seen = clause if blank.why in _NEEDS_SUBJECT and start and not shared else text[: blank.start]
    return any(names(word) for word in chinese.words(seen))
