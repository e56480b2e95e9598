"""Speakers' names without a colon, as transcripts have them -> the same text with labels.

They stand alone on their lines, or in brackets at the start of what is said.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from studytool.chinese import HAN

FEW, FEWEST_TURNS = 3, 6  # lines of one name, and of all names together
ALTERNATE = 0.7  # share of such lines that another name follows
SAID = 12  # characters from which on a line is said rather than a name
_TIME = r"(?:[（(\[]?(?:\d{1,2}:)?\d{1,2}:\d{2}[）)\]]?)?"
_NAME = re.compile(rf"[ \t　*_#]*(?P<name>[{HAN}A-Za-z][{HAN}A-Za-z0-9·.• -]{{0,20}}?)[ \t　*_]*{_TIME}[ \t　*_]*$")
_BOXED = re.compile(rf"[ \t　*_]*[【［\[](?P<name>[{HAN}A-Za-z][{HAN}A-Za-z0-9·.• -]{{0,20}})[】］\]][ \t　*_]*(?=\S)")


def with_colons(text: str) -> str:
    """A text with a colon behind each such name, and a paragraph of its own for it; as it is where no two names take turns."""
    lines = text.split("\n")
    boxed = [(nth, hit["name"], hit.end()) for nth, line in enumerate(lines) if (hit := _BOXED.match(line))]
    count = Counter(name for _, name, _ in boxed)
    labels = [label for label in boxed if count[label[1]] > 1]
    if not _take_turns([name for _, name, _ in labels]):
        alone = [(nth, hit["name"]) for nth, line in enumerate(lines) if len(line) <= 40 and (hit := _NAME.match(line))]
        count = Counter(name for _, name in alone)
        labels = [(nth, name, len(lines[nth])) for nth, name in alone if count[name] >= FEW and _says(lines, nth)]
    if not _take_turns([name for _, name, _ in labels]):
        return text
    top = next(nth for nth, line in enumerate(lines) if line.strip())
    if lines[top].lstrip().startswith(tuple(name for _, name, _ in labels)):
        lines[top] = f"# {lines[top].lstrip(' #')}"  # 林岚：茶园的一年: what the talk is called, not who talks
    for nth, name, end in labels:
        lines[nth] = f"\n{name}：{lines[nth][end:]}\n"
    return "\n".join(lines)


def _take_turns(names: Sequence[str]) -> bool:
    """Whether names follow each other as those of people who talk with each other do."""
    if len(set(names)) < 2 or len(names) < FEWEST_TURNS:
        return False
    changes = sum(one != other for one, other in itertools.pairwise(names))
    return changes >= ALTERNATE * (len(names) - 1)


def _says(lines: list[str], nth: int) -> bool:
    """Whether what is said follows a line: another line that is no name."""
    after = next((line for line in lines[nth + 1 : nth + 4] if line.strip()), "")
    return len(after.strip()) >= SAID or (bool(after.strip()) and not _NAME.match(after))
