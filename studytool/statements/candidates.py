"""Article -> the sentences that could be a statement: whole, understood without their neighbours, said by who answers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool import chinese
from studytool.articles import NARRATOR, Article, Paragraph, Span, Turn
from studytool.statements import cues

SHORTEST, LONGEST = 12, 70  # of a statement, in characters that are no punctuation
MARKUP = re.compile(r"[【】]|\{\{|\}\}|::|\]\(|!\[|[<>`|\\]|https?:")
_SPEECH = re.compile(r"[^\w%]+")
_OPENERS = "，。、；：,;: 　—-"
_CLAUSE_ENDS = "，。；：！？"
LONGEST_MARKED = 110  # of a marked sentence with the one that it leans on, likewise
_PAIRS = ("“”", "「」", "『』", "（）", "《》")
ANSWERS = 2  # sentences behind a question that are taken as its answer
ANSWER = 60  # characters from which on what a host says may be a claim


class Candidate(NamedTuple):
    """A run of the article that can stand alone, and where it was found."""

    span: Span  # the quote
    text: str  # the quote without asides, ended by a full stop
    sentence: Span  # the sentence it stands for
    turn: int
    speaker: str
    section: str
    place: tuple[int, int]  # which sentence of how many in its turn
    marked: bool  # whether the editor set it in bold
    host: bool
    next: str  # the sentence behind it in the same turn, "" for the last one
    asked: str  # the host's question that it is among the first to answer, "" for any other
    editor: bool = False  # whether it is the editor's own words about the talk


def candidates(article: Article) -> Iterator[Candidate]:
    """All candidates of an article, in its order. What the editor set in bold is one even where it leans on its neighbours."""
    for nth, turn in enumerate(article.turns):
        if turn.speaker == NARRATOR:
            continue  # what a journalist tells around what people say, and quotes of whom nobody can be sure
        parts = [
            (
                paragraph,
                [
                    Span(paragraph.span.start + a, paragraph.span.start + b)
                    for a, b in chinese.sentences(article.says(paragraph.span))
                ],
            )
            for paragraph in turn.paragraphs
        ]
        count = sum(len(spans) for _, spans in parts)
        host = turn.speaker in article.hosts
        quiet = host and not _answers(article, turn)
        asked = _question(article, article.turns[nth - 1]) if nth and not host else ""
        at = 0
        for paragraph, spans in parts:
            for index, span in enumerate(spans):
                bold = _bold(paragraph, span)
                after = article.says(spans[index + 1]) if index + 1 < len(spans) else ""
                if (not quiet or bold) and (
                    quote := _marked(article, spans, index, bold) if bold else _plain(article, spans, index)
                ):
                    place = (at + index, count)
                    text = tidied(article.says(quote))
                    if MARKUP.search(text):
                        continue  # what is left of broken markup, or would be read as a blank
                    yield Candidate(
                        quote,
                        text,
                        span,
                        nth,
                        turn.speaker,
                        turn.section,
                        place,
                        bool(bold),
                        host,
                        after,
                        asked if at + index == 0 else "",
                    )
            at += len(spans)


def _question(article: Article, turn: Turn) -> str:
    """The question that a host's turn ends in."""
    if turn.speaker not in article.hosts or not turn.paragraphs:
        return ""
    said = article.says(turn.paragraphs[-1].span)
    start, end = chinese.sentences(said)[-1]
    asked = said[start:end]
    return asked[opened(asked) :] if asked[-1] in "？?" else ""


def _bold(paragraph: Paragraph, sentence: Span) -> Span | None:
    """The longest run of a sentence that the editor marked, if it is more than a word."""
    runs = [
        Span(max(a, sentence.start), min(b, sentence.end)) for a, b in paragraph.bold if a < sentence.end and b > sentence.start
    ]
    longest = max(runs, key=lambda run: run.end - run.start, default=None)
    return longest if longest and longest.end - longest.start >= SHORTEST - 2 else None


def _plain(article: Article, spans: list[Span], index: int) -> Span | None:
    """The part of a sentence that stands alone; else the sentence with the one that it points back to."""
    span = spans[index]
    if cut := _cut(article.says(span)):
        return Span(span.start + cut[0], span.start + cut[1])
    if index and _only_points_back(article.says(span)) and (before := _cut(article.says(spans[index - 1]))):
        whole = Span(spans[index - 1].start + before[0], span.end)
        text = article.says(whole)
        if len(_SPEECH.sub("", text)) <= LONGEST and before[1] >= spans[index - 1].end - spans[index - 1].start - 1:
            return whole
    return None


