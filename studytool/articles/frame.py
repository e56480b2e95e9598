"""What stands around a talk: the article's own summary and favourite quotes, promotion, the footer, and what is to be cited."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from studytool.articles import dates
from studytool.articles.blocks import Block, Meta
from studytool.chinese import HAN

_SUMMARY = re.compile(
    r"内容导读|内容提要|内容摘要|主要观点|核心观点|核心要点|观点提炼|观点摘要|观点速览|划重点|精彩观点|重点摘要|本文要点|(?:本期|本文|访谈|内容)看点|要点速览|要点总结|访谈要点|"
    r"金句|太长不看|省流|关键(?:信息|要点)|总结如下|先上总结|(?:摘了?|摘录了?|挑了?|节选了?)[^。，]{0,4}(?:[几\d一二三四五六七八九十]句|[几\d一二三四五六七八九十]段|一些)|(?:喜欢|印象深刻|精彩|有意思|值得).{0,6}(?:文字|句子|的话|几句|片段|的点)|Highlights|TL;?DR|Key ?takeaways?",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"关注公众号|设🌟?标|星标|点击关注|篇原创内容|扫码|阅读原文|往期|推荐阅读|延伸阅读|小助手|加入社群|商务合作|合作请|投稿|点赞.{0,4}在看|联系负责人|微信[：:]|版权|"
    r"编者按|\bEND\b|—\s*完\s*—|欢迎.{0,12}(?:留言|评论|订阅|加入|关注)|点击图片|了解详情|未经授权|谢绝转载|转载请|分享到|责任编辑|立即(?:报名|购买|抢购|领取|下载|咨询|订阅)|火热报名|报名(?:链接|通道|入口|火热)|立减|早鸟(?:价|票)|"
    r"限时(?:优惠|折扣|免费|特惠|抢)|优惠券|折扣码|点击(?:领取|购买|报名|下载)|点(?:分享|收藏|在看|点赞)|是一个[^，。]{0,20}(?:账号|公众号|自媒体)|^\W*[【\[［](?:推广|广告|赞助|活动|福利)[】\]］]"
)
# Who made the page, and what it answers for.
_CREDIT = (
    r"(?:采访|撰文|撰稿|编译|翻译|译者|编辑|责编|校对|审校|整理|题图|封面|摄影|监制|策划|排版|设计|出品|原文|原标题|文字|音频)"
)
_CREDITS = re.compile(rf"^\W*{_CREDIT}(?:\s*[、/和与&]\s*{_CREDIT})*\s*[：:｜|丨]")
_DISCLAIMS = re.compile(
    r"^\W*(?:本文|本内容|本访谈|文中|以上(?:内容|提要|文字)|部分内容)[^。！？]{0,40}(?:仅代表|不代表|不构成|未经[^，。]{0,4}核实|为准|口述|原创|AI\s?(?:生成|翻译|转写))"
)
# A magazine's imprint: two of these in one paragraph, however long, and nobody is talking.
_IMPRINT = re.compile(
    r"版权所有|邮发代号|(?:订阅|发行|服务|投稿)热线|统一(?:连续出版物|刊)号|ISSN|(?:主管|主办|出版)单位|定价\s*[：:]?\s*\d|邮政编码|印刷厂|工作日\d|转载"
)
_FOOTER = re.compile(
    r"^\W*(?:往期(?:精选|回顾|推荐|文章)|推荐阅读|延伸阅读|更多阅读|相关阅读|相关文章|参考(?:资料|链接|文献)|.{0,4}\bEND\b|— ?完 ?—|The End|近期好文|扫码|Memo: |热门评论|网友评论|全部评论)",
    re.IGNORECASE,
)
_AFTERWORD = re.compile(
    r"^\W*(?:后记|编后记?|采访后记|采访手记|记者手记|附记|编者后记|相关阅读|延伸阅读|推荐阅读|往期精选)\s*(?:[：:]|$)"
)
_NOTE_ALONE = re.compile(r"^[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]$|^关于《")
# `2\. …`, which html2text writes of a number that opens no list.
_NUMBER = re.compile(r"^\s*\d{1,2}\\?(?:[.)](?!\d)|[、）．])\s*")
_ITEM_TITLE = re.compile(r"([^。，：:]{2,30})[：:]\s*(?=\S.{10})")
_URL = re.compile(rf"https?://[^\s{HAN}，。；、（）】」)]+")
_RECORDING = re.compile(
    rf"(?:原始内容|原视频|视频原?链接|视频地址|播客|原访谈|原文|原链接|完整视频|完整版|来源|参考)[^。\n]{{0,20}}?[：:]\s*"
    rf"(https?://[^\s{HAN}，。；、（）】」)]+(?:(?<=-)\n[^\s{HAN}，。；、（）】」)]+)?)"
)
_NAME = rf"[{HAN}A-Za-z][{HAN}A-Za-z·.• -]{{1,24}}?"
_AUTHOR = re.compile(
    rf"\W{{0,4}}(?:本文|原文|文章|这篇文章)的?作者\s*(?P<name>{_NAME})\s*(?=[（(]|是(?:一|[{HAN}]{{2,12}}的)|现任|曾任)"
    rf"|\W{{0,4}}(?:本文|原文|文章)?(?:作者|文|撰文|撰稿|记者(?=\s*[｜|丨/]))\s*[：:｜|丨/]\s*(?P<line>{_NAME})\s*(?:[（(，,。|｜丨/].*)?$"
    rf"|\W{{0,4}}(?P<behind>{_NAME})\s*(?:撰文|撰稿|/\s*文)\W*$"
)
_NOTE = re.compile(
    r"\W{0,4}(?:编者按|译者按|编者注|译者注|(?:本文|原文)(?:首发于|原载于?|刊于|译自|编译自|整理自|发表于|刊登于|最初|来自))"
)
_HELD_LINE = re.compile(
    r"(?:采访|访谈|对话|录音|录制|谈话|对谈)(?:时间|日期|于)|^\W*时间\s*[：:].*地点\s*[：:]|^\W*地点\s*[：:].*时间\s*[：:]"
)
_DATED = ("发布时间", "发布日期", "date", "日期", "dated")  # keys of metadata
_BEHIND_NAME = re.compile(r"\s+(?=(?:19|20)\d\d[-年/.]|(?:阅读|评论|浏览|点击|字号|点赞)(?:[\s\d：:]|$))")  # in one line with it
_META_LINE = re.compile(r"\s*(?:原文链接|封面图链接|来源|url|source)\s*[：:]", re.IGNORECASE)
LONG_PROMOTION = 60  # characters: a longer paragraph that mentions subscribing is still talk


def summary_at(blocks: Sequence[Block], at: int) -> int:
    """How many blocks a summary or list of quotes takes whose lead stands there; 0 where none does."""
    lead = blocks[at]
    if not _SUMMARY.search(lead.text) or (len(lead.text) > 160 and lead.kind != "quote"):
        return 0
    end = at + 1
    skipped = 0
    while end < len(blocks) and (blocks[end].kind in ("item", "quote") or (not skipped and lead.kind == "heading")):
        if blocks[end].kind == "heading":
            break
        if blocks[end].kind == "text":  # a line between the heading and its list
            skipped += 1
        end += 1
    lists = any(block.kind in ("item", "quote") for block in blocks[at + 1 : end])
    return end - at if lists else 0


def items(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """The items of a summary without their numbers, each as its title, "" for none, and what it says."""
    found = []
    for block in blocks[1:]:
        if block.kind in ("item", "quote") and not _SUMMARY.search(block.text[:30]):
            said = _NUMBER.sub("", block.text, count=1)
            titled = _ITEM_TITLE.match(said)
            found.append((titled[1].strip(), said[titled.end() :].strip()) if titled else ("", said.strip()))
    return [(about, item) for about, item in found if len(item) >= 8]


def is_footer(block: Block) -> bool:
    """Whether what comes from here on is no longer the article."""
    return bool(_AFTERWORD.match(block.text) or (_FOOTER.match(block.text) and len(block.text) <= LONG_PROMOTION))


def is_promotion(text: str) -> bool:
    """Whether a paragraph only asks to subscribe, share or buy, or tells who made the page and what it answers for."""
    if len(_IMPRINT.findall(text)) > 1:
        return True
    return len(text) <= LONG_PROMOTION and bool(_PROMOTION.search(text) or _CREDITS.match(text) or _DISCLAIMS.match(text))


def is_note(text: str) -> bool:
    """Whether a paragraph between what is said is nobody's words of the talk: all of it in brackets, or on the publication."""
    return bool(_NOTE_ALONE.match(text))


