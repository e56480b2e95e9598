"""Talk -> what is claimed in it: without `I think` and `in fact`, without a comment at the end, and with `we` named where it is
certain who that is. Only whole clauses go."""

import re

from studytool.chinese import hanzi

SHORTEST = 10  # hanzi of a clause that is a sentence by itself
LEAST = 6  # hanzi that have to be left
_THINK = re.compile(
    r"(?P<stop>[，；])(?:而且|并且|但|不过)?我(?:们)?(?:个人|一直|真的|确实|也|仍然)?(?:认为|觉得|相信|想|猜|敢说)(?:的是)?[，,]?(?=[^，。])"
)
_IN_FACT = re.compile(r"(?:其实|实际上|事实上|说实话|老实说|坦白说)[，,]?")
_COUNTED = re.compile(
    r"(?:^|(?<=[，；]))我们?(?:自己|内部|后来|认真|粗略|大概|也|曾经)*(?:算过|统计过|测算过|估算过|算下来|做过(?:一?[个次组项])?(?:统计|估计|估算|测算|调查|测试|盲测|实验))"
    r"(?:一笔账)?[，,：]"
)
_SUMS = {"算": "测算", "统计": "统计", "估": "估计", "测": "测试", "调查": "调查"}
_HIS = r"我(?:们)?(?:自己|个人|内部)?(?:现在|目前|后来|一直|始终|常常?|经常|总是?|老是?|也|到处)*"
_WORD = r"(?:看法|观点|观察|判断|体会|感觉|理解|结论|立场|预测|猜测|猜想|直觉|经验|答案|想法)"
# What only says that a claim follows: 我的看法是, 我常跟同事讲, 我有一个判断.
_STANCE = re.compile(
    rf"^(?:我敢(?:肯定地?)?说[，,：]?|我(?:跟|和|对)(?:你|大家|您)(?:讲|说)[，,：]|{_HIS}的{_WORD}就?是[，,：]|{_HIS}(?:(?:跟|对|和)[^，。我]{{1,8}})?(?:说|讲|强调)(?:的是)?[，,：]|我有一?个[^，。；]{{0,12}}{_WORD}[，,：]|{_HIS}看到的是[，,：]|我(?:们)?(?:就|才|后来)*(?:想明白|发现|意识到|明白)了?一[个件条](?:事情?|道理|现象|问题|规律)[，,：])\s*"
)
_VIEW = re.compile(r"(?:在|照|依)我(?:自己|个人)?看(?![过到见了着的])来?[，,]?")
# Takes up what the same sentence has just named: 大厂的芯片，它首先是…, 做到九成，那是….
_RESUMES = re.compile(r"^([^，。；：是会将能有没不要]{3,20})，(?:它|他们)(?=是|就是|不是|首先|才|也|会|将|能)")
_THAT_IS = re.compile(r"(?<=[^，。；]{4}，)那(?=(?:就|才|会)?是)")
_COMMENT = re.compile(
    r"(?:，|；)(?:(?:我|而我|但我|所以我)[^。；]*|(?:你|所以你)[^，。；]*|这(?:绝对|真的|确实|也|就|就是|一点|点)?(?:是)?(?:很|非常|太|真|令人|让人|挺|正确|对的|没错|好事|肯定|毫无疑问|显而易见|"
    r"事实|不容易|不简单|我)[^，。；]*|对吧|是吧|对不对|不是吗|诸如此类|等等|可以这么说|至少(?:目前|现在)(?:是这样|如此)|没办法|没有办法|就这么简单)(?=。?$)"
)
_TO_YOU = re.compile(r"[，；](?:所以|那么?|如果|因为|而)?你(?!们|是).*?(?=。?$)")
_OPEN = re.compile(
    r"^(?:凡是?|如果|当|因为|由于|虽然|尽管|只要|只有|即使|即便|随着|为了|除非|不仅|不但|既然|假如|一旦|除了|与其|无论|不管)|使得?$|让$|"
    r"^(?:而|但|并|且)?在[^，]*$|有(?:大概|大约|约|近|差不多)?(?:\d+%?|[一二三四五六七八九十两几]+成|一半|多数)[^，]{0,2}$|(?:是|时|前|后|之一|的话|来说|而言|方面|上)$"
)
_GOES_ON = re.compile(
    r"或者?|如果|当|只要|只有|即使|但|而|从而|因为|因此|所以|以|使|让|并|也|又|还|就|才|否则|[它他她这那其]|不|是|只|则|除"
)
_POINT = re.compile(r"才|而不|而是|不如|反而|却")  # a clause without which the point is lost
_SAYS = re.compile(r"是|会|将|能|可以|应该|需要|必须|不|取决|在于|成为|变|没有|比")  # a clause that claims has one of these
_OURS = re.compile(
    r"(?:^|(?<=[，；：当而但让是]))我们(?=(?:公司|团队|内部|工程师|实验室|平台|产品|模型|用户|客户|收入|发布|推出|训练|开源|的(?:公司|团队|模型|产品|用户|客户|收入|平台|研究|技术|工程师|员工|竞争|业务|使命|目标|商业模式|API|系统|服务|数据|成本)))"
)


def claimed(text: str) -> str:
    """A sentence without what the speaker says of himself in its middle, and without a comment behind it."""
    text = _IN_FACT.sub("", _COUNTED.sub("", _VIEW.sub("", _STANCE.sub("", text))))
    text = _THAT_IS.sub("", _RESUMES.sub(r"\1", text))
    bare = _THINK.sub(lambda found: found["stop"], text)
    if (found := _TO_YOU.search(bare)) and "你" not in bare[: found.start()]:
        last = re.split("[，；]", bare[: found.start()])[-1]
        if len(hanzi(bare[: found.start()])) >= SHORTEST and _SAYS.search(last) and not _OPEN.search(last):
            bare = bare[: found.start()] + "。"
    while found := _COMMENT.search(bare):
        left = bare[: found.start()]
        last = re.split("[，；]", left)[-1]
        if len(hanzi(left)) < LEAST or _OPEN.search(last) or not _SAYS.search(last):
            break
        bare = left + "。"
    return bare


def counted(text: str) -> str:
    """What a speaker's own people did to know a figure (统计), "" where a sentence does not say that they did anything."""
    found = _COUNTED.search(text)
    return next((name for word, name in _SUMS.items() if word in found[0]), "内部测试") if found else ""


def first(text: str, end: int) -> str:
    """A sentence of three clauses or more up to the one that holds what stands up to `end`, where the rest only goes on."""
    clauses = re.split("(?<=[，；])", text)
    nth = next(nth for nth in range(1, len(clauses) + 1) if sum(map(len, clauses[:nth])) >= end)
    kept = "".join(clauses[:nth])
    whole = len(hanzi(kept)) >= SHORTEST and not _OPEN.search(clauses[nth - 1].rstrip("，；")) and "：" not in text
    if any(_POINT.search(clause) for clause in clauses[nth:]) or re.search("因为[^，；]*$", kept.rstrip("，；")):
        return text
    if len(clauses) < 3 or nth == len(clauses) or not whole or _GOES_ON.match(clauses[nth]):
        return text
    return kept.rstrip("，；") + "。"


def ours(text: str, org: str) -> str:
    """A sentence with `we` replaced by the speaker's company where only that can be meant; as it is where any `we` is left."""
    if not org or "我们" not in text:
        return text
    named = _OURS.sub(f"{org} " if org[-1].isascii() else org, text)
    return text if "我们" in named else named
