"""Article -> the statements that are worth proposing, best first. Fewer and better: what cannot stand alone is not proposed."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from studytool import chinese, cloze
from studytool.articles import BEFORE_LAUGH, Article, Span
from studytool.model import Quote, Statement, Topic
from studytool.statements import blanks, cues, questions
from studytool.statements.candidates import MARKUP, Candidate, candidates
from studytool.statements.forced import forced
from studytool.statements.points import points
from studytool.statements.rank import Pick, rank
from studytool.statements.sound import placed, sound, stands
from studytool.statements.topics import Topics
from studytool.statements.trim import first
from studytool.statements.unfit import unfit
from studytool.statements.weights import Weights
from studytool.statements.wording import Voice, Wording, kind, narrator

BLANK = 0.3  # what a blank counts for beside the claim
TWIN = 0.6  # share of common character pairs from which on a claim is one that is there already
NEAR = 150  # characters on either side of a quote that help to tell its topic
FEWEST = 3  # statements under one heading that make it a topic
WHOLE = "全文"  # the section of an article that has none
PER_LIMIT, LIMIT = 350, (8, 60)  # characters of talk per statement where no limit is named, and the least and most


PER_CARD, CARDS = 600, (6, 15)  # likewise for cards that nobody looks at first: fewer, better ones
GUESSED = frozenset({"clause", "word", "subject"})  # why a blank was found that nothing forces
LAST = 3  # cards of an article that yields none of these
CLAIMS = frozenset({"contrast", "cause", "forecast", "emphasis", "definition", "opinion", "summary", "quoted"})


class Proposal(Struct, frozen=True):
    """A statement with the reasons for it."""

    statement: Statement
    rank: int
    score: float
    why: tuple[str, ...]


class Proposed(Struct, frozen=True):
    """What an article yields."""

    proposals: tuple[Proposal, ...]
    topics: tuple[Topic, ...]  # all that the proposals use, new ones included
    quotes: dict[str, Quote]  # of every sentence that could be a statement, by the id that it would have


def propose(article: Article, topics: Sequence[Topic] = (), limit: int = 0, speaker: str = "", sure: bool = False) -> Proposed:
    """Choose and word the key claims of an article.

    `topics` are those that the corpus knows; `limit` is the most statements, 0 for as many as the length of the talk allows;
    `speaker` leaves out all others (a part of the name); `sure` leaves out what a human had better look at first.
    """
    said = list(candidates(article))
    every = [*said, *points(article)]
    desk = _Desk(article, topics, said)
    wanted = [one for one in every if speaker.casefold() in one.speaker.casefold()]
    ranked = rank(article, [one for one in wanted if not sure or desk.ready(one)], desk.weights)
    drafts = [draft for pick in ranked if (draft := desk.draft(pick, sure))]
    strict = sure
    if sure and not drafts:  # an article of which no such card can be made: a few that come near
        strict = False
        ranked = rank(article, [one for one in wanted if sound(one)] or wanted, desk.weights)
        drafts = sorted((draft for pick in ranked if (draft := desk.draft(pick, False))), key=lambda one: -one.worth)
        drafts = [draft for draft in drafts if draft.blank.why not in GUESSED and desk.fits(draft)][:LAST]
    size = len(article.text)
    usual = min(max(size // PER_CARD, CARDS[0]), CARDS[1]) if sure else min(max(size // PER_LIMIT, LIMIT[0]), LIMIT[1])
    if not sure:
        usual = max(usual, sum(draft.pick.candidate.marked for draft in drafts))  # an editor's choice is never cut short
    most = limit or usual
    drafts = sorted(drafts, key=lambda draft: -draft.worth)
    drafts = desk.gathered((_unlike(drafts) if sure else drafts)[:most], strict)
    made: dict[str, Proposal] = {}
    for draft in drafts:
        statement = desk.statement(draft)
        why = (*draft.pick.why, f"blank: {draft.blank.why}")
        made.setdefault(statement.id, Proposal(statement, len(made) + 1, round(draft.worth, 3), why))
    used = {proposal.statement.topic for proposal in made.values()}
    return Proposed(
        tuple(made.values()),
        tuple(topic for topic in (*topics, *desk.topics.new.values()) if topic.id in used),
        {identity(article.says(one.span)): quoted(article, one.span) for one in every},
    )


def without_twins(
    proposals: Sequence[Proposal], there: Iterable[tuple[str, str]]
) -> tuple[list[Proposal], list[tuple[Proposal, str]]]:
    """Part proposals into new ones and those whose claim is there already: `there` gives claims as (key, text); each twin comes
    with the key of the claim that it repeats."""
    known = [(key, chinese.bigrams(text)) for key, text in there]
    fresh: list[Proposal] = []
    twins: list[tuple[Proposal, str]] = []
    for proposal in proposals:
        pairs = chinese.bigrams(plain(proposal.statement))
        key = next((key for key, other in known if len(pairs & other) >= TWIN * min(len(pairs), len(other) or 1)), "")
        if key:
            twins.append((proposal, key))
        else:
            fresh.append(proposal)
    return fresh, twins


class _Draft(NamedTuple):
    """A pick on its way to be a statement."""

    pick: Pick
    worded: Wording
    blank: blanks.Blank
    topic: Topic

    @property
    def worth(self) -> float:
        """What it is sorted by: the claim first, then what there is to recall."""
        return self.pick.score + BLANK * min(self.blank.score, 1.6)


class _Desk:
    """What the statements of one article are made with."""

    def __init__(self, article: Article, topics: Sequence[Topic], said: Sequence[Candidate]) -> None:
        self._article = article
        self._retracted = [chinese.bigrams(one.text) for one in said if cues.RETRACTS.search(one.next)]
        self.weights = Weights(article)
        self._voice = Voice(article, self.weights)
        self.topics = Topics(topics, article)

    def ready(self, one: Candidate) -> bool:
        """Whether a card can be made of a candidate without anybody having looked at it; what it is about is seen to later."""
        if (
            not sound(one)
            or self._joke(one)
            or (one.editor and self._taken_back(one))
            or not (worded := self._voice.word(one, sure=True))
            or not stands(worded.text, one.marked or one.editor, ours=bool(worded.close))
        ):
            return False
        return forced(worded.text, self.weights, worded.lead, title=self._article.title) is not None

    def fits(self, draft: _Draft) -> bool:
        """Whether the card of an article that yields no better may be given."""
        worded, blank = draft.worded, draft.blank
        one = draft.pick.candidate
        bad = unfit(worded.text, blank.start, blank.end, blank.why, self._article.title) or self._joke(one)
        bad = bad or (bool(worded.close) and not self._voice.knows_us(one))
        return not bad and blank.why != "figure" and placed(worded.text, ours=bool(worded.close))

    def _joke(self, one: Candidate) -> bool:
        """Whether somebody laughs at what a candidate ends in."""
        return chinese.hanzi(self._article.says(one.sentence))[-BEFORE_LAUGH:] in self._article.laughed

    def _taken_back(self, one: Candidate) -> bool:
        """Whether the summary tells what the speaker took back at once."""
        pairs = chinese.bigrams(one.text)
        return any(len(pairs & other) >= TWIN * min(len(pairs), len(other)) for other in self._retracted if other)

    def draft(self, pick: Pick, sure: bool) -> _Draft | None:
        """Word a pick, sort it, blank it; None where one of these cannot be done, to be `sure` as a strict reader would ask."""
        one = pick.candidate
        if not (worded := self._voice.word(one, sure)) or MARKUP.search(worded.lead):
            return None
        around = self._article.text[max(0, one.span.start - NEAR) : one.span.end + NEAR]
        best = self.topics.of(worded.text, "" if one.editor else one.section, around)
        for topic in (best, self.topics.own()):  # the name of the best one may tell the answer
            if blank := self._blank(pick, worded, topic, sure):
                short = worded._replace(text=first(worded.text, blank.end)) if sure and not worded.close else worded
                if short != worded and (again := self._blank(pick, short, topic, sure)):
                    worded, blank = short, again
                return _Draft(pick, worded, blank, topic)
        return None

    def gathered(self, drafts: Sequence[_Draft], sure: bool) -> list[_Draft]:
        """The drafts with those that stand alone under their heading put into the article's own topic."""
        crowd = Counter(draft.topic.id for draft in drafts)
        found = []
        for draft in drafts:
            if draft.topic.id in self.topics.headings and crowd[draft.topic.id] < FEWEST:
                topic = self.topics.own()
                blank = self._blank(draft.pick, draft.worded, topic, sure)  # the new topic's name may tell the old one
                if not blank:
                    continue
                draft = draft._replace(topic=topic, blank=blank)
            found.append(draft)
        return found

    def statement(self, draft: _Draft) -> Statement:
        """A draft as it is written to a file."""
        one, worded, blank = draft.pick.candidate, draft.worded, draft.blank
        text = worded.text
        marked = f"{text[: blank.start]}{{{{c1::{text[blank.start : blank.end]}}}}}{text[blank.end :]}"
        hidden = text[blank.start : blank.end]
        asked = questions.ask(worded.lead, text, one.asked, hidden) if not worded.close else None
        return Statement(
            id=identity(self._article.says(one.span)),
            topic=draft.topic.id,
            kind=kind(text),
            speaker=one.speaker or narrator(self._article),
            section=one.section or WHOLE,
            zh=f"{worded.lead}{marked}{worded.close}",
            question=asked.question if asked else "",
            answer=asked.answer if asked else "",
            gloss="missing",
            status="proposed",
            quote=quoted(self._article, one.span),
        )

    def _blank(self, pick: Pick, worded: Wording, topic: Topic, sure: bool) -> blanks.Blank | None:
        """The best blank; to be `sure`, only one that the claim's own wording forces."""
        told = f"{worded.lead} {topic.name} {topic.name_en}"
        found = forced(worded.text, self.weights, told, sure, self._article.title)
        if sure or found:
            return found
        found = blanks.best(worded.text, self.weights, told)
        if found and found.why == "figure" and not pick.candidate.marked and not CLAIMS & set(pick.why):
            return None  # a number in a story
        return found


def _unlike(drafts: Sequence[_Draft]) -> list[_Draft]:
    """The drafts, best first, without those whose answer a better one has: one of two such cards would be confused or told."""
    seen: set[str] = set()
    found = []
    for draft in drafts:
        answer = chinese.folded(draft.worded.text[draft.blank.start : draft.blank.end])
        if answer not in seen:
            seen.add(answer)
            found.append(draft)
    return found


def identity(quote: str) -> str:
    """A statement's id, from the words that it quotes: the same wherever they stand."""
    return "q" + hashlib.sha256(chinese.folded(quote).encode()).hexdigest()[:10]


def quoted(article: Article, span: Span) -> Quote:
    """A quote's place in its article, with the hash of its text."""
    return Quote(start=span.start, end=span.end, sha256=hashlib.sha256(article.says(span).encode()).hexdigest())


def plain(statement: Statement) -> str:
    """A statement's Chinese without marks."""
    return cloze.plain(statement.zh)
