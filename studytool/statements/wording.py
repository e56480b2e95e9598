"""A quote -> a sentence that stands alone on a card: who says it, and when where that matters, before the words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool.articles import NARRATOR, Article
from studytool.chinese import HAN, bigrams, hanzi, words
from studytool.model import Kind
from studytool.statements import cues, frames
from studytool.statements.about import about
from studytool.statements.candidates import Candidate
from studytool.statements.field import Field
from studytool.statements.orgs import orgs
from studytool.statements.trim import claimed, counted, ours
from studytool.statements.weights import Weights

HEADLINE = 0.5  # share of a sentence that stands in the title from which on it is what the article is called for
_OPINION = re.compile(
    r"我(?:们)?(?:个人|后来|就|才|内部|一直|真的|确实|也|仍然|还是|现在|其实|完全|坚定地|强烈)?(?P<verb>认为|觉得|相信|坚信|深信|预计|预测|希望|担心|打赌|敢打赌|怀疑|猜测?|主张|估计|期待|建议|发现|意识到|认识到|明白|判断(?=[，,：]))(?:的是|说|了)?[，,：:]?"
)
REPORTS = re.compile(
    r"(?P<who>[^，。；：]{2,16}?)\s*(?P<verb>认为|相信|坚信|预测|预计|指出|强调|表示|承认|主张|希望|担心|建议|警告|透露)(?!的)[，,]?\s*"
)
_EXPECTED = re.compile(r"(?:预计|预测|希望)(?:[在于到]|将|会)")  # 新药预计在 2029 年获批: nobody's in particular
_VERBS = {"明白": "认为", "觉得": "认为", "猜": "猜测", "敢打赌": "打赌", "坚信": "坚信"}
_OF = frozenset("说 写道 认为 预计 预测 估计 指出 表示 建议 主张".split())  # verbs that go with 谈到 …时
_EVERYBODY = re.compile(
    r"我们(?:都|应该|需要|必须|人类|这[代个]|每个|所有|将|会|要|能|可以|不能|不该|生活|希望|相信|今天|谁|的(?:社会|时代|孩子|生活|世界))"
)


_RELATIVE = re.compile(
    r"(?:未来|今后|接下来|过去|最近)的?[几一二两三四五六七八九十百\d]+\s?(?:年|个月)|(?<!\d)(?:[几一二两三四五六七八九十百]+|\d{1,2})\s?(?:年|个月)(?:之|以)?[后内前]|去年|今年|明年|前年|目前|上个?月|下一个?十年"
)
_NOW_FIGURE = re.compile(rf"(?:现在|如今)[^。]*(?:{frames.FIGURE.pattern})")
_TO_US = re.compile(r"(?:对|给|帮)我们(?:的)?(?:帮助|影响|价值|改变|冲击)")  # what does something to a company
_DEFINES = re.compile(r"所谓|指的是|是指|定义(?:为|是)|的定义|称为|称之为|叫做")
_FORESEES = re.compile(
    r"将(?!军|来自|近|它|其|他|自己)|未来|预计|预测|估计，?到|(?<!\d{4})(?<!\d{4}\s)(?:年|个月)(?:之?内|之?后|以后)|到\s?20[2-9]\d|20[2-9]\d\s?年(?:之?前|将|会|底)|即将|下一代|有朝一日|迟早|终将|会(?:成为|变成|取代|消失|出现|带来|少|多|降|涨|减|增|低于|高于|超过)"
)


_DENIES = re.compile(rf"{cues.NOT_BUT.pattern}|不是[^，。；]{{1,20}}，[^，。；]{{0,6}}是")
_HAPPENED = re.compile(
    r"去年|前年|今年[^底]|(?:19|20)\d\d\s?年(?!代|[前后以之]|[^，。]{0,3}会)|上个?月|已经|曾经?|(?:发布|上线|成立|推出|裁掉|招)了"
)
_ABOUT = re.compile(r"^(?:关于|谈谈?|围绕|论|聊聊?)\s*")
_NO_SUBJECT = re.compile(
    r"[？?！!，。：“”]|是|吗|呢|怎么|什么|为何|如何|谁|[了过着]$|说|我|你|他|简介|全文|开场|结语|结束|尾声|往后看"
)
_LOOSE = re.compile(
    r"[它他她]|这(?!个世界|个行业)|那(?!么多)|此|刚才|前面|我|上面|另一|还有(?:什么|其他)|为什么[？?]$|吗[？?]|呢[？?]|对吗|是吗|是不是"
)
_FORM = re.compile(r"演讲|圆桌|对谈|炉边谈话")  # what a talk is called that is no interview
ASKED = (6, 30)  # hanzi of a question that a card can carry
SECTION = (2, 16)  # characters of a heading that can name what a claim is about


class Wording(NamedTuple):
    """A statement's Chinese before its blank is set."""

    lead: str  # who says it, and when
    text: str  # what is said
    close: str  # what ends it behind a quotation

    @property
    def whole(self) -> str:
        """The sentence."""
        return self.lead + self.text + self.close


