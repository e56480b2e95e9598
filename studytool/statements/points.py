"""The article's own summary -> candidates. What an editor wrote of a talk is whole where what was said is not: who is meant is
named, and one sentence claims one thing. What only tells that something was talked about claims nothing and is left out."""

import re
from collections.abc import Iterator

from studytool import chinese
from studytool.articles import Article, Span
from studytool.statements import cues
from studytool.statements.candidates import LONGEST, MARKUP, SHORTEST, Candidate, leans, opened, tidied
from studytool.statements.wording import REPORTS

SECTION = "内容提要"  # where a learner finds what is quoted
_TELLS_ABOUT = re.compile(
    r"本文|本次|本期|访谈|对话(?!式)|主持人|嘉宾|读者|听众|观众|文章|(?:讨论|探讨|谈到|谈及|谈论|分享|介绍|回顾|反思|展望|讲述|解释|阐述|涵盖|涉及|围绕|剖析|分析|总结|透露|解读|提出)(?:了|的是|到)|"
    r"进行了?(?:深入)?(?:讨论|探讨|交流|对话)"
)
_FIRST = re.compile(r"[我你您咱]")
_SUBJECT = re.compile(
    r"^(?P<subject>[^，。；：的了是]{2,16}?)\s*(?:不再是|不是|是指|是|将会|将|会|已经|正在|认为|相信|坚信|预测|预计|指出|强调|表示|承认|主张|希望|担心|"
    r"主要|致力于|依然|仍然|采取|非常|能够|可以|需要|应该|必须|拥有|面临|对)"
)
ECHO = 0.23  # share of a summary's words that stand in one answer, from which on it tells that again
_AGAIN = re.compile(r"，[他她](?:预计|认为|相信)[，,]?")  # 到 2028 年，她预计
_HE = re.compile(r"^(?P<pronoun>[他她它]们?|其(?=[^他实中余次]))")
_SHE_ADDS = re.compile(r"；(?:[他她它][^，。；]{0,16}(?:是|认为|说)|其(?![他实中余次]))")
_NO_SUBJECT = re.compile(r"^(?:未来|目前|现在|如果|虽然|随着|因此|由于|通过|为了|当|在|但|而|这|那|其|他|她|它|人们|大家)")


def points(article: Article) -> Iterator[Candidate]:
    """The candidates of an article's summary, in its order."""
    guests = [name for name in article.speakers if name not in article.hosts]
    if not article.points:
        return
    talk = [chinese.bigrams("".join(article.says(paragraph.span) for paragraph in turn.paragraphs)) for turn in article.turns]
    for point in article.points:
        subject = ""
        said = article.says(point.span)
        for start, end in chinese.sentences(said):
            first = start + opened(said[start:end])
            if after := _SHE_ADDS.search(said, first, end):
                end = after.start()  # a second claim, of somebody
            span = Span(point.span.start + first, point.span.start + end)
            text = _AGAIN.sub("，", _whole(tidied(article.says(span)), subject, guests))
            found = _SUBJECT.match(text)
            subject = found["subject"].strip() if found and not _NO_SUBJECT.match(text) else ""
            if (
                text
                and _claims(text)
                and _retold(text, talk)
                and (speaker := _speaker(text, guests, (point.about, article.title))) is not None
            ):
                yield Candidate(
                    span=span, text=text, sentence=span, turn=-1, speaker=speaker, section=SECTION, place=(0, 1), marked=False,
                    host=False, next="", asked="", editor=True,
                )  # fmt: skip


def _retold(text: str, talk: list[frozenset[str]]) -> bool:
    """Whether a sentence tells again what somebody says in the talk: who he is and what was before it nobody says there."""
    pairs = chinese.bigrams(text)
    return any(len(pairs & said) >= ECHO * len(pairs) for said in talk) or bool(REPORTS.match(text))


def _whole(text: str, subject: str, guests: list[str]) -> str:
    """A sentence with its leading pronoun replaced by the subject of the sentence before, he and she by the guest; "" where that
    is not known."""
    found = _HE.match(text)
    if not found:
        return text
    pronoun = found["pronoun"]
    person = any(part in subject for name in guests for part in _parts(name))
    if pronoun in ("他", "她") and not person:
        subject = guests[0] if len(guests) == 1 else ""
    elif pronoun[0] in "它他她" and pronoun not in ("他", "她") and (person or not subject.isascii()):
        subject = ""  # more than one, or a thing, and the sentence before named one, or a person
    if not subject:
        return ""
    return subject + (" " if subject[-1].isascii() else "") + ("的" if pronoun == "其" else "") + text[found.end() :]


def _parts(name: str) -> list[str]:
    """The parts of a name that stand for it."""
    return [part for part in re.split(r"[\s·]", name) if len(part) > 1]


def _speaker(text: str, guests: list[str], places: tuple[str, str]) -> str | None:
    """Whose claim it is: the guest's that it names, the only one's that there is or that one of `places` names, both of two; ""
    in an essay, None where nobody can tell."""
    if len(guests) <= 1:
        return "".join(guests)
    for where in (text, *places):
        named = [name for name in guests if any(part in where for part in _parts(name))]
        if len(named) == 1:
            return named[0]
    return "和".join(guests) if len(guests) == 2 else None


def _claims(text: str) -> bool:
    size = len(chinese.hanzi(text))
    return (
        SHORTEST - 2 <= size <= LONGEST
        and not cues.QUESTION.search(text)
        and not cues.ASKS_ABOUT.search(text)
        and not _FIRST.search(text)
        and not _TELLS_ABOUT.search(text)
        and not MARKUP.search(text)
        and not leans(text, edited=True)
    )
