"""Whose each quotation of a profile is, from the narration around it. Certain or nobody's: a wrong name is worse than none."""

import re
from collections.abc import Sequence

from studytool.articles.article import NARRATOR
from studytool.articles.blocks import Block
from studytool.articles.persons import Mention, Persons, pronouns
from studytool.articles.quoted import LONG, STOPS, Quotation, narration_of, size_of
from studytool.articles.sayings import JOURNALIST, PRONOUNS, Tag

REJOINDER = 40  # hanzi up to which a quotation may be the journalist's, where he and somebody talk by turns
ASKED = 60  # hanzi up to which a question alone may be the journalist's
REACH = 300  # characters of narration in front of a quotation that are looked at
STAYS = 2  # paragraphs for which somebody without a name may still be whom 他 means
SOMEBODY = "?"  # says a quotation, but nobody whom we know
_ASKS = re.compile(r"我们?[^，。！？“”]{0,8}(?:问(?!题)|追问)")
_NUMBERED = re.compile(r"(?:\d{1,2}[ 　、.．]|[一二三四五六七八九十]{1,2}、)[^。；]*$")
LONGEST_HEADING = 40  # characters
_MENTIONED = ("的", "这", "那", "之", "等")  # behind a quotation that is only spoken of


def is_heading(block: Block) -> bool:
    """Whether a block is a heading, be it only by its number: `02 “我们不追”`."""
    return block.kind == "heading" or (len(block.text) <= LONGEST_HEADING and bool(_NUMBERED.match(block.text)))


