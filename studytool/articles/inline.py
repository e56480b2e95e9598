"""One block of Markdown as it was found -> plain text and what of it is bold.

Written for html2text's output and for hand-made text rather than for the standard: there a lone `**` opens nothing, bolds touch
(`**Name：****text**`), and `Q*` is a name.
"""

import re

from studytool.chinese import HAN

PUNCTUATION = "，。！？；：、“”‘’「」『』（）《》【】—…～·"
_IMAGE = re.compile(r"!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)|<img[^>]*>")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!|<>~&])")
_TAG = re.compile(r"</?(?:br|p|span|div|strong|b|em|i|u|sup|sub|font|center|section|a)\b[^>]{0,200}/?>", re.IGNORECASE)
_STAGE = re.compile(
    r"\s?[\[［【](?:[^\[\]［］【】]{0,12}?(?:笑|掌声|欢呼|鼓掌|音乐|停顿|沉默|听不清|重叠|咳|叹)[^\[\]［］【】]{0,8}|(?:\d{1,2}:)?\d{1,2}:\d{2}|\d{1,3})[\]］】]"
    r"|[（(](?:[^（）()]{0,8}?(?:笑|掌声|欢呼|鼓掌)[^（）()]{0,6}|(?:\d{1,2}:)?\d{1,2}:\d{2})[）)]"
    r"|[（(【\[](?:编者|译者|作者)?(?:注|按)[：:][^）)】\]]{0,200}[）)】\]]"
)
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?![\s*_])([^*_\n]{1,200}?)(?<![\s*_\\])\1(?![\w*])")
_URL = re.compile(rf"[（(]?https?://[^\s{HAN}，。；、（）】」]+[）)]?")
_STARS = re.compile(r"\*{2,}|__+(?=\S)|(?<=\S)__+")
_GAP_BEFORE = re.compile(rf"(?<=[{HAN}{PUNCTUATION}]) +(?=[{PUNCTUATION}])")
CONTENT = re.compile(rf"[A-Za-z0-9{HAN}]")


def is_wide(char: str) -> bool:
    """Whether a character is Chinese: a hanzi or full-width punctuation, which take no blank beside them."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef" or char in PUNCTUATION


def joined(lines: list[str]) -> str:
    """Lines that a program has wrapped, as the one line they were."""
    whole = ""
    for line in lines:
        line = line.strip()
        if not whole or not line:
            whole += line
            continue
        last, first = whole.rstrip("*")[-1:], line.lstrip("*")[:1]
        if last == "-" and first.isalnum() and first.isascii() and whole.rstrip("*")[-2:-1].isalnum():
            whole += line  # E-⏎Math, sam-⏎altman
        elif (
            (last and first and is_wide(last) and is_wide(first))
            or (first and first in PUNCTUATION)
            or (last in PUNCTUATION and last)
        ):
            whole += line
        else:
            whole += " " + line
    return whole


def plain(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A block without its marks, and the runs of it (characters from, to) that are bold."""
    if "[" in text or "!" in text or "<" in text or "（" in text or "(" in text or "【" in text or "［" in text:
        text = _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
        text = _STAGE.sub("", text)
    text = _URL.sub("", text) if "http" in text else text
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
    pieces = _STARS.split(text)
    marks = _STARS.findall(text)
    if not marks:
        return _tidied(text), ()
    runs: list[tuple[int, int]] = []
    whole, start = "", -1
    for at, piece in enumerate(pieces):
        if at:
            touching = len(marks[at - 1]) >= 4  # closes one bold and opens the next, or stands around nothing
            more = at < len(marks)  # the last mark of a block opens nothing
            opens = more and (touching if start >= 0 else not touching or (len(marks) - at) % 2 == 1)
            if start >= 0:
                runs.append((start, len(whole)))
            start = len(whole) if opens else -1
        piece = _tidied(piece)
        follows = piece[1:2]
        if whole and piece[:1] == " " and follows and (follows in PUNCTUATION or (is_wide(whole[-1]) and is_wide(follows))):
            piece = piece[1:]  # html2text leaves a blank behind a bold
        whole += piece
    lead = len(whole) - len(whole.lstrip())
    end = len(whole.rstrip())
    bold = ((max(a, lead) - lead, min(b, end) - lead) for a, b in runs)
    return whole[lead:end], tuple((a, b) for a, b in bold if b > a and CONTENT.search(whole[lead:end], a, b))


def _tidied(text: str) -> str:
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    text = _GAP_BEFORE.sub("", text)
    return re.sub(r"  +", " ", text)
