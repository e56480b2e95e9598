"""A text as answers are compared: what is spelled otherwise and means the same has the same form.

Ignored are case, width, blanks, punctuation, articles, plural endings, accents, contractions and British spelling. Figures are
read; since a text may be read as Chinese and as English, and its figures as text, it has up to three forms.
"""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from studytool.quiz.answers.figures import MARK, MOST, RANGE, Found, figures
from studytool.words import is_hanzi

# A number (4o and 10x are of a piece), a Latin (or other foreign) word, a hanzi, or a sign that tells two answers apart.
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*(?:[a-zA-Z]{1,2}(?![a-zA-Z]))?|[^\W\d_\u3400-\u9fff\uf900-\ufaff]+|[\u3400-\u9fff\uf900-\ufaff]|[%$€£¥+<>=°#−]"
)
_MINUS = re.compile(r"(?<![^\s(（])[-−–](?=[$€£¥]?\d)")
_VULGAR = re.compile(r"(?a:(\d*)([¼-¾⅐-⅞]))")  # 2½, which NFKC would make 21/2
_DECADE = re.compile(r"(?<=\d)'s\b")  # the 1990's
_PLURAL = re.compile(r"(\d\s*(?:hundred|thousand|[mbtr]+illion))s\b", re.IGNORECASE)
_SHORT = re.compile(r"(?<=\d)(?:k|mn?|bn?|tn?)\b", re.IGNORECASE)
_SHORTS = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿半")
_NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half
    hundreds thousands millions billions trillions""".split()
)
_NOT = ((re.compile(r"\bcan'?t\b|\bcannot\b"), "can not"), (re.compile(r"\bwon't\b"), "will not"), (re.compile(r"n't\b"), " not"))
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_QUOTES = str.maketrans("‘’ʼ`´", "'''''")
_ARTICLES = frozenset({"a", "an", "the"})
# Currencies by one name, told after the figures: $7 trillion, 7 trillion dollars, 7 万亿美元.
_MONEY = (
    (re.compile(r"(?:us\s?)?\$|\b(?:us\s)?dollars?\b|\busd\b|美元|美金", re.IGNORECASE), "usd"),
    (re.compile(r"¥|人民币|\byuan\b|\brmb\b|\bcny\b|(?<=[\s\d十百千万亿])元", re.IGNORECASE), "cny"),
    (re.compile(r"€|\beuros?\b|\beur\b|欧元", re.IGNORECASE), "eur"),
    (re.compile(r"£|\bpounds?\b|\bgbp\b|英镑", re.IGNORECASE), "gbp"),
)


class Form(NamedTuple):
    """One reading of a text."""

    key: str  # equal for texts that mean the same
    tokens: tuple[str, ...]  # hanzi, words and figures in their order

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures in their order."""
        return tuple(token for token in self.tokens if is_figure(token))


def is_figure(token: str) -> bool:
    """Whether a token is a number, read or as it stands, or a part of one."""
    return (token[0] == MARK and token not in (MARK, RANGE)) or token[0].isdigit() or token in _NUMERALS or token in _NUMBERS


@lru_cache(maxsize=4096)
def forms(text: str) -> tuple[Form, ...]:
    """The forms of a text: as it stands, then with its figures read."""
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _VULGAR.sub(_decimal, text)).translate(_QUOTES))
    flat = _DECADE.sub("s", flat)
    flat = _MINUS.sub(" −", "".join(map(_unaccented, flat)))
    found = [_form(flat, [])]
    flat = _PLURAL.sub(r"\1", flat)
    flat = _SHORT.sub(lambda match: f" {_SHORTS[match[0][0].lower()]}", flat)
    found += [_form(flat, read) for read in figures(flat)]
    counted, money = flat, ""
    for pattern, name in _MONEY:
        counted, times = pattern.subn(" ", counted)
        money += name if times else ""
    if money:
        found += [_form(counted, read, money) for read in figures(counted)]
    return tuple(dict.fromkeys(form for form in found if form.tokens))


def keys(text: str) -> frozenset[str]:
    """What a text may be equal by."""
    return frozenset(form.key for form in forms(text))


def _form(flat: str, read: list[Found], money: str = "") -> Form:
    tokens: list[str] = []
    at = 0
    for figure in read:
        tokens += [*_tokens(flat[at : figure.start]), figure.token]
        at = figure.end
    tokens += _tokens(flat[at:])
    if not any(is_hanzi(token[0]) for token in tokens):  # A 轮 is no article
        tokens = [token for nth, token in enumerate(tokens) if token not in _ARTICLES or nth == len(tokens) - 1]
        if len(tokens) > 1 and tokens[0] == "to" and tokens[1].isalpha():
            del tokens[0]
    tokens += [money] if money else []
    key = ""
    for token in tokens:
        key += (":" if key and _digital(key[-1]) and _digital(token[0]) else "") + token  # 51-49 is not 5149
    return Form(key, tuple(tokens))


def _digital(char: str) -> bool:
    return char.isdigit() or char == MARK


def _tokens(text: str) -> list[str]:
    text = text.casefold()
    for pattern, whole in _NOT:
        text = pattern.sub(whole, text)
    text = _POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    return [_stem(token) for token in _TOKEN.findall(text)]


def _stem(token: str) -> str:
    """A word without its plural ending and in American spelling; a number without the commas of its thousands."""
    if token[0].isdigit():
        return token.replace(",", "")
    if not token.isascii() or not token.isalpha() or len(token) < 4 or token in _NUMBERS:
        return token
    token = re.sub("(?<=..)ies?$", "y", token)  # agencies, movies
    token = re.sub("(?<=[^siu])s$", "", token)
    token = re.sub("(?<=s|x|z)e$|(?<=ch|sh)e$", "", token)  # boxes, houses; and so house
    return re.sub("(?<=...)is(?=$|ed$|ing$|ations?$)", "iz", re.sub("(?<=...)our$", "or", token))


def _decimal(match: re.Match[str]) -> str:
    """A number with a vulgar fraction as a decimal one; one that does not end as two numbers."""
    value = Fraction(unicodedata.numeric(match[2])).limit_denominator(10)
    if not match[1]:
        return f" {value} "
    return f"{int(match[1][:MOST]) + float(value)}" if 1000 % value.denominator == 0 else f"{match[1]} {value} "


def _unaccented(char: str) -> str:
    """A Latin letter without its accents."""
    if char < "\u00c0" or char > "\u024f":
        return char
    return unicodedata.normalize("NFD", char)[0]
