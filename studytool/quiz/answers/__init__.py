"""Typed answers, judged as a Chinese teacher would: what was meant counts, not how it was typed.

`wanted` tells what a card takes for an answer, `judge` holds a typed text against it and suggests a grade. Knows no screen, no
clock and no Chinese tools: who can load OpenCC hands its conversion in.
"""

from studytool.quiz.answers.diff import DiffRun
from studytool.quiz.answers.judge import Verdict, judge
from studytool.quiz.answers.wanted import Wanted, wanted

__all__ = ["DiffRun", "Verdict", "Wanted", "judge", "wanted"]
