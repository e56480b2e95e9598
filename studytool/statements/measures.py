"""Figures of a claim that no learner should be asked for: those of which it is not told what they measure, or of whom, and those
that only serve to show something.
"""

import re

from studytool import chinese
from studytool.statements import cues, frames
from studytool.statements.phrases import names, noun

# A figure that only serves to show something: 一个 70% 靠谱的, 一个软件公司说自己毛利, 对了一半.
_SHOWS = re.compile(
    r"(?:一个|一种|一台|一家|一位)\s?$|(?:一[个家台位名座])[^，。；]{0,14}?(?:可以|做到|说自己|如果|要是|号称)[^，。；]*$|(?:对|错|懂|赢|输|听|说|死|丢|猜)了?$"
)
_SUPPOSES = re.compile(r"如果|假如|假设|要是|即使|哪怕|打个比方|比方说|好比")
# What was measured while it was tried out: the talk is seldom about that.
_TRIED = re.compile(r"(?:测试|测评|试用|演示|试运行|试点|内测|彩排|模拟|评测)(?:的时候|时|里|中|集|上)")
# 德国一年大约要花［…］: what is paid for stands before.
_SPENT = re.compile(
    r"^(?:[^，。；的]{0,6}?)(?:一年|每年|一个月|每个?月|一天|每天|全年|去年|今年|一共|总共)(?:大约|大概|差不多|也就|约|就)*(?:总共|一共)?(?:要|得|需要)?(?:花|投|赚|亏|收|省|付|交|用|少|多)[掉了]?(?:大约|大概|差不多|约)?$"
)
_CHANGES = r"(?:就|也|已经|一下|会)?从\s?[^，。；]{1,14}(?:降|涨|升|掉|跌|减|增|变|提高|缩短|上升|下降)[到至成为]"
_FROM_TO = re.compile(rf"^(?P<what>[^，。；A-Za-z]{{1,9}}?)[，]?{_CHANGES}")
_RATE_FROM = re.compile(
    rf"(?:^|[，；：])[^，。；：的A-Za-z]{{0,4}}(?:率|比例|占比|成本|毛利|价格|费用|误差|数量|时间)[，]?{_CHANGES}"
)
_HEADLESS = re.compile(r"^[^，。；]{1,14}的，(?:加起来|一共|总共|大概|大约|有|不|也|就|只)")  # 公开能用的，加起来不超过
_RELATIVE = re.compile(r"(?:多|少)(?:涨|赚|花|挣|亏|付|拿|交|卖|买|出|了)了?(?:大概|大约|约)?$")
_OF_THAT = re.compile(r"^的(?!人[^，。]|公司|企业|客户|用户|员工|家庭|学校|医院)")
_HALF = re.compile(r"^(?:将近|大约|差不多|近|约)?(?:一半|半数)$")  # anybody's guess
_EITHER = re.compile(r"[\d.]+\s?[%％]\s?的(?P<what>..)[^，。；]*[\d.]+\s?[%％]\s?的(?P=what)")  # 99% 的机器人和 90% 的机器人
_ALONE_CHANGED = re.compile(
    r"^[^，。；]{2,12}(?:提高|提升|增加|增长|上升|下降|降低|减少|缩短)了?(?:大约|大概|差不多|近|约)?$"
)  # since when, or by what?
_COPULA = re.compile(r"(?P<what>[^，。；：]*?)(?:大概|大约|差不多|可能|也许|就|也|都)*是(?:大概|大约|差不多|将近|约|近)?\s?$")
_MEASURE = re.compile(
    r"[率费价额量度力]|数(?!据|字|学)|成本|收入|利润|产能|份额|比例|占比|概率|寿命|时间|时长|面积|体积|重|规模|估值|市值|工资|薪|预算|支出|开支|误差|距离|年龄|中位|平均|精度|增长|涨幅|跌幅|投入|投资|损失|订单|需求|负荷|得分|成绩|部分|的人|的公司|的客户|的用户"
)
_NO_OWNER = re.compile(r"^(?:每|一)[份辆张台个家次件条位种][^，。；的]{0,6}的?|^(?:上限|下限|平均|总数|比例|价格|成本|时间|结果)")
_TIMES = re.compile(
    r"(?:去年|今年|前年|现在|后来|如今|目前|当时|一开始|刚开始|最后)|[^，。；]{1,8}(?:的时候|之后|以后|之前|以前|那年)"
)
# What makes a figure the world's and not only the talk's: a named whole, place, owner, or year to come.
_WHOLE = re.compile(r"(?P<what>[^，。；：]{2,16}?)(?:里面|里头|里|当中|之中|中间|中)(?![国央心学年])")
_OWNER = re.compile(
    rf"(?P<what>[^，。；：的]{{1,10}}?)(?:现在|目前|如今|去年|今年)?的(?!时候)[^，。；：的]{{0,8}}?(?:{_MEASURE.pattern})"
)
_OF_WHICH = re.compile(r"(?P<what>[^，。；：]{2,12}?)(?:里)?有(?:大?[概约]|将近|近)?\s?$")
_FROM = re.compile(r"(?P<what>[^，。；：的]{1,10})的[^，。；：]{1,8}从")
_OF_THOSE = re.compile(r"\s?的(?P<what>[^，。；：的]{2,8})")
_SCOPE = re.compile(
    r"世界上|全世界|全球|全国|全人类|美国|中国|欧洲|欧盟|日本|德国|英国|法国|印度|韩国|非洲|亚洲|北美|东南亚|加州|北京|上海|深圳"
)
_TO_COME = re.compile(r"(?:到|在)?\s?20[2-9]\d\s?年")
_MOVED = re.compile(r"(?P<what>[^，。；：]*?)(?:就|也|已经|一下子?|会)*(?:降|涨|升|跌|掉|减|增|缩)(?:低|高|少|短)?[到至]了?\s?$")
# What makes a number the point: the verb that it is the whole of, a share of something, a bound.
_ABOUT = r"(?:大概|大约|差不多|可能|接近|将近|近|约|只|就|才|不到|超过|至少|至多|最多|有|了|会|也|\s)*"
_PREDICATE = re.compile(
    rf"(?:[是占达剩为成有到至第]|只要|(?:[到至]|降到|涨到)每[^，。；]{{1,2}}|只有|达到|超过|不到|高达|多达|低于|高于|损失|下降|上升|提高|降低|减少|增加|缩短|增长|下跌|上涨|节省|跌|涨|降|升|掉|减|增|多|少|翻|快|慢|创造|带来|价值){_ABOUT}$"
)
_ENDS = re.compile(r"^(?:左右|以上|以下|上下|之?间|之?内|之?多)?(?:[，。；的]|$)")
_NOT_THERE = re.compile(r"^[^，。；]+[，](?:而)?不(?:是|在)")


