"""Four options for a card: the right answer and three that are as likely by their look, and certainly wrong.

An option that can be ruled out unread teaches nothing, and one that is right too teaches what is false. So they are of the same
kind, look and topic; and none is a right text, holds one, stands on the front, or belongs to a claim that says the same.
"""

from itertools import islice
from random import Random

from msgspec import Struct

from studytool import cloze
from studytool.model import Row
from studytool.quiz.answers.forms import forms, keys
from studytool.quiz.answers.near import nearness
from studytool.quiz.card import Card
from studytool.quiz.choices.pool import Candidate, Pool, candidate
from studytool.quiz.choices.values import nearby

__all__ = ["Option", "Pool", "options"]

WANTED = 3  # options beside the right one
NEAREST = 6  # values near a figure among which the seed chooses
ALIKE = 4.0  # penalty up to which an answer of the same topic is taken before one of another
JITTER = 1.0  # penalty that the seed adds, so that another day brings other options
_LENGTH, _TURN, _LEVEL = 4.0, 1.0, 0.1  # penalties: of twice the length, of another form, of a level of HSK


class Option(Struct, frozen=True):
    """One of the answers offered, in both languages."""

    zh: str
    en: str  # "" where the right answer has no English
    right: bool


def options(card: Card, pool: Pool, seed: int) -> tuple[Option, ...] | None:
    """The right answer of a card among up to three wrong ones, in an order of the seed; None where the deck holds no other.

    The same card, pool and seed give the same options. Takes some milliseconds, whatever the size of the deck. Raises
    StudytoolError where a deck file is damaged.
    """
    random = Random(f"{seed}/{card.slot.id}")
    right = candidate(card.slot.statement, card.row, card.words, card.blank)
    chosen = _Chosen(right, card)
    if right.kind == "figure":
        near = [*islice(nearby(right.zh, right.en), NEAREST)]
        random.shuffle(near)
        for zh, en in near:
            chosen.add(zh, en, ())
    left: list[tuple[float, Candidate]] = []
    tiers = pool.tiers(card.slot, random)
    while not chosen.full and (tier := next(tiers, None)) is not None:
        ranked = sorted(((_penalty(right, one) + JITTER * random.random(), nth, one) for nth, one in enumerate(tier)))
        for penalty, _, one in ranked:
            if penalty > ALIKE + JITTER or chosen.full:
                left.append((penalty, one))
            elif chosen.fits(one):
                chosen.add(one.zh, one.en, one.also)
    for _, one in sorted(left, key=lambda pair: pair[0]):
        if chosen.full:
            break
        if chosen.fits(one):
            chosen.add(one.zh, one.en, one.also)
    if not chosen.others:
        return None
    found = [Option(right.zh, right.en, True), *(Option(zh, en if right.en else "", False) for zh, en in chosen.others)]
    random.shuffle(found)
    return tuple(found)


class _Chosen:
    """The wrong options so far, and what keeps a text from being one more."""

    def __init__(self, right: Candidate, card: Card) -> None:
        self.right = right
        self.others: list[tuple[str, str]] = []
        self._taken = [_said(right.zh, right.en, right.also)]
        statement = card.row.statement
        prompts = (
            (cloze.hide(statement.zh, card.blank, "\0"), cloze.hide(statement.en, card.blank, "\0"))
            if card.blank
            else (statement.question, statement.question_en)
        )
        self._front = [key for prompt in prompts for key in keys(prompt)]
        self._close = _related(card.row) | {card.row.key}

    @property
    def full(self) -> bool:
        return len(self.others) == WANTED

    def fits(self, one: Candidate) -> bool:
        """Whether the claim of an answer is another one, and says all that the right answer says."""
        return (
            one.row.key not in self._close
            and self.right.row.key not in _related(one.row)
            and bool(one.zh.strip())
            and (bool(one.en.strip()) or not self.right.en)
        )

    def add(self, zh: str, en: str, also: tuple[str, ...]) -> None:
        """Take a text unless it is full, or the text right, near to it, the same as one taken, or on the front."""
        if self.full or any(key in front for key in (_key(zh), _key(en)) if key for front in self._front):
            return
        said = _said(zh, en, also)
        if any(_same(said, taken) for taken in self._taken):
            return
        self._taken.append(said)
        self.others.append((zh, en))


def _related(row: Row) -> set[str]:
    """The keys of claims that say the same as one, or its opposite."""
    return {relation.key for relation in row.related} | {*row.statement.related, *row.statement.differs}


def _key(text: str) -> str:
    found = forms(text)
    return found[0].key if found else ""


def _said(zh: str, en: str, also: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An answer's own texts, then all that are right for it."""
    own = tuple(text for text in (zh, en) if text.strip())
    return own, (*own, *also)


def _same(one: tuple[tuple[str, ...], tuple[str, ...]], taken: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether two answers may mean the same: they share a right text, or one's own text is near one of the other, or in it."""
    mine, theirs = ({key for text in texts[1] for key in keys(text)} for texts in (one, taken))
    if mine & theirs:
        return True
    return _touches(one[0], taken[1]) or _touches(taken[0], one[1])


def _touches(own: tuple[str, ...], all_of_other: tuple[str, ...]) -> bool:
    for text in own:
        for other in all_of_other:
            for a in forms(text):
                for b in forms(other):
                    if nearness(a, b) or (not a.figures and not b.figures and (a.key in b.key or b.key in a.key)):
                        return True
    return False


def _penalty(right: Candidate, one: Candidate) -> float:
    """How unlike the right answer another one looks."""
    a, b = right.look, one.look
    unlike = (
        6 * (right.kind != one.kind)
        + 3 * (bool(right.blank) != bool(one.blank))
        + _stretch(a.cells, b.cells)
        + _stretch(a.letters, b.letters) / 2
        + _TURN * (a.article != b.article)
        + _TURN * (a.ending != b.ending)
        + _TURN * (a.capital != b.capital)
        + _TURN * (a.verb != b.verb)
        + _LEVEL * abs(a.level - b.level)
        - _TURN / 2 * (a.last == b.last)
    )
    if right.blank and one.blank:
        unlike += _TURN * (a.before != b.before) + _TURN * (a.after != b.after)
    return unlike


def _stretch(one: int, other: int) -> float:
    """The penalty of a length."""
    return _LENGTH * (max(one, other, 1) / max(1, min(one, other)) - 1)
