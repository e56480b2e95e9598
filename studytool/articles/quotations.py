"""Profiles, whose people are quoted in the narrative (`“……，”他说，“……。”`) -> the same blocks, each with its speaker.

Without this such an article reads as its author's essay, and what somebody told him becomes his claim. A quotation that is given
to the wrong person is worse than one that is lost: whose it is must be certain, else it stays narration, of which nothing is
claimed.
"""

import re
from collections import Counter
from collections.abc import Sequence

from studytool.articles import frame
from studytool.articles.article import NARRATOR
from studytool.articles.blocks import Block
from studytool.articles.persons import Persons
from studytool.articles.quoted import LONG, STOPS, Quotation, narration_of, quotations, size_of
from studytool.articles.whose import Walk, is_heading
from studytool.chinese import hanzi

SHARE, FEWEST = 0.24, 6  # of the talk's hanzi that stand in such quotations, and how many of them there are
MAIN = 0.7  # share of the quotations from which on somebody is whom the article is about


def told(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a profile, parted where the speaker changes, each first one with him; none for any other article."""
    if not _quotes_much(blocks):
        return []
    start = frame.talk_start(blocks)
    talk = [nth for nth in range(start, len(blocks)) if _is_talk(blocks[nth])]
    spans = {nth: quotations(blocks[nth].text) for nth in talk}
    sizes = [size for nth in talk for one in spans[nth] if (size := size_of(blocks[nth].text, one)) >= LONG]
    whole = sum(len(hanzi(blocks[nth].text)) for nth in talk)
    if len(sizes) < FEWEST or sum(sizes) < SHARE * whole:
        return []
    persons = Persons([blocks[nth].text for nth in talk], "\n".join(block.text for block in blocks[:start]))
    for nth in talk:
        persons.learn(narration_of(blocks[nth].text, spans[nth]))
    said = Walk(blocks, spans, persons, "").said()
    count = Counter(who for whose in said.values() for who in set(whose) if who and who != NARRATOR)
    main, times = count.most_common(1)[0] if count else ("", 0)
    if not times:
        return []
    if times >= MAIN * count.total():
        said = Walk(blocks, spans, persons, main).said()
    return _parted(blocks, start, spans, said, persons)


def _quotes_much(blocks: Sequence[Block]) -> bool:
    """Whether a look at marks and lengths alone lets a text be a profile: that ends the matter at once for nearly all others."""
    lengths = [
        one.end - one.start for block in blocks if "“" in block.text or "「" in block.text or '"' in block.text
        for one in quotations(block.text) if one.end - one.start > LONG
    ]  # fmt: skip
    return len(lengths) >= FEWEST and sum(lengths) >= 0.6 * SHARE * sum(len(block.text) for block in blocks)


def _is_talk(block: Block) -> bool:
    return block.kind == "text" and not (is_heading(block) or frame.is_promotion(block.text) or frame.is_note(block.text))


def _parted(
    blocks: Sequence[Block], start: int, spans: dict[int, list[Quotation]], said: dict[int, list[str]], persons: Persons
) -> list[Block]:
    """The blocks with their speakers."""
    found = list(blocks[:start])
    speaker = ""
    for nth, block in enumerate(blocks[start:], start):
        if not any(who and who != NARRATOR for who in said.get(nth, ())):
            if speaker != NARRATOR:
                found.append(Block("text", "", (), block.line, 0, NARRATOR))
                speaker = NARRATOR
            found.append(block)
            continue
        for who, piece in _pieces(block, spans[nth], said[nth], persons):
            found.append(piece._replace(speaker=who))
            speaker = who
    return found


def _pieces(block: Block, spans: list[Quotation], said: list[str], persons: Persons) -> list[tuple[str, Block]]:
    """A paragraph cut into what each says; pieces that only a said-phrase parts are one."""
    found: list[tuple[str, Block]] = []
    at, held = 0, list[tuple[int, int]]()
    holder = ""
    for one, who in [*zip(spans, said, strict=True), (Quotation(len(block.text), len(block.text)), "")]:
        if (not who or who == NARRATOR) and one.start < len(block.text):
            continue
        between = block.text[at : one.start]
        joins = held and who == holder and len(between) <= 40 and not re.search("[。！？!?；：]", between)
        if held and not joins:
            found.append((holder, _cut(block, held)))
            held = []
        if not joins and re.search(r"\w", between) and not persons.sayings.only(between):
            found.append((NARRATOR, _cut(block, [(at, one.start)])))
        held.append((one.start + 1, one.end - 1 if one.closed else one.end))
        at, holder = one.end, who
    return found


def _cut(block: Block, runs: list[tuple[int, int]]) -> Block:
    """Runs of a block (characters from, to) as a block of their own, ended as a sentence is."""
    text, bold = "", list[tuple[int, int]]()
    for start, end in runs:
        piece = block.text[start:end]
        if text and text[-1] not in STOPS + "，、：":
            text += "，"
        shift = len(text) - start
        bold += [(max(a, start) + shift, min(b, end) + shift) for a, b in block.bold if a < end and b > start]
        text += piece
    lead = len(text) - len(text.lstrip("，,。 　"))
    text = text[lead:].rstrip()
    if len(runs) and text.endswith(("，", ",")):
        text = text[:-1] + "。"
    return Block("text", text, tuple((max(a - lead, 0), b - lead) for a, b in bold if b > lead), block.line)
