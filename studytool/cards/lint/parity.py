"""L52, L53, L54: Chinese and English that do not say the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studytool import chinese, cloze, numbers
from studytool.cards.lint.rule import Broken
from studytool.model import Entry, Source, Topic


def differing(entry: Entry, _: Topic) -> Iterator[Broken]:
    """L52 and L53: figures, dates, names or negation that one language has and the other lacks."""
    statement = entry.statement
    for field, zh, en in (
        ("zh", cloze.plain(statement.zh), cloze.plain(statement.en)),
        ("question", statement.question, statement.question_en),
        ("answer", statement.answer, statement.answer_en),
    ):
        if not zh or not en:
            continue
        field_en = "en" if field == "zh" else f"{field}_en"
        in_zh, in_en = numbers.in_chinese(zh, chinese.words), numbers.in_english(en)
        missing = (
            numbers.lonely(in_zh, in_en)
            + _latin_missing(zh, en, in_en, brief=field == "answer")
            + list(_names_missing(entry.source, zh, en))
        )
        if missing:
            yield Broken("L52", field_en, f"has no {' or '.join(missing)}, which the Chinese has")
        missing = numbers.lonely(in_en, in_zh) + _models_missing(en, zh, in_zh) + list(_names_missing_zh(entry.source, zh, en))
        if missing:
            yield Broken("L52", field, f"has no {' or '.join(missing)}, which the English has")
        if field == "question":
            continue
        if (said := _denied(zh)) and not _SOME_NO_EN.search(en):
            yield Broken("L53", field_en, f"denies nothing, the Chinese does: {said!r}")
        if (said := _denied_en(en)) and not _SOME_NO.search(zh):
            yield Broken("L53", field, f"denies nothing, the English does: {said!r}")


def wavering(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Broken]]:
    """L54: one term glossed in two ways across the corpus, one speaker named in two ways."""
    glossed: defaultdict[str, defaultdict[str, list[tuple[Entry, str]]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        zh, en = entry.statement.zh, entry.statement.en
        for number in cloze.numbers(zh):
            if gloss := _gloss(cloze.blank(en, number)):
                glossed[chinese.folded(cloze.blank(zh, number))][gloss].append((entry, cloze.blank(en, number)))
    for term, glosses in glossed.items():
        yield from _minority(glosses, "en", f"{term} is")
    named: defaultdict[str, defaultdict[str, list[tuple[Entry, str]]]] = defaultdict(lambda: defaultdict(list))
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.source.id, entry)
    for entry in first.values():
        for name, name_en in zip(entry.source.speakers, entry.source.speakers_en, strict=False):
            named[name][name_en].append((entry, name_en))
    for name, names_en in named.items():
        yield from _minority(names_en, "speaker", f"the source names {name}")


def _minority(ways: dict[str, list[tuple[Entry, str]]], field: str, what: str) -> Iterator[tuple[Entry, Broken]]:
    """Report all that do not go the commonest way."""
    usual = max(ways, key=lambda way: len(ways[way]))
    other, other_said = ways[usual][0]
    for way, found in ways.items():
        if way != usual:
            for entry, said in found:
                yield entry, Broken("L54", field, f"{what} {said!r} here, {other_said!r} in {other.key}")


def _gloss(text: str) -> str:
    words = re.findall(r"[\w.%$]+", re.sub(r"['’]s\b", "", text.casefold()))
    while words and words[0] in ("a", "an", "the"):
        del words[0]
    return " ".join(re.sub(r"(?<=[^s])s$", "", re.sub(r"(?<=..)ies$", "y", word)) for word in words)


# ---- names

_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.*+&'-]*(?<![.'-])")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|the (?:company|technology|firm))\b", re.IGNORECASE)
_MODEL = re.compile(r"(?<![\w-])(?!COVID)(?:[A-Z][A-Za-z]*-?\d[\w.]*|[a-z]\d\w*)(?<!\.)")


def _names_missing(source: Source, zh: str, en: str) -> Iterator[str]:
    """Speakers named in the Chinese and not in the English."""
    for name, name_en in zip(source.speakers, source.speakers_en, strict=False):
        parts = name_en.split()
        if name in zh and not any(_stands(part, en) for part in (parts[-1:] if "·" in name else parts)):  # Fang Yuan, Mr Fang
            yield name


def _names_missing_zh(source: Source, zh: str, en: str) -> Iterator[str]:
    for name, name_en in zip(source.speakers, source.speakers_en, strict=False):
        last = name_en.split()[-1]
        if re.search(rf"\b{re.escape(last)}\b", en) and not any(part in zh for part in (*name.split("·"), last)):
            yield last


def _latin_missing(zh: str, en: str, figures: list[numbers.Figure], *, brief: bool) -> list[str]:
    """Latin words of the Chinese with a capital or a digit, such as OpenAI or o1, that the English lacks."""
    found = []
    for word in dict.fromkeys(_LATIN.findall(zh)):
        if not re.search("[A-Z]|[a-z].*[0-9]|[0-9].*[a-z]", word) or _stands(word, en) or _is_acronym(word, en):
            continue
        if brief and word.isalpha() and _PRONOUN.search(en):
            continue  # "it"
        digits = re.match(r"\d+", word)
        if not digits or numbers.lonely(numbers.in_english(digits[0]), figures):
            found.append(word)
    return found


def _models_missing(en: str, zh: str, figures: list[numbers.Figure]) -> list[str]:
    """Names with a number, such as GPT-4, that the Chinese lacks."""
    return [
        word
        for word in dict.fromkeys(_MODEL.findall(en))
        if not _stands(re.sub("s$", "", word), zh) and numbers.lonely(numbers.in_english(re.sub(r"\D+", " ", word)), figures)
    ]


@lru_cache(maxsize=1024)
def _as_word(word: str) -> re.Pattern[str]:
    spelled = r"[-\s]?".join(re.escape(part) for part in re.split("-", word))
    return re.compile(rf"(?<![A-Za-z0-9]){spelled}(?:['’]?s)?(?![A-Za-z0-9]|\.\d)", re.IGNORECASE)


def _stands(word: str, text: str) -> bool:
    return bool(_as_word(word).search(text))


def _is_acronym(word: str, en: str) -> bool:
    """AGI for artificial general intelligence, CEO for chief executive."""
    initials = "".join(part[0] for part in re.findall("[A-Za-z]+", en)).upper()
    return word.isalpha() and word.isupper() and len(word) > 1 and (word in initials or (len(word) > 2 and word[:-1] in initials))


# ---- negation

_NOT_NO = re.compile(
    r"""(.)不\1|不(?:仅|只是?|单|光|断|久|同|少|过(?!去|来)|错|管|论|但|妨|禁|由得|惜|止|愧|约而同|知不觉|时|料|懈|妥|难|如|利|那么|起眼|亦乐乎|外乎|可思议|寻常|得不|能不|亚于|小)
    |不(?:太|大)?一样|不可(?:避免|否认|或缺)|不一(?!定)|[免少大忍]不[了住]|离不开|差不多|了不起|对不起|说不定|恨不得|巴不得|要不(?:是|然)?|无不|莫不|没准|没[想料]到|有没有
    |没有?(?:[^，。；]{1,12})就没有?|非[常洲凡]|莫非|非营利|非要|未[来必免]""",
    re.VERBOSE,
)
_NO = re.compile("不|没|从未|尚未|未[能曾经]|并[未非]|绝非|无法|毫无|无[人权意需须]|拒绝")
_SOME_NO = re.compile(
    "[不没未无否别非莫勿免禁]|难以|很难|还差|拒|缺|失败|失去|停止|停下|避开|防止|反对|抵制|而是|与其|错|脱离|放弃|怀疑|忽视|忽略|忘|漏|极少|很少|谈何"
)
_NOT_NO_EN = re.compile(
    r"""\bnot\ (?:only|just|merely|simply|to\ mention|least|until)\b|\bno\ (?:doubt|longer|matter|sooner|less|fewer|wonder)\b
    |\bnothing\ (?:but|less)\b|\b(?:cannot|can't|could\ not|couldn't)\ (?:help|wait)\b
    |\b(?:or|why|if)\ not\b|\bnonetheless\b|\bNo\.\ ?\d""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_EN = re.compile(r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_SOME_NO_EN = re.compile(
    rf"""{_NO_EN.pattern}|\b(?:un(?!til|der|ion|it|iv|iq|cle\b)\w{{3,}}|non-?\w{{3,}}|\w{{3,}}-?(?:less|free)\b
    |dis(?!cuss|cover|t|ease|play|pos|c\b)\w{{4,}}|mis(?!sion|ter)\w{{4,}}|im(?:poss|prac|perf|mat|mob|mor|pati|plaus|pol|prec|prop|bal)\w+|irr\w+|ill(?:eg|og|it|ic)\w+
    |in(?:ab|accu|adeq|approp|cap|compl|consis|corr|defin|depen|direct|effec|effic|equ|exper|expl|fin|flex|formal|hum|just|secur|signif|stab|suff|tol|val|vis)\w+
    |refus|den(?:y|ie)|lack|fail|hard\b|hardly|barely|scarce|rarely|seldom|few|little|rather\ than|instead|stop|avoid|prevent
    |keep\w*\ [\w\ ]+\ from|less\b|least|than\b|bad\b|poor|wors[et]|differ|surpris|opt\w*\ out|against|oppos|resist
    |discourag|doubt|reject|declin|forb[ia]|bans?\b|banned|miss(?!ion)|los[est]|wrong|apart\ from|beyond|unless|ignor|overlook
    |forg[eo]t|neglect|abandon|g[ia]ve\ up|short\ of|quit\b|difficult|absen|exempt|spar[ei]|ceas|struggl|s[kc]eptic)""",
    re.VERBOSE | re.IGNORECASE,
)
_SAYING = 4  # characters: 层出不穷


def _denied(zh: str) -> str:
    """The first word by which a Chinese text plainly denies, if there is one outside sayings."""
    if not _NO.search(zh):
        return ""
    found = _NO.search(_NOT_NO.sub(" ", "".join(" " if len(word) >= _SAYING else word for word in chinese.words(zh))))
    return found[0] if found else ""


def _denied_en(en: str) -> str:
    found = _NO_EN.search(_NOT_NO_EN.sub(" ", en))
    return found[0] if found else ""
