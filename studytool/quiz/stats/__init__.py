"""Statistics: what the reviews tell of the learner. Pure, but for `count`, which reads the log."""

from studytool.quiz.stats.count import SPANS, Shelf, count, retention, shelf
from studytool.quiz.stats.days import Streak, streak
from studytool.quiz.stats.figures import Figures, Span
from studytool.quiz.stats.memory import mastery

__all__ = ["SPANS", "Figures", "Shelf", "Span", "Streak", "count", "mastery", "retention", "shelf", "streak"]
