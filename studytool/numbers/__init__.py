"""Figures as Chinese and English say them, read as values that can be compared."""

from studytool.numbers.chinese import in_chinese
from studytool.numbers.english import in_english
from studytool.numbers.figure import Figure, lonely

__all__ = ["Figure", "in_chinese", "in_english", "lonely"]
