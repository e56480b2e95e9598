"""Who talks: labels at the start of blocks, names of one person written differently, and who asks rather than answers."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from studytool.articles.blocks import Block
from studytool.chinese import HAN

_LABEL = re.compile(
    r"\s*(?P<name>[《「『“【]?[^\s：:，。！？,!?；;“”\"()（）《》「」『』【】|｜/][^：:，。！？,!?；;“”\"《》「」『』【】|｜\n]{0,30}?[》」』”】]?)"
    r"\s*(?:[（(][^（）()]{1,30}[）)])?\s*[：:]\s*"
)
_TITLE = re.compile(
    r"^(?:节目|访谈)?(?:主持人|主播|记者|嘉宾|提问者|观众提问|观众|听众)[\s:]*(?=\S)(?![\d一二三四五六七八九十甲乙丙丁A-Z]$)"
)
_ROLE = re.compile(
    r"^(主持人?|主播|记者|采访者|访谈者|提问者?|现场提问者?|现场观众|观众|听众|学生|问|Q\d*|Host|Interviewer|Moderator|Audience)\d*$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r".(?:说道?|问道?|表示|认为|告诉我们?|告诉记者|解释|回忆|补充|强调|承认|总结|感叹|回答|反问|坦言|指出|透露|介绍|一句|说法|笑道|[写答]道)$"
)
_ANSWERS = re.compile(r"^(答|嘉宾|受访者|A\d*|Guest)$", re.IGNORECASE)
_OUTLET = re.compile(r"^[《「『“【].*[》」』”】]$")
_NO_NAME = re.compile(
    r"^(注|例如|比如|譬如|首先|其次|再次|最后|第[一二三四五六七八九十\d]|原因|结论|问题|目录|作者|编辑|来源|时间|地点|链接|标题|图|表|提示|补充|"
    r"总之|另外|此外|但是|所以|因此|因为|我|他|她|你|这|那|其中|以下|如下|本文|原文|微信|公众号|https?|参考|封面|一个|还有|就是|也就是|换句话说|答案|事实|"
    r"观点|要点|关键|摘要|核心|备注|声明|更多|关于)"
)
_POST = r"(?:[师官人裁授士长家者员事理]|CEO|CTO|嘉宾(?:[：:]|是|为))"
_NAMED = re.compile(rf"{_POST}\s*(?P<name>[{HAN}]{{1,6}}(?:[·•][{HAN}]{{1,8}}?)+)(?=[（(，,。、的于在是和与]|$)")
_LATIN = re.compile(r"[（(](?P<name>[A-Z][A-Za-zÀ-ž.'-]+(?: [A-Z][A-Za-zÀ-ž.'-]*){1,3})[）)]")
SOMEBODY = "受访者"
_AND = re.compile(r"\s*(?:和|与|、|&|\band\b)\s*")
FEW, NAMES_LENGTH = 3, 24  # a label that is not bold must come that often; and it is at most that long, in characters


class Label(NamedTuple):
    """A speaker's name at the start of a block, and where what is said begins."""

    name: str
    end: int


def label(block: Block) -> Label | None:
    """What may be a speaker's label at the start of a block."""
    if block.kind == "quote" or not (found := _LABEL.match(block.text)):
        return None
    raw = found["name"]
    if raw[-1].isdigit() and block.text[found.end() : found.end() + 1].isdigit():
        return None  # 林岚 00:12
    if block.text[found.end() : found.end() + 1] in ("“", "「", '"') and _TELLS.search(raw):
        return None  # 林岚后来告诉我：“…”: an article's narrative
    name = _name(raw)
    if not name or len(name) > NAMES_LENGTH * len(_AND.split(name)) or _NO_NAME.match(name) or re.fullmatch(r"[\d.\s]+", name):
        return None
    return Label(name, found.end())


def _name(raw: str) -> str:
    bare = re.sub(r"\s+", " ", raw.strip(" _#>*"))
    named = _TITLE.sub("", bare)
    flat = re.sub(rf"(?<=[{HAN}]) (?=[{HAN}])", "", named or bare)
    return flat.strip()


