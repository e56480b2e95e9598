"""What is said of a typed or chosen answer, as runs of text; to be read without colour, too."""

from collections.abc import Iterator

from studytool.quiz.answers import DiffRun
from studytool.quiz.outcome import Outcome
from studytool.quiz.ui.text import BREAK, Span

_SIGNS = {"right": ("✓ ", "$text-success"), "partial": ("≈ partly: ", "$text-warning"), "wrong": ("✗ ", "$text-error")}
_EXTRA, _MISSING = "strike $text-error", "underline $text-success"


def verdict(outcome: Outcome, coloured: bool) -> list[Span]:
    """How the answer was judged, and below it what was typed: too much struck out, missing underlined; without colours in
    brackets, as `git diff --word-diff` has them."""
    sign, style = _SIGNS[outcome.kind]
    spans = [Span(f"{sign}{outcome.why}", f"bold {style}")]
    runs = outcome.diff
    if any(run.kind != "missing" for run in runs) and outcome.why != "right":
        spans.append(BREAK)
        for nth, run in enumerate(_apart(runs)):
            other = nth and run.kind == "missing" and not any(one.kind == "same" for one in runs)
            spans += [Span(" → "), _run(run, coloured)] if other else [_run(run, coloured)]
    return spans


def _run(run: DiffRun, coloured: bool) -> Span:
    if run.kind == "same":
        return Span(run.text)
    if not coloured:
        return Span(f"[-{run.text}-]" if run.kind == "extra" else f"{{+{run.text}+}}", "bold")
    return Span(run.text, _EXTRA if run.kind == "extra" else _MISSING)


def _apart(runs: tuple[DiffRun, ...]) -> Iterator[DiffRun]:
    """Blanks around a run stand outside its line: "too much" ends where the word does."""
    for run in runs:
        text = run.text.strip()
        if text and run.kind != "same":
            before, _, after = run.text.partition(text)
            yield from (one for one in (DiffRun(before, "same"), DiffRun(text, run.kind), DiffRun(after, "same")) if one.text)
        else:
            yield run