class Voice:
    """How an article's speakers are introduced."""

    def __init__(self, article: Article, weights: Weights) -> None:
        self._article = article
        self._field = Field(article, weights)
        top = " ".join((article.title, article.intro, *article.summary))
        self._orgs = orgs(article)
        guests = [name for name in article.speakers if name not in article.hosts]
        self._also = {name: set(_also(name, top)) | (_only(top) if len(guests) == 1 else set()) for name in guests}
        self._dated = dated(article)

    def _talk(self, text: str) -> str:
        """The talk that a claim was made in: when it was, and about what, where the claim does not tell that."""
        field = self._field.of(text)
        return dated(self._article, field) if field else self._dated

    def knows_us(self, one: Candidate) -> bool:
        """Whether it is known who a speaker's 我们 are."""
        return bool(self._orgs.get(one.speaker))

    def word(self, one: Candidate, sure: bool) -> Wording | None:
        """The statement of a candidate; None where, to be `sure`, it must be understood with nothing but its speaker named."""
        if sure and not self._dated and (_RELATIVE.search(one.text) or _NOW_FIGURE.search(one.text)):
            return None  # 三年以后: after when?
        if one.editor:
            return self._retold(one)
        if sure:
            return self._claimed(one)
        text = one.text.strip()
        who = one.speaker or narrator(self._article)
        lead, verb = text, "说" if one.speaker else "写道"
        if opinion := _OPINION.match(text):
            lead, verb = text[opinion.end() :], _VERBS.get(opinion["verb"], opinion["verb"])
        context = self._context(one)
        dated = self._dated + context if context else self._talk(text)
        gap = " " if who[-1].isascii() else ""
        if cues.FIRST.search(lead) or "咱" in lead:
            org = self._orgs.get(who, "") if "我们" in lead else ""
            place = f"{org}{' ' if org and org[-1].isascii() else ''}的{' ' if gap else ''}" if org else ""
            inner = text.replace("“", "‘").replace("”", "’")
            return Wording(f"{dated}{place}{who}{gap}{'说' if one.speaker else '写道'}：“", inner, "”")
        return Wording(f"{dated}{who}{gap}{verb}，", lead, "")

    def _claimed(self, one: Candidate) -> Wording | None:
        """What is claimed in a candidate, or None where that cannot be said without the speaker's own 我."""
        who = one.speaker or narrator(self._article)
        text = claimed(one.text.strip())
        known = counted(one.text) if frames.FIGURE.search(text) or cues.FIGURE.search(text) else ""
        opinion = _OPINION.match(text)
        text = ours(text[opinion.end() :] if opinion else text, self._orgs.get(who, "")).strip()
        plain = "写道" if not one.speaker else "说" if _told(text) else "认为"
        verb = _VERBS.get(opinion["verb"], opinion["verb"]) if opinion else plain
        gap = " " if who[-1].isascii() else ""
        if cues.FIRST.search(text):
            return self._ours(one, who, gap)
        if known:
            return self._known(who, gap, known, text)
        topic = about(self._article, one) if verb in _OF else ""
        edge = " " if topic[:1].isascii() else "", " " if topic[-1:].isascii() else ""
        context = f"谈到{edge[0]}{topic}{edge[1]}时" if topic else ""
        return Wording(f"{self._dated if topic else self._talk(text)}{who}{gap}{context}{verb}，", text, "")

    def _known(self, who: str, gap: str, known: str, text: str) -> Wording | None:
        """A figure that a speaker's own company counted, with the company: without it the figure would be anybody's."""
        if not (org := self._orgs.get(who, "")):
            return None
        edge = " " if org[0].isascii() else "", " " if org[-1].isascii() else ""
        return Wording(f"{self._talk(text)}{who}{gap}说，据{edge[0]}{org}{edge[1]}{known}，", text, "")

    def _ours(self, one: Candidate, who: str, gap: str) -> Wording | None:
        """What a speaker says of 我们, in his own words, where his company is known; else who they are would be anybody's guess."""
        org, text = self._orgs.get(who, ""), one.text.strip()
        if not org or not one.speaker or cues.FIRST.search(text.replace("我们", "")):
            return None
        pairs = bigrams(text)
        titled = len(pairs & bigrams(self._article.title)) > HEADLINE * len(pairs)
        helped = _TO_US.search(text) and cues.CONTRAST.search(text.replace("，是", "，而是"))
        if _EVERYBODY.search(text) or not (frames.FIGURE.search(text) or titled or helped):
            return None  # 我们 are people, or anybody
        of = f"{org}{' ' if org[-1].isascii() else ''}的{' ' if who[0].isascii() else ''}"
        return Wording(f"{self._talk(text)}{of}{who}{gap}说：“", text.replace("“", "‘").replace("”", "’"), "”")

    def _retold(self, one: Candidate) -> Wording | None:
        """A claim in the editor's words: `Ada 认为，X` and, of Ada's company, `禾砚认为，X` are what Ada thinks; what others do is not."""
        who = one.speaker or narrator(self._article)
        names = [name for one in who.split("和") for name in (one, *self._also.get(one, ()))]
        parts = {part for name in names for part in (name, *re.split(r"[\s·]", name)) if len(part) > 1}
        org = next((found for name in who.split("和") if (found := self._orgs.get(name))), "")
        dated = self._talk(one.text)
        gap, text = " " if who[-1].isascii() else "", one.text
        head = REPORTS.match(text)
        if head and (head["who"].strip() in parts or not _EXPECTED.match(text, head.start("verb"))):
            if head["who"].strip() in parts:
                told = text[head.end() :]
                return Wording(f"{dated}{who}{gap}{head['verb']}，", told, "") if not _names(told, parts) else None
            if head["who"].strip() == org:
                of = f"{org}{' ' if org[-1].isascii() else ''}的{' ' if who[0].isascii() else ''}"
                return Wording(f"{dated}{of}{who}{gap}{head['verb']}，", text[head.end() :], "")
            if one.speaker:
                return None
        if one.speaker and _names(text, parts):
            return None  # Ada 认为，Ada 以一座茶园为例: the editor's own words on how it was said
        plain = "表示" if org and text.startswith(org) else "说" if _told(text) else "认为"
        verb = plain if one.speaker else "写道"
        return Wording(f"{dated}{who}{gap}{verb}，", text, "")

    def _context(self, one: Candidate) -> str:
        """What a claim was said about, where its own words may not tell: the host's question, else its section."""
        asked = one.asked.strip()
        if ASKED[0] <= len(hanzi(asked)) <= ASKED[1] and not _LOOSE.search(asked) and not cues.CHAT.search(asked):
            return f"被问到“{asked.replace('“', '‘').replace('”', '’')}”，"
        about = _ABOUT.sub("", one.section).strip()
        named = about != one.section or re.search("[A-Za-z]", about)
        if not named or not SECTION[0] <= len(about) <= SECTION[1] or _NO_SUBJECT.search(about) or about in one.text:
            return ""
        if not any(len(word) > 1 and word in one.text for word in words(about)):
            return ""  # a talk wanders: under this heading, but about something else
        return f"谈到{' ' if about[0].isascii() else ''}{about}，"


