"""The rules of a good card that a program can check, and what is found against them.

Errors are the faults that learners complain of most: a front that tells its answer, a blank not worth recalling, one question
with two answers. Warnings are a teacher's second look. A statement answers for a finding with `allow = ["L33: why"]`.
"""

from collections.abc import Mapping

from studytool.cards.compile import IN_DECKS
from studytool.cards.lint import blanks, context, leaks, parity, questions, quotes, rivals
from studytool.cards.lint.quotes import Passage
from studytool.cards.lint.rule import Broken, Finding
from studytool.corpus import Corpus
from studytool.model import Entry

__all__ = ["Finding", "Passage", "lint"]

_OF_ONE = (leaks.told, blanks.empty, blanks.cut, questions.poor, context.adrift, parity.differing)
_OF_ALL = (rivals.alike, blanks.guessable, parity.wavering)


def lint(corpus: Corpus, articles: Mapping[str, Passage] | None = None) -> list[Finding]:
    """All findings of a corpus that no statement answers for, in file order. Quotes are checked where `articles`, by the id of
    their source, are at hand."""
    topics = {topic.id: topic for topic in corpus.head.topic}
    entries = [entry for entry in corpus.entries if entry.statement.status in IN_DECKS]  # these become no card
    found: list[tuple[Entry, Broken]] = []
    for entry in entries:
        found += ((entry, broken) for rule in _OF_ONE for broken in rule(entry, topics[entry.statement.topic]))
        if articles and entry.source.id in articles:
            found += ((entry, broken) for broken in quotes.unfaithful(entry, articles[entry.source.id]))
    for rule in _OF_ALL:
        found += rule(entries)
    findings = [
        Finding(broken.code, broken.message, corpus.where(entry, broken.field), entry.key, broken.error)
        for entry, broken in found
        if not any(allowed.startswith(f"{broken.code}:") for allowed in entry.statement.allow)
    ]
    return sorted(findings, key=lambda finding: finding.where)
