"""English for statements that have none, by a translator that the user names. Nothing is sent anywhere otherwise."""

from studytool.glosses.by_name import Named, named, names
from studytool.glosses.cache import Cache
from studytool.glosses.fill import Filled, fill, wanted
from studytool.glosses.sentences import RATE, Glosser, Stopped
from studytool.glosses.translators import translator

__all__ = ["RATE", "Cache", "Filled", "Glosser", "Named", "Stopped", "fill", "named", "names", "translator", "wanted"]
