"""The only door to deep-translator: a named translator as a function from Chinese to English.

A new instance each call, since one that is shared mixes up the answers of threads; one sentence a request, since a batch loses
what was done when one item fails.
"""

import importlib
import os
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

from studytool.errors import StudytoolError
from studytool.glosses.http import Bounded

Translate = Callable[[str], str | None]
LONGEST = 1800  # characters of Chinese: about the most that all of them take
_WORDS_ONLY = {"pons", "linguee"}  # dictionaries of single words
# What each wants to know of its user: its own argument, and the environment variable that names it.
_KEYS: dict[str, dict[str, str]] = {
    "deepl": {"api_key": "DEEPL_API_KEY"},
    "libre": {"api_key": "LIBRE_API_KEY"},
    "microsoft": {"api_key": "MICROSOFT_API_KEY"},
    "qcri": {"api_key": "QCRI_API_KEY"},
    "yandex": {"api_key": "YANDEX_API_KEY"},
    "chatgpt": {"api_key": "OPEN_API_KEY"},
    "baidu": {"appid": "BAIDU_APPID", "appkey": "BAIDU_APPKEY"},
    "papago": {"client_id": "PAPAGO_CLIENT_ID", "secret_key": "PAPAGO_SECRET_KEY"},
    "tencent": {"secret_id": "TENCENT_SECRET_ID", "secret_key": "TENCENT_SECRET_KEY"},
}
_CHINESE = ("zh-CN", "zh", "zh-Hans", "ZH", "chinese", "Chinese")
_ENGLISH = ("en", "en-US", "en-GB", "EN", "english", "English")


class RateLimitedError(Exception):
    """The translator wants no more for now."""


class PassingError(Exception):
    """Something that may be over at the next try."""


class RefusedError(Exception):
    """Something that no further try will mend: a wrong key, a text that it does not take."""


def names() -> list[str]:
    """The translators that there are, by their own names."""
    return sorted(_classes())


def translator(name: str, keys: Mapping[str, str], address: str = "", bounded: Bounded | None = None) -> Translate:
    """A translator from Chinese to English by its name.

    `keys` are the user's, by the lower-case names of their environment variables, which go before them; `address` is that of a
    server of the user's own (libre). Raises StudytoolError where there is no such translator or its key is missing; what it
    returns raises RateLimitedError, PassingError or RefusedError.
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
    if address:
        given["custom_url"] = address if address.endswith("/") else f"{address}/"
    made = classes[name]
    return lambda text: _translated(made, given, text)


def _translated(made: type, given: dict[str, Any], text: str) -> str | None:
    import requests
    from deep_translator import exceptions as theirs

    if len(text) > LONGEST:
        raise RefusedError(f"longer than {LONGEST} characters")
    try:
        return _instance(made, given).translate(text)  # type: ignore[no-any-return]
    except theirs.TooManyRequests:
        raise RateLimitedError from None
    except theirs.ServerException as error:
        if getattr(error, "val", None) == 429 or "429" in str(error):
            raise RateLimitedError from None
        raise PassingError(type(error).__name__) from None
    except (theirs.AuthorizationException, theirs.ApiKeyException):
        raise RefusedError("the key was refused") from None  # never the key itself
    except (theirs.NotValidPayload, theirs.NotValidLength):
        raise RefusedError("it does not take this text") from None
    except (requests.exceptions.RequestException, theirs.RequestError, theirs.TranslationNotFound) as error:
        raise PassingError(type(error).__name__) from None
    except ImportError as error:
        raise RefusedError(f"it needs the package {error.name}") from None
    except Exception as error:
        raise PassingError(f"an answer that is none ({type(error).__name__})") from None  # pages of all sorts come back


def _instance(made: type, given: dict[str, Any]) -> Any:
    """An instance that goes from Chinese to English, whatever it calls these."""
    from deep_translator.exceptions import InvalidSourceOrTargetLanguage, LanguageNotSupportedException

    last: Exception | None = None
    for source in _CHINESE:
        for target in _ENGLISH:
            try:
                return made(source=source, target=target, **given)
            except (LanguageNotSupportedException, InvalidSourceOrTargetLanguage) as error:
                last = error
    raise RefusedError("it does not know Chinese or English") from last


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
