"""The figures of an English text: thirty, $7 trillion, five percent, a third, March 2024."""

import re
from fractions import Fraction

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
    (?P<base> {DIGITS} | {_BELOW_100}(?=\b|fold\b) | an?(?=[ -](?:{_BIGS}|{_SPAN})\b) | (?=(?:{_BIGS})\b) )
    (?P<half>[ ]and[ ]a[ ]half\b)? (?: (?P<hundred>[ -]?hundred\b) (?: (?:[ ]and)?[ -](?P<small>{_BELOW_100}\b) )? )?
    (?P<bigs> (?:[ -]?(?:{_BIGS})\b)* ) (?P<short> (?-i:[kKMBxX]|[bt]n)\b )?
    (?: [ -](?P<span>{_SPAN})\b )? (?P<percent> [ -]?% | [ -]percent | [ ]per[ ]cent )?"""


def _en(text: str) -> Fraction:
    """The value of a number below a hundred, in digits or words."""
    if text[:1].isdigit():
        return Fraction(text.replace(",", ""))
    return Fraction(sum(_WORDS[word] for word in re.findall("[a-z]+", text.lower())))


def _en_figure(match: re.Match[str]) -> Figure:
    base, unit = match["base"], Fraction(SHORT[match["short"] or ""])
    for big in re.findall("[a-z]+", match["bigs"].lower()):
        unit *= _BIG[big]
    hundred = 100 if match["hundred"] else 1
    value = ((_en(base) if base else 1) * hundred + _en(match["small"] or "")) * unit
    if match["half"]:
        return Figure(values(value + unit * hundred / 2, value if unit * hundred == 1 else -1))  # 两年半
    if match["percent"]:
        return exact(value / 100, unit=Fraction(1, 100))
    if match["span"]:
        span = _SPANS[match["span"].lower()]
        return Figure(values(value * span, value), loose=value == 1 and span != 10)
    vague = {about(value)} if value > 1 and base.lower() in ("a", "an", "") else set()  # a million, or millions
    return exact(value, *vague, unit=unit if match["small"] else unit * hundred)


def _en_many(match: re.Match[str]) -> Figure:
    """Hundreds of millions; `millions` alone may be tens of them."""
    product = 1
    for word in re.findall("[a-z]+", match[0].lower()):
        product *= (_MANY | _BIG | {"decade": 10}).get(word, 1)
    also = {about(product * more) for more in ((1,) if " of " in match[0] else (1, 10, 100))}
    return Figure(values(product) | also if match[0].lower() == "decades" else frozenset(also))


def _en_part(match: re.Match[str]) -> Figure:
    part, whole = match[1].lower(), _PARTS[match[2].lower()]
    return exact(_en(part) / whole, *(values(whole) if part in ("a", "an") else ()))  # a third of, a third way


_ENGLISH: tuple[Rule, ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\b(?:[A-Z][A-Za-z]*-?\d[\w.]*|[a-z]\d\w*|\d+(?!(?:st|nd|rd|th|s|[bt]n|fold|[kKmMBxX])\b)[A-Za-z]+)", digits_of),
        (r"\bMay\b(?! \d)(?<!in May)(?<!by May)", lambda _: Figure(frozenset({"May"}), loose=True)),
        (rf"\b(?:{'|'.join(MONTHS)})\b", lambda match: Figure(frozenset({match[0]}))),
        (rf"\b({'|'.join(WEEKDAYS)})s?\b", lambda match: Figure(frozenset({match[1]}))),
        (r"(?<![\d,.])(\d{4}|\d\d)'?s\b", lambda match: decade(int(match[1]))),
        (r"(?i:\b(twen|thir|for|fif|six|seven|eigh|nine)ties\b)", lambda match: decade(_WORDS[match[1].lower() + "ty"])),
        (r"\b24/7\b", lambda _: loose(24, 7)),
        (_CARDINAL.replace("half\\b)?", "half\\b)"), _en_figure),
        (rf"(?i:\b({_BELOW_100}|an?)[ -]({'|'.join(_PARTS)})s?\b)", _en_part),
        (r"(?<![\d/])(\d+)/([1-9]\d*)(?![\d/])", lambda match: exact(Fraction(int(match[1]), int(match[2])))),
        (rf"({DIGITS})(?:st|nd|rd|th)\b", lambda match: exact(_en(match[1]))),
        (
            rf"(?i:\b({_TIES})[- ](first|second|{_NTH})\b)",
            lambda match: exact(_WORDS[match[1].lower()] + (_PLACES | {"first": 1, "second": 2})[match[2].lower()]),
        ),
        (r"(?i:\bhalf\b(?!-))", lambda _: Figure(values(Fraction(1, 2), 30, 50))),
        (r"(?i:\bhal(?:f|ve[sd]?|ving)\b)", lambda _: loose(Fraction(1, 2), 2)),
        (r"(?i:\bquarters?\b)", lambda _: loose(Fraction(1, 4), 15, 25)),
        (
            rf"(?i:\b({_NTH})\b)",
            lambda match: exact(_PLACES[match[1].lower()], Fraction(1, _PLACES[match[1].lower()])),
        ),
        (rf"(?i:\b(?:several|few|many|some|couple of) (?:{_BIGS}|decade)s?(?: (?:{_BIGS}))*\b)", _en_many),
        (r"(?i:\b(?:twice|twofold|doubl(?:e[sd]?|ing)(?! down))\b)", lambda _: exact(2)),
        (r"(?i:\b(?:thrice|tripl(?:e[sd]?|ing))\b)", lambda _: exact(3)),
        (r"(?i:\bquadrupl(?:e[sd]?|ing)\b)", lambda _: exact(4)),
        (
            r"(?i:\b(?:both|couple|pair|either|neither|dual|double|another|each|every other|biweekly|second)\b)",
            lambda _: loose(2),
        ),
        (_CARDINAL, _en_figure),
        (rf"(?i:\b(?:{_MANIES})(?: of (?:{_MANIES}))*\b)", _en_many),
        (r"(?i:\b(decade|century)\b)", lambda match: loose(_SPANS[match[1].lower()])),
    )
)


def in_english(text: str) -> list[Figure]:
    """The figures of an English text."""
    return joined(read(text, _ENGLISH), text, re.compile(r"to|or|and|-|–|—"))
