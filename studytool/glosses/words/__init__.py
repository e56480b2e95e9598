"""Pinyin, English and level for every word of a deck, offline."""

from studytool.glosses.words.table import Lookup, glossed, lookup, senses_of

__all__ = ["Lookup", "glossed", "lookup", "senses_of"]
