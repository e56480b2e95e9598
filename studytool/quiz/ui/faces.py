"""A card -> the runs of text of its two sides."""

from collections.abc import Iterable, Iterator

from studytool import cloze
from studytool.deck import both, speaker_en
from studytool.quiz.desk import Card
from studytool.quiz.ui.text import BREAK, Span

GAP = "［…］"
_SHOWN, _HIDDEN = "bold $text-accent", "bold $text-warning"


def prompt(card: Card) -> list[Span]:
    """The front, in Chinese."""
    statement = card.row.statement
    return _hidden(statement.zh, card.blank) if card.blank else [Span(statement.question, "bold")]


def prompt_en(card: Card) -> list[Span]:
    """The front's other language, with the same blank; nothing where the English has no such blank and would tell it."""
    statement = card.row.statement
    if not card.blank:
        return [Span(statement.question_en)]
    return _hidden(statement.en, card.blank) if card.blank in cloze.numbers(statement.en) else []


def answer(card: Card) -> list[Span]:
    """The back, in Chinese: the statement with its blank filled in, or the question's answer."""
    statement = card.row.statement
    if card.blank:
        return _filled(statement.zh, card.blank)
    return [Span(statement.answer or cloze.plain(statement.zh), _SHOWN)]


def answer_en(card: Card) -> list[Span]:
    """The back in English."""
    statement = card.row.statement
    if card.blank:
        return _filled(statement.en, card.blank)
    return [Span(statement.answer_en or cloze.plain(statement.en), _SHOWN)]


def claim(card: Card) -> tuple[list[Span], list[Span]]:
    """The whole statement in both languages, where the card asked only about it."""
    statement = card.row.statement
    if card.blank or not statement.answer:
        return [], []
    return [Span(cloze.plain(statement.zh))], [Span(cloze.plain(statement.en))]


def notes(card: Card) -> tuple[list[Span], list[Span]]:
    """The context given with the claim, in both languages."""
    statement = card.row.statement
    return [Span(statement.note)], [Span(statement.note_en)]


def related(card: Card) -> list[Span]:
    """What else was said of the claim, a line each: how, when, where, and in what words."""
    spans: list[Span] = []
    for relation, row, source in card.related:
        how = "又说 said again" if relation.again else "另说 said otherwise"
        spans += [Span(f"{how}, {source.said}, {source.event_en}: ", "$text-primary"), Span(cloze.plain(row.statement.zh)), BREAK]
    return spans[:-1]


def citation(card: Card) -> tuple[list[Span], list[Span]]:
    """Who said it, where and when; and where that is printed."""
    source, statement = card.source, card.row.statement
    who = both(speaker_en(source, statement.speaker), statement.speaker)
    said = " · ".join([who, source.event_en, source.said, statement.kind])
    printed = f"《{source.title}》{source.outlet} {source.published} · {statement.section}"
    return [Span(said)], [Span(printed)]


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
