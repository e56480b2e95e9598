"""The figures of a Chinese text: 三十, 7 万亿, 百分之五, 三分之一, 2024 年 3 月."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod
from unicodedata import normalize

from studytool.numbers.figure import (
    DIGITS,
    MONTHS,
    SHORT,
    WEEKDAYS,
    Figure,
    Rule,
    about,
    decade,
    digits_of,
    exact,
    joined,
    loose,
    read,
    values,
)

_TO_9, _HAN_NUMERALS = "一二三四五六七八九", "零〇一二两三四五六七八九十百千万亿"
_HAN_DIGITS = {char: value for value, char in enumerate("零" + _TO_9)} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = rf"(?:{DIGITS}\s?[多余几]?\s?[十百千万亿]*|[{_HAN_NUMERALS}]+(?:点[零〇{_TO_9}]+[万亿]*|[多余][万亿]+)?)"
_MEASURES = frozenset(_HAN_NUMERALS + "年月日天周个人次倍种位家岁代世纪小时分钟秒点块名条项件届步层级第半多余几")
_TWO_RUN = re.compile(f"([十百千]*|.*[十百千万亿])([{_TO_9}两])([{_TO_9}两])([十百千万亿]*)")


Cutter = Callable[[str], Iterable[str]]  # a text -> its words, nothing lost


def _phrases(text: str, words: Cutter) -> list[tuple[int, int]]:
    """Where words stand whose numeral counts nothing: 三明治, 四处."""
    found, at = [], 0
    for word in words(text) if re.search("[二两三四五六七八九十百千万亿]", text) else ():
        if len(word) > 1 and not word.isascii() and not set(word) <= _MEASURES:
            found.append((at, at + len(word)))
        at += len(word)
    return found


def _in_phrase(figure: Figure, phrases: Iterable[tuple[int, int]]) -> bool:
    bare = not figure.text.strip(_HAN_NUMERALS)
    return bare and any(start <= figure.start and figure.end <= end for start, end in phrases)


def _han(text: str) -> Fraction:
    text = re.sub(r"[,\s多余几]", "", text)
    if digits := re.match(r"[\d.]+", text):
        return Fraction(digits[0]) * _product(text[digits.end() :])
    whole, _, after = text.partition("点")
    if units := after[len(after.rstrip("万亿")) :]:  # 三点五亿
        return _han(text.removesuffix(units)) * _product(units)
    decimals = Fraction("0." + "".join(str(_HAN_DIGITS[char]) for char in after)) if after else Fraction(0)
    if not set(whole) & set(_HAN_UNITS):
        return int("".join(str(_HAN_DIGITS[char]) for char in whole)) + decimals  # 二〇二四
    total = section = digit = last = 0
    for char in whole:
        unit = _HAN_UNITS.get(char, 0)
        if not unit:
            digit = _HAN_DIGITS[char]
        elif unit < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        elif unit == 10**4:
            total, section, digit = total + (section + digit or 1) * unit, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * unit, 0, 0
        last = unit or (0 if char in "零〇" else last)
    return total + section + digit * (last // 10 if last >= 100 else 1) + decimals  # 三百五 is 350


def _product(units: str) -> Fraction:
    return Fraction(prod(_HAN_UNITS[unit] for unit in units))


def _han_figure(match: re.Match[str]) -> Figure:
    text = match[1]
    if run := _TWO_RUN.fullmatch(text):
        before, one, other, after = run.groups()
        return loose(_han(before + one + after), _han(before + other + after))  # 两三年, 十五六岁
    value, unit = _han(text) * SHORT[match[2] or ""], _product(text[len(text.rstrip("万亿")) :])
    if not text.strip("百千万亿"):  # 百万 is a million or millions
        return Figure(values(value) | {about(value)}, loose=len(text) == 1, unit=unit)
    return exact(value, unit=unit)


def _han_part(match: re.Match[str]) -> Figure:
    whole, part = _han(match[1]), _han(match[2])
    return exact(part / whole, *(values(whole) if part == 1 else ())) if whole else loose(0)  # one in five


_SAYING = (
    "成千上万|千千万万|亿万|万千|千万(?=[别不要])|万一(?!千)|十分(?![之钟])|十足|第二[天年次](?!性)|[一二三四五六][是来则](?=[^自说看])"
    f"|其[{_TO_9}]"
)
_CHINESE: tuple[Rule, ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (_SAYING, lambda match: Figure(frozenset({"~3", "~4", "~5"} if "千" in match[0] else {Fraction(2)}), loose=True)),
        (r"(?a:(?<![A-Za-z\d])[A-Za-z][\w.*+-]*|\d+(?![KkMBxX](?![A-Za-z]))[A-Za-z]+)", digits_of),
        (
            rf"(?<![{_TO_9}十两几\d])(?:周|星期|礼拜)([一二三四五六日天])(?![次个天年])",
            lambda match: Figure(frozenset({WEEKDAYS[min("一二三四五六日天".index(match[1]), 6)]})),
        ),
        (rf"({_HAN})\s?世纪\s?({_HAN})\s?年代", lambda match: exact((_han(match[1]) - 1) * 100 + _han(match[2]))),
        (rf"(\d{{4}}|\d\d|[{_TO_9}]十)\s?年代", lambda match: decade(int(_han(match[1])))),
        (r"(?<!\d)(0\d|[6-9]\d)\s?年", lambda match: decade(int(match[1]))),
        (
            rf"(?<!\d)(1[0-2]|[1-9]|十[一二]|[{_TO_9}十])\s?月(?![球亮活])",
            lambda match: Figure(frozenset({MONTHS[int(_han(match[1])) - 1]})),
        ),
        (rf"({_HAN})\s?分之\s?({_HAN})", _han_part),
        (rf"({_HAN})\s?(?:%|个?百分点)", lambda match: exact(_han(match[1]) / 100, unit=Fraction(1, 100))),
        (
            rf"(\d|[{_TO_9}])\s?成([{_TO_9}]?)(?![为立功员本果长就人熟了套群份不])",
            lambda match: exact(_han(match[1]) / 10 + (_han(match[2]) / 100 if match[2] else 0)),
        ),
        (r"(?:数以|[数几上成])([十百千万亿]+)", lambda match: Figure(frozenset({about(_product(match[1]))}))),
        ("十几", lambda _: loose(*range(10, 20))),
        ("一半|半数", lambda _: exact(Fraction(1, 2))),
        ("半(?!导体)", lambda _: loose(Fraction(1, 2), 30, 50, 6)),  # 三点半 is 3:30, 半年 six months
        ("翻[了一]?[倍番]|加倍", lambda _: exact(2)),
        ("一倍|[双俩]|一对|彼此", lambda _: loose(2)),
        (rf"({_HAN})([KkMBxX](?![A-Za-z]))?", _han_figure),
        ("世纪|年代", lambda match: loose(100 if match[0] == "世纪" else 10)),
    )
)


def in_chinese(text: str, words: Cutter = lambda _: ()) -> list[Figure]:
    """The figures of a Chinese text. `words` cuts it, so that 三明治 and 四处 count nothing; without it they do.

    It is handed in because cutting takes jieba, which the quiz must not load.
    """
    text = normalize("NFKC", text.replace("，", "、"))
    phrases = _phrases(text, words)
    found = [figure._replace(loose=figure.loose or _in_phrase(figure, phrases)) for figure in read(text, _CHINESE)]
    return joined(found, text, re.compile(r"到|至|或|、|-|~|–|—"))
