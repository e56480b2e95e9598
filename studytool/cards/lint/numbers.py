"""Figures as Chinese and English say them, read as values that can be compared.

A figure may be read in several ways (`third`: 3 or 1/3; 90 年代: 90 or 1990) and has its partner when one of them is among the
partner's. A loose figure (一, one, both, 两三) may be somebody's partner but needs none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple
from unicodedata import normalize

from studytool import chinese

Reading = Fraction | str  # a value, or "~8" (hundreds of millions), "March", "Monday"


class Figure(NamedTuple):
    """What a text counts, measures or dates with."""

    readings: frozenset[Reading]
    loose: bool = False
    unit: Fraction = Fraction(1)  # "2 到 3 亿" means it for the 2 too
    text: str = ""
    start: int = 0
    end: int = 0


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Figure | None]]


def in_chinese(text: str) -> list[Figure]:
    """The figures of a Chinese text."""
    text = normalize("NFKC", text.replace("，", "、"))
    phrases = _phrases(text)
    found = [
        figure._replace(loose=True) if any(start <= figure.start and figure.end <= end for start, end in phrases) else figure
        for figure in _read(text, _CHINESE)
    ]
    return _joined(found, text, re.compile(r"到|至|或|、|-|~|–|—"))


def in_english(text: str) -> list[Figure]:
    """The figures of an English text."""
    return _joined(_read(text, _ENGLISH), text, re.compile(r"to|or|and|-|–|—"))


def lonely(mine: Iterable[Figure], theirs: Iterable[Figure]) -> list[str]:
    """The figures of one text without a partner in the other, as they stand."""
    partners = frozenset[Reading]().union(*(figure.readings for figure in theirs))
    return list(dict.fromkeys(figure.text.strip() for figure in mine if not figure.loose and not figure.readings & partners))


def _read(text: str, rules: Sequence[_Rule]) -> list[Figure]:
    """What each rule finds in what the rules before it left."""
    found = []
    for pattern, read in rules:
        for match in pattern.finditer(text):
            if figure := read(match):
                found.append(figure._replace(text=match[0], start=match.start(), end=match.end()))
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    return sorted(found, key=lambda figure: figure.start)


def _joined(found: Sequence[Figure], text: str, between: re.Pattern[str]) -> list[Figure]:
    """Give the first figure of a range the unit of the second, and take 1 亿 5000 万 as one."""
    joined: list[Figure] = []
    for figure in reversed(found):
        if joined and joined[-1].unit != 1:
            after = joined[-1]
            gap = text[figure.end : after.start].strip(" $")
            if figure.unit == 1 and between.fullmatch(gap):
                scaled = {reading * after.unit for reading in figure.readings if isinstance(reading, Fraction)}
                figure = figure._replace(readings=figure.readings | scaled, unit=after.unit)
            elif not gap and figure.unit > after.unit > 1:
                total = sum(reading for part in (figure, after) for reading in part.readings if isinstance(reading, Fraction))
                figure = figure._replace(readings=_values(total), text=text[figure.start : after.end], end=after.end)
                joined.pop()
        joined.append(figure)
    return joined[::-1]


def _values(*values: float | Fraction) -> frozenset[Reading]:
    return frozenset(Fraction(value) for value in values)


def _exact(value: float | Fraction, *also: Reading, unit: Fraction = Fraction(1)) -> Figure:
    return Figure(_values(value) | set(also), loose=value in (0, 1), unit=unit)


def _loose(*values: float | Fraction) -> Figure:
    return Figure(_values(*values), loose=True)


def _about(value: Fraction | int) -> str:
    return f"~{len(str(int(value))) - 1}"


def _decade(year: int) -> Figure:
    """1990s and 2020 年代 name their century, 90s and 90 年代 do not."""
    return Figure(
        _values(year, year % 100) if year >= 1000 else _values(year, *(year + century for century in (1800, 1900, 2000)))
    )


def _digits_of(match: re.Match[str]) -> Figure:
    """Of Latin words such as GPT-3.5, which are compared as words."""
    return _loose(*map(Fraction, re.findall(r"\d+(?:\.\d+)?", match[0])))


_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = {"k": 10**3, "K": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "bn": 10**9, "x": 1, "X": 1, "": 1}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"

# ---- Chinese

_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN_NUMBER = rf"(?:{_DIGITS}\s?[多余几]?\s?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+|[多余][万亿]+)?)"
_MEASURES = frozenset(
    "零〇一二两三四五六七八九十百千万亿年月日天周个人次倍种位家岁代世纪小时分钟秒点美元块名条项件届步层级第半多余几"
)


def _phrases(text: str) -> list[tuple[int, int]]:
    """Where words stand whose numeral counts nothing: 三明治, 四处."""
    found, at = [], 0
    for word in chinese.words(text) if re.search("[二两三四五六七八九十百千万亿]", text) else ():
        if len(word) > 1 and not word.isascii() and not set(word) <= _MEASURES:
            found.append((at, at + len(word)))
        at += len(word)
    return found


def _han(text: str) -> Fraction:
    text = re.sub(r"[,\s多余几]", "", text)
    if digits := re.match(r"[\d.]+", text):
        return Fraction(digits[0]) * _product(text[digits.end() :])
    whole, _, after = text.partition("点")
    decimals = Fraction("0." + "".join(str(_HAN_DIGITS[char]) for char in after)) if after else Fraction(0)
    if not set(whole) & set(_HAN_UNITS):
        return int("".join(str(_HAN_DIGITS[char]) for char in whole)) + decimals  # 二〇二四
    total = section = digit = last = 0
    for char in whole:
        unit = _HAN_UNITS.get(char, 0)
        if not unit:
            # 三百五 is 350
            digit, last = _HAN_DIGITS[char], last
        elif unit < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        elif unit == 10**4:
            total, section, digit = total + (section + digit or 1) * unit, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * unit, 0, 0
        last = unit or (0 if char in "零〇" else last)
    return total + section + digit * (last // 10 if last >= 100 else 1) + decimals


def _product(units: str) -> Fraction:
    product = Fraction(1)
    for unit in units:
        product *= _HAN_UNITS[unit]
    return product


def _han_figure(match: re.Match[str]) -> Figure:
    text = match[1]
    unit = re.search(r"[万亿]*$", text)
    scale = _product(unit[0]) if unit else Fraction(1)
    if near := re.fullmatch(
        "([十百千]*|.*[^一二三四五六七八九两])([一二三四五六七八九两])([二三四五六七八九])([十百千万亿]*)", text
    ):
        before, one, other, after = near.groups()
        return Figure(_values(_han(before + one + after), _han(before + other + after)), loose=True)  # 两三年, 十五六岁
    value = _han(text) * _SHORT[match[2] or ""]
    if re.fullmatch("[百千万亿]+", text):  # 百万 is a million or millions
        return Figure(_values(value) | {_about(value)}, loose=len(text) == 1, unit=scale)
    return _exact(value, unit=scale)


def _han_part(match: re.Match[str]) -> Figure:
    whole, part = _han(match[1]), _han(match[2])
    return _exact(part / whole, *(_values(whole) if part == 1 else ())) if whole else _loose(0)  # one in five


_CHINESE: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            r"成千上万|千千万万|亿万|万千|千万(?=[别不要])|万一(?!千)|十分(?![之钟])|十足|[一二三四五六][是来则](?=[^自说看])|其[一二三四五]",
            lambda _: None,
        ),
        (r"(?a:[A-Za-z][\w.*+-]*|\d+(?![KkMBxX](?![A-Za-z]))[A-Za-z]+)", _digits_of),
        (
            r"(?<![一二两三四五六七八九十几\d])(?:周|星期|礼拜)([一二三四五六日天])(?![次个天年])",
            lambda match: Figure(frozenset({_WEEKDAYS[min("一二三四五六日天".index(match[1]), 6)]})),
        ),
        (
            rf"({_HAN_NUMBER})\s?世纪\s?({_HAN_NUMBER})\s?年代",
            lambda match: _exact((_han(match[1]) - 1) * 100 + _han(match[2])),
        ),
        (r"(\d{4}|\d\d|[二三四五六七八九]十)\s?年代", lambda match: _decade(int(_han(match[1])))),
        (
            r"(?<!\d)(1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])\s?月(?![球亮活])",
            lambda match: Figure(frozenset({_MONTHS[int(_han(match[1])) - 1]})),
        ),
        (rf"({_HAN_NUMBER})\s?分之\s?({_HAN_NUMBER})", _han_part),
        (
            rf"({_HAN_NUMBER})\s?(?:%|个?百分点)",
            lambda match: _exact(_han(match[1]) / 100, unit=Fraction(1, 100)),
        ),
        (r"(\d|[一二三四五六七八九])\s?成(?![为立功员本果长就人熟了套群份不])", lambda match: _exact(_han(match[1]) / 10)),
        (r"(?:数以|[数几上成])([十百千万亿]+)", lambda match: Figure(frozenset({_about(_product(match[1]))}))),
        (r"半(?!导体)", lambda _: _loose(Fraction(1, 2), 30, 50, 6)),  # 三点半 is 3:30, 半年 six months
        (r"翻[了一]?[倍番]|加倍", lambda _: _exact(2)),
        (r"一倍|[双俩]|一对|彼此", lambda _: _loose(2)),
        (rf"({_HAN_NUMBER})([KkMBxX](?![A-Za-z]))?", _han_figure),
        (r"世纪", lambda _: _loose(100)),
        (r"年代", lambda _: _loose(10)),
    )
)

# ---- English

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_WORDS = {word: value for value, word in enumerate(_SMALL.split(), 1)} | {"zero": 0, "a": 1, "an": 1}
_WORDS |= {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}
_PLACES = {word: value for value, word in enumerate(_ORDINALS.split(), 3)}
_PARTS = _PLACES | {"half": 2, "halve": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000}
_BIG = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MANY = {f"{word}s": value for word, value in _BIG.items()} | {"tens": 10, "dozens": 10, "decades": 10}
_SPANS = {"decade": 10, "decades": 10, "century": 100, "centuries": 100, "dozen": 12}
_BELOW_100 = (
    rf"(?:(?:{_TENS.replace(' ', '|')})(?:[- ](?:{'|'.join(_SMALL.split()[:9])})\b)?|{'|'.join(_SMALL.split()[::-1])}|zero)\b"
)
_BIGS, _MANIES = "|".join(_BIG), "|".join(_MANY)


def _en(text: str) -> Fraction:
    """The value of a number below a hundred, in digits or words."""
    if text[:1].isdigit():
        return Fraction(text.replace(",", ""))
    return Fraction(sum(_WORDS[word] for word in re.findall("[a-z]+", text.lower())))


def _en_figure(match: re.Match[str]) -> Figure | None:
    base, small, bigs, short, span, hundredth = (group or "" for group in match.groups())
    if not (base or bigs):
        return None
    unit = Fraction(_SHORT[short])
    for big in re.findall("[a-z]+", bigs.lower()):
        unit *= _BIG[big]
    value = (_en(base) if base else 1) * unit
    if small:
        value += _en(small)
    if hundredth:
        return _exact(value / 100, unit=Fraction(1, 100))
    spans = _values(value * _SPANS[span.lower()]) if span else frozenset()
    vague = {_about(value)} if bigs and base.lower() in ("a", "an", "") else set()
    return Figure(_values(value) | spans | vague, loose=value in (0, 1) and span[:3] != "dec", unit=unit)


def _en_many(match: re.Match[str]) -> Figure:
    """Hundreds of millions; `millions` alone may be tens of them."""
    product = 1
    for word in re.findall("[a-z]+", match[0].lower()):
        product *= (_MANY | _BIG | {"decade": 10}).get(word, 1)
    also = {_about(product * more) for more in ((1,) if " of " in match[0] else (1, 10, 100))}
    return Figure(_values(product) | also if match[0].lower() == "decades" else frozenset(also))


def _en_part(match: re.Match[str]) -> Figure:
    part, whole = match[1].lower(), _PARTS[match[2].lower()]
    return _exact(_en(part) / whole, *(_values(whole) if part in ("a", "an") else ()))  # a third of, a third way


_ENGLISH: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\b(?:[A-Z][A-Za-z]*-?\d[\w.]*|[a-z]\d\w*|\d+(?!(?:st|nd|rd|th|s|bn|fold|[kKmMBxX])\b)[A-Za-z]+)", _digits_of),
        (r"\bMay\b(?! \d)(?<!in May)(?<!by May)", lambda _: Figure(frozenset({"May"}), loose=True)),
        (rf"\b(?:{'|'.join(_MONTHS)})\b", lambda match: Figure(frozenset({match[0]}))),
        (rf"\b({'|'.join(_WEEKDAYS)})s?\b", lambda match: Figure(frozenset({match[1]}))),
        (r"(?<![\d,.])(\d{4}|\d\d)'?s\b", lambda match: _decade(int(match[1]))),
        (r"(?i:\b(twen|thir|for|fif|six|seven|eigh|nine)ties\b)", lambda match: _decade(_WORDS[match[1].lower() + "ty"])),
        (rf"(?i:\b({_BELOW_100}|an?)[ -]({'|'.join(_PARTS)})s?\b)", _en_part),
        (r"(?<![\d/])(\d+)/([1-9]\d*)(?![\d/])", lambda match: _exact(Fraction(int(match[1]), int(match[2])))),
        (rf"({_DIGITS})(?:st|nd|rd|th)\b", lambda match: _exact(_en(match[1]))),
        (r"(?i:\bhal(?:f|ve[sd]?|ving)\b)", lambda _: _loose(Fraction(1, 2), 2, 30, 50)),
        (r"(?i:\bquarters?\b)", lambda _: _loose(Fraction(1, 4), 15, 25)),
        (
            rf"(?i:\b({'|'.join(_PLACES)})\b)",
            lambda match: _exact(_PLACES[match[1].lower()], Fraction(1, _PLACES[match[1].lower()])),
        ),
        (rf"(?i:\b(?:several|few|many|some|couple of) (?:{_BIGS}|decade)s?(?: (?:{_BIGS}))*\b)", _en_many),
        (rf"(?i:\b(?:{_MANIES})(?: of (?:{_MANIES}))*\b)", _en_many),
        (r"(?i:\b(?:twice|twofold|doubl(?:e[sd]?|ing)(?! down))\b)", lambda _: _exact(2)),
        (r"(?i:\b(?:thrice|tripl(?:e[sd]?|ing))\b)", lambda _: _exact(3)),
        (r"(?i:\bquadrupl(?:e[sd]?|ing)\b)", lambda _: _exact(4)),
        (
            r"(?i:\b(?:both|couple|pair|either|neither|dual|double|another|each|every other|biweekly|second)\b)",
            lambda _: _loose(2),
        ),
        (
            rf"(?i:(?:({_DIGITS}|\b{_BELOW_100}(?:fold)?|\ban?(?=[ -](?:{_BIGS}|decade|century|dozen)\b))|\b(?=(?:{_BIGS})\b))"
            rf"(?:[ -]?((?:(?<=[ -])(?:{_BIGS})\b)(?:[ -](?:{_BIGS})\b)*))?)",
            lambda _: None,
        ),
    )
)