def speakers(blocks: Sequence[Block]) -> dict[str, str]:
    """The speakers by the names that their labels give them, each with the fullest form of that name."""
    seen: Counter[str] = Counter()
    bold: Counter[str] = Counter()
    once: set[str] = set()  # bold, and no heading
    for block in blocks:
        if found := label(block):
            seen[found.name] += 1
            once |= {found.name} if block.kind == "text" and block.bold and block.bold[0][0] <= 1 else set()
            bold[found.name] += bool(block.bold and block.bold[0][0] <= 1) or block.kind == "heading"
    names = {
        name
        for name, times in seen.items()
        if times >= FEW or (bold[name] and times >= 2) or (times >= 2 and (_ROLE.match(name) or _ANSWERS.match(name)))
    }
    for name in seen:  # **Ada Hill：** once, **Ada：** from then on
        if name in once and name not in names and sum(part in names for part in re.split(r"[\s·]", name)) == 1:
            names = names | {name}
    if sum(seen[name] for name in names) < 4 or len(names) < 2:
        return {}
    full = {name: _fullest(name, names, seen) for name in names} | _rare(seen, names, bold)
    if all(_OUTLET.match(name) for name in full.values() if name):
        return {name: bracketed[1:-1] for name, bracketed in full.items()}  # 「林岚」 and 「主持」: the layout's brackets
    return full


def _rare(seen: Counter[str], names: set[str], bold: Counter[str]) -> dict[str, str]:
    """Labels met once that are two known names joined, a known name split, or a bold one among bold ones."""
    compact = {name.replace(" ", "").casefold(): name for name in names}
    found = {}
    for name in seen:
        if name in names:
            continue
        parts = _AND.split(name)
        if name.replace(" ", "").casefold() in compact:
            found[name] = compact[name.replace(" ", "").casefold()]
        elif len(parts) > 1 and all(part in names for part in parts):
            found[name] = ""  # said together: nobody's claim
        elif bold[name] and _ROLE.match(name):
            found[name] = name
    return found


def _fullest(name: str, names: set[str], seen: Counter[str]) -> str:
    """`Sam` is `Sam Altman` where only one such stands in the text."""
    flat = name.replace(" ", "").casefold()
    same = [other for other in names if other.replace(" ", "").casefold() == flat]
    if len(same) > 1:
        name = max(same, key=lambda other: (seen[other], other))
    longer = [other for other in names if other != name and name in re.split(r"[\s·]", other)]
    return longer[0] if len(longer) == 1 else name


def full_name(name: str, top: str) -> str:
    """A first or last name as what stands above the talk gives it in full, where it gives one such only."""
    if re.search(r"[\s·•]", name) or _ROLE.match(name) or len(name) < 2:
        return name
    if name.isascii():
        bare = re.escape(name)
        found = set(re.findall(rf"(?<![A-Za-z]){bare} [A-Z][a-zÀ-ž'-]+(?![A-Za-z])", top))
        found = found or set(re.findall(rf"(?<![A-Za-z])[A-Z][a-zÀ-ž'-]+ {bare}(?![A-Za-z ])", top))
    else:
        ends = rf"(?:[·•][{HAN}]{{1,6}}?)+(?=[：:，,。、（(｜| 谈：]|$)"
        found = set(re.findall(rf"{re.escape(name)}{ends}", top, re.MULTILINE))
        found = found or set(
            re.findall(rf"(?:^|[：:，,、 师官人长家授])([{HAN}]{{1,5}}[·•]{re.escape(name)})", top, re.MULTILINE)
        )
    return found.pop() if len(found) == 1 else name


def hosts(turns: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Who asks, of turns as (speaker, text): by role, by outlet, else by the share of turns that end as questions."""
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for name, text in turns:
        count[name] += 1
        size[name] += len(text)
        asks[name] += _asks(text)
    total = sum(size.values()) or 1
    shares = {name: asks[name] / count[name] for name in count}
    least = min(shares.values(), default=0.0)
    found = {
        name
        for name in count
        if _ROLE.match(name)
        or _OUTLET.match(name)
        or (shares[name] >= 0.45 and size[name] < 0.45 * total)
        or (shares[name] >= 0.28 and size[name] < 0.42 * total and least <= 0.12)
    }
    if found == set(count) and count:
        found.discard(max(count, key=lambda name: size[name]))
    return frozenset(found)


def _asks(text: str) -> bool:
    return text.rstrip(" ”’」』）)*")[-1:] in ("？", "?")


def answering(label: str, intro: str) -> str:
    """Who stands behind a label such as `A` or `答`: the only person whom the introduction names, else somebody."""
    if not _ANSWERS.match(label):
        return label
    for pattern in (_NAMED, _LATIN):
        found = {one["name"] for one in pattern.finditer(intro)}
        if len(found) == 1:
            return found.pop()
    return SOMEBODY
