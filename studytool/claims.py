"""The key claims of the decks, filtered: for someone who wants only these, with who said them and when."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from msgspec import Struct

from studytool import cloze
from studytool.deck import OpenDeck, both, speaker_en
from studytool.errors import StudytoolError
from studytool.model import Kind, Relation, Row

T = TypeVar("T")


class Related(Struct, frozen=True, kw_only=True):
    """What else was said of a claim."""

    id: str
    how: str  # "again" or "otherwise"
    said: str
    event_en: str
    speaker_en: str
    zh: str
    en: str


class Claim(Struct, frozen=True, kw_only=True):
    """A statement as it is read, not studied."""

    id: str
    topic: str
    topic_en: str
    zh: str
    en: str
    kind: Kind
    speaker: str
    speaker_en: str
    event: str
    event_en: str
    said: str
    section: str
    title: str
    outlet: str
    url: str
    note: str = ""
    note_en: str = ""
    related: tuple[Related, ...] = ()


class Found(NamedTuple):
    """A claim with the deck that it stands in, and the row there."""

    deck: OpenDeck
    row: Row
    claim: Claim


def claims(decks: Sequence[OpenDeck], topic: str = "", source: str = "", speaker: str = "", search: str = "") -> list[Claim]:
    """The claims that fit all filters, as `found` finds them. Raises StudytoolError likewise."""
    return [one.claim for one in found(decks, topic, source, speaker, search)]


def found(decks: Sequence[OpenDeck], topic: str = "", source: str = "", speaker: str = "", search: str = "") -> list[Found]:
    """The claims that fit all filters, by topic in the decks' order, then by date and source.

    A topic or source is named by its id or a part of its name in either language, a speaker by a part of the name; `search`
    looks for each of its words. Raises StudytoolError where a topic, source or speaker fits nothing there is.
    """
    known_topics = list({t.id: t for deck in decks for t in deck.topics.values()}.values())
    known_sources = list(dict.fromkeys(s for deck in decks for s in deck.sources.values()))
    topics = _fitting("topic", topic, known_topics, lambda t: (t.id, t.name, t.name_en))
    sources = _fitting("source", source, known_sources, lambda s: (s.id, s.event, s.event_en, s.title))
    names = [names for s in known_sources for names in zip(s.speakers, s.speakers_en, strict=False)]
    speakers = {name[0] for name in _fitting("speaker", speaker, list(dict.fromkeys(names)), lambda name: name)}
    order = {t.id: nth for nth, t in enumerate(topics)}
    wanted = set(sources)
    words = search.casefold().split()
    fitting: dict[str, tuple[tuple[int, str, str], Found]] = {}
    for deck in decks:
        for row in deck.rows():
            statement = row.statement
            cited = deck.sources[row.source]
            if statement.topic not in order or cited not in wanted or statement.speaker not in speakers:
                continue
            whole = _claim(deck, row)
            text = " ".join((whole.zh, whole.en, whole.note, whole.note_en)).casefold()
            if all(word in text for word in words):
                place = (order[statement.topic], whole.said, row.source)
                fitting.setdefault(f"{deck.head.name}:{whole.id}", (place, Found(deck, row, whole)))
    return [one for _, one in sorted(fitting.values(), key=lambda pair: pair[0])]


def dossier(listed: Sequence[Claim]) -> Iterator[str]:
    """The claims as lines to read, under a heading a topic."""
    heading = ""
    for claim in listed:
        if claim.topic_en != heading:
            count = sum(other.topic_en == claim.topic_en for other in listed)
            yield f"{'' if not heading else chr(10)}# {both(claim.topic, claim.topic_en, ' · ')} ({count})"
            heading = claim.topic_en
        who = both(claim.speaker_en, claim.speaker)
        english = f"  {claim.en}\n" if claim.en else ""
        yield f"\n  {claim.zh}\n{english}  — {who}, {claim.event_en}, {claim.said} · {claim.kind}"
        for other in claim.related:
            yield f"    said {other.how}, {other.said}, {other.event_en}: {other.zh}"


def _fitting(what: str, wanted: str, known: list[T], names: Callable[[T], Sequence[str]]) -> list[T]:
    if not wanted:
        return known
    flat = wanted.casefold()
    exact = [one for one in known if flat in (name.casefold() for name in names(one))]
    found = exact or [one for one in known if any(flat in name.casefold() for name in names(one))]
    if not found:
        there = ", ".join(names(one)[-1 if what == "speaker" else 0] for one in known)
        raise StudytoolError(f"no {what} fits {wanted!r}", hint=f"there are {there}")
    return found


def _claim(deck: OpenDeck, row: Row) -> Claim:
    statement, source, topic = row.statement, deck.sources[row.source], deck.topics[row.statement.topic]
    return Claim(
        id=row.key,
        topic=topic.name,
        topic_en=topic.name_en,
        zh=cloze.plain(statement.zh),
        en=cloze.plain(statement.en),
        kind=statement.kind,
        speaker=statement.speaker,
        speaker_en=speaker_en(source, statement.speaker),
        event=source.event,
        event_en=source.event_en,
        said=source.said,
        section=statement.section,
        title=source.title,
        outlet=source.outlet,
        url=source.url,
        note=statement.note,
        note_en=statement.note_en,
        related=tuple(_related(deck, relation) for relation in row.related),
    )


def _related(deck: OpenDeck, relation: Relation) -> Related:
    row = deck.row(f"{deck.head.name}:{relation.key}")
    source = deck.sources[row.source]
    return Related(
        id=row.key,
        how="again" if relation.again else "otherwise",
        said=source.said,
        event_en=source.event_en,
        speaker_en=speaker_en(source, row.statement.speaker),
        zh=cloze.plain(row.statement.zh),
        en=cloze.plain(row.statement.en),
    )
