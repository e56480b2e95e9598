"""What goes wrong at a translator, by what to do about it: end the run, try again, or leave this one text."""

from collections.abc import Callable, Iterable

SHORTEST_KEY = 16  # characters; people set "none" or "ollama" where none is needed
Translate = Callable[[str], str | None]  # Chinese -> English; raises the errors below


class EndedError(Exception):
    """No further text has a chance in this run. The message goes on after the translator's name."""


class RateLimitedError(EndedError):
    """The translator wants no more for now."""

    def __init__(self, message: str = "wants no more for now") -> None:
        super().__init__(message)


class PassingError(Exception):
    """Something that may be over at the next try."""


class RefusedError(Exception):
    """Something that no further try will mend for this text."""


def of_status(code: int) -> None:
    """Raises the error that an HTTP status means; nothing for one of success, and for those that the door itself understands.

    The body of such an answer is left unread: it tells nothing to a learner, and may repeat the key.
    """
    if code in (429, 456):  # 456: DeepL's "quota exceeded"
        raise RateLimitedError
    if code in (401, 402, 403):
        raise EndedError(f"refuses to answer (HTTP {code}): check its key")
    if code >= 500:
        raise PassingError(f"HTTP {code}")


def no_key(answer: str, keys: Iterable[str]) -> None:
    """Raises PassingError where an answer repeats a key; one shorter than any service gives may well be a word of it."""
    if any(len(key) >= SHORTEST_KEY and key in answer for key in keys):
        raise PassingError("an answer that repeats the key")
