"""An article's file or text -> Article."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from studytool.articles import dates, frame, page
from studytool.articles.article import BEFORE_LAUGH, NARRATOR, Article, Paragraph, Point, Span, Turn
from studytool.articles.blocks import Block, blocks
from studytool.articles.decode import decode
from studytool.articles.inline import CONTENT
from studytool.articles.speakers import answering, full_name, hosts, label, speakers
from studytool.chinese import hanzi
from studytool.errors import StudytoolError, Where
from studytool.files import LARGEST, read_bytes

WHAT = "an article in Markdown, text or HTML"
STANDARD_INPUT = Path("-")
FEWEST_HANZI = 60  # of an article
LONGEST = 20_000  # characters of a sentence: more is no prose
MOST = 2_000_000  # characters of an article: a long book has as many
_LOGIN = re.compile(
    r"登录|登陆|验证码|环境异常|完成验证|请先关注|Sign in|Log in|访问过于频繁|内容已被删除|已被发布者删除", re.IGNORECASE
)
_HEADING_LENGTH = 34  # characters of a line in bold that is a heading
_SENTENCE_END = "。！？!?…；"
_LAUGH = re.compile(r"[（(\[［【][^（）()\[\]\n]{0,6}笑[^（）()\[\]\n]{0,4}[）)\]］】]|(?<=[：:\n* ])哈哈")
_ONLY_LABEL = re.compile(r"[\s*_#>]*[^：:\n。，]{1,40}[：:]?[\s*_]*")
_SIGN_OFF = re.compile(r"实录$|全文$|完整记录$|正文$|整理$|全文如下|简介$")


def read_article(path: Path) -> Article:
    """Read an article from a file, or from standard input for `-`. Raises StudytoolError in a line where it is none."""
    where = Where("standard input" if path == STANDARD_INPUT else str(path))
    if path == STANDARD_INPUT:
        import sys

        data = sys.stdin.buffer.read(LARGEST + 1)
        if not data.strip():
            raise StudytoolError("is empty", where, f"pipe {WHAT} into it")
        if len(data) > LARGEST:
            raise StudytoolError(f"is too big for {WHAT} (at most {LARGEST / 1e6:.0f} MB)", where, "split it")
    else:
        data = read_bytes(path, WHAT)
    return parse(decode(data, where), where)


def parse(text: str, where: Where) -> Article:
    """Read an article's decoded text. Raises StudytoolError where there is no Chinese article in it."""
    count = len(hanzi(text[:200_000]))
    if count < FEWEST_HANZI:
        reason = "has no Chinese text" if not count else f"has only {count} Chinese characters"
        raise StudytoolError(reason, where, f"name {WHAT}")
    if page.is_html(text):
        text = page.markdown(text)
    if re.search(rf"[^\n{_SENTENCE_END}.]{{{LONGEST}}}", text):
        raise StudytoolError(f"has a line of more than {LONGEST} characters without a sentence's end", where, f"name {WHAT}")
    if len(text) > MOST:
        raise StudytoolError(f"has {len(text)} characters, which is too long for an article (at most {MOST})", where, "split it")
    found, metas = blocks(text)
    if not speakers(found):
        from studytool.articles import bare_labels, quotations  # most articles have labels

        if (labelled := bare_labels.with_colons(text)) != text:
            found, metas = blocks(labelled)
        else:
            found = quotations.told(found) or found
    article = _Reading(found).article()
    top = [block.text for block in found[:6]]
    when = frame.published(metas, top)
    intro = article.intro
    talk = sum(len(hanzi(article.says(paragraph.span))) for turn in article.turns for paragraph in turn.paragraphs)
    if talk < FEWEST_HANZI or (talk < 400 and _LOGIN.search(text)):
        hint = "save the page while it shows the article" if _LOGIN.search(text) else f"name {WHAT}"
        raise StudytoolError(
            "has no article in it" + (", but a page that asks to log in" if _LOGIN.search(text) else ""), where, hint
        )
    return Article(
        text=article.text,
        turns=article.turns,
        hosts=article.hosts,
        points=article.points,
        intro=intro,
        title=frame.title(found, metas),
        author=frame.author(metas, intro),
        outlet=frame.outlet(metas),
        published=when,
        said=dates.said(f"{intro}\n{frame.held(found, metas)}", when),
        url=frame.url(metas),
        recording=frame.recording(text),
        laughed=frozenset(_laughed(text)),
    )


def _laughed(text: str) -> Iterator[str]:
    """The last hanzi before each laugh: in the same line, or in the one that whoever laughs answers."""
    for found in _LAUGH.finditer(text):
        lines = text[max(0, found.start() - 200) : found.start()].rstrip(" *_#>\n").split("\n")
        while len(lines) > 1 and (not lines[-1].strip() or _ONLY_LABEL.fullmatch(lines[-1])):
            lines.pop()
        if end := hanzi(lines[-1])[-BEFORE_LAUGH:]:
            yield end


