"""Whether a text is the pinyin of an answer: `biǎnzhí zīchǎn`, `bian3zhi2 zi1chan3` or `bianzhi zichan`; v, u: or ü for ü."""

import re
import unicodedata
from collections.abc import Sequence

from studytool.words import NO_TONE, tone_of

MOST = 400  # characters of pinyin; longer answers are not typed in it
_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}  # a tone as a mark and as a number
_ER = {"r": "e?r", "er": "e?r"}  # 儿 after another syllable


def reading(typed: str, spoken: Sequence[str]) -> bool | None:
    """Whether a typed text reads `spoken` (a syllable or another character each); None where it does not.

    True: with the right tones or with none; False: with a wrong one.
    """
    if len(typed) > MOST:
        return None
    letters, marks = _bare(typed)
    pattern, tones = "", []
    for sound in spoken:
        bare, tone = _bare(sound)[0], tone_of(sound)
        if len(sound) > 1 or tone != NO_TONE:  # a syllable
            pattern += f"({_ER.get(bare, bare)})([0-5]?)"
            tones.append(tone)
        else:
            pattern += re.escape(bare)
    match = re.fullmatch(pattern, letters) if tones else None
    if not match:
        return None
    for nth, tone in enumerate(tones):
        start, end = match.span(2 * nth + 1)
        given = match[2 * nth + 2] or marks[start:end].strip()
        if given and int(given[0]) not in ((tone, 0) if tone == NO_TONE else (tone,)):
            return False
    return True


def _bare(text: str) -> tuple[str, str]:
    """The letters and digits of a text without tone marks, and under each the number of its mark, or a blank."""
    letters, marks = "", ""
    for char in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold().replace("u:", "ü")):
        if char in _MARKS and letters:
            marks = marks[:-1] + _MARKS[char]
        elif char == "\u0308" and letters.endswith("u"):
            letters = letters[:-1] + "v"
        elif char.isalnum():
            letters, marks = letters + char, marks + " "
    return letters, marks
