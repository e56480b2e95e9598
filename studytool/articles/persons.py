"""Who is named in an article told in the third person: people's names, the forms that are one person's, and who else comes up."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool import chinese
from studytool.articles.sayings import POST, Sayings
from studytool.chinese import HAN

MOST_MET, MOST = 200, 60  # what may be a name, and names, that are looked at: the most frequent ones
TWICE = 2  # times that a name must be met which no post goes with
OFTEN = 4  # likewise of one that ends in a word
LONGER = 0.7  # share of a two-hanzi name's places from which on the hanzi behind it is part of it
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_USUAL = _SURNAMES[:200]
_COMMON = frozenset(
    "和于时成应全计平利公国门但由来相都那位信云区展花海母原初满强南权宣支智富明连向任包路关单管项边解曲商封查谈班党麻乐居元干干车文方高石安金万"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|南宫|端木|独孤"
_NAME = rf"(?:(?:{_COMPOUND})[{HAN}]{{1,2}}|[老小阿][{_USUAL}]|[{_SURNAMES}][{HAN}]{{1,2}})"
_SOUNDS = "阿埃艾爱安奥巴白班邦保贝本比彼波伯勃博布查达戴丹道德登迪蒂丁杜顿多恩尔法菲费芬弗夫福富盖冈戈格古哈海汉赫亨华怀霍基吉加杰金卡凯坎科克肯库奎拉莱兰朗劳勒雷里理利丽莉林琳隆卢鲁路露伦罗洛马玛麦曼梅门蒙米密明摩莫姆穆纳娜南内尼妮宁纽诺欧帕潘佩彭皮珀普齐奇乔切琴丘热仁荣瑞若萨塞赛桑瑟森沙莎山珊尚舍申圣施史舒司丝斯思松苏索塔泰坦汤唐特腾提汀廷图托瓦万威韦维温文沃乌吴伍西希锡夏肖谢辛欣休逊雅亚延扬耶叶伊依因英尤于约赞泽扎詹兹滋佐"
_FOREIGN = rf"[{HAN}]{{1,6}}(?:[·•][{HAN}]{{1,8}}?)+?"
_LATIN = r"(?<![A-Za-z])[A-Z][a-zÀ-ž'’-]+(?: [A-Z]\.)?(?: [A-Z][A-Za-zÀ-ž'’-]+){1,2}(?![A-Za-z])"
_SAID = (
    r"(?:自己|后来|曾|也|又|还|则|就|对|向|告诉|在|笑|一直|当时|终于|总结|回忆|坦言|承认|说(?![服明法])|表示|认为|解释|指出|补充|强调|感叹|回答|反问|判断|"
    r"提到|透露|介绍)"
)
_AT = rf"(?:(?<=[，。！？；：“”」「\n（、])|(?<=^)|(?<={'|'.join(['人', '官', '师', '长', '总', '监', '理', '授', '员', 'O', '士', '家', '的', '裁'])}))"
_NO_NAME = re.compile(r"[们人者员家方者说的了着过是在和与]$|^(?:高管|时候|成本|应该|全部|文章|管理|连续)|公司|团队|自己")
_OPENS = frozenset("，。！？；：、“”\n 和与跟给对向叫是见找问")  # what a name may stand behind
_NEVER = frozenset("的了着过是在和与但那这么什怎我你他她它您们吗呢吧啊就也都又把被给对从将")
_OTHERS = re.compile(
    r"(?P<met>(?:另|这|那|某|几|有|一|每|同一)(?:一)?[位名](?!置)|(?<!没)[有某](?:人|个人)(?!工)|(?<!没有)[一那这有另]个[^，。！？；：“”\n]{0,10}?(?:人|孩子|朋友|同事|员工|老板|客户)(?![工类]))|"
    r"(?P<role>(?<!人)老板|护士|司机|董事(?!会|长)|太太|妻子|丈夫|老公|老婆|父亲|母亲|爸爸|妈妈|爷爷|奶奶|儿子|女儿|房东|同事|朋友|猎头|投资人|秘书|保安|店主|医生|老师|导师|"
    r"同学|对方|小孩|孩子|哥哥|弟弟|姐姐|妹妹|邻居|师傅|前台|徒弟|学生|主持人|客人|顾客|合伙人|同行|队友|网友|家属|病人|老人|工人|农民|村民|居民|船长|[茶果菜花]农|木匠|石匠|商贩|客商)|"
    r"(?P<latin>(?<![A-Za-z])[A-Z][a-zÀ-ž]{1,11}(?= ?(?:说|问|笑|坐|走|站|看了|想|听|告诉|觉得|认为|把|给|进来)))"
)
_PRONOUN = re.compile(r"(?<!其)(?P<who>他|她)(?![们人国乡日])")


class Mention(NamedTuple):
    """Somebody who comes up in the narration: a person's full name, or "" for somebody else."""

    who: str
    at: int
    near: bool = False  # whether it is a bystander: 司机, 护士
    age: int = 0  # paragraphs since then in which nothing may be said of them


