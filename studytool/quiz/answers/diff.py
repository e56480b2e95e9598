"""What a typed text lacks and has too much, against the nearest right one: hanzi by hanzi, word by word, and in a misspelt word
letter by letter.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "missing", "extra"]
MOST = 400  # characters of either text that are compared; the rest is told whole
LIKE = 0.6  # share of letters (SequenceMatcher.ratio) from which a word is another one misspelt
# A piece is a hanzi, a run of letters or digits, or another sign; blanks and marks after it belong to it.
_PIECE = re.compile(r"(?:[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+|.)(?:[^\w]|_)*", re.DOTALL)
_MARKS = re.compile(r"[\W_]+")


class DiffRun(NamedTuple):
    """A run of text: of both, of the answer alone (`missing`), or of what was typed alone (`extra`)."""

    text: str
    kind: Kind


def diff(typed: str, answer: str) -> tuple[DiffRun, ...]:
    """The runs of both texts in order. `same` and `extra` make up the typed text, `same` and `missing` the answer but for case,
    width, blanks and marks.
    """
    if not typed or not answer or max(len(typed), len(answer)) > MOST:
        return tuple(run for run in (DiffRun(typed, "extra"), DiffRun(answer, "missing")) if run.text)
    return tuple(_merged(_between(_PIECE.findall(typed), _PIECE.findall(answer))))


def _between(typed: Sequence[str], answer: Sequence[str]) -> Iterator[DiffRun]:
    matcher = SequenceMatcher(None, [*map(_bare, typed)], [*map(_bare, answer)], autojunk=False)
    for tag, start, end, at, to in matcher.get_opcodes():
        extra, missing = typed[start:end], answer[at:to]
        if tag == "equal":
            yield DiffRun("".join(extra), "same")
        elif len(extra) == len(missing) and min(map(len, (*extra, *missing))) > 1:  # words for words: each for its own
            for one, other in zip(extra, missing, strict=True):
                yield from _word(one, other)
        else:
            apart = tag == "insert" and start and typed[start - 1][-1].isalnum() and answer[at - 1][-1].isspace()
            yield DiffRun("".join(extra), "extra")
            yield DiffRun(" " * bool(apart) + "".join(missing), "missing")


def _word(typed: str, answer: str) -> Iterator[DiffRun]:
    matcher = SequenceMatcher(None, typed.casefold(), answer.casefold(), autojunk=False)
    if matcher.ratio() < LIKE or len(typed.casefold()) != len(typed) or len(answer.casefold()) != len(answer):
        yield DiffRun(typed, "extra")
        yield DiffRun(answer, "missing")
        return
    for tag, start, end, at, to in matcher.get_opcodes():
        yield DiffRun(typed[start:end], "same" if tag == "equal" else "extra")
        if tag != "equal":
            yield DiffRun(answer[at:to], "missing")


def _bare(piece: str) -> str:
    """A piece without blanks and marks; one of nothing else as it is."""
    return _MARKS.sub("", piece).casefold() or piece


def _merged(runs: Iterator[DiffRun]) -> Iterator[DiffRun]:
    last: DiffRun | None = None
    for run in runs:
        if not run.text:
            continue
        if last and last.kind == run.kind:
            last = DiffRun(last.text + run.text, run.kind)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
