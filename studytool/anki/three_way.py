"""What becomes of a text that both we and the learner may have changed: last pushed, ours, theirs.

What the learner edited stays. Only where Anki still has what was last pushed is it replaced; where both changed, or it is not
known who did, that is a conflict, for the learner to decide.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from html import unescape
from typing import Literal

Verdict = Literal["same", "ours", "theirs", "conflict"]
_BREAK = re.compile(r"<br\s*/?>")


def digest(text: str) -> str:
    """What a field says, whichever way its HTML is written: Anki's editor writes an entity as the character itself."""
    plain = unicodedata.normalize("NFC", unescape(_BREAK.sub("<br>", text))).replace("\xa0", " ").strip()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def verdict(last: str | None, ours: str, theirs: str) -> Verdict:
    """Whose text is to stand. `last` is the digest of what was last pushed, None where that is not known."""
    mine, other = digest(ours), digest(theirs)
    if mine == other:
        return "same"
    if last is None:
        return "conflict" if ours else "theirs"  # what we leave empty is the learner's
    if other == last:
        return "ours"
    return "theirs" if mine == last else "conflict"


def tags(last: Collection[str] | None, ours: Collection[str], theirs: Collection[str]) -> tuple[list[str], list[str]]:
    """The tags to add and those to take away: what came and went on our side since the last push. All others stay."""
    before = _folded(last or ())
    now, there = _folded(ours), _folded(theirs)
    added = [tag for tag in ours if _fold(tag) not in before | there]
    gone = [tag for tag in theirs if _fold(tag) in before - now]
    return added, gone


def same_name(one: str, other: str) -> bool:
    """Whether Anki takes two names of decks for one."""
    return _fold(one) == _fold(other)


def _folded(names: Iterable[str]) -> set[str]:
    return {_fold(name) for name in names}


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