class Persons:
    """The people of one article."""

    def __init__(self, paragraphs: Sequence[str], top: str) -> None:
        self._text = "\n".join((top, *paragraphs))
        met = Counter(_met(self._text))
        names = {name for name, _ in met.most_common(MOST_MET) if self._is_name(name)}
        names -= {
            name
            for name in names
            if any(other != name and other.startswith(name) and self._longer(other, name) for other in names)
        }
        names -= {name for name in names if any(other != name and name.startswith(other) for other in names)}
        self.full = {name: name for name in sorted(names, key=lambda name: -met[name])[:MOST]} | self._foreign()
        self._mention = re.compile("|".join(map(re.escape, sorted(self.full, key=len, reverse=True))) or r"(?!)")
        self.sayings = Sayings(self.full)
        self._genders: dict[str, Counter[str]] = {}

    def _is_name(self, name: str) -> bool:
        posted = re.search(rf"{POST}[ 、]?{re.escape(name)}", self._text)
        if _NO_NAME.search(name) or (chinese.frequency(name) and not chinese.is_person(name)):
            return False
        if (
            len(name) > 2
            and not posted
            and chinese.frequency(name[:2])
            and not chinese.is_person(name[:2])
            and not chinese.is_person(name)
        ):
            return False  # 许多人说
        if any(char in _NEVER for char in name):
            return False  # 但我, 那你
        if len(name) == 3 and chinese.frequency(name[1:]) and not chinese.is_person(name[1:]) and self._text.count(name) < OFTEN:
            return False  # 律师和审计
        if len(name) == 2 or self._longer(name, name[:2]):
            return bool(posted) or self._text.count(name) >= TWICE
        return False

    def _longer(self, name: str, shorter: str) -> bool:
        return self._text.count(name) >= LONGER * self._text.count(shorter)

    def _foreign(self) -> dict[str, str]:
        """Foreign names, whole and by each part that is only one person's, each with the whole name."""
        ends = rf"(?=[，。、：；（(“”」\s的]|{_SAID}|$)"
        met: Counter[str] = Counter()
        for pattern in (
            rf"(?<![{HAN}])({_FOREIGN}){ends}",
            rf"{POST}({_FOREIGN}){ends}",
            rf"(?:[{HAN}，。：“”、\s]|^)({_LATIN}) ?{_SAID}",
            rf"{POST} ?({_LATIN})",
        ):
            met.update(found[1] for found in re.finditer(pattern, self._text))
        whole = [name for name, _ in met.most_common(MOST) if name[0] not in _NEVER]
        whole = [name for name in whole if not any(other != name and name.endswith(other) for other in whole)]  # 他和玛拉·奎尔
        found = {name: name for name in whole}
        parts = Counter(part for name in whole for part in set(re.split(r"[\s·•]", name)))
        for name in whole:
            found |= {part: name for part in re.split(r"[\s·•]", name) if len(part) > 1 and parts[part] == 1}
        alone = Counter(one[1] for one in re.finditer(rf"{_AT}([{_SOUNDS}]{{3,6}}?)(?={_SAID})", self._text))
        for name, _ in alone.most_common(MOST):
            known = chinese.frequency(name) and not chinese.is_person(name)
            if name not in found and not known and self._text.count(name) >= TWICE:
                found[name] = name
        return found

    def mentions(self, narration: str) -> list[Mention]:
        """Who comes up in a piece of narration, in its order."""
        known = [Mention(self.full[found[0]], found.start()) for found in self._mention.finditer(narration)]
        taken = {at for found in self._mention.finditer(narration) for at in range(found.start(), found.end())}
        starts = {found.start() for found in self._mention.finditer(narration)}
        for found in _OTHERS.finditer(narration):
            named = re.match(rf"{POST}?[^，。“”]{{0,3}}?", narration[found.end() :])
            beside = any(at in starts for at in range(found.end(), found.end() + (named.end() if named else 0) + 4))
            if not beside and found.start() not in taken:
                known.append(Mention("", found.start(), near=found.lastgroup != "met"))
        known += [Mention("", at) for at in self._strangers(narration) if at not in taken]
        return sorted(known, key=lambda one: one.at)

    def _strangers(self, narration: str) -> Iterator[int]:
        """Where names stand that nobody is known by: 小陈, 李小明. Words of one hanzi each, the first of them a surname."""
        words, at = chinese.words(narration), 0
        for nth, word in enumerate(words):
            after = words[nth + 1] if nth + 1 < len(words) else ""
            given = bool(re.match(f"[{HAN}]{{1,2}}$", after)) and after not in chinese.FUNCTION_WORDS
            single = given and len(after) == 1
            opens = not nth or words[nth - 1] in _OPENS  # 林晚霞 is 林 and a word; 一张桌子 is no name
            usual = word[0] in _USUAL and word[0] not in _COMMON
            if (usual and (chinese.is_person(word) if len(word) > 1 else single or (given and opens))) or (
                word in ("老", "小", "阿") and single and after in _USUAL
            ):
                yield at
            at += len(word)

    def learn(self, narration: str) -> None:
        """Whether somebody is 他 or 她, from a paragraph that names nobody else."""
        found = self.mentions(narration)
        who = {one.who for one in found if not one.near}
        if len(who) != 1 or not (name := who.pop()):
            return
        for pronoun in _PRONOUN.finditer(narration, found[0].at):
            self._genders.setdefault(name, Counter())[pronoun["who"]] += 1

    def may_be(self, name: str, pronoun: str) -> bool:
        """Whether a pronoun may stand for somebody; 我 and a name may."""
        seen = self._genders.get(name)
        return pronoun not in ("他", "她") or not seen or seen[pronoun] >= 0.4 * seen.total()


def pronouns(narration: str) -> set[str]:
    """Which of 他 and 她 stand in a text."""
    return {found["who"] for found in _PRONOUN.finditer(narration)}


def _met(text: str) -> Iterator[str]:
    """What may be a name: behind a post, or before what people do when they talk, both lengths of it; or what opens clauses again
    and again and is made of no words."""
    opening = Counter(found[1] for found in re.finditer(rf"{_AT}(?=([{_SURNAMES}][{HAN}]{{2}}))", text))
    for name, times in opening.items():
        if times >= OFTEN and not any(chinese.frequency(part) for part in (name, name[:2], name[1:])):
            yield name
    for found in re.finditer(rf"{_AT}(?={_NAME})", text):
        for size in (2, 3, 4):
            name = text[found.end() : found.end() + size]
            if re.fullmatch(_NAME, name) and re.match(_SAID, text[found.end() + size : found.end() + size + 4]):
                yield name
    for found in re.finditer(rf"{POST}[ ]?(?={_NAME})", text):
        for size in (2, 3, 4):
            name = text[found.end() : found.end() + size]
            if re.fullmatch(_NAME, name) and len(name) == size:
                yield name
