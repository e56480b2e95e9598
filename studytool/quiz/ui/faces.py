"""A card -> the runs of text of its two sides. What is called `other` is in the other language than the prompt."""

from collections.abc import Iterable, Iterator, Sequence

from studytool import cloze
from studytool.deck import both, speaker_en
from studytool.model import Word
from studytool.quiz.card import Card
from studytool.quiz.hints import Hint
from studytool.quiz.ui.text import BREAK, Span
from studytool.quiz.wordlist import key_words
from studytool.words import Piece, spelled

GAP = "［…］"
Tones = Sequence[str] | None  # the style of each tone by its number; None: no pinyin
_SHOWN, _HIDDEN, _WORD = "bold $text-accent", "bold $text-warning", "$text-primary"


def prompt(card: Card, tones: Tones = None) -> list[Span]:
    """The front. Its Chinese, here as everywhere, with a line of pinyin where there are tones."""
    return _front(card, card.english, "bold", tones)


def prompt_other(card: Card, tones: Tones = None) -> list[Span]:
    """The front's other language, with the same blank; nothing where that has no such blank and would tell it."""
    return _front(card, not card.english, "", tones)


def _front(card: Card, english: bool, style: str, tones: Tones) -> list[Span]:
    statement = card.row.statement
    if english:
        if not card.blank:
            return [Span(statement.question_en, style)]
        return _hidden(statement.en, card.blank) if card.marked else []
    shown = _hidden(statement.zh, card.blank) if card.blank else [Span(statement.question, style)]
    return [*shown, *pinyin(card.text, card.read, tones, card.hidden)]


def answer(card: Card, tones: Tones = None) -> list[Span]:
    """The back: the statement with its blank filled in, or the question's answer."""
    return _answer(card, card.english, tones)


def answer_other(card: Card, tones: Tones = None) -> list[Span]:
    """The back in the other language."""
    return _answer(card, not card.english, tones)


def _answer(card: Card, english: bool, tones: Tones) -> list[Span]:
    statement = card.row.statement
    if english:
        return _filled(statement.en, card.blank) if card.blank else [Span(card.answer_en, _SHOWN)]
    if card.blank:
        return [*_filled(statement.zh, card.blank), *pinyin(card.text, card.read, tones)]
    return [Span(card.answer, _SHOWN), *pinyin(card.answer, card.words.answer, tones)]


def claim(card: Card, tones: Tones = None) -> tuple[list[Span], list[Span]]:
    """The whole statement in both languages, where the card asked only about it."""
    statement = card.row.statement
    if card.blank or not statement.answer:
        return [], []
    text = cloze.plain(statement.zh)
    zh = [Span(text), *pinyin(text, card.words.zh, tones)]
    return _ordered(card, zh, [Span(cloze.plain(statement.en))])


def notes(card: Card) -> tuple[list[Span], list[Span]]:
    """The context given with the claim, in both languages."""
    statement = card.row.statement
    return _ordered(card, [Span(statement.note)], [Span(statement.note_en)])


def keys(card: Card, front: bool) -> list[Span]:
    """What is left of the other language as it fades: key words."""
    spans: list[Span] = []
    for zh, en in key_words(card, front):
        one, other = (en, zh) if card.english else (zh, en)
        spans += [Span(one, _WORD), Span(f" {other}"), Span("   ")]
    return spans[:-1]


def hinted(steps: Iterable[Hint], tones: Tones) -> list[Span]:
    """The hints asked for so far, one after the other."""
    spans: list[Span] = []
    for step in steps:
        spans += [Span("   " if spans else "提示 hint  ", _HIDDEN), *_coloured(step, tones or ("",) * 6)]
    return spans


def related(card: Card) -> list[Span]:
    """What else was said of the claim, a line each: how, when, where, and in what words."""
    spans: list[Span] = []
    for relation, row, source in card.related:
        how = "又说 said again" if relation.again else "另说 said otherwise"
        said = cloze.plain(row.statement.en) if card.english else ""
        said = said or cloze.plain(row.statement.zh)
        spans += [Span(f"{how}, {source.said}, {source.event_en}: ", "$text-primary"), Span(said), BREAK]
    return spans[:-1]


def citation(card: Card) -> tuple[list[Span], list[Span]]:
    """Who said it, where and when; and where that is printed."""
    source, statement = card.source, card.row.statement
    who = both(speaker_en(source, statement.speaker), statement.speaker)
    said = " · ".join([who, source.event_en, source.said, statement.kind])
    printed = f"《{source.title}》{source.outlet} {source.published} · {statement.section}"
    return [Span(said)], [Span(printed)]


def _ordered(card: Card, zh: list[Span], en: list[Span]) -> tuple[list[Span], list[Span]]:
    return (en, zh) if card.english else (zh, en)


def pinyin(text: str, words: Sequence[Word], tones: Tones, hidden: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """A line of pinyin, with a gap where something is hidden."""
    if tones is None or not words:
        return []
    return [BREAK, *_coloured(spelled(text, words, hidden, GAP), tones)]


def _coloured(pieces: Iterable[Piece], tones: Sequence[str]) -> Iterator[Span]:
    return (Span(piece.text, _HIDDEN if piece.text == GAP else tones[piece.tone]) for piece in pieces)


def _hidden(text: str, number: int) -> list[Span]:
    return list(_merged(Span(GAP, _HIDDEN) if part.blank == number else Span(part.text, "bold") for part in cloze.parse(text)))


def _filled(text: str, number: int) -> list[Span]:
    return list(_merged(Span(part.text, _SHOWN if part.blank == number else "") for part in cloze.parse(text)))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one style as one, so that lines break as if no blank had stood there."""
    last: Span | None = None
    for span in spans:
        if last and last.style == span.style:
            last = Span(last.text + span.text, last.style)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
