"""Parameters of FSRS fitted to a learner's reviews. The only door to the optimizers, of which either will do.

`fsrs-rs-python` binds the optimizer that Anki has: small, and seconds for years of reviews; but its package states no licence, so
nobody gets it from us unasked. py-fsrs's own one is MIT and needs torch: large, and slow.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from studytool.errors import OUTSIDE, StudytoolError
from studytool.quiz.replay import Review
from studytool.quiz.schedule import Parameters, within_bounds

_HOW = "pip install 'studytool[optimize]' (brings torch), or: pip install fsrs-rs-python (small and quick, but states no licence)"


class Fit(NamedTuple):
    """Fitted parameters, and the package that fitted them."""

    parameters: Parameters
    by: str


class Optimizer(NamedTuple):
    """A package that fits, by name."""

    name: str
    fit: Callable[[Sequence[Review]], Sequence[float]]


def optimizer() -> Optimizer:
    """The optimizer that is installed, the quick one first. Raises StudytoolError where none is."""
    for name, door in (("fsrs-rs-python", _rust), ("py-fsrs", _torch)):
        try:
            return Optimizer(name, door())
        except ImportError:
            continue
    raise StudytoolError("no optimizer is installed", hint=_HOW)


def fit(reviews: Sequence[Review], by: Optimizer) -> Fit:
    """Fit parameters to a log (oldest review first). Raises StudytoolError where the optimizer fails."""
    try:
        found = tuple(map(float, by.fit(reviews)))
    except Exception as error:  # of libraries in other languages, which raise what they like
        raise StudytoolError(f"{by.name} failed: {error}", hint="nothing was changed", code=OUTSIDE) from None
    if len(found) != 21:
        hint = "install the version that studytool names in its extras"
        raise StudytoolError(f"{by.name} gave {len(found)} parameters where FSRS-6 has 21", hint=hint, code=OUTSIDE)
    return Fit(within_bounds(found), by.name)


def _histories(reviews: Iterable[Review]) -> list[list[Review]]:
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.card, []).append(review)
    return list(found.values())


def _rust() -> Callable[[Sequence[Review]], Sequence[float]]:
    from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview

    def compute(reviews: Sequence[Review]) -> Sequence[float]:
        """An item is a history up to a review that is to be foreseen: one on a later day than the review before it."""
        items, cards = [], []
        for nth, history in enumerate(_histories(reviews)):
            days = [history[0].day, *(review.day for review in history)]
            gaps = [max(0, day - before) for before, day in pairwise(days)]
            so_far = []
            for review, gap in zip(history, gaps, strict=True):
                so_far.append(FSRSReview(review.grade, gap))
                if gap:
                    items.append(FSRSItem(so_far))
                    cards.append(nth)
        found: Sequence[float] = FSRS(DEFAULT_PARAMETERS).compute_parameters(items, cards)
        return found

    return compute


def _torch() -> Callable[[Sequence[Review]], Sequence[float]]:
    import torch  # noqa: F401  # without it, fsrs has no optimizer, and says so late
    from fsrs import Optimizer as Theirs
    from fsrs import Rating, ReviewLog

    def compute(reviews: Sequence[Review]) -> Sequence[float]:
        """Noon of the study day for each review: py-fsrs counts 24 hours, so that nothing less may lie between two days."""
        logs = []
        for nth, history in enumerate(_histories(reviews)):
            for review in history:
                noon = dt.datetime.fromordinal(review.day).replace(hour=12, tzinfo=dt.UTC)
                logs.append(ReviewLog(nth, Rating(review.grade), noon, None))
        found: Sequence[float] = Theirs(logs).compute_optimal_parameters()
        return found

    return compute
