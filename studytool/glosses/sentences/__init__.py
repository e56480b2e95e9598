"""English for statements that have none, by a translator that the user names."""

from studytool.glosses.sentences.by_name import Named, named, names
from studytool.glosses.sentences.cache import Cache
from studytool.glosses.sentences.fill import Filled, fill, wanted
from studytool.glosses.sentences.glosser import RATE, Glosser, Stopped
from studytool.glosses.sentences.translators import translator

__all__ = ["RATE", "Cache", "Filled", "Glosser", "Named", "Stopped", "fill", "named", "names", "translator", "wanted"]
