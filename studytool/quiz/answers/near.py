"""Answers that are partly right: a part is missing or too much, a word is misspelt, the number has another unit.

What turns a meaning round is never a small thing: a negation, a figure, an opposite. An answer that differs in one is wrong,
however much of it agrees.
"""

import re
from collections import Counter
from collections.abc import Sequence

from studytool.quiz.answers.figures import MARK
from studytool.quiz.answers.forms import Form, is_figure
from studytool.words import is_hanzi

MOST = 120  # tokens; aligning takes the square of them
PART, LOOSE_PART = 1 / 2, 2 / 3  # of an answer's weight that must be there: as one run, or scattered
LONG, ALIKE = 8, 0.8  # from this weight on an answer may be worded a little otherwise: Dice coefficient of the tokens
UNIT = 4  # tokens beside a figure that may all be its unit
_EMPTY = frozenset(
    """的 地 得 了 着 过 是 在 和 与 及 或 个 把 被 对 于 以 为 就 都 也 会 能 of to in on at by for from with as and or is are
    was were be been it its they their he his that which""".split()
)
_ONE = ("一", "one", f"{MARK}1")
_BEFORE = _EMPTY | frozenset(
    "about around roughly over nearly almost top level last next first past within 约 近 前 第 每 达 超 过".split()
)
_NO = re.compile(
    r"不(?!仅|断|管|同|过|久)|没|未(?!来|必)|无(?!论|疑|数)|非(?!常|洲)|别(?!人|的)|否|勿|莫|负|反"
    r"|\b(?:no|not|non|none|never|nothing|nobody|neither|nor|without|un|anti)\b"
)
# One of these for another may be the opposite.
_OPPOSITES = frozenset(
    "大小多少上下高低增减升降进退内外前后快慢好坏强弱有东西左右买卖输赢新旧早晚正负开关长短先男女公私软硬最更失胜败成难易"
    "远近深浅真假对错加来去允禁初末首尾始终"
) | frozenset(
    """more less most least few fewer many high low higher lower increase decrease rise fall up down before after above below
    over under first last best worst better worse good bad fast slow new old big small large long short open closed buy sell
    gain loss win lose always never all none inside outside for against with without""".split()
)


def nearness(typed: Form, wanted: Form) -> tuple[float, str] | None:
    """How near a text comes to an answer that it is not, above 0 to 1, and in what way; None where it is wrong."""
    mine, theirs = typed.tokens, wanted.tokens
    if not mine or not theirs or max(len(mine), len(theirs)) > MOST:
        return None
    shared = (Counter(mine) & Counter(theirs)).total()
    if (not shared and len(mine) != len(theirs)) or _counted(mine) != _counted(theirs):
        return None
    if shared < len(mine) == len(theirs) and _misspelt(mine, theirs):
        return 0.9, "misspelt"
    if not shared:
        return None
    pairs = _aligned(mine, theirs)
    extra = [token if nth not in {one for one, _ in pairs} else "" for nth, token in enumerate(mine)]
    missing = [token if nth not in {other for _, other in pairs} else "" for nth, token in enumerate(theirs)]
    if _turned(extra) or _turned(missing):
        return None
    more, less, whole = _weight(extra), _weight(missing), _weight(theirs)
    kept = _weight(theirs) - less
    dice = 2 * kept / (_weight(mine) + whole) if whole else 0
    if not any(extra) and _is_enough(mine):
        run = pairs[-1][1] - pairs[0][1] + 1 == len(pairs)
        return (dice, "a part is missing") if kept >= (PART if run else LOOSE_PART) * whole else None
    if not any(missing):
        run = pairs[-1][0] - pairs[0][0] + 1 == len(pairs)
        return (dice, "more than was asked") if more <= (1 - PART if run else 1 - LOOSE_PART) * whole else None
    if _OPPOSITES & {*extra} and _OPPOSITES & {*missing}:
        return None
    if _is_amount(mine) and _is_amount(theirs):
        return dice, "the right number, another unit"
    alike = not more and not less if min(_weight(mine), whole) < LONG else dice >= ALIKE
    return (dice, "worded otherwise") if alike and kept else None


def _is_amount(tokens: Sequence[str]) -> bool:
    """Whether a text is a number with its unit. GPT-4 is a name, and one is hardly a number: 一件大事, one big thing."""
    figures = [nth for nth, token in enumerate(tokens) if is_figure(token)]
    if all(tokens[nth] in _ONE for nth in figures):
        return False
    return all(token in _BEFORE for token in tokens[: figures[0]]) and len(tokens) <= UNIT + len(figures)


def _counted(tokens: Sequence[str]) -> list[str]:
    """The figures, percent or not; but not the 一 of 一个, 一样."""
    return [
        token.rstrip("%")
        for token, after in zip(tokens, (*tokens[1:], ""), strict=True)
        if is_figure(token) and not (token in _ONE and after and after in "个种场项类些样起切直般定旦致")
    ]


def _turned(run: Sequence[str]) -> bool:
    """Whether these tokens ("" where others stand between them) hold a negation."""
    return bool(_NO.search("".join(token if token and is_hanzi(token[0]) else f" {token} " for token in run)))


def _weight(tokens: Sequence[str]) -> int:
    """How many tokens carry meaning."""
    return sum(bool(token) and token not in _EMPTY for token in tokens)


def _is_enough(tokens: Sequence[str]) -> bool:
    """Whether a part can be known for one: two hanzi, or a word."""
    return _weight([token for token in tokens if is_hanzi(token[0])]) >= 2 or any(
        len(token) >= 3 and token.isalpha() and token not in _EMPTY and not is_hanzi(token[0]) for token in tokens
    )


def _misspelt(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether every word is the other's, or one edit from one of five letters or more. First letters are not misspelt."""
    return all(
        one == other
        or (
            len(other) >= 5 and one[0] == other[0] and one.isalpha() and other.isalpha()
            and not is_figure(one) and not is_figure(other) and _one_edit(one, other)
        )
        for one, other in zip(mine, theirs, strict=True)
    )  # fmt: skip


def _one_edit(one: str, other: str) -> bool:
    """Whether a letter more, less, other or exchanged with its neighbour makes one the other (Damerau, 1964)."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((nth for nth, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """The places of a longest common subsequence in both (Wagner and Fischer, 1974)."""
    lengths = [[0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    for one in range(len(mine) - 1, -1, -1):
        for other in range(len(theirs) - 1, -1, -1):
            lengths[one][other] = (
                lengths[one + 1][other + 1] + 1
                if mine[one] == theirs[other]
                else max(lengths[one + 1][other], lengths[one][other + 1])
            )
    pairs, one, other = [], 0, 0
    while one < len(mine) and other < len(theirs):
        if mine[one] == theirs[other]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs
