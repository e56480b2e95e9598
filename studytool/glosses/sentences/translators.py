"""The only door to deep-translator: a named translator as a function from Chinese to English.

A new instance each call, since one that is shared mixes up the answers of threads; one sentence a request, since a batch loses
what was done when one item fails.
"""

import importlib
import os
import pkgutil
import re
from collections.abc import Mapping, Sequence
from typing import Any

from studytool.errors import StudytoolError
from studytool.glosses.sentences.faults import EndedError, PassingError, RateLimitedError, RefusedError, Translate, no_key
from studytool.glosses.sentences.http import Bounded

LONGEST = 1800  # characters of Chinese: about the most that all of them take
_WORDS_ONLY = {"pons", "linguee"}  # dictionaries of single words
# What each wants to know of its user: its own argument, and the environment variable that names it.
_KEYS: dict[str, dict[str, str]] = {
    "deepl": {"api_key": "DEEPL_API_KEY"},
    "libre": {"api_key": "LIBRE_API_KEY"},
    "microsoft": {"api_key": "MICROSOFT_API_KEY"},
    "qcri": {"api_key": "QCRI_API_KEY"},
    "yandex": {"api_key": "YANDEX_API_KEY"},
    "baidu": {"appid": "BAIDU_APPID", "appkey": "BAIDU_APPKEY"},
    "papago": {"client_id": "PAPAGO_CLIENT_ID", "secret_key": "PAPAGO_SECRET_KEY"},
    "tencent": {"secret_id": "TENCENT_SECRET_ID", "secret_key": "TENCENT_SECRET_KEY"},
}
_MAY = {"microsoft": {"region": "MICROSOFT_REGION"}}  # what some keys go with
_CODES = {"yandex": ("zh", "en"), "papago": ("zh-CN", "en")}  # deep-translator sends them Google's codes, and names
_CHINESE = ("zh-CN", "zh", "zh-hans")
_ENGLISH = ("en", "en-US", "en-GB")
# What Baidu, Yandex, Microsoft and MyMemory say in words of their own, with an HTTP status of success.
_LIMIT = re.compile(r"\b429\d{0,3}\b|access limit|limit_exceeded|recharge|all available free translations", re.IGNORECASE)
_KEY = re.compile(r"\b40[13]\d{3}\b|unauthori[sz]ed|invalid sign|err_key", re.IGNORECASE)


def names() -> list[str]:
    """The translators that there are, by their own names."""
    return sorted(_classes())


def translator(name: str, keys: Mapping[str, str], address: str = "", bounded: Bounded | None = None) -> Translate:
    """A translator from Chinese to English by its name.

    `keys` are the user's, by the lower-case names of their environment variables, which go before them; `address` is that of a
    server of the user's own (libre). Raises StudytoolError where there is no such translator or its key is missing; what it
    returns raises EndedError, PassingError or RefusedError.
    """
    classes = _classes(bounded or Bounded())
    if name not in classes:
        raise StudytoolError(f"no translator {name!r}", hint=f"there are {', '.join(sorted(classes))}")
    given: dict[str, Any] = {}
    for argument, variable in _KEYS.get(name, {}).items():
        value = os.environ.get(variable) or keys.get(variable.lower(), "")
        if not value and not (name == "libre" and address):
            hint = f"set {variable}, or {variable.lower()} under [keys] in config.toml"
            raise StudytoolError(f"{name} needs a key", hint=hint)
        given[argument] = value or "none"
    secrets = list(given.values())
    for argument, variable in _MAY.get(name, {}).items():
        if value := os.environ.get(variable) or keys.get(variable.lower(), ""):
            given[argument] = value
    if name == "deepl":
        given["use_free_api"] = given["api_key"].endswith(":fx")  # as DeepL marks the keys of its free service
    if address:
        given["custom_url"] = address if address.endswith("/") else f"{address}/"
    made = classes[name]
    if name == "microsoft":  # it asks for the list of languages anew at each instance
        made = type(made.__name__, (made,), {"_get_supported_languages": lambda _: {"chinese": "zh-hans", "english": "en"}})
    return lambda text: _translated(made, name, given, secrets, text)


def _translated(made: type, name: str, given: dict[str, Any], secrets: Sequence[str], text: str) -> str:
    import requests
    from deep_translator import exceptions as theirs

    if len(text) > LONGEST:
        raise RefusedError(f"longer than {LONGEST} characters")
    try:
        asked = _instance(made, given)
        if name in _CODES:
            asked.source, asked.target = _CODES[name]
        answer = asked.translate(text, **({"domain": "general"} if name == "qcri" else {}))
    except (EndedError, PassingError, RefusedError):
        raise
    except theirs.TooManyRequests:
        raise RateLimitedError from None
    except (theirs.AuthorizationException, theirs.ApiKeyException):
        raise EndedError("refuses its key") from None  # never the key itself
    except (theirs.NotValidPayload, theirs.NotValidLength):
        raise RefusedError("it does not take this text") from None
    except (requests.exceptions.RequestException, theirs.RequestError, theirs.TranslationNotFound) as error:
        raise PassingError(type(error).__name__) from None
    except Exception as error:  # pages of all sorts come back
        if isinstance(error, (theirs.MicrosoftAPIerror, theirs.BaiduAPIerror, theirs.ServerException)):
            _told(str(error))
        raise PassingError(f"an answer that is none ({type(error).__name__})") from None
    whole = " ".join(map(str, answer)) if isinstance(answer, list) else answer  # yandex gives a list
    if not isinstance(whole, str):
        raise PassingError("an empty answer")
    if whole.startswith("MYMEMORY WARNING"):
        _told(whole)
    no_key(whole, secrets)
    return whole


def _told(message: str) -> None:
    """Raises the error that a service's own words for it mean, where they are known."""
    if _LIMIT.search(message):
        raise RateLimitedError from None
    if _KEY.search(message):
        raise EndedError("refuses its key") from None


def _instance(made: type, given: dict[str, Any]) -> Any:
    """An instance that goes from Chinese to English, whatever it calls these."""
    from deep_translator.exceptions import InvalidSourceOrTargetLanguage, LanguageNotSupportedException

    for source in _CHINESE:
        for target in _ENGLISH:
            try:
                return made(source=source, target=target, **given)
            except (LanguageNotSupportedException, InvalidSourceOrTargetLanguage):
                continue
    raise EndedError("does not know Chinese or English")


def _classes(bounded: Bounded | None = None) -> dict[str, type]:
    """The translators' classes; their modules ask the network through `bounded`."""
    import deep_translator
    from deep_translator.base import BaseTranslator

    for module in pkgutil.iter_modules(deep_translator.__path__):
        if module.name.startswith("_") or module.name == "cli":
            continue
        try:
            loaded: Any = importlib.import_module(f"deep_translator.{module.name}")
        except ImportError:
            continue  # one that needs a package which is not there
        if bounded and hasattr(loaded, "requests"):
            loaded.requests = bounded
    found = {
        made.__name__.removesuffix("Translator").removesuffix("Translate").lower(): made
        for made in BaseTranslator.__subclasses__()
    }
    return {name: made for name, made in found.items() if name not in _WORDS_ONLY}
