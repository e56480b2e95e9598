"""The company or institute of each guest, as what stands above a talk tells it: who 我们 are."""

import re

from studytool import chinese
from studytool.articles import Article
from studytool.chinese import HAN

OFTEN = 8  # times that a company is named in a talk with its head
_POST = (
    rf"(?:联合|共同)?(?:创始人|首席[{HAN}]{{2,4}}官|首席(?:架构师|科学家|工程师|分析师|经济学家)|总工(?:程师)?|(?:(?:创始|管理|执行|高级))*合伙人|"
    r"CEO|CTO|CPO|COO|CIO|总裁|董事长|院长|所长|校长|馆长|主任|总经理|负责人|教授|研究员|掌门人)"
)
_WHAT = r"(?:公司|平台|机构|企业|组织|工作室|实验室)"
_PART = r"(?:(?:信息|数据|技术|教育|研发)(?:中心|部|学院|处|科))?"  # of a hospital or university
_ORG = (
    rf"(?:[{HAN}]{{2,10}}?{_WHAT})??\s*"
    rf"(?P<org>[A-Za-z][A-Za-z0-9.&-]*(?: [A-Z][A-Za-z0-9.&-]*)?|[{HAN}]{{2,16}}?)(?:公司|集团)?\s*"
    rf"{_PART}(?:的|（[^（）]{{1,30}}）|\([^()]{{1,30}}\))?\s*"
)
_BEFORE = rf"{_ORG}{_POST}(?:兼[^，。、]{{1,10}}|、{_POST})?\s*"  # OpenAI 首席执行官 X
_BEHIND = rf"\s*(?:[（(][^（）()]{{1,40}})?[）)]?\s*(?:是|，|现任|，现任|曾任)\s*(?!嘉宾|主持){_ORG}{_POST}"  # X（…）是 OpenAI 的首席执行官
_NAMED_SO = rf"(?:对话|专访|访谈|采访)\s*(?P<org>[{HAN}A-Za-z]{{1,8}}?(?:科技|智能|资本|生物|医疗|集团|能源|机器人|汽车|微电子|半导体|大学|研究院|研究所|基金|银行|工作室))"
_FOUNDED = re.compile(
    rf"[他她][^，。；\n]{{0,16}}(?:(?:创办|创立|创建|领导|执掌)的|(?:创办|创立|创建|成立)了)(?P<org>[{HAN}A-Za-z]{{2,12}}?)(?=[在是有，、。（(]|$)"
)
_CALLED = re.compile(
    r"(?:厂商|公司|平台|机构|初创企业|独角兽|实验室|巨头|工作室)\s*(?P<org>[A-Z][A-Za-z0-9]{2,}(?![A-Za-z0-9 -]*[A-Z]))"
)
_POST_ALONE = re.compile(rf"[，。；、]\s*(?:其|该公司)?{_POST}\s*[{HAN}A-Z]")
_WHAT_ORG = re.compile(rf"^[{HAN}]{{2,8}}(?:公司|平台|机构|企业)(?=[{HAN}A-Za-z]{{2,}})")  # 推理云公司衡纬科技
_NOT_ORG = re.compile(
    r"^(?:(?:本文|本次)?(?:访谈)?(?:内容)?(?:整理自|来自|邀请)|对话|对谈|专访|访谈|采访|独家|实录|万字|作者|嘉宾[为是]?|和|与|以及|邀请到?|是|现任|一[家所名位个])+"
)
_NO_ORG = re.compile(r"一[家所个]|公司$|^(?:公司|[它其他她这那该本]|自己|我们)|[的了]")  # 它的创始人: whose is told elsewhere


def orgs(article: Article) -> dict[str, str]:
    """The company or institute of each speaker of whom the title, introduction or summary tells it."""
    top = " ".join((article.title, article.intro, *article.summary))
    below = " ".join((article.intro, *article.summary))
    found: dict[str, str] = {}
    for name in article.speakers:
        for hit in (
            *re.finditer(_BEFORE + re.escape(name), top),
            *re.finditer(re.escape(name) + _BEHIND, top),
            *re.finditer(_NAMED_SO + re.escape(name), top),
        ):
            org = _WHAT_ORG.sub("", _NOT_ORG.sub("", hit["org"])).lstrip("的")
            headlined = chinese.frequency(org) and org not in below  # 云端首席产品官
            if org and not headlined and not _NO_ORG.search(org):
                found.setdefault(name, org)
    guests = [name for name in article.speakers if name not in article.hosts]
    if len(guests) == 1 and guests[0] not in found:
        own = _FOUNDED.search(top)
        org = own["org"] if own and not _NO_ORG.search(own["org"]) else _named_most(top, article) or _holds(article.intro)
        if org:
            found[guests[0]] = org
    return found


def _holds(intro: str) -> str:
    """The only Latin name that an introduction calls a company, where it tells somebody's post without naming whose."""
    names = {hit["org"] for hit in _CALLED.finditer(intro)}
    return names.pop() if len(names) == 1 and _POST_ALONE.search(intro) else ""


def _named_most(top: str, article: Article) -> str:
    """The Latin name above the talk that the talk comes back to most: a guest's company, where no post tells it."""
    people = {part for name in article.speakers for part in re.split(r"[\s·]", name)}
    names = {name for name in re.findall(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]{3,}(?![A-Za-z0-9-])", top) if name not in people}
    counts = {name: article.text.count(name) for name in names}
    best = max(counts, key=lambda name: (counts[name], name), default="")
    return best if best and counts[best] >= OFTEN else ""
