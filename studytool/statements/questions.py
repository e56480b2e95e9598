"""A question with one right answer, where the talk itself holds one. None is better than a poor one."""

import re
from typing import NamedTuple

from studytool import chinese
from studytool.statements import cues

LONGEST_ANSWER = 25  # hanzi
_BECAUSE = re.compile(r"^(?P<what>[^，。；]{6,32})[，,](?:这|那)?(?:主要|正|就)?(?:是)?因为(?P<why>[^。；]{4,40})。?$")
_FIRST_BECAUSE = re.compile(r"^(?:正)?(?:因为|由于)(?P<why>[^，。；]{4,24})[，,](?:所以|因此|因而)?(?P<what>[^，。；]{6,32})。?$")
_ASIDE = re.compile(r"^(?:我|我们|你|他|她|它|这|那|该|此)|[吗呢吧]$|[？?]")


class Question(NamedTuple):
    """A question and its answer, in Chinese."""

    question: str
    answer: str


def why(lead: str, text: str) -> Question | None:
    """The reason that a claim gives, asked for; `lead` names the speaker, as on the statement."""
    for pattern in (_BECAUSE, _FIRST_BECAUSE):
        if found := pattern.match(text):
            what, reason = found["what"].strip(), found["why"].strip()
            if _ASIDE.search(what) or _ASIDE.search(reason) or cues.POINTER.search(what) or cues.POINTER.search(reason):
                return None
            if len(chinese.hanzi(reason)) > LONGEST_ANSWER or chinese.folded(reason) in chinese.folded(what):
                return None
            return Question(f"{lead}为什么{what}？", f"因为{reason}")
    return None
