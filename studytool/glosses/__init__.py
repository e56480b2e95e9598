"""English for statements that have none, by a translator that the user names. Nothing is sent anywhere otherwise."""

from studytool.glosses.cache import Cache
from studytool.glosses.fill import Filled, fill, wanted
from studytool.glosses.sentences import RATE, Glosser, Stopped
from studytool.glosses.translators import names, translator

__all__ = ["RATE", "Cache", "Filled", "Glosser", "Stopped", "fill", "names", "translator", "wanted"]