def tells_little(before: str, phrase: str, after: str) -> bool:
    """Whether a figure measures nothing that is named, or only shows something."""
    clause = re.split("[，；：]", before)[-1]
    if _SHOWS.search(clause.rstrip()) or _SUPPOSES.search(clause) or _TRIED.search(before):
        return True
    if _SPENT.match(before) or (_RELATIVE.search(before) and "比" not in before + after):
        return True
    whole = before + phrase + after
    if before.rstrip().endswith("从") or not _anchored(before, after, whole):
        return True  # what it was, not what it is; of what?
    starts = [one.start() for one in frames.FIGURE.finditer(whole)]
    if any(_unmeasured(whole[:at]) for at in starts):
        return True
    if _HALF.match(phrase) or _EITHER.search(whole) or (_ALONE_CHANGED.match(before) and not re.search("[，；]", after)):
        return True
    if ((change := _FROM_TO.match(whole)) and "的" not in change["what"]) or _RATE_FROM.search(whole):
        return True  # whose?
    if _HEADLESS.match(before) or _NOT_THERE.match(after):
        return True  # 一半会出在育种上，不在算法上: where is the point
    if not frames.SHARE.search(phrase) and not (
        (_PREDICATE.search(clause) or frames.LASTS.search(clause)) and _ENDS.match(after)
    ):
        return not frames.YEAR.search(phrase)  # 坐三个月的人, 花四十八块钱买一本书
    return not before.strip() and bool(_OF_THAT.match(after.lstrip()))


def _anchored(before: str, after: str, whole: str) -> bool:
    """Whether who never saw the talk can tell of what a figure is said."""
    if before.endswith(("其中", "其中的")):
        return False
    if _SCOPE.search(whole):
        return True
    if _TO_COME.search(whole):
        return _concrete(whole)
    of = _OF_THOSE.match(after)
    if of and "率" not in of["what"] and any(names(word) for word in chinese.words(of["what"])):
        return True
    return any(_concrete(one["what"]) for named in (_WHOLE, _OWNER, _OF_WHICH, _FROM) for one in named.finditer(before))


def _concrete(text: str) -> bool:
    """Whether a text names a thing that is not only a part in something."""
    return any(
        names(word)
        and not _MEASURE.search(word)
        and word not in frames.GENERIC
        and word not in cues.NO_TOPIC
        and not frames.TIME.search(word)
        for word in chinese.words(text)
    )


def _unmeasured(before: str) -> bool:
    """Whether what stands before a figure does not say what it measures, or of whom: 一辆车一年大概是, 去年降到了."""
    *earlier, clause = re.split("[，；：]", before)
    if found := _COPULA.fullmatch(clause):
        what = _TIMES.sub("", found["what"]) or "，".join(earlier)  # 电费去年是 9 元，今年是
        return not _MEASURE.search(what) or bool(_NO_OWNER.match(what))
    if found := _MOVED.fullmatch(clause):
        what = _TIMES.sub("", found["what"]) or "，".join(earlier)
        return not any(noun(word) or names(word) for word in chinese.words(what))
    return False
