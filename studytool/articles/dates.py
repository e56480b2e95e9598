"""When a talk was published, and when it was held: a full date, a month, or one told from the day of publication (上个月)."""

import datetime as dt
import re
from collections.abc import Iterator

_N = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_D = r"(?:\d{1,2}|[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_DAY = re.compile(rf"(?<![\d一二三四五六七八九十])({_N})\s*月\s*({_D})\s*[日号]")
_MONTH = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|今|去|前)\s?年\s?)?(?<![\d一二三四五六七八九十个])(?P<month>{_N})\s?月(?!\s?\d|份?以来)(?P<part>份|[初中底末]|上旬|中旬|下旬)?"
)
_AGO = re.compile(
    r"(?P<month>上个?月)|(?P<week>上(?:个?(?:星期|礼拜)|周)(?:[一二三四五六日天末])?)|(?P<day>昨天|前天|昨日|日前|前几天|前两天|几天前|本周|这周)"
)
_SAID = re.compile(
    r"公开发表于|发表|刊|公开于|播出|录制|上线|举行|举办|演讲|对话|访谈|专访|采访|受访|炉边|直播|对谈|问答|会上|发布于"
)
# A talk, of which a month is told: a report that was published then is none, nor is a round of money.
_TALK = re.compile(
    r"对话|访谈|专访|采访|受访|录制|录音|录于|播客|做客|播出|演讲|发言|炉边|直播|对谈|圆桌|问答|交谈|谈话|(?:谈|聊)了|一席谈|长谈|见到[了他她]?|见面|论坛|峰会|大会|年会|(?:原文|本文)[^，。]{0,14}(?:发表|刊)"
)
# When it was printed: no talk is held on that day.
_PRINTED = re.compile(
    r"(?:刊发|刊登|刊载|刊出|发布|发表|出版|见报|更新)(?:日期|时间)\s*[：:]|(?:19|20)\d\d\s?年?\s?第\s?[\d一二三四五六七八九十]+\s?期|每月\d|[刊登载]于《"
)
_WHEN = re.compile(r"时间(?:就?是|为|在|：|:)?\s*(?:大约|大概)?$")  # 时间是七月末
_HELD = re.compile(r"录制|录音|录于|采访|专访|受访|聊了|谈了|对话|做客|举行|举办|演讲")  # rather than aired or printed
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
FEW_DAYS = 10  # 前几天 is at most so many days ago


def date(text: str) -> dt.date | None:
    """The first full date in a text."""
    if found := _DATE.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def said(intro: str, when: dt.date | None) -> str:
    """When it was said, as YYYY-MM-DD where the introduction tells the day, as YYYY-MM where it tells the month; "" else.

    `when` it was published is what 上个月 and a month without a year are told from; a talk is not held after that.
    """
    sentences = [
        sentence
        for sentence in re.split("[。！？\n]", intro)
        if (_SAID.search(sentence) or _TALK.search(sentence)) and not _PRINTED.search(sentence)
    ]
    sentences.sort(key=lambda sentence: not _HELD.search(sentence))
    for tell in (_on_day, _in_month):
        for sentence in sentences:
            for found in tell(sentence, when):
                if not when or found <= when.isoformat():
                    return found
    return ""


def _on_day(sentence: str, when: dt.date | None) -> Iterator[str]:
    """The day that a sentence names."""
    if not _SAID.search(sentence):
        return
    day, full = _DAY.search(sentence), date(sentence)
    if day and (not full or day.start() < (_DATE.search(sentence) or day).start()) and (when or full):
        month, nth = _number(day[1]), _number(day[2])
        year = full.year if full else _year(month, when)  # type: ignore[arg-type]
        if found := _day(year, month, nth):
            yield found.isoformat()
            return
    if full:
        yield full.isoformat()


def _in_month(sentence: str, when: dt.date | None) -> Iterator[str]:
    """The month that a sentence about a talk names, where it names one only."""
    if not (talk := _TALK.search(sentence)):
        return
    months = [
        one
        for one in _MONTH.finditer(sentence)
        if one.start() < talk.end() or len(sentence) < 2 * talk.end() or _WHEN.search(sentence[: one.start()])
    ]
    if len(months) == 1:
        month, year = _number(months[0]["month"]), months[0]["year"] or ""
        if year.isdigit() and month <= 12:
            yield f"{year}-{month:02}"
        elif when and month <= 12:
            back = {"今": 0, "去": 1, "前": 2}.get(year)
            yield f"{_year(month, when) if back is None else when.year - back}-{month:02}"
    elif not months and when and (ago := _AGO.search(sentence)):
        first, last = _range(ago, when)
        if (first.year, first.month) == (last.year, last.month):
            yield f"{first.year}-{first.month:02}"


def _range(ago: re.Match[str], when: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day that a word such as 上周 may mean."""
    if ago["month"]:
        last = when.replace(day=1) - dt.timedelta(1)
        return last, last
    if ago["week"]:
        monday = when - dt.timedelta(when.weekday() + 7)
        return monday, monday + dt.timedelta(6)
    return when - dt.timedelta(FEW_DAYS), when


def _year(month: int, when: dt.date) -> int:
    """The year of a month that is named without one: the last such before the publication."""
    return when.year - (month > when.month)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """A number up to 39 in figures or numerals."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if "十" in text else 0) + _NUMERALS.get(ones, 0)