def _marked(article: Article, spans: list[Span], index: int, bold: Span) -> Span | None:
    """What the editor marked, as a clause, without its opener, and with the sentence before it where it leans on that."""
    span = spans[index]
    said = article.says(span)
    if cues.QUESTION.search(said):
        return None
    if len(_SPEECH.sub("", said)) > LONGEST or bold.end - bold.start < 0.5 * (span.end - span.start):
        start, end = bold
        while start > span.start and article.text[start - 1] not in _CLAUSE_ENDS:
            start -= 1
        while end < span.end and article.text[end] not in _CLAUSE_ENDS:
            end += 1
        part = Span(start, end)
        if len(_SPEECH.sub("", article.says(part))) >= SHORTEST - 4:
            span = part
    if leans(article.says(span)[opened(article.says(span)) :]) and (alone := _alone(article, span, bold)):
        return alone
    start = span.start + opened(article.says(span))
    if leans(article.says(Span(start, span.end))) and index and span.start <= spans[index].start + 4:
        before = spans[index - 1]
        joined = Span(before.start + opened(article.says(before)), span.end)
        if len(_SPEECH.sub("", article.says(joined))) <= LONGEST_MARKED and not cues.QUESTION.search(article.says(before)):
            return joined
    return Span(start, span.end) if len(_SPEECH.sub("", article.says(Span(start, span.end)))) >= SHORTEST - 4 else None


def _alone(article: Article, span: Span, bold: Span) -> Span | None:
    """What the editor marked, where that is whole clauses which lean on nothing: the rest of the sentence was not his choice."""
    before, after = article.text[max(span.start, bold.start - 1) : bold.start], article.text[bold.end : bold.end + 1]
    said = article.says(bold)
    whole = before in _CLAUSE_ENDS and (said[-1] in _CLAUSE_ENDS or after in _CLAUSE_ENDS)
    start = opened(said)
    if not whole or leans(said[start:]) or not SHORTEST <= len(_SPEECH.sub("", said[start:])) <= LONGEST:
        return None
    return Span(bold.start + start, bold.end)


def _only_points_back(sentence: str) -> bool:
    return (
        bool(cues.POINTER.match(sentence[opened(sentence) :]))
        and not cues.CHAT.search(sentence)
        and not cues.QUESTION.search(sentence)
    )


def _answers(article: Article, turn: Turn) -> bool:
    """Whether a host claims rather than asks here: a long turn without a question."""
    text = "".join(article.says(paragraph.span) for paragraph in turn.paragraphs)
    return len(text) >= ANSWER and not cues.QUESTION.search(text) and not cues.CHAT.search(text[:40])


def opened(sentence: str) -> int:
    """Where a sentence begins behind its fillers and connectives, in characters."""
    start = 0
    for _ in range(4):  # an opener behind an opener
        before = start
        for opener in (cues.FILLER, cues.CONNECTIVE):
            if found := opener.match(sentence, start):
                start = found.end()
        while start < len(sentence) and sentence[start] in _OPENERS:
            start += 1
        if start == before:
            break
    return start


def _cut(sentence: str) -> tuple[int, int] | None:
    """The part of a sentence that claims, in characters from its start, or None where none of it stands alone."""
    start = opened(sentence)
    body = sentence[start:].rstrip()
    if cues.QUESTION.search(body) or cues.CHAT.search(body) or not _balanced(body):
        return None
    if len(_SPEECH.sub("", body)) > LONGEST:
        shorter = _clause(body)
        if not shorter:
            return None
        start, body = start + shorter[0], shorter[1]
    if not SHORTEST <= len(_SPEECH.sub("", body)) <= LONGEST or leans(body):
        return None
    return start, start + len(body)


def tidied(quote: str) -> str:
    """A quote as a sentence: what is said between commas out of habit is left out, and a full stop ends it."""
    return cues.ASIDE.sub("，", quote).rstrip("，。；、：！!,;: ") + ("" if quote.rstrip()[-1:] in "”」』" else "。")


def _clause(body: str) -> tuple[int, str] | None:
    """Of an over-long sentence the part before or after a semicolon that stands by itself."""
    at = 0
    for piece in re.split(r"(?<=；)", body):
        size = len(_SPEECH.sub("", piece))
        if SHORTEST <= size <= LONGEST and not leans(piece):
            return at, piece.rstrip("；")
        at += len(piece)
    return None


def leans(body: str, edited: bool = False) -> bool:
    """Whether a text needs the sentence before it to be understood; `edited`, a later 这样的 is of what was just named."""
    if edited:
        body = cues.SUCH.sub(r"\1", body)
    bare = body
    if opinion := re.match(r"(?:我们?|你)(?:仍然|一直|真的|确实|也|还|都|个人)?(?:认为|觉得|相信|想|希望|预计|担心)[，,]?", bare):
        bare = bare[opinion.end() :]
    if cues.DANGLING.match(bare) or cues.EXAMPLE.search(body):
        return True
    head = re.split("[，,；：]", bare, maxsplit=1)[0]
    if cues.POINTER.search(head):
        return True
    rest = bare[len(head) :]
    found = cues.POINTER.search(rest)
    return found is not None and not _refers_back(bare, len(head) + found.start(), found[0])


def _refers_back(text: str, at: int, pointer: str) -> bool:
    """Whether a pointer in a later clause may point at a noun before it in the same sentence."""
    before = text[:at]
    if pointer.startswith(("这是", "这就", "这会", "这让", "这意味", "这将", "这对", "这不", "这也", "这并")):
        return len(before) >= 8
    if pointer[0] in "它他她":
        words = [word for word in chinese.words(before) if len(word) > 1]
        return any(chinese.is_noun(word) or (word.isascii() and word.isalnum()) for word in words)
    return False


def _balanced(text: str) -> bool:
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS) and text.count('"') % 2 == 0
