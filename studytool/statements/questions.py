"""A question with one right answer, where the talk itself holds one. None is better than a poor one."""

import re
from typing import NamedTuple

from studytool import chinese
from studytool.statements import cues, frames

LONGEST_ANSWER = 25  # hanzi
CLAUSE = 12  # hanzi of a clause whose figure is asked for: a shorter one tells too little
ASKS = (8, 40)  # hanzi of a clause or question that can stand for itself
_BECAUSE = re.compile(r"^(?P<what>[^，。；]{6,32})[，,](?:这|那)?(?:主要|正|就)?(?:是)?因为(?P<why>[^。；]{4,40})。?$")
_FIRST_BECAUSE = re.compile(r"^(?:正)?(?:因为|由于)(?P<why>[^，。；]{4,24})[，,](?:所以|因此|因而)?(?P<what>[^，。；]{6,32})。?$")
_SO_CALLED = re.compile(r"^所谓的?(?P<what>[^，。；]{2,12})[，,]?(?:其实|说到底)?就?(?:是|是指|指的是)(?P<is>[^。；]{4,40})。?$")
_MEANS = re.compile(r"^(?P<what>[^，。；我你他它这那]{2,12})(?:指的是|是指)(?P<is>[^。；]{4,40})。?$")
_ASIDE = re.compile(r"^(?:我|我们|你|他|她|它|这|那|该|此)|[吗呢吧]$|[？?]")
_ADDRESS = re.compile(r"^(?:那么?，?|所以，?|好的?，?)?(?:您|你)(?:认为|觉得|怎么看，?)?，?|^在(?:您|你)看来，?")
_WANTS_ONE = re.compile(r"什么|谁|哪(?:个|家|一|种|里)|多少|几|何时")
_WANTS_MORE = re.compile(r"哪些|怎么看|如何看|怎么样|怎样|什么样|吗[？?]$|是不是|有没有|能不能|会不会|还是")
# 过去十年: when, not how much; 不是三十个人: how many not.
_SPAN = re.compile(r"(?:不是|并非|而非|过去|未来|今后|最近|近|前|后|接下来)的?\s?$")
_LOOSE = re.compile(r"[你您我咱它他她这那]|刚才|前面|上面|以上|此")


class Question(NamedTuple):
    """A question and its answer, in Chinese."""

    question: str
    answer: str


def ask(lead: str, text: str, asked: str, blanked: str) -> Question | None:
    """The question to ask of a claim, or None.

    `lead` names the speaker, as on the statement; `asked` is the host's own question where the claim is the answer to it;
    `blanked` is what the statement's blank hides, which is not asked for again.
    """
    return _why(lead, text) or _what(lead, text) or _host(lead, text, asked) or _how_much(lead, text, blanked)


def _why(lead: str, text: str) -> Question | None:
    """A 因为 B -> 为什么 A？"""
    for pattern in (_BECAUSE, _FIRST_BECAUSE):
        if found := pattern.match(text):
            what, reason = found["what"].strip(), found["why"].strip()
            if _ASIDE.search(what) or _ASIDE.search(reason) or cues.POINTER.search(what) or cues.POINTER.search(reason):
                return None
            return _sound(f"{lead}为什么{what}？", f"因为{reason}")
    return None


def _what(lead: str, text: str) -> Question | None:
    """所谓 A，就是 B -> 什么是 A？"""
    for pattern in (_SO_CALLED, _MEANS):
        if found := pattern.match(text):
            return _sound(f"{lead}什么是{found['what'].strip()}？", found["is"].strip())
    return None


def _host(lead: str, text: str, asked: str) -> Question | None:
    """The host's own question, where it can be understood without the talk, and the claim answers it in few words."""
    bare = _ADDRESS.sub("", asked)
    if not asked or not _WANTS_ONE.search(bare) or _WANTS_MORE.search(bare) or _LOOSE.search(bare) or not _fits(bare):
        return None
    answer = re.sub(r"^我(?:们)?(?:认为|觉得|相信|想)[，,]?", "", text).rstrip("。")
    shared = {word for word in chinese.words(bare) if len(word) > 1 and chinese.is_noun(word)} & set(chinese.words(answer))
    return _sound(f"{lead}{bare}", answer) if shared and not _LOOSE.search(answer) else None


def _how_much(lead: str, text: str, blanked: str) -> Question | None:
    """A clause with the only figure of a claim -> the same clause with 多少 in its place, where the blank is another."""
    figures = list(frames.FIGURE.finditer(text))
    if (
        len(figures) != 1
        or figures[0][0] in blanked
        or figures[0][0].startswith(("一半", "半数"))
        or frames.YEAR.search(figures[0][0])
    ):
        return None
    figure = figures[0]
    number = re.match(r"(?:约|近|超过|至少|不到|高达)?[\d.,零一二两三四五六七八九十百千万亿几多余\s]+", figure[0])
    start = max(text.rfind(stop, 0, figure.start()) for stop in "，。；：") + 1
    stops = [at for stop in "，。；：" if (at := text.find(stop, figure.end())) >= 0]
    clause = text[start : min(stops, default=len(text))]
    if (
        not number
        or len(chinese.hanzi(clause)) < CLAUSE
        or not _fits(clause)
        or _LOOSE.search(clause)
        or text[figure.end() : figure.end() + 1] == "的"
        or frames.AHEAD.match(text[figure.end() :])
        or _SPAN.search(text[: figure.start()])
    ):
        return None
    asked = text[start : figure.start()] + "多少" + figure[0][number.end() :] + text[figure.end() : min(stops, default=len(text))]
    return _sound(f"{lead}{asked}？", figure[0].strip())


def _fits(clause: str) -> bool:
    return ASKS[0] <= len(chinese.hanzi(clause)) <= ASKS[1]


def _sound(question: str, answer: str) -> Question | None:
    """The question, unless its answer is too long or stands in it."""
    if len(chinese.hanzi(answer)) > LONGEST_ANSWER or re.search("[。！？；]", answer):
        return None
    told = chinese.folded(answer.removeprefix("因为")) in chinese.folded(question)
    return None if told else Question(question, answer)