def title(blocks: Sequence[Block], metas: Iterable[Meta]) -> str:
    """The article's title: its metadata's, else its first heading, else a first line that reads like one."""
    for meta in metas:
        if meta.key == "title":
            return meta.value
    if not blocks:
        return ""
    first = next((block for block in blocks if block.kind == "heading"), None)
    if first and (first is blocks[0] or first.level == 1):
        return first.text
    one = blocks[0]
    return one.text if one.kind == "text" and len(one.text) <= 80 and one.text[-1] not in "。；" else ""


def outlet(metas: Iterable[Meta]) -> str:
    """Who published it: its author or account."""
    found = {meta.key: meta.value for meta in metas}
    return next(
        (
            _BEHIND_NAME.split(found[key])[0].strip()
            for key in ("文章作者", "来源", "source", "出处", "作者", "文", "author")
            if key in found
        ),
        "",
    )


def author(metas: Iterable[Meta], intro: str) -> str:
    """Who wrote it, where the introduction says so or a line of its own does: the account's name is the outlet's."""
    for line in intro.split("\n"):
        if found := _AUTHOR.match(line):
            return (found["name"] or found["line"] or found["behind"]).strip()
    found_metas = {meta.key: meta.value.strip() for meta in metas}
    named = next((found_metas[key] for key in ("作者", "文") if key in found_metas), "")
    return re.split("[（(，,|｜丨/]", _BEHIND_NAME.split(named)[0])[0].strip()


