"""The wording around a quotation that tells whose it is: `贺敏后来告诉我，`, `“…，”他说，`, `顾一舟自己总结的说法更直接一些。`

Only patterns, and which subject they name: who `他` is, `quotations` decides. What is no closed list here (adverbs above all)
could hold a subject of its own (`贺敏的丈夫说`), and the quotation would become the wrong person's.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from studytool.chinese import HAN

PRONOUNS = ("他", "她")
JOURNALIST = ("我们", "我", "记者", "笔者", "本刊")
POST = (
    r"(?:(?:联合|共同)?创始人|创办人|发起人|首席[\u4e00-\u9fff]{2,5}|总工程师|工程师|合伙人|CEO|CTO|COO|CFO|CPO|总裁|董事长|董事|院长|所长|校长|馆长|厂长|主任|"
    r"总监|总经理|经理|负责人|教授|研究员|科学家|博士|博士后|医生|店主|导演|作者|主编|设计师|律师|店长|站长|队长|秘书长|书记|主席|部长|掌门人|主管|组长|助理|架构师|分析师|学者|顾问|老师)"
)
_END = "。！？!?；;…"
_ASIDE = r"[^，,。！？!?；;：:“”「」\"\n]"
_VERB = (
    r"(?:补了一句|补充了一句|说了一句|加了一句|打了个比方|举了?个例子|笑道|叹道|写道|说道|说(?![服明法不])|表示|认为|告诉|回忆|解释|坦言|坦承|坦白|直言|指出|"
    r"补充|强调|承认|总结|感叹|感慨|回答|回应|反问|追问|判断|提到|透露|介绍|形容|分析|评价|断言|开口|调侃|自嘲|接话|讲|称|答|问)"
)
_NOUN = r"(?:说法|回答|答案|答复|解释|判断|看法|原话|总结|理由|回应|结论|观点)"
_ADVERB = (
    rf"(?:后来|随后|接着|继续|曾经|曾|也|又|还|再|就|都|则|却|便|才|终于|立刻|马上|当即|随即|忍不住|不禁|自己|本人|这样|这么|如此|一再|反复|多次|经常|常常|常|"
    rf"总是|总|一直|最后|首先|当时|事后|那时|现在|主动|直接|明确|公开|进一步|特别|同时|同样|坦率|坦诚|想了想|停了停|顿了顿|笑了笑|点点头|摇摇头|点头|摇头|"
    rf"一边[^，。！？“”]{{1,8}}一边|苦笑|笑|只|仍然|仍|依然|很快|偶尔|有时|私下|向来|倒|其实|是|[{HAN}]{{1,4}}?[地着]|"
    rf"(?:在|从|就)[^，,。！？!?；;：:“”「」\"\n]{{1,14}}?(?:上|里|中|时|后|前|下|间|内)|(?:对|向|跟|给)(?:我们?|记者|笔者|大家|《[^》\n]{{1,16}}》))"
)
_OBJECT = r"(?:过|起|到|了|着)?(?:我们?|记者|笔者|大家|他们?|她们?|《[^》\n]{1,16}》)?(?:时)?(?:说|道|的是|的)?"
_OPENS = (
    rf"(?P<lead>(?:{_ASIDE}{{0,24}}?(?:{POST}|的|上|中|里|时|后|前|天|晚|日|次|年|月)|这时|那时|后来|随后|接着|最后|但是|但|不过|而|于是|可是|可|然后|"
    r"对此|连|就连|然而|因此)?[ ]?)"
)
_BEAT = re.compile(
    r"停|顿|笑|想了|望|摇|点头|点了点|叹|沉默|愣|抬起?头|低头|低下头|放下|喝|端起|站起|坐下|皱|耸|摊|转过|转身|推了推|搓|思考|思索|犹豫|迟疑|回过头"
)
_SPOKEN = re.compile(rf"{_VERB}|{_NOUN}")
_WRITTEN = re.compile(r"写[道着下给]|贴|印|刻|挂|叫|名为|标题|句|念|引用|转述|模仿|复述|想象|原文|短信|邮件|口号|标语")
INTERRUPTS = 24  # characters of what stands between two halves of a quotation
LONGEST = 70  # characters of a sentence that begins as `他说` and ends in a quotation


class Tag(NamedTuple):
    """Who is said to speak: a name as it stands there, 他 or 她, one of JOURNALIST, or "" for somebody who is not known."""

    who: str
    at: int  # where the subject stands in the text that was looked at, in characters


class Sayings:
    """Said-phrases with the names of one article."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted(names, key=len, reverse=True)
        subjects = "|".join(map(re.escape, (*known, *PRONOUNS, *JOURNALIST)))
        self._subject = re.compile(subjects)
        who = rf"(?P<who>{subjects})[ ]?(?!们)"
        objects = rf"(?:{'|'.join(map(re.escape, known))})?" if known else ""
        self._says = re.compile(rf"{_OPENS}{who}(?:{_ADVERB}){{0,4}}{_VERB}")
        self._whole = re.compile(rf"{_OPENS}{who}(?:{_ADVERB}){{0,4}}(?:{_VERB}){{1,2}}{objects}{_OBJECT}$")
        self._noun = re.compile(rf"{_OPENS}{who}(?:{_ADVERB}){{0,3}}(?:总结|给出|给|做出)?(?:我)?的{_NOUN}(?!遭|被|引|受)")
        self._acts = re.compile(rf"{who}")
        self._goes_on = re.compile(rf"(?:{_ADVERB}|然后){{0,3}}(?:{_VERB}){{1,2}}{_OBJECT}$")

    def only(self, text: str) -> bool:
        """Whether a text between quotations tells nothing but who speaks."""
        return bool(self._whole.match(text.strip("，,。：: 　")))

    def interrupts(self, text: str) -> bool:
        """Whether a text between two quotations only tells what the speaker did between them: `他想了想，`."""
        body = text.strip(" 　")
        one = len(set(self._subject.findall(body))) == 1 and self._acts.match(body)
        return bool(one) and len(body) <= INTERRUPTS and body.endswith(("，", ",")) and not re.search(f"[{_END}：]", body)

    def before(self, text: str) -> Tag | None:
        """What the narration in front of a quotation says of its speaker; None where it says nothing."""
        stripped = text.rstrip("，,：: 　")
        cut = max((stripped.rfind(mark) for mark in _END), default=-1) + 1
        sentence = stripped[cut:]
        if not sentence.strip(" 　”’"):
            return self._sentence_before(stripped)
        base, clauses = cut, re.split("[，,]", sentence)
        at = base + len(sentence) - len(clauses[-1])
        if found := self._opening(self._whole, clauses[-1]):
            # 贺敏说，顾一舟告诉她，“…”: told again, nobody's for sure
            nested = any(_SPOKEN.search(clause) for clause in clauses[:-1])
            return Tag("" if nested else found["who"], at + found.start("who"))
        first = self._acts.match(clauses[0].lstrip())
        others = self._subject.findall(sentence)
        if self._goes_on.match(clauses[-1]) and first and len(clauses) > 1:
            certain = len(set(others)) == 1 and len(sentence) <= LONGEST
            return Tag(first["who"] if certain else "", base)
        if len(sentence) <= LONGEST and text.rstrip(" 　")[-1:] in ("，", ","):
            for nth, clause in enumerate(clauses):
                if found := self._opening(self._says, clause):
                    rest = clause[found.end() :] + "，".join(clauses[nth + 1 :])
                    certain = not _SPOKEN.search(rest) and not _WRITTEN.search(rest)
                    return Tag(found["who"] if certain else "", base + sentence.find(clause) + found.start("who"))
        if found := self._opening(self._noun, clauses[-1]):
            return Tag(found["who"] if len(set(others)) == 1 else "", at + found.start("who"))
        return Tag("", base) if _SPOKEN.search(clauses[-1]) or _WRITTEN.search(clauses[-1]) else None

    def _sentence_before(self, text: str) -> Tag | None:
        """A whole sentence that leads to the quotation behind it: it tells how somebody put it, or what he did as he spoke."""
        body = text.rstrip(_END + " 　")
        cut = max((body.rfind(mark) for mark in _END + "”"), default=-1) + 1
        sentence = body[cut:].lstrip()
        at = len(body) - len(sentence)
        if text.endswith(("？", "?")) or not sentence:
            return None
        found = self._opening(self._noun, sentence) or self._opening(self._says, sentence)
        if found:
            alone = len({one for one in self._subject.findall(sentence) if one != found["who"] and one not in PRONOUNS}) == 0
            told = not _WRITTEN.search(sentence[found.end() :]) and not _SPOKEN.search(sentence, found.end())
            return Tag(found["who"] if alone and told else "", at + found.start("who"))
        acts = self._acts.match(sentence)
        if acts and len(sentence) <= 20 and _BEAT.search(sentence, acts.end()) and len(self._subject.findall(sentence)) == 1:
            return Tag(acts["who"], at)
        return Tag("", at) if _SPOKEN.search(sentence) else None

    def after(self, text: str, ended: bool, followed: bool) -> Tag | None:
        """What the narration behind a quotation says of its speaker; None where it says nothing.

        `ended`: the quotation ends in a full stop of its own; `followed`: another one stands behind `text`.
        """
        body = text.lstrip("，, 　")
        shift = len(text) - len(body)
        sentence = re.split(f"[{_END}]", body, maxsplit=1)[0]
        if not sentence:
            return None
        first = re.split("[，,：:]", sentence, maxsplit=1)[0]
        leads_on = followed and sentence == body and body.rstrip(" 　").endswith(("：", ":")) and first == body.rstrip("：: 　")
        if ended and leads_on:
            return None  # “甲。”贺敏说：“乙。” tells of the second only
        if found := self._opening(self._says, first):
            return Tag(found["who"], shift + found.start("who"))
        acts = self._acts.match(first)
        if acts and acts["who"] in JOURNALIST:
            return Tag(acts["who"], shift)
        between = followed and self.interrupts(body)
        if acts and (between or not ended) and _BEAT.search(first, acts.end()) and len(set(self._subject.findall(sentence))) == 1:
            return Tag(acts["who"], shift)
        return Tag("", shift) if _SPOKEN.search(first) or not ended else None

    def _opening(self, pattern: re.Pattern[str], clause: str) -> re.Match[str] | None:
        """A said-phrase at the start of a clause, unless somebody else is the subject of what leads up to it."""
        found = pattern.match(clause, len(clause) - len(clause.lstrip()))
        if found and self._subject.search(found["lead"]) and not found["lead"].rstrip().endswith(("的", "时", "后", "前")):
            return None
        return found
