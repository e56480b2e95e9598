"""Other values near a figure, said alike in both languages: 7 万亿美元, $7 trillion -> 5 万亿美元, $5 trillion."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

LONGEST = 15  # digits of a number that is changed; more are no quantity anybody remembers
_ONES = "one two three four five six seven eight nine ten eleven twelve".split()
_ONES += "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_VALUES = {word: value for value, word in enumerate(_ONES, 1)} | {word: 10 * ten for ten, word in enumerate(_TENS, 2)}
_EN_VALUES |= {f"{tens}-{one}": _EN_VALUES[tens] + value for tens in _TENS for value, one in enumerate(_ONES[:9], 1)}
_EN_WORDS = {value: word for word, value in _EN_VALUES.items()}
_HAN = "一二三四五六七八九"
_ZH_VALUES = {
    (_HAN[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones - 1] if ones else ""): 10 * tens + ones
    for tens in range(10)
    for ones in range(10)
    if tens or ones
}
_ZH_WORDS = {value: word for word, value in _ZH_VALUES.items()}
_ZH_VALUES["两"] = 2
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ZH = re.compile(rf"{_DIGITS}|[{_HAN}十两]+(?![百千])")
_EN = re.compile(rf"\b(?:{_DIGITS}|(?i:{'|'.join(sorted(_EN_VALUES, key=len, reverse=True))})\b)")
_YEARS = range(1900, 2100)


class _Number(NamedTuple):
    """A number within a text."""

    start: int  # characters
    end: int
    text: str
    value: Fraction


def nearby(zh: str, en: str) -> Iterator[tuple[str, str]]:
    """Both texts with other values, the nearest first. None where the numbers of the two do not correspond."""
    mine, theirs = _numbers(zh, _ZH, _ZH_VALUES), _numbers(en, _EN, _EN_VALUES)
    if not mine or (en and len(mine) != len(theirs)):
        return
    first = mine[0].value
    if first == 1 or len(mine) > 2:
        return  # "an hour" has another plural than "two hours"
    for value in _near(first, zh):
        value_en = value * theirs[0].value / first if theirs else value
        made = _with(zh, mine, value, _in_chinese), _with(en, theirs, value_en, _in_english)
        if made[0] and (made[1] or not en):
            yield made


def _numbers(text: str, shape: re.Pattern[str], values: dict[str, int]) -> list[_Number]:
    found = []
    for match in shape.finditer(text):
        said = match[0].casefold()
        value = Fraction(said.replace(",", "")) if said[0].isdigit() else Fraction(values.get(said, 0))
        found.append(_Number(match.start(), match.end(), match[0], value))
    return found if all(number.value > 0 and len(number.text) <= LONGEST for number in found) else []


def _near(value: Fraction, text: str) -> Iterator[Fraction]:
    """Values as round as the one given, by steps of its last digit that counts."""
    if value in _YEARS:
        by = 10 if "年代" in text else 1
        yield from (value + by * step for step in (-1, 1, -2, 2, 3, -3))
        return
    step = Fraction(1)
    while value % step:
        step /= 10
    while value % (step * 10) == 0:
        step *= 10
    count = value / step
    away = [1, 2, 3, 4] if count <= 12 else [max(1, round(count * percent / 100)) for percent in (5, 10, 20, 30)]
    most = Fraction(100) if value <= 100 and re.search("%|百分", text) else None
    for other in (*(value + sign * by * step for by in away for sign in (1, -1)), value / 2, value * 2):
        if other > 1 and (most is None or other < most):
            yield other


def _with(text: str, numbers: list[_Number], value: Fraction, say: Callable[[_Number, Fraction, str], str]) -> str:
    """The text with its first number at a value and a second one moved along; "" where that cannot be said."""
    if not numbers:
        return text
    values = [value]
    if len(numbers) == 2:
        first, second = numbers[0].value, numbers[1].value
        values.append(100 - value if first + second == 100 else second + value - first)
    for number, other in reversed([*zip(numbers, values, strict=True)]):
        said = say(number, other, text) if other > 0 else ""
        if not said:
            return ""
        text = text[: number.start] + said + text[number.end :]
    return text


def _digits(number: _Number, value: Fraction) -> str:
    if (value * 100).denominator != 1:
        return ""
    return f"{float(value):,.12g}" if "," in number.text else f"{float(value):.12g}"


def _in_chinese(number: _Number, value: Fraction, text: str) -> str:
    if number.text[0].isdigit():
        return _digits(number, value)
    if value == 2 and text[: number.start][-1:] != "第":
        return "两"
    return _ZH_WORDS.get(int(value), "") if value.denominator == 1 else ""


def _in_english(number: _Number, value: Fraction, _: str) -> str:
    if number.text[0].isdigit():
        return _digits(number, value)
    word = _EN_WORDS.get(int(value), "") if value.denominator == 1 else ""
    return word.capitalize() if number.text[0].isupper() else word
