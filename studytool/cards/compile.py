"""Corpus -> Deck: which cards each statement becomes."""

from studytool import cloze
from studytool.corpus import Corpus
from studytool.deck import FORMAT
from studytool.model import Deck, DeckHead, Entry, Note, Row


def compile_deck(corpus: Corpus) -> Deck:
    """Make the deck of a corpus: one cloze note and, where there is a question, one Q&A note a statement.

    Rejected statements stay out. The notes' `changed` and `digest` are still to be filled in.
    """
    head = corpus.head
    return Deck(
        DeckHead(
            format=FORMAT,
            name=head.name,
            title=head.title,
            title_en=head.title_en,
            description=head.description,
            description_en=head.description_en,
            topics=head.topic,
            sources=corpus.sources,
        ),
        tuple(
            Row(entry.source.id, entry.statement, _notes(entry))
            for entry in corpus.entries
            if entry.statement.status != "rejected"
        ),
    )


def _notes(entry: Entry) -> tuple[Note, ...]:
    statement = entry.statement
    blanks = Note("cloze", tuple(f"c{number}" for number in cloze.numbers(statement.zh)))
    return (blanks, Note("qa", ("qa",))) if statement.question else (blanks,)
