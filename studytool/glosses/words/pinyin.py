"""Chinese -> pinyin with tone marks, in citation tones. The only door to pypinyin.

Whole sentences are read: cut into words first, 银行行长 comes out wrong. pypinyin loads its tables for 0.13 s, which is half of
what making a deck takes; so they are indexed once beside the dictionary, and read from there as pypinyin reads them: the longest
phrase first. What it does not know better, a few characters that stand alone, is told by what stands beside them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from studytool.words import is_hanzi

LONGEST = 10  # characters of a phrase that is looked for
_NUMBERED = re.compile(r"([A-Za-zü:]+)([1-5])")
_MARKS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}


def readings() -> Iterator[tuple[str, str]]:
    """Every character and phrase that pypinyin knows, with its reading, syllables parted by a blank."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    for code, told in PINYIN_DICT.items():
        yield chr(code), told.split(",")[0]
    for phrase, syllables in PHRASES_DICT.items():
        if len(phrase) == len(syllables):
            yield phrase, " ".join(syllable[0] for syllable in syllables)


def read_aloud(text: str, known: Callable[[Sequence[str]], dict[str, str]]) -> list[str]:
    """The syllable of each character of a text, "" where it is not Chinese.

    `known` gives the readings of those of some phrases that are known.
    """
    found = [""] * len(text)
    at = 0
    while at < len(text):
        if not is_hanzi(text[at]):
            at += 1
            continue
        end = at + 1
        while end < len(text) and end - at < LONGEST and is_hanzi(text[end]):
            end += 1
        there = known([text[at:stop] for stop in range(at + 1, end + 1)])
        best = max(there, key=len, default="")
        for nth, syllable in enumerate(there[best].split(" ") if best else ()):
            found[at + nth] = syllable
        at += len(best) or 1
    return found


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
    flat = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(char for char in flat if char not in _MARKS.values()))


def _with_mark(syllable: str) -> str:
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
    last, following = (before[-1] if before else ""), (after[0] if after else "")
    for reading, behind, ahead in _OTHERWISE.get(char, ()):
        if re.search(behind, last) and re.match(ahead, following):
            return reading
    return _USUAL.get(char, "")


# What a character of several readings is read as where it stands alone, in today's prose.
_USUAL = dict(
    pair.split(":")
    for pair in """得:de 地:de 的:de 了:le 着:zhe 过:guò 都:dōu 还:hái 只:zhǐ 当:dāng 长:cháng 种:zhǒng 重:zhòng 更:gèng 要:yào
    行:xíng 教:jiāo 干:gàn 发:fā 应:yīng 将:jiāng 处:chù 分:fēn 数:shù 为:wèi 与:yǔ 和:hé 没:méi 给:gěi 难:nán 好:hǎo 少:shǎo
    便:biàn 倒:dào 称:chēng 转:zhuǎn 占:zhàn 空:kōng 调:diào 率:lǜ 量:liàng 间:jiān 中:zhōng 上:shàng 曾:céng 差:chà 几:jǐ 答:dá
    似:sì 看:kàn 相:xiāng 朝:cháo 系:xì 卷:juǎn 扎:zhā 那:nà 哪:nǎ 吗:ma 呢:ne 吧:ba 啊:a 么:me 谁:shéi 这:zhè 会:huì 能:néng
    说:shuō 大:dà 再:zài 期:qī""".split()
)
_COUNT = r"[一二两三四五六七八九十百千万亿几半每数\d]$"
# As what else it is read: the reading, a pattern of the word before it and one of the word after.
_OTHERWISE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "得": (("děi", r"^(?:[我你他她它谁人]们?|都|就|总|也|还|不|又|可|只|先|必|非)$", r"(?![到了知出以起])"),),
    "地": (("dì", r"^(?:[此该各当某块片在落全外异本两多]|[这那一]块)?$", r""),),
    "了": (("liǎo", r"^[不得]$", r""),),
    "只": (("zhī", _COUNT, r""),),
    "行": (("háng", _COUNT, r"(?![动走])"),),
    "长": (("zhǎng", r"", r"[成出大得在满起]"),),
    "种": (("zhòng", r"", r"[树菜田地下花]"),),
    "重": (("chóng", r"", r"[新写做建启来返]"),),
    "处": (("chǔ", r"", r"[于在理]"),),
    "数": (("shǔ", r"", r"一数|[出到]"),),
    "调": (("tiáo", r"", r"[高低整好到成]"),),
    "为": (("wéi", r"[作成认视称变分改转以名义评选译化定设列升降减仅约均更最极即沦誉尊奉推当造计解述容释结括短展]$", r""),
           ("wéi", r"", r"[\d一二三四五六七八九十零]")),
}  # fmt: skip