class _Reading:
    """Walks the blocks once: what comes before the talk, the talk by turns, and the footer, which ends it."""

    def __init__(self, found: Sequence[Block]) -> None:
        self.blocks = found
        self.told = {block.speaker: block.speaker for block in found if block.speaker}  # a profile's, which has no labels
        self.names = self.told or speakers(found)
        self.markdown = any(block.kind == "heading" for block in found)
        self.text = ""
        self.summary: list[tuple[str, str]] = []
        self.intro: list[str] = []
        self.turns: list[tuple[str, str, list[Paragraph]]] = []

    def article(self) -> Article:
        """The talk; what is to be cited is filled in by `parse`."""
        section, talking = "", not self.names
        first = frame.title(self.blocks, ())
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            titled = at == 0 and block.kind == "heading" and block.level == 1 and block.text == first
            spoken = None if titled and not _ONLY_LABEL.fullmatch(block.text) else self._label(block)
            if frame.is_footer(block) and at > 0.5 * len(self.blocks):
                break
            early = at < 0.5 * len(self.blocks) or (block.kind == "heading" and not self.names)
            if not spoken and early and (size := frame.summary_at(self.blocks, at)):
                self.summary += frame.items(self.blocks[at : at + size])
                at += size
                continue
            at += 1
            if spoken:
                name, end = spoken
                talking = True
                if not self.told or not self.turns or self.turns[-1][:2] != (name, section):
                    self.turns.append((name, section, []))
                self._say(block, end)
            elif at == 1 and block.text == first:
                continue
            elif self._heads(block, at):
                section = _section(block.text)
                if self.turns and self.turns[-1][2]:
                    self.turns.append((self.turns[-1][0], section, []))
                elif self.turns:
                    self.turns[-1] = (self.turns[-1][0], section, [])
            elif not self.names and frame.stands_before(block, at - 1):
                self.intro.append(block.text)
            elif frame.is_promotion(block.text) or (talking and self.names and frame.is_note(block.text)):
                continue
            elif not talking:
                self.intro.append(block.text)
            else:
                if not self.turns:
                    self.turns.append(("", section, []))
                self._say(block, 0)
        top = "\n".join((first, *self.intro))
        names = {name: full_name(answering(name, "\n".join(self.intro)), top) for name, _, _ in self.turns}
        turns = [Turn(names[name], section, tuple(paragraphs)) for name, section, paragraphs in self.turns if paragraphs]
        said = [(turn.speaker, "".join(self.text[p.span.start : p.span.end] for p in turn.paragraphs)) for turn in turns]
        points = tuple(self._point(about, item) for about, item in self.summary)
        asking = frozenset((NARRATOR,)) if self.told else hosts([one for one in said if one[0]])
        return Article(
            text=self.text,
            turns=tuple(self._without_layout(turns, asking)),
            hosts=asking,
            points=points,
            intro="\n".join(self.intro),
            title="",
            author="",
            outlet="",
            published=None,
            said="",
            url="",
            recording="",
        )

    def _label(self, block: Block) -> tuple[str, int] | None:
        if self.told:
            return (block.speaker, 0) if block.speaker else None
        found = label(block) if self.names else None
        if not found or found.name not in self.names:
            return None
        return self.names[found.name], found.end

    def _heads(self, block: Block, at: int) -> bool:
        """Whether a block is a heading: by mark, by being short and bold, or, in plain text, by being a short line alone."""
        if frame.is_note(block.text):
            return False  # （猫打断录音。）
        if block.kind == "heading":
            return True
        if block.kind != "text" or block.text[-1] in _SENTENCE_END + "，：:、”":
            return False
        if block.all_bold and len(block.text) <= _HEADING_LENGTH:
            return True
        return not self.markdown and not block.bold and len(block.text) <= 22 and at > 1 and "，" not in block.text

    def _point(self, about: str, item: str) -> Point:
        """Put an item of the summary behind the talk, where it can be quoted and moves nothing that is."""
        start = len(self.text) + (1 if self.text else 0)
        self.text += ("\n" if self.text else "") + item
        return Point(Span(start, start + len(item)), about)

    def _say(self, block: Block, start: int) -> None:
        said = block.text[start:].strip()
        if not CONTENT.search(said):
            return
        shift = block.text.index(said, start)
        base = len(self.text) + (1 if self.text else 0)
        self.text += ("\n" if self.text else "") + said
        bold = tuple(
            Span(base + max(a - shift, 0), base + min(b - shift, len(said)))
            for a, b in block.bold
            if b > shift and a < shift + len(said)
        )
        self.turns[-1][2].append(Paragraph(Span(base, base + len(said)), bold))

    def _without_layout(self, turns: list[Turn], asking: frozenset[str]) -> list[Turn]:
        """Questions set in bold throughout are the layout's, not a mark."""
        whole = {name: [0, 0] for name in asking}
        for turn in turns:
            if turn.speaker in whole:
                for paragraph in turn.paragraphs:
                    whole[turn.speaker][0] += 1
                    whole[turn.speaker][1] += sum(b - a for a, b in paragraph.bold) > 0.8 * (
                        paragraph.span.end - paragraph.span.start
                    )
        layout = {name for name, (count, bold) in whole.items() if bold >= max(2, 0.3 * count)}
        return [
            Turn(t.speaker, t.section, tuple(Paragraph(p.span) for p in t.paragraphs)) if t.speaker in layout else t
            for t in turns
        ]


def _section(heading: str) -> str:
    """A heading without its number; "" for one that only says that the talk begins."""
    text = re.sub(
        r"^\s*(?:第[一二三四五六七八九十\d]{1,3}[章节部分]{1,2}|[一二三四五六七八九十\d]{1,3}\s*[.、．:：])\s*(?=\D)", "", heading
    ).strip(" *_")
    return "" if _SIGN_OFF.search(text) and len(text) <= 24 else text
