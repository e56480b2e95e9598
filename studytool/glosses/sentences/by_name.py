"""A translator by the name that the user gave: one of deep-translator's, a model of this machine, or a chat model."""

from collections.abc import Mapping
from typing import NamedTuple

from studytool.errors import StudytoolError
from studytool.glosses.sentences import translators
from studytool.glosses.sentences.faults import Translate

LLM, OFFLINE = "llm", "offline"
_CHATGPT, _CHATGPT_MODEL = "chatgpt", "gpt-3.5-turbo"  # deep-translator's, which works with no openai of these years


class Named(NamedTuple):
    """A translator with what is told and kept of it."""

    name: str  # as a statement's `gloss` and the cache have it: two models are two translators
    translate: Translate
    to: str  # where texts go
    local: bool = False  # on this machine: no pace is held
    at_once: int = 4  # requests under way
    tries: int = 3  # of one text


def names() -> list[str]:
    """All translators, by their own names."""
    return sorted({*translators.names(), LLM, OFFLINE})


def named(name: str, keys: Mapping[str, str], model: str = "", base_url: str = "") -> Named:
    """The translator of a name. `keys` are the user's, by the lower-case names of their environment variables.

    Raises StudytoolError where there is none, or where it lacks something: a key, a package, a model.
    """
    if name not in names():
        raise StudytoolError(f"no translator {name!r}", hint=f"there are {', '.join(names())}")
    if name in (LLM, _CHATGPT):
        from studytool.glosses.sentences.llm import Chat

        model = model or (_CHATGPT_MODEL if name == _CHATGPT else "")
        chat = Chat(model, base_url, keys)
        return Named(f"{LLM}:{model}", chat, f"{LLM}:{model} at {chat.host}", chat.local, 2 if chat.local else 4, 2)
    if base_url and name != "libre":
        raise StudytoolError(f"{name} takes no --base-url", hint="libre and llm do")
    if name == OFFLINE:
        from studytool.glosses.sentences.offline import Offline

        whole = f"{OFFLINE}:{model.rstrip('/').rpartition('/')[2]}" if model else OFFLINE
        return Named(whole, Offline(model), f"{whole}, on this machine", local=True, at_once=1, tries=1)
    if model:
        raise StudytoolError(f"{name} takes no --model", hint="llm and offline do")
    return Named(name, translators.translator(name, keys, base_url), name)
