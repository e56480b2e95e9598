"""The figures of a claim that may be asked for: what measures something, not what sets the scene or tells the other."""

import re
from collections.abc import Iterator
from fractions import Fraction

from studytool import chinese
from studytool.statements import cues, frames
from studytool.statements.blanks import Blank

_SETTING = re.compile(r"在[^，。；]*[里中内上下](?=，)")  # 在暴露度最高的那五分之一职业里，
_NUMERALS = "零一二三四五六七八九十"


def figures(text: str, starts: list[int]) -> Iterator[Blank]:
    """The figure that a claim measures something with; a year or a span of years only where nothing else is measured."""
    found = list(frames.FIGURE.finditer(text))
    measures = [one for one in found if not frames.TIME.search(one[0]) or frames.LASTS.search(text[: one.start()])]
    if len(measures) > 2:  # which of them? what it came to, where one is told to be that
        measures = [one for one in measures if frames.CAME_TO.search(text[: one.start()].rstrip())]
    if len(measures) > 2 or len(found) > 4:
        return
    shares = [share for one in measures if (share := _share(one[0]))]
    if len(shares) == 2 and sum(shares) == 1:
        return  # one tells the other
    if not cues.CLAIMING.search(text):  # how many there are is seldom the point
        measures = [one for one in measures if not frames.COUNT.search(one[0])]
    for one in measures or [one for one in found if frames.YEAR.search(one[0])][:1]:
        setting = (
            text[one.end() : one.end() + 1] == "的"
            and not frames.SHARE.search(one[0])
            and not frames.MEASURED.search(text[: one.start()])
        )
        before = text[max(text.rfind(stop, 0, one.start()) for stop in "，；：") + 1 : one.start()]
        if _SETTING.match(text, one.start() - len(before)):
            continue
        if cues.SUPPOSED.search(before) or (cues.COMPARED.search(before) and text[one.end() : one.end() + 3].find("的") >= 0):
            continue
        if one.start() in starts and one.end() in starts and not setting and not frames.ODD_UNIT.search(one[0]):
            now = bool(frames.NOW.search(before)) + 2 * bool(frames.CAME_TO.search(before.rstrip()))  # not what it was
            aside = len(measures) > 1 and text[one.end() : one.end() + 1] == "的"
            yield Blank(one.start(), one.end(), (1.15 if measures else 1.0) + 0.05 * (now - aside), "figure")


def _share(figure: str) -> Fraction | None:
    """The part of a whole that a figure is: 30%, 三成, 三分之一."""
    if found := re.fullmatch(r"\D*(\d+(?:\.\d+)?)\s?[%％]", figure):
        return Fraction(found[1]) / 100
    if found := re.match(r"([一二三四五六七八九])成", figure):
        return Fraction(_NUMERALS.index(found[1]), 10)
    if found := re.match(r"([二三四五六七八九十])分之([一二三四五六七八九])", figure):
        return Fraction(_NUMERALS.index(found[2]), _NUMERALS.index(found[1]))
    return None


def uncounted(text: str, blank: Blank) -> bool:
    """Whether a claim ends in how many, and of what is left to the talk: 一个人看 50 台."""
    if not frames.COUNT.search(text[blank.start : blank.end]) or text[blank.end : blank.end + 1] not in ("", "，", "。", "；"):
        return False
    words = [word for word in chinese.words(text[: blank.start]) if word.strip() and word not in frames.ABOUT_AS_MANY]
    return bool(words) and words[-1] not in frames.LEFT