def dated(article: Article, field: str = "") -> str:
    """When it was said, and in a talk about what, to begin a card with: 2025 年 2 月，在关于机器人的访谈中，. Where only its
    publication is known, when that was: 据 2025 年 2 月刊出的访谈，."""
    form = _FORM.search(article.title)
    if NARRATOR in article.hosts:
        called = "报道"
    else:
        called = form[0] if form else "访谈" if article.hosts else "谈话" if article.speakers else "文章"
    about = f"关于{' ' if field[0].isascii() else ''}{field}{' ' if field[-1].isascii() else ''}的" if field else ""
    printed = _month(article.published.isoformat()) if article.published else ""
    if len(article.said) < 7 and printed and article.speakers:
        return f"据 {printed}刊出的{about}{called}，"
    when = _month(article.said) if len(article.said) >= 7 else printed  # an essay is said where it is printed
    return (f"{when}，" if when else "") + (f"在{about}{called}中，" if about else "")


def _month(day: str) -> str:
    return f"{day[:4]} 年 {int(day[5:7])} 月"


def _names(text: str, parts: set[str]) -> bool:
    return any(part in text for part in parts)


def _also(name: str, top: str) -> Iterator[str]:
    """A guest's name in the other script, where the article sets one beside the other."""
    chinese = rf"[{HAN}]{{1,8}}(?:[·•][{HAN}]{{1,8}})+"
    yield from re.findall(rf"{re.escape(name)}\W{{0,4}}[（(]\s*({chinese})\s*[）)]", top)
    yield from re.findall(rf"({chinese})\s*[（(]\s*{re.escape(name)}\s*[）)]", top)


