"""Figures as Chinese and English say them, read as values that can be compared.

A figure may be read in several ways (`third`: 3 or 1/3; 90 年代: 90 or 1990) and has its partner when one of them is among the
partner's. A loose figure (一, one, both, 两三) may be somebody's partner but needs none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import prod
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
    found = [figure._replace(loose=figure.loose or _in_phrase(figure, phrases)) for figure in _read(text, _CHINESE)]
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
_SHORT = {"k": 10**3, "K": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "bn": 10**9, "tn": 10**12, "x": 1, "X": 1, "": 1}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"

# ---- Chinese

_TO_9, _HAN_NUMERALS = "一二三四五六七八九", "零〇一二两三四五六七八九十百千万亿"
_HAN_DIGITS = {char: value for value, char in enumerate("零" + _TO_9)} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = rf"(?:{_DIGITS}\s?[多余几]?\s?[十百千万亿]*|[{_HAN_NUMERALS}]+(?:点[零{_TO_9}]+|[多余][万亿]+)?)"
_MEASURES = frozenset(_HAN_NUMERALS + "年月日天周个人次倍种位家岁代世纪小时分钟秒点块名条项件届步层级第半多余几")
_TWO_RUN = re.compile(f"([十百千]*|.*[十百千万亿])([{_TO_9}两])([{_TO_9}两])([十百千万亿]*)")


def _phrases(text: str) -> list[tuple[int, int]]:
    """Where words stand whose numeral counts nothing: 三明治, 四处."""
    found, at = [], 0
    for word in chinese.words(text) if re.search("[二两三四五六七八九十百千万亿]", text) else ():
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
        return _loose(_han(before + one + after), _han(before + other + after))  # 两三年, 十五六岁
    value, unit = _han(text) * _SHORT[match[2] or ""], _product(text[len(text.rstrip("万亿")) :])
    if not text.strip("百千万亿"):  # 百万 is a million or millions
        return Figure(_values(value) | {_about(value)}, loose=len(text) == 1, unit=unit)
    return _exact(value, unit=unit)


def _han_part(match: re.Match[str]) -> Figure:
    whole, part = _han(match[1]), _han(match[2])
    return _exact(part / whole, *(_values(whole) if part == 1 else ())) if whole else _loose(0)  # one in five


_SAYING = (
    "成千上万|千千万万|亿万|万千|千万(?=[别不要])|万一(?!千)|十分(?![之钟])|十足|第二[天年次](?!性)|[一二三四五六][是来则](?=[^自说看])"
    f"|其[{_TO_9}]"
)
_CHINESE: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (_SAYING, lambda match: Figure(frozenset({"~3", "~4", "~5"} if "千" in match[0] else {Fraction(2)}), loose=True)),
        (r"(?a:(?<![A-Za-z\d])[A-Za-z][\w.*+-]*|\d+(?![KkMBxX](?![A-Za-z]))[A-Za-z]+)", _digits_of),
        (
            rf"(?<![{_TO_9}十两几\d])(?:周|星期|礼拜)([一二三四五六日天])(?![次个天年])",
            lambda match: Figure(frozenset({_WEEKDAYS[min("一二三四五六日天".index(match[1]), 6)]})),
        ),
        (rf"({_HAN})\s?世纪\s?({_HAN})\s?年代", lambda match: _exact((_han(match[1]) - 1) * 100 + _han(match[2]))),
        (rf"(\d{{4}}|\d\d|[{_TO_9}]十)\s?年代", lambda match: _decade(int(_han(match[1])))),
        (r"(?<!\d)(0\d|[6-9]\d)\s?年", lambda match: _decade(int(match[1]))),
        (
            rf"(?<!\d)(1[0-2]|[1-9]|十[一二]|[{_TO_9}十])\s?月(?![球亮活])",
            lambda match: Figure(frozenset({_MONTHS[int(_han(match[1])) - 1]})),
        ),
        (rf"({_HAN})\s?分之\s?({_HAN})", _han_part),
        (rf"({_HAN})\s?(?:%|个?百分点)", lambda match: _exact(_han(match[1]) / 100, unit=Fraction(1, 100))),
        (
            rf"(\d|[{_TO_9}])\s?成([{_TO_9}]?)(?![为立功员本果长就人熟了套群份不])",
            lambda match: _exact(_han(match[1]) / 10 + (_han(match[2]) / 100 if match[2] else 0)),
        ),
        (r"(?:数以|[数几上成])([十百千万亿]+)", lambda match: Figure(frozenset({_about(_product(match[1]))}))),
        ("十几", lambda _: _loose(*range(10, 20))),
        ("一半|半数", lambda _: _exact(Fraction(1, 2))),
        ("半(?!导体)", lambda _: _loose(Fraction(1, 2), 30, 50, 6)),  # 三点半 is 3:30, 半年 six months
        ("翻[了一]?[倍番]|加倍", lambda _: _exact(2)),
        ("一倍|[双俩]|一对|彼此", lambda _: _loose(2)),
        (rf"({_HAN})([KkMBxX](?![A-Za-z]))?", _han_figure),
        ("世纪|年代", lambda match: _loose(100 if match[0] == "世纪" else 10)),
    )
)

# ---- English

_SMALL = "one two three four five six seven eight nine ten eleven twelve "
_SMALL += "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_WORDS = {word: value for value, word in enumerate(_SMALL.split(), 1)} | {"zero": 0, "a": 1, "an": 1}
_WORDS |= {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}
_PLACES = {word: value for value, word in enumerate(_ORDINALS.split(), 3)}
_PLACES |= {f"{word}th": _WORDS[word] for word in _SMALL.split()[12:]} | {"twentieth": 20}
_PARTS = _PLACES | {"half": 2, "halve": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000}
_BIG = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MANY = {f"{word}s": value for word, value in _BIG.items()} | {"tens": 10, "dozens": 10, "decades": 10}
_SPANS = {"decade": 10, "decades": 10, "century": 100, "centuries": 100, "dozen": 12}
_TEENS, _TIES = "|".join(_SMALL.split()[::-1]), _TENS.replace(" ", "|")
_BELOW_100 = rf"(?:(?:{_TIES})(?:[- ](?:{'|'.join(_SMALL.split()[:9])})\b)?|{_TEENS}|zero)"
_BIGS, _MANIES, _NTH = "|".join(_BIG), "|".join(_MANY), "|".join(_PLACES)
_SPAN = "|".join(_SPANS)
_CARDINAL = rf"""(?xi) (?<![\w.])
    (?P<base> {_DIGITS} | {_BELOW_100}(?=\b|fold\b) | an?(?=[ -](?:{_BIGS}|{_SPAN})\b) | (?=(?:{_BIGS})\b) )
    (?P<half>[ ]and[ ]a[ ]half\b)? (?: (?P<hundred>[ -]?hundred\b) (?: (?:[ ]and)?[ -](?P<small>{_BELOW_100}\b) )? )?
    (?P<bigs> (?:[ -]?(?:{_BIGS})\b)* ) (?P<short> (?-i:[kKMBxX]|[bt]n)\b )?
    (?: [ -](?P<span>{_SPAN})\b )? (?P<percent> [ -]?% | [ -]percent | [ ]per[ ]cent )?"""


def _en(text: str) -> Fraction:
    """The value of a number below a hundred, in digits or words."""
    if text[:1].isdigit():
        return Fraction(text.replace(",", ""))
    return Fraction(sum(_WORDS[word] for word in re.findall("[a-z]+", text.lower())))


def _en_figure(match: re.Match[str]) -> Figure:
    base, unit = match["base"], Fraction(_SHORT[match["short"] or ""])
    for big in re.findall("[a-z]+", match["bigs"].lower()):
        unit *= _BIG[big]
    hundred = 100 if match["hundred"] else 1
    value = ((_en(base) if base else 1) * hundred + _en(match["small"] or "")) * unit
    if match["half"]:
        return Figure(_values(value + unit * hundred / 2, value if unit * hundred == 1 else -1))  # 两年半
    if match["percent"]:
        return _exact(value / 100, unit=Fraction(1, 100))
    if match["span"]:
        span = _SPANS[match["span"].lower()]
        return Figure(_values(value * span, value), loose=value == 1 and span != 10)
    vague = {_about(value)} if value > 1 and base.lower() in ("a", "an", "") else set()  # a million, or millions
    return _exact(value, *vague, unit=unit if match["small"] else unit * hundred)


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
        (r"\b(?:[A-Z][A-Za-z]*-?\d[\w.]*|[a-z]\d\w*|\d+(?!(?:st|nd|rd|th|s|[bt]n|fold|[kKmMBxX])\b)[A-Za-z]+)", _digits_of),
        (r"\bMay\b(?! \d)(?<!in May)(?<!by May)", lambda _: Figure(frozenset({"May"}), loose=True)),
        (rf"\b(?:{'|'.join(_MONTHS)})\b", lambda match: Figure(frozenset({match[0]}))),
        (rf"\b({'|'.join(_WEEKDAYS)})s?\b", lambda match: Figure(frozenset({match[1]}))),
        (r"(?<![\d,.])(\d{4}|\d\d)'?s\b", lambda match: _decade(int(match[1]))),
        (r"(?i:\b(twen|thir|for|fif|six|seven|eigh|nine)ties\b)", lambda match: _decade(_WORDS[match[1].lower() + "ty"])),
        (r"\b24/7\b", lambda _: _loose(24, 7)),
        (_CARDINAL.replace("half\\b)?", "half\\b)"), _en_figure),
        (rf"(?i:\b({_BELOW_100}|an?)[ -]({'|'.join(_PARTS)})s?\b)", _en_part),
        (r"(?<![\d/])(\d+)/([1-9]\d*)(?![\d/])", lambda match: _exact(Fraction(int(match[1]), int(match[2])))),
        (rf"({_DIGITS})(?:st|nd|rd|th)\b", lambda match: _exact(_en(match[1]))),
        (
            rf"(?i:\b({_TIES})[- ](first|second|{_NTH})\b)",
            lambda match: _exact(_WORDS[match[1].lower()] + (_PLACES | {"first": 1, "second": 2})[match[2].lower()]),
        ),
        (r"(?i:\bhalf\b(?!-))", lambda _: Figure(_values(Fraction(1, 2), 30, 50))),
        (r"(?i:\bhal(?:f|ve[sd]?|ving)\b)", lambda _: _loose(Fraction(1, 2), 2)),
        (r"(?i:\bquarters?\b)", lambda _: _loose(Fraction(1, 4), 15, 25)),
        (
            rf"(?i:\b({_NTH})\b)",
            lambda match: _exact(_PLACES[match[1].lower()], Fraction(1, _PLACES[match[1].lower()])),
        ),
        (rf"(?i:\b(?:several|few|many|some|couple of) (?:{_BIGS}|decade)s?(?: (?:{_BIGS}))*\b)", _en_many),
        (r"(?i:\b(?:twice|twofold|doubl(?:e[sd]?|ing)(?! down))\b)", lambda _: _exact(2)),
        (r"(?i:\b(?:thrice|tripl(?:e[sd]?|ing))\b)", lambda _: _exact(3)),
        (r"(?i:\bquadrupl(?:e[sd]?|ing)\b)", lambda _: _exact(4)),
        (
            r"(?i:\b(?:both|couple|pair|either|neither|dual|double|another|each|every other|biweekly|second)\b)",
            lambda _: _loose(2),
        ),
        (_CARDINAL, _en_figure),
        (rf"(?i:\b(?:{_MANIES})(?: of (?:{_MANIES}))*\b)", _en_many),
        (r"(?i:\b(decade|century)\b)", lambda match: _loose(_SPANS[match[1].lower()])),
    )
)
