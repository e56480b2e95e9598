"""L34, L35, L36: statements that ask or say the same, or nearly so."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from studytool import chinese, cloze
from studytool.cards.lint.rule import Broken
from studytool.model import Entry

SAME = 0.7  # Jaccard of bigrams above which two questions with one answer are one (L35)
CONFUSING = 0.8  # and above which two questions with different answers will be confused (L36)
SAID_TWICE = 0.6  # Jaccard of bigrams above which two statements say the same (L35, a warning)


def alike(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Broken]]:
    """Each later statement that has a rival among the earlier ones, with the nearest kind of rivalry."""
    asking = [entry for entry in entries if entry.statement.question]
    told: set[str] = set()
    for entry, other, share in _pairs(asking, [chinese.bigrams(e.statement.question) for e in asking], SAME):
        same_answer = _answer(entry) == _answer(other)
        same_question = chinese.folded(entry.statement.question) == chinese.folded(other.statement.question)
        if entry.key in told:
            continue
        if same_question and not same_answer:
            yield entry, Broken("L34", "question", f"the question of {other.key}, with another answer", error=True)
        elif same_answer:
            yield (
                entry,
                Broken("L35", "question", f"a duplicate of {other.key}: the same answer to nearly the same question", error=True),
            )
        elif share > CONFUSING:
            yield entry, Broken("L36", "question", f"will be confused with {other.key}: nearly the same question, another answer")
        else:
            continue
        told.add(entry.key)
    linked = {(entry.key, key) for entry in entries for key in (*entry.statement.related, *entry.statement.differs)}
    for entry, other, _ in _pairs(entries, [chinese.bigrams(cloze.plain(e.statement.zh)) for e in entries], SAID_TWICE):
        if entry.key not in told and not {(entry.key, other.key), (other.key, entry.key)} & linked:
            yield entry, Broken("L35", "zh", f"says nearly the same as {other.key}; keep one, or name it in related")
            told.add(entry.key)


def _answer(entry: Entry) -> str:
    """The answer as it is compared; without one, the statement itself is the answer."""
    return chinese.folded(entry.statement.answer or cloze.plain(entry.statement.zh))


def _pairs(entries: Sequence[Entry], sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs (later, earlier) whose sets have a Jaccard index above `least`.

    Prefix filtering (Chaudhuri, Ganti and Kaushik, 2006): two sets so alike share one of their rarest few members, so only
    those that do are compared.
    """
    often = Counter(member for members in sets for member in members)
    seen: dict[str, list[int]] = defaultdict(list)
    for nth, members in enumerate(sets):
        rare = sorted(members, key=lambda member: (often[member], member))[: len(members) - ceil(least * len(members)) + 1]
        for earlier in sorted({other for member in rare for other in seen[member]}):
            shared = len(members & sets[earlier])
            share = shared / (len(members) + len(sets[earlier]) - shared)
            if share > least:
                yield entries[nth], entries[earlier], share
        for member in rare:
            seen[member].append(nth)
