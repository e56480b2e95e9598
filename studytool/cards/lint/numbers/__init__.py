"""Figures as Chinese and English say them, read as values that can be compared."""

from studytool.cards.lint.numbers.chinese import in_chinese
from studytool.cards.lint.numbers.english import in_english
from studytool.cards.lint.numbers.figure import Figure, lonely

__all__ = ["Figure", "in_chinese", "in_english", "lonely"]