def _only(top: str) -> set[str]:
    """The last part of the one foreign name in Chinese that stands above a talk with one guest."""
    named = {found[1] for found in re.finditer(rf"[{HAN}]{{1,6}}[·•]([{HAN}]{{2,6}}?)(?=[：:，,|｜（( ]|$)", top, re.MULTILINE)}
    return named if len(named) == 1 else set()


def narrator(article: Article) -> str:
    """Whose words an essay's are: its author's, or the outlet's that printed it."""
    return article.author or article.outlet or "作者"


def _told(text: str) -> bool:
    """Whether a sentence tells what is so, or how much, rather than judges."""
    measured = any(not frames.TIME.search(one[0]) for one in frames.FIGURE.finditer(text))
    return kind(text) == "fact" or (measured and kind(text) != "forecast" and not _DENIES.search(text))


def kind(text: str) -> Kind:
    """What sort of claim a sentence makes, by its cues. What is only said to be so is an opinion."""
    figures = [*cues.FIGURE.finditer(text), *frames.FIGURE.finditer(text)] if not cues.LONE_IF.match(text) else []
    measured = [one for one in figures if not frames.TIME.search(one[0]) or frames.LASTS.search(text[: one.start()])]
    if _DEFINES.search(text):
        return "definition"
    if _FORESEES.search(text) and not re.search("应该|如果|必须|希望|[到至成低高少多掉降涨]了", text):
        return "forecast"
    if cues.OPINION.search(text) or (cues.EMPHASIS.search(text) and not measured) or _DENIES.search(text):
        return "opinion"
    happened = _HAPPENED.search(text) and not cues.CONTRAST.search(text)
    return "fact" if measured or (happened and not cues.JUDGED.search(text)) else "opinion"
