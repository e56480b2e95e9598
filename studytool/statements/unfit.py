"""Blanks that a claim's wording offers and no learner should be asked for: the half that is denied, what only counts what was said
before, half of a phrase. What is wrong with figures stands in `measures`."""

import re

from studytool import chinese
from studytool.statements import frames
from studytool.statements.measures import tells_little

# 不是【A】，更像 B; 不应该是【A】，应该是 B: what is not so is not what is claimed.
_DENIED = re.compile(
    r"(?:不|并非|绝非)(?:应该?|该|能|会|再|光|仅仅?|只|一定|需要|用)?(?:是|在于?|靠|像)(?:(?!而是|而在|就是|而靠)[^，。；：])*$"
)
_COUNTS = re.compile(
    r"^(?:这|那)?(?:[一两二三四五六七八九十几\d]+)(?:件|个|点|种|条|步|方面|类|层|样|组|批|头|边)(?:大)?(?:事情?|问题|原因|理由|方面|东西|办法|方法|区别|变化|步骤|条件|因素|部分|阶段|结果|特点|方向|层面)?$"
)
_LIST = re.compile(r"^(?P<one>[^，。；是]{2,4})是[^，。；]+[，；](?P<two>[^，。；是]{2,4})是$")
_GOES_ON = re.compile(r"^[里上中]?[，、；](?:也|还)?(?:在|是|靠|有|让)")
_NO_DOMAIN = re.compile(r"^(?:现在|目前|如今|今天|其实|但|而)?(?:最|真正)[^，。；是]{1,6}(?:就|才|可能|恐怕|也许|大概)?是$")
_NO_DOMAIN_NOT = re.compile(
    r"^(?:现在|目前|如今|今天|其实|但|而)?(?:最|真正)[^，。；是的]{1,2}的(?:部分|地方|事情?|东西|一步)?(?:从来|其实|往往)?(?:不是|并非)[^，。；]{1,3}，"
)
# 很方便的做法; 叫格伦的人.
_FILLER = re.compile(r"^(?:很|非常|十分|特别|相当|比较|挺)[^，。；的]{1,4}的[^，。；]{1,3}$|^(?:一个)?叫[^，。；]{1,8}的人$")
_TWO = re.compile(r"^(?:两|二)[个种类回]")  # 两个相反的产品，一个…，一个…
# 苏州的、有八十个人｜的公司, 例外里面被磨掉｜的, 知道标签是怎么来｜的人, 机器人最后｜的市场.
_CUT_PHRASE = re.compile(r"的、|^[^，。；]*[里中上下]面?[被把给]|是怎么[^，。；]{1,2}$|最[后初终]$")
_TOWARDS = re.compile("对(?:一[个种])?$")  # 对【物质没有敬畏】, 对一个【流畅句子的怀疑】
_PLACED = re.compile(r"^(?:按|从|在|对|给|为|向|跟|与)")  # 养老机构是【按床位】
_ANY_ONE = re.compile(r"^每一?[次个份种条台辆][^，。；]*(?:就|都)?是(?:一[^，。；]{0,2})?$")
_GROUP_ERRS = re.compile(
    r"^[^，。；的]{2,4}(?:低估|高估|忽视|忽略|误解|误判|漏掉)的(?:其实|往往|恰恰)?是"
)  # 研究员低估的是: in what?
_EVEN = re.compile(r"(?:^|[，；])甚至[^，。；]*$")
# An experiment's set-up: 两组各两千人.
_SET_UP = re.compile(
    r"^(?:两|三|四|每|这|一)组|[，]?各[一二两三四五六七八九十百千万\d]+\s?[人名户家个条]|唯一的区别|对照组|实验组|随机分"
)
PART = 4  # characters of an answer that tell it where they are most of it
COMMON = 1500  # times in the corpus behind the dictionary from which on a word in a title tells nothing


def unfit(text: str, start: int, end: int, why: str, title: str) -> bool:
    """Whether a blank in a claim, `why` it was found and the article's title at hand, is not worth asking for."""
    before, phrase, after = text[:start], text[start:end], text[end:]
    if _DENIED.search(before) or _COUNTS.match(phrase) or _SET_UP.search(text):
        return True
    if why in ("definition", "becoming") and (_PLACED.match(phrase) or _ANY_ONE.match(before) or _repeats(before, after)):
        return True
    if _GROUP_ERRS.match(before) or (why != "figure" and _EVEN.search(before)):
        return True
    if _FILLER.match(phrase) or _CUT_PHRASE.search(phrase) or (_TOWARDS.search(before) and re.search("有|的", phrase)):
        return True
    if _TWO.match(phrase) and re.search("一[个种类]", after):
        return True
    if why == "contrast" and (_GOES_ON.match(after) or _opposite(before, phrase)):
        return True  # 不在文件里，在人的嘴里，在人的脸上
    if why not in ("contrast", "figure") and len(phrase) > 4 and f"的{phrase[-2:]}" in before + after:
        return True  # 替代的是【课本上的知识】，放大的是经验里的知识
    if why == "definition" and _lists(before, phrase):
        return True
    if why == "figure" or frames.FIGURE.fullmatch(phrase.strip()):
        return tells_little(before, phrase, after)
    return _unbounded(before, why) or _headlines(phrase, title)


def _repeats(before: str, after: str) -> bool:
    """Whether a claim only concedes its half: 铁路是【泡沫】，铁路也改变了世界."""
    subject = re.match(r"(?P<what>[^，。；]{1,8}?)是$", before)
    return bool(subject) and after.startswith(f"，{subject['what']}也")  # type: ignore[index]


def _unbounded(before: str, why: str) -> bool:
    """Whether a clause names the greatest of something and not of what: 最长的等待是, 最难的不是远，是."""
    if why == "contrast" and _NO_DOMAIN_NOT.match(before):
        return True
    return why != "contrast" and bool(_NO_DOMAIN.match(re.split("[，；：]", before)[-1]))


def _opposite(before: str, phrase: str) -> bool:
    """Whether the other half tells the answer, being its counterpart: 短期归攻击者，长期归【防守者】."""
    other = re.split("[，；：]", before)[-2:-1]
    return bool(other) and len(phrase) == 3 and other[0][-1:] == phrase[-1]


def _lists(before: str, phrase: str) -> bool:
    """Whether one of some things of their kind is told here: 门诊是…，住院是…."""
    found = _LIST.match(before)
    return bool(found) and bool(re.search("[和与及、]", phrase))


def _headlines(phrase: str, title: str) -> bool:
    """Whether the title tells the answer: who read it would not have to recall."""
    flat = chinese.folded(phrase)
    told = chinese.folded(title)
    size = max(PART, -(-3 * len(flat) // 5))
    if any(flat[at : at + size] in told for at in range(len(flat) - size + 1)):
        return True  # the better part of it
    return len(flat) >= 2 and flat in told and (len(flat) > 2 or chinese.frequency(flat) <= COMMON)