class Walk:
    """Goes through an article once and says whose each quotation is: a person's, NARRATOR's, or "" where that is not certain."""

    def __init__(self, blocks: Sequence[Block], spans: dict[int, list[Quotation]], persons: Persons, main: str) -> None:
        self.blocks, self.spans, self.persons, self.main = blocks, spans, persons, main
        self.last = ""  # whom the last quotation that somebody is known to have said is from
        self.pending: list[Mention] = []  # who came up in the narration since then
        self.scene: set[str] = set()  # who is quoted in the paragraphs before without narration between them
        self.before = ""  # whose quotation the paragraph before ended in
        self.asked = ""  # whom the paragraph before asked, `?` for whoever was last
        self.by_turns = False  # whether the journalist's own questions are quoted, too
        self.unclosed = False  # whether the quotation before runs on

    def said(self) -> dict[int, list[str]]:
        """The speakers of the quotations of each block, by its number."""
        found: dict[int, list[str]] = {}
        for nth, block in enumerate(self.blocks):
            if nth in self.spans:
                found[nth] = ["" if who == SOMEBODY else who for who in self._paragraph(block.text, self.spans[nth])]
            elif is_heading(block):
                self.scene, self.before, self.asked, self.by_turns, self.unclosed = set(), "", "", False, False
        return found

    def _paragraph(self, text: str, spans: list[Quotation]) -> list[str]:
        narration = narration_of(text, spans)
        long = [one for one in spans if size_of(text, one) >= LONG]
        here = self.persons.mentions(narration)
        whose: list[str] = []
        if len(spans) == 1 and not re.sub(r"\W", "", narration):
            whose = [self._alone(text, spans[0])]
        else:
            for nth in range(len(spans)):
                whose.append(self._tagged(text, narration, spans, nth, here, whose))
        self.unclosed = bool(spans) and not spans[-1].closed
        self._remember(text, narration, spans, whose, here, bool(long))
        return whose

    def _remember(
        self, text: str, narration: str, spans: list[Quotation], whose: list[str], here: list[Mention], spoken: bool
    ) -> None:
        """What this paragraph leaves for those behind it to know."""
        people = [(one, who) for one, who in zip(spans, whose, strict=True) if who not in ("", SOMEBODY, NARRATOR)]
        doubtful = any(who in ("", SOMEBODY) and size_of(text, one) >= LONG for one, who in zip(spans, whose, strict=True))
        asks = _ASKS.search(narration)
        if any(one.who for one in here):
            self.pending = [one for one in self.pending if one.who]
        else:
            goes_on = 0 if pronouns(narration) else 1  # 他 may be whoever came up before
            aged = (one if one.who else one._replace(age=one.age + (1 if one.near else goes_on)) for one in self.pending)
            self.pending = [one for one in aged if one.age <= (0 if one.near else STAYS)]
        if not spans and narration.rstrip().endswith(("？", "?")):
            here = [one for one in here if one.who]  # 有人拦过吗？
        if people:
            end, self.last = people[-1][0].end, people[-1][1]
            self.pending = [one for one in here if one.at >= end]
            self.scene = self.scene | {who for _, who in people}
            self.by_turns = self.by_turns and not asks
        else:
            self.pending += here
            if not spoken and NARRATOR not in whose:
                self.scene = set()
                self.by_turns = False
        if doubtful:
            self.scene = {*self.scene, ""}
        if any(who == SOMEBODY and size_of(text, one) >= LONG for one, who in zip(spans, whose, strict=True)):
            self.pending.append(Mention("", len(text)))
        self.before = people[-1][1] if people and not doubtful else ""
        self.asked = ""
        if NARRATOR in whose and not people:
            self.by_turns, self.asked = True, "?"
        elif asks or (not spans and narration.rstrip().endswith(("？", "?"))):
            behind = [one.who for one in here if asks and asks.end() <= one.at <= asks.end() + 1]
            self.asked = (behind[0] or "") if behind else "?"

    def _tagged(self, text: str, narration: str, spans: list[Quotation], nth: int, here: list[Mention], whose: list[str]) -> str:
        """Whose a quotation is that narration stands beside."""
        one = spans[nth]
        start = spans[nth - 1].end if nth else 0
        stop = spans[nth + 1].start if nth + 1 < len(spans) else len(text)
        inner = text[one.start + 1 : one.end - 1].rstrip()
        ended = inner[-1:] in STOPS
        ahead = _joined_short(text, spans, nth)
        if not ended and text[one.end : one.end + 1] in _MENTIONED:
            return ""
        sayings = self.persons.sayings
        before = sayings.before(text[ahead : one.start])
        after = sayings.after(text[one.end : stop], ended, nth + 1 < len(spans)) if text[one.end : stop].strip() else None
        if before and after and not ended and not inner.endswith(("，", ",")) and not after.who:
            after = None  # 他说，“……”，然后走了
        between = text[start : one.start]
        goes_on = whose[-1] if nth and (sayings.only(between) or sayings.interrupts(between)) else ""  # “甲。”他说。“乙。”
        if size_of(text, one) < LONG and goes_on not in ("", SOMEBODY, NARRATOR) and not (after and after.who):
            return goes_on
        if size_of(text, one) < LONG and not (after and after.who) and not text[: one.start].rstrip().endswith(("：", ":")):
            return ""  # 他说写得还好，“就是不对”
        who = {self._resolved(tag, shift, narration, here) for tag, shift in ((before, ahead), (after, one.end)) if tag}
        if len(who) == 1:
            return who.pop()
        if who:
            return SOMEBODY if SOMEBODY in who else ""
        return "" if goes_on in (SOMEBODY, NARRATOR) else goes_on

    def _resolved(self, tag: Tag, shift: int, narration: str, here: list[Mention]) -> str:
        """The person for whom the subject of a said-phrase stands."""
        if tag.who in JOURNALIST:
            return NARRATOR
        if tag.who not in PRONOUNS:
            return self.persons.full.get(tag.who, SOMEBODY)
        at = shift + tag.at
        named = _faded([one for one in here if one.at < at])
        if not named:
            met = {self.last or self.main, *(one.who for one in _faded(self.pending))}
            may = [one for one in met if one and self.persons.may_be(one, tag.who)]
            return may[0] if len(may) == 1 and "" not in met else ""
        who = {one.who for one in named}
        name = who.pop()
        if who or not name or not self.persons.may_be(name, tag.who):
            return ""
        others = pronouns(narration[:at]) - {tag.who}
        return "" if others and name != self.last else name

    def _alone(self, text: str, one: Quotation) -> str:
        """Whose a quotation is that is all of its paragraph."""
        size = size_of(text, one)
        if self.unclosed and self.last and self.before == self.last:
            return self.last
        inner = text[one.start + 1 : one.end - 1].rstrip()
        if inner.endswith(("？", "?")) and size <= ASKED:
            return NARRATOR if self.last and len(self.scene - {NARRATOR}) <= 1 else ""
        if size < LONG or "" in self.scene or len(self.scene) > 1:
            return ""
        if self.asked and self.asked != "?":
            return self.asked
        rejoins = self.by_turns and not self.asked and size <= REJOINDER
        last = self.last or self.main
        only = all(one.who == last for one in _faded(self.pending))
        if self.last and only and not rejoins and (self.before == self.last or self.asked):
            return self.last
        certain = self.main and last == self.main and only and not rejoins
        return self.main if certain else ""


def _faded(mentions: list[Mention]) -> list[Mention]:
    """Those who came up, without bystanders behind whom somebody is named: `老板认识他。顾一舟说`."""
    named = max((nth for nth, one in enumerate(mentions) if one.who), default=-1)
    return [one for nth, one in enumerate(mentions) if nth >= named or not one.near]


def _joined_short(text: str, spans: list[Quotation], nth: int) -> int:
    """Where the narration in front of a quotation begins: words that are only set off in it belong to it."""
    start = spans[nth].start
    while nth:
        one = spans[nth - 1]
        if one.end < start - REACH:
            return one.end
        if size_of(text, one) >= LONG or text[one.end - 2] in STOPS + "，":
            return one.end
        nth -= 1
    return max(text.rfind("。", 0, start - REACH) + 1, 0) if start > REACH else 0
