"""Statements -> cards, and the rules that a card must keep."""

from studytool.cards.compile import compile_deck
from studytool.cards.lint import Finding, Passage, lint

__all__ = ["Finding", "Passage", "compile_deck", "lint"]
