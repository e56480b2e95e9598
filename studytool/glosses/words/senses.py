"""Which senses of a dictionary's entry stand on a card: at most two, and short; those first that the claim's own English uses.

The dictionary lists a surname, an old variant or a measure word beside what a learner wants to know, and often before it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from studytool.chinese import ENGLISH_FUNCTION_WORDS

MOST, LONGEST = 2, 40  # senses; characters of all together
_POOR = re.compile(
    r"^(?:(?:old |unofficial |erroneous |archaic |Japanese |ancient )?variant of |surname |see (?:also )?[^a-z]|CL:|"
    r"also (?:pr\.|written)|(?:Taiwan|Beijing|also|old|colloquial) pr\.|pr\. |used in |abbr\. for |abbreviation for |"
    r"erhua variant|same as |equivalent to |"
    r"\((?:bound form|archaic|old|Tw|dialect|literary|Buddhism|chess)\)|\(Tw|\(onom)|^also \S+ \[|Kangxi radical|Ultraman",
    re.IGNORECASE,
)
_POINTER = re.compile(r"(?:variant of|see(?: also)?|same as|also written) (?:[\u3400-\u9fff]+\|)?([\u3400-\u9fff]+)")
_LABEL = re.compile(r"^\((?:bound form|coll\.|fig\.|lit\.|computing|IT|loanword|of [^)]*|[a-z]+\.)\)\s*")
_FORM = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+(?:\|[\u3400-\u9fff\uf900-\ufaff]+)?(?:\[[^\]]*\])?")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+")


def poor(sense: str) -> bool:
    """Whether a sense tells a learner nothing: a surname, a variant, a measure word, a note on the reading."""
    return bool(_POOR.search(sense))


def pointed_at(sense: str) -> str:
    """The other form of a word that a sense only points at, in simplified characters; "" where it does not."""
    match = _POINTER.search(sense)
    return match[1] if match else ""


def chosen(senses: Sequence[str], worth: Callable[[str], float], before: Sequence[str] = ()) -> tuple[str, ...]:
    """At most two senses of at most 40 characters together, by their `worth`, then as the dictionary orders them.

    Those chosen `before` stay while the dictionary has them: a new claim must not change what stands on the cards of old ones.
    """
    good = [sense for sense in senses if not poor(sense)] or [short for sense in senses if (short := _told(sense))]
    if before and set(before) <= set(map(_shortened, good)):
        return tuple(before)
    ranked = sorted(range(len(good)), key=lambda nth: (-worth(good[nth]), nth))
    found: list[str] = []
    for nth in ranked:
        short = _shortened(good[nth])
        if short and all(short.casefold() != one.casefold() for one in found):
            if len("; ".join([*found, short])) > LONGEST:
                continue
            found.append(short)
        if len(found) == MOST:
            break
    return tuple(found) or tuple(_shortened(good[nth])[: LONGEST - 1] + "…" for nth in ranked[:1])


@lru_cache(maxsize=65_536)
def stems(english: str) -> frozenset[str]:
    """The content words of an English text, each cut to what its forms have in common (Porter's second stemmer)."""
    words = (word.lower() for word in _ENGLISH_WORD.findall(english))
    return frozenset(_stemmer()(word) for word in words if word not in ENGLISH_FUNCTION_WORDS)


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    return lru_cache(maxsize=65_536)(snowballstemmer.stemmer("english").stemWord)


def _shortened(sense: str) -> str:
    """A sense without what a card has no room for."""
    flat = " ".join(_FORM.sub("", _LABEL.sub("", sense)).split())
    if len(flat) > LONGEST:
        flat = _ASIDE.sub("", flat).strip()
    if len(flat) > LONGEST:
        flat = re.split(r", (?!etc)| - ", flat)[0]
    return flat.strip(" ,;")


def _told(sense: str) -> str:
    """What an entry of nothing but pointers points at, in so far as it is English."""
    inner = _FORM.sub("", sense)
    match = re.search(r"(?:abbr\. for|abbreviation for|equivalent to|same as)\s*,?\s*(.*)", inner)
    text = (match[1] if match else inner).strip(" ,()")
    return text if _ENGLISH_WORD.search(text) else ""
