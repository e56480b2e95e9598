"""The rules of a good card that a program can check, and what is found against them.

Errors are the faults that learners complain of most: a front that tells its answer, a blank not worth recalling, one question
with two answers. Warnings are a teacher's second look. A statement answers for a finding with `allow = ["L33: why"]`.
"""

from studytool.cards.lint import blanks, context, leaks, parity, questions, rivals
from studytool.cards.lint.rule import Broken, Finding
from studytool.corpus import Corpus
from studytool.model import Entry

__all__ = ["Finding", "lint"]

_OF_ONE = (leaks.told, blanks.empty, blanks.cut, questions.poor, context.adrift, parity.differing)
_OF_ALL = (rivals.alike, blanks.guessable, parity.wavering)


def lint(corpus: Corpus) -> list[Finding]:
    """All findings of a corpus that no statement answers for, in file order."""
    topics = {topic.id: topic for topic in corpus.head.topic}
    entries = [entry for entry in corpus.entries if entry.statement.status != "rejected"]  # these become no card
    found: list[tuple[Entry, Broken]] = []
    for entry in entries:
        found += ((entry, broken) for rule in _OF_ONE for broken in rule(entry, topics[entry.statement.topic]))
    for rule in _OF_ALL:
        found += rule(entries)
    findings = [
        Finding(broken.code, broken.message, corpus.where(entry, broken.field), entry.key, broken.error)
        for entry, broken in found
        if not any(allowed.startswith(f"{broken.code}:") for allowed in entry.statement.allow)
    ]
    return sorted(findings, key=lambda finding: finding.where)
