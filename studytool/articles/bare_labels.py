"""Speakers' names that stand alone on their lines, without a colon, as transcripts have them -> the same text with labels."""

import itertools
import re
from collections import Counter

from studytool.chinese import HAN

FEW, FEWEST_TURNS = 3, 6  # lines of one name, and of all names together
ALTERNATE = 0.7  # share of such lines that another name follows
SAID = 12  # characters from which on a line is said rather than a name
_TIME = r"(?:[（(\[]?(?:\d{1,2}:)?\d{1,2}:\d{2}[）)\]]?)?"
_NAME = re.compile(rf"[ \t　*_#]*(?P<name>[{HAN}A-Za-z][{HAN}A-Za-z0-9·.• -]{{0,20}}?)[ \t　*_]*{_TIME}[ \t　*_]*$")


def with_colons(text: str) -> str:
    """A text with a colon behind each such name, and a paragraph of its own for it; as it is where no two names take turns."""
    lines = text.split("\n")
    found = [(nth, hit["name"]) for nth, line in enumerate(lines) if len(line) <= 40 and (hit := _NAME.match(line))]
    count = Counter(name for _, name in found)
    names = [(nth, name) for nth, name in found if count[name] >= FEW and _says(lines, nth)]
    turns = Counter(name for _, name in names)
    if len(turns) < 2 or len(names) < FEWEST_TURNS:
        return text
    changes = sum(one[1] != other[1] for one, other in itertools.pairwise(names))
    if changes < ALTERNATE * (len(names) - 1):
        return text
    top = next(nth for nth, line in enumerate(lines) if line.strip())
    if lines[top].lstrip().startswith(tuple(turns)):
        lines[top] = f"# {lines[top].lstrip(' #')}"  # 林岚：茶园的一年: what the talk is called, not who talks
    for nth, name in names:
        lines[nth] = f"\n{name}：\n"
    return "\n".join(lines)


def _says(lines: list[str], nth: int) -> bool:
    """Whether what is said follows a line: another line that is no name."""
    after = next((line for line in lines[nth + 1 : nth + 4] if line.strip()), "")
    return len(after.strip()) >= SAID or (bool(after.strip()) and not _NAME.match(after))
