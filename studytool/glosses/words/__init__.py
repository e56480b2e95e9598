"""Pinyin, English and level for every word of a deck, offline."""

from studytool.glosses.words.table import Lookup, glossed, lookup

__all__ = ["Lookup", "glossed", "lookup"]
