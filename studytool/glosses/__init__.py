"""English: for every word by glossaries and a dictionary at hand; for a sentence that has none by a translator that the user
names. Nothing is sent anywhere otherwise."""

from studytool.glosses.cache import Cache
from studytool.glosses.fill import Filled, fill, wanted
from studytool.glosses.sentences import RATE, Glosser, Stopped
from studytool.glosses.translators import names, translator
from studytool.glosses.words import Lookup, glossed, lookup

__all__ = [
    "RATE",
    "Cache",
    "Filled",
    "Glosser",
    "Lookup",
    "Stopped",
    "fill",
    "glossed",
    "lookup",
    "names",
    "translator",
    "wanted",
]
