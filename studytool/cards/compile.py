"""Corpus -> Deck: which cards each statement becomes."""

from msgspec import structs

from studytool import cloze
from studytool.corpus import Corpus
from studytool.deck import FORMAT
from studytool.model import Deck, DeckHead, Entry, Note, Relation, Row, Source

IN_DECKS = ("accepted", "proposed")


def compile_deck(corpus: Corpus) -> Deck:
    """Make the deck of a corpus: of each statement one cloze note a blank and, where there is a question, one Q&A note.

    A blank has a note of its own, since Anki cannot take a card from a note that a learner has, nor give one to a note that the
    learner edited: an import that tries leaves a card that asks nothing.

    Rejected and stale statements stay out. The notes' `changed` and `digest` are still to be filled in.
    """
    head = corpus.head
    entries = [entry for entry in corpus.entries if entry.statement.status in IN_DECKS]
    related = _relations(entries)
    return Deck(
        DeckHead(
            format=FORMAT,
            name=head.identity,
            title=head.title,
            title_en=head.title_en,
            description=head.description,
            description_en=head.description_en,
            topics=head.topic,
            sources=tuple(map(_shown, corpus.sources)),
        ),
        tuple(Row(entry.source.id, entry.statement, _notes(entry), tuple(related[entry.key])) for entry in entries),
    )


def _shown(source: Source) -> Source:
    """A source as it is cited: what is not known in English is shown in Chinese, and its day is at least that of its article."""
    return structs.replace(
        source,
        title_en=source.title_en or source.title,
        event_en=source.event_en or source.event,
        speakers_en=source.speakers_en or source.speakers,
        said=source.said or source.published.isoformat(),
        article="",
    )


def _relations(entries: list[Entry]) -> dict[str, list[Relation]]:
    """What is related to each claim, by its key. Whichever of two claims names the other, both know of it."""
    found: dict[str, dict[str, bool]] = {entry.key: {} for entry in entries}
    for entry in entries:
        for keys, again in ((entry.statement.related, True), (entry.statement.differs, False)):
            for key in keys:
                if key in found:  # else it stands in a file that was not read, or was rejected
                    found[entry.key][key] = again
                    found[key][entry.key] = again
    order = {entry.key: nth for nth, entry in enumerate(entries)}
    return {
        key: [Relation(other, others[other]) for other in sorted(others, key=order.__getitem__)] for key, others in found.items()
    }


def _notes(entry: Entry) -> tuple[Note, ...]:
    statement = entry.statement
    blanks = tuple(Note("cloze", (f"c{number}",)) for number in cloze.numbers(statement.zh))
    return (*blanks, Note("qa", ("qa",))) if statement.question else blanks
