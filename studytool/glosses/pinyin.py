"""Chinese -> pinyin with tone marks, in citation tones. The only door to pypinyin.

It reads whole sentences: cut into words first, 银行行长 comes out wrong. What it does not know better, a few polyphones that
stand alone, is told by what stands beside them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from studytool.words import is_hanzi

_NUMBERED = re.compile(r"([A-Za-zü:]+)([1-5])")
_MARKS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}


def read_aloud(text: str) -> list[str]:
    """The syllable of each character of a text, "" where it is not Chinese."""
    import pypinyin

    found: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\u3400-\u9fff\uf900-\ufaff]+", text):
        found += _read_run(run) if is_hanzi(run[0]) else [""] * len(run)
    assert len(found) == len(text), pypinyin.__version__
    return found


@lru_cache(maxsize=4096)
def _read_run(run: str) -> list[str]:
    import pypinyin

    read = pypinyin.lazy_pinyin(run, style=pypinyin.Style.TONE, tone_sandhi=False)
    if len(read) != len(run):  # it joined some of them
        read = [pypinyin.lazy_pinyin(char, style=pypinyin.Style.TONE)[0] for char in run]
    return ["" if syllable == char else syllable for syllable, char in zip(read, run, strict=True)]


def marked(numbered: str) -> str:
    """CC-CEDICT's `lu:4 shi1` as `lǜ shī`; what is no syllable stays as it is."""
    return " ".join(_with_mark(syllable) for syllable in numbered.split())


def same(one: str, other: str) -> bool:
    """Whether two readings are one, but for neutral tones and capitals."""
    mine, theirs = one.casefold().split(), other.casefold().split()
    return len(mine) == len(theirs) and all(
        a == b or (bare(a) == bare(b) and (a == bare(a) or b == bare(b))) for a, b in zip(mine, theirs, strict=True)
    )


def bare(syllable: str) -> str:
    """A syllable without its tone."""
    import unicodedata

    flat = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(char for char in flat if char not in _MARKS.values()))


def _with_mark(syllable: str) -> str:
    import unicodedata

    match = _NUMBERED.fullmatch(syllable)
    if not match:
        return syllable
    letters, tone = match[1].replace("u:", "ü").replace("U:", "Ü"), int(match[2])
    if letters == "r" and tone == 5:
        return "r"
    if tone == 5:
        return letters
    low = letters.lower()
    at = next((low.index(vowel) for vowel in ("a", "e", "ou") if vowel in low), -1)
    if at < 0:  # iu, ui and single vowels: the last one
        at = max((nth for nth, char in enumerate(low) if char in "iouü"), default=len(low) - 1)
    return unicodedata.normalize("NFC", letters[: at + 1] + _MARKS[tone] + letters[at + 1 :])


def polyphone(char: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The reading of a character that is a word by itself, by the words about it; "" where no rule knows it better."""
    rule = _ALONE.get(char)
    if not rule:
        return ""
    usual, exceptions = rule
    last, following = (before[-1] if before else ""), (after[0] if after else "")
    for reading, pattern_before, pattern_after in exceptions:
        if re.search(pattern_before, last) and re.match(pattern_after, following):
            return reading
    return usual


_NUMERAL = r"[一二两三四五六七八九十百千万亿几半每数\d]$"
# char: (usual reading, [(other reading, pattern of the word before, of the word after)])
_ALONE: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "得": ("de", (("děi", r"^(?:我|你|他|她|它|谁|人|我们|你们|他们|都|就|总|也|还|不|又|可|只|先|必|非)$", r"(?!到|了|知|出|以|起)"),)),
    "地": ("de", (("dì", r"^(?:|此|该|各|当|某|这块|那块|一块|块|片|在|落|全|外|异|本|两|多)$", r""),)),
    "的": ("de", ()),
    "了": ("le", (("liǎo", r"^(?:不|得)$", r"(?!$)|$"),)),
    "着": ("zhe", ()),
    "过": ("guò", ()),
    "都": ("dōu", ()),
    "还": ("hái", ()),
    "只": ("zhǐ", (("zhī", _NUMERAL, r""),)),
    "当": ("dāng", ()),
    "长": ("cháng", (("zhǎng", r"^(?:.*(?:在|越|生|成|会|越来越|的|慢慢|里))$", r"(?:成|出|大|得|在|满|起)"),)),
    "种": ("zhǒng", (("zhòng", r"", r"(?:树|菜|田|地|下|花)"),)),
    "重": ("zhòng", (("chóng", r"", r"(?:新|写|做|建|启|来|返)"),)),
    "更": ("gèng", ()),
    "要": ("yào", ()),
    "行": ("xíng", (("háng", _NUMERAL, r"(?!动|走)"),)),
    "教": ("jiāo", ()),
    "干": ("gàn", ()),
    "发": ("fā", ()),
    "应": ("yīng", ()),
    "将": ("jiāng", ()),
    "处": ("chù", (("chǔ", r"", r"(?:于|在|理)"),)),
    "分": ("fēn", ()),
    "数": ("shù", (("shǔ", r"", r"(?:一数|出|到)"),)),
    "为": (
        "wèi",
        (
            ("wéi", r"(?:作|成|认|视|称|变|分|改|转|以|命名|定义|评|选|译|转化|转变|简化|理解|描述|设|列|化|定|提升|降|升|减|仅|约|均|多|更|最|极|尤|甚|颇|皆|即|既|沦|誉|尊|奉|推|当|打造|设计|视之|概括|归纳|归结|总结|解释|解读|比喻|形容|区分|划分|增加|缩减|缩短|扩展|改造|塑造|训练|写|公认|认定|任命)$", r""),
            ("wéi", r"(?:公司|率|年|数|价|值|额|量|者|名|期|长|组织|目标|核心|时间|规模|成本|内容|主题|地点)$", r""),
        ),
    ),
    "与": ("yǔ", ()),
    "和": ("hé", ()),
    "没": ("méi", ()),
    "给": ("gěi", ()),
    "难": ("nán", ()),
    "好": ("hǎo", ()),
    "少": ("shǎo", ()),
    "便": ("biàn", ()),
    "倒": ("dào", ()),
    "称": ("chēng", ()),
    "转": ("zhuǎn", ()),
    "占": ("zhàn", ()),
    "空": ("kōng", ()),
    "调": ("diào", (("tiáo", r"", r"(?:高|低|整|好|到|成)"),)),
    "率": ("lǜ", ()),
    "量": ("liàng", ()),
    "间": ("jiān", ()),
    "中": ("zhōng", ()),
    "上": ("shàng", ()),
    "曾": ("céng", ()),
    "差": ("chà", ()),
    "几": ("jǐ", ()),
    "答": ("dá", ()),
    "似": ("sì", ()),
    "看": ("kàn", ()),
    "相": ("xiāng", ()),
    "朝": ("cháo", ()),
    "系": ("xì", ()),
    "卷": ("juǎn", ()),
    "扎": ("zhā", ()),
    "那": ("nà", ()),
    "哪": ("nǎ", ()),
    "吗": ("ma", ()),
    "呢": ("ne", ()),
    "吧": ("ba", ()),
    "啊": ("a", ()),
    "么": ("me", ()),
    "谁": ("shéi", ()),
    "这": ("zhè", ()),
    "会": ("huì", ()),
    "能": ("néng", ()),
    "说": ("shuō", ()),
    "大": ("dà", ()),
    "再": ("zài", ()),
    "期": ("qī", ()),
}  # fmt: skip