def published(metas: Iterable[Meta], top: Sequence[str]) -> dt.date | None:
    """When it was published: its metadata's date, else the only date in its first lines."""
    found_metas = list(metas)
    for keys in (_DATED, ("时间",)):
        for meta in found_metas:
            if meta.key in keys and (found := dates.date(meta.value)):
                return found
    found_days = {day for line in top if len(line) <= 60 and (day := dates.date(line))}
    return found_days.pop() if len(found_days) == 1 else None


def held(blocks: Iterable[Block], metas: Iterable[Meta]) -> str:
    """What lines of their own tell of when the talk was held, wherever they stand: `采访时间：7 月 28 日`, `时间：… 地点：…`."""
    found = list(metas)
    lines = [block.text for block in blocks if len(block.text) <= LONG_PROMOTION and _HELD_LINE.search(block.text)]
    if any(meta.key in _DATED for meta in found):
        lines += [f"访谈时间：{meta.value}" for meta in found if meta.key == "时间"]
    return "\n".join(lines)


def url(metas: Iterable[Meta]) -> str:
    """The article's own address."""
    for meta in metas:
        if meta.key in ("原文链接", "url") and (found := _URL.match(meta.value)):
            return found[0]
    return ""


def recording(raw: str) -> str:
    """The address of the original recording or transcript, where the article names one."""
    for line in _RECORDING.finditer(raw):
        if not _META_LINE.match(raw[raw.rfind("\n", 0, line.start()) + 1 : line.end()]):
            return line[1].replace("\n", "")
    return ""


def introduces(text: str) -> bool:
    """Whether a paragraph at the top of an essay is the editor's, on who wrote it and where it was printed."""
    return bool(_AUTHOR.match(text) or _NOTE.match(text))


def stands_before(block: Block, nth: int) -> bool:
    """Whether the nth block of a text without labels, from 0, stands before its talk: a date, or what the editor tells of it."""
    return (nth < 3 and published((), [block.text]) is not None) or (nth < 6 and introduces(block.text))


def talk_start(blocks: Sequence[Block]) -> int:
    """Which block is the first of the talk of a text without labels: behind the title and all that stands before."""
    ahead = [nth for nth, block in enumerate(blocks[:6]) if stands_before(block, nth)]
    titled = bool(blocks) and blocks[0].text == title(blocks, ())
    return ahead[-1] + 1 if ahead else int(titled)
