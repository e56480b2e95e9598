"""What a statement must be for its card to be given to a learner without anybody having looked at it."""

from studytool.chinese import hanzi
from studytool.statements import cues
from studytool.statements.candidates import Candidate, leans

REPEATED = 4  # hanzi that nobody says twice in a sentence on purpose
CLAIMS = frozenset({"contrast", "cause", "forecast", "emphasis", "definition", "opinion", "summary", "quoted"})


def sound(one: Candidate, whole: bool) -> bool:
    """Whether a candidate claims something of its own, whole, in one sentence, that the next one does not take back, nor, to be
    `whole`, goes on to qualify."""
    text = one.text
    return (
        one.span.start >= one.sentence.start  # two sentences joined are seldom one idea
        and not leans(text)
        and (one.marked or not _stammers(text))
        and not cues.RETRACTS.search(one.next)
        and (one.marked or not whole or not cues.QUALIFIES.search(one.next))
        and (one.marked or whole or not cues.LOOSE.search(text))
        and not cues.HEARSAY.search(text)
        and not cues.HEADLESS.search(text)
        and not cues.EMPTY.search(text)
        and not cues.NARRATIVE.search(text)
        and not any(part in text for part in one.speaker.replace("·", " ").split() if len(part) > 1)  # others talk of him
    )


def _stammers(text: str) -> bool:
    """Whether a run of words comes twice, as in speech that was never edited."""
    flat = hanzi(text)
    runs = [flat[at : at + REPEATED] for at in range(len(flat) - REPEATED + 1)]
    return len(set(runs)) < len(runs)
