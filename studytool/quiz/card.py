"""A card as it is studied: all that its two sides show, and what it asks for."""

from msgspec import Struct

from studytool import cloze
from studytool.deck import ENGLISH, Slot
from studytool.model import Relation, Row, Source, Topic, Word


class Words(Struct, frozen=True):
    """The words of a card's Chinese texts, in order."""

    zh: tuple[Word, ...] = ()
    question: tuple[Word, ...] = ()
    answer: tuple[Word, ...] = ()


class Card(Struct, frozen=True):
    """A card with all that its two sides show. One language prompts and is asked for, the other is its gloss."""

    slot: Slot
    row: Row
    source: Source
    topic: Topic
    related: tuple[tuple[Relation, Row, Source], ...]
    words: Words = Words()

    @property
    def english(self) -> bool:
        """Whether it prompts in English, with Chinese as the gloss."""
        return self.slot.id.endswith(ENGLISH)

    @property
    def blank(self) -> int:
        """The number of the blank asked for; 0 for a question."""
        name = self.slot.id.rsplit("/", 1)[1].removesuffix(ENGLISH)
        return int(name[1:]) if name != "qa" else 0

    @property
    def marked(self) -> bool:
        """Whether the English has the blank too. Where it has not, as a machine makes it, it would tell the answer."""
        return self.blank in cloze.numbers(self.row.statement.en)

    @property
    def answer(self) -> str:
        """The Chinese that is asked for, or what a learner of English knows it by."""
        statement = self.row.statement
        return cloze.blank(statement.zh, self.blank) if self.blank else statement.answer or cloze.plain(statement.zh)

    @property
    def answer_en(self) -> str:
        """The same in English; "" where the English does not mark it."""
        statement = self.row.statement
        return cloze.blank(statement.en, self.blank) if self.blank else statement.answer_en or cloze.plain(statement.en)

    @property
    def text(self) -> str:
        """The plain Chinese of the prompt, what is asked for included."""
        statement = self.row.statement
        return cloze.plain(statement.zh) if self.blank else statement.question

    @property
    def read(self) -> tuple[Word, ...]:
        """The words of `text`."""
        return self.words.zh if self.blank else self.words.question

    @property
    def hidden(self) -> list[tuple[int, int]]:
        """Where in `text` stands what is asked for; start and end in characters."""
        return cloze.spans(self.row.statement.zh, self.blank) if self.blank else []
