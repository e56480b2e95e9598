"""A running Anki, through its add-on AnkiConnect (API version 6). The only door to it.

Whatever listens there may be no Anki: every request ends in bounded time with an answer of bounded size, each answer is read
strictly, and no redirect or proxy is followed, since the address is meant to be this machine.
"""

import ipaddress
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
from msgspec import Meta, Raw, Struct

from studytool.bounded import EndlessError, body
from studytool.errors import OUTSIDE, StudytoolError

URL = "http://127.0.0.1:8765"
KEY = "ANKICONNECT_API_KEY"
VERSION = 6
_LARGEST = 64 * 1024 * 1024  # bytes of an answer; a hundred notes are half of one million
_AT_ONCE = 50  # actions of one request
_UPLOAD = 20_000  # bytes a second; older add-ons read a request by the kilobyte, forty times a second
_UPDATE = "update the add-on AnkiConnect in Anki"
_NOT_ANKI = "check --url, and what listens there"

T = TypeVar("T")
Number = Annotated[int, Meta(ge=0, le=1 << 53)]  # of a note, a card or a note type; it is sent back


class Bounds(NamedTuple):
    """How long to wait, in seconds; a large request may take longer."""

    connect: float = 5.0
    answer: float = 60.0  # Anki answers nothing while it syncs or shows a dialog


class _Reply(Struct, frozen=True):
    result: Raw
    error: str | None


class Refused(NamedTuple):
    """An action of several that Anki did not do, and why."""

    number: int  # its place among them
    why: str


class Connection:
    """AnkiConnect at an address. Every method raises StudytoolError (exit code 3) where it does not do what it should."""

    def __init__(self, url: str = URL, key: str = "", bounds: Bounds | None = None) -> None:
        """Open nothing yet. Raises StudytoolError (exit code 2) where the address is none."""
        parts = _parts(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.place = f"{parts.scheme}://{host}:{port}"  # without what may be secret in an address
        self.local = _local(parts.hostname or "")
        self._url, self._key, self._bounds = url, key, bounds or Bounds()
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no .netrc

    def check(self) -> None:
        """Raises StudytoolError where there is no Anki, no AnkiConnect of this version, or the key is not right."""
        data = self._sent({"action": "version"})
        try:
            found = msgspec.json.decode(data, type=int)  # as add-ons before version 5 answer
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            found = self._result(int, "version", self._reply(data))
        if found < VERSION:
            raise StudytoolError(f"AnkiConnect speaks version {found}, {VERSION} is needed", None, _UPDATE, OUTSIDE)

    def profile(self) -> str:
        """The name of the open profile; "" where the add-on is too old to tell."""
        reply = self._reply(self._sent({"action": "getActiveProfile"}))
        return "" if reply.error and "unsupported" in reply.error else self._result(str, "getActiveProfile", reply)

    def ask(self, kind: type[T], action: str, **params: Any) -> T:
        """The result of an action, which must be of a kind."""
        return self._result(kind, action, self._reply(self._sent({"action": action, "params": params})))

    def do(self, actions: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Refused]:
        """Do many things, some at a time; those that could not be done."""
        found = []
        for start in range(0, len(actions), _AT_ONCE):
            some = actions[start : start + _AT_ONCE]
            inner = [self._signed({"action": action, "params": params}) for action, params in some]
            replies = self.ask(list[_Reply], "multi", actions=inner)
            if len(replies) != len(some):
                raise self._odd(f"{len(replies)} answers to {len(some)} actions")
            for number, reply in enumerate(replies, start):
                if reply.error is not None:
                    found.append(Refused(number, self._plain(reply.error)))
        return found

    def _signed(self, request: dict[str, Any]) -> dict[str, Any]:
        return request | {"version": VERSION} | ({"key": self._key} if self._key else {})

    def _sent(self, request: dict[str, Any]) -> bytes:
        data = msgspec.json.encode(self._signed(request))
        wait = self._bounds.answer + len(data) / _UPLOAD
        until = time.monotonic() + wait
        try:
            answer = self._session.post(
                self._url,
                data=data,
                headers={"Content-Type": "application/json"},
                timeout=(self._bounds.connect, wait),
                stream=True,
                allow_redirects=False,
            )
            if answer.status_code != 200:
                answer.close()
                raise self._odd(f"HTTP {answer.status_code}")
            return body(answer, _LARGEST, until)
        except requests.ConnectTimeout:
            raise self._nobody() from None
        except (requests.Timeout, urllib3.exceptions.TimeoutError, EndlessError):
            hint = "close its dialogs, let its sync end, then try again"
            raise StudytoolError(f"Anki did not answer at {self.place} within {wait:.0f} s", None, hint, OUTSIDE) from None
        except requests.ConnectionError as error:
            never = isinstance(error.args[0] if error.args else None, urllib3.exceptions.MaxRetryError)
            raise (self._nobody() if never else self._odd("it broke off")) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._odd(type(error).__name__) from None

    def _reply(self, data: bytes) -> _Reply:
        try:
            return msgspec.json.decode(data, type=_Reply)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._odd("it answers otherwise") from None

    def _result(self, kind: type[T], action: str, reply: _Reply) -> T:
        if reply.error is not None:
            raise self._refusal(action, self._plain(reply.error))
        try:
            return msgspec.json.decode(reply.result, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._odd(f"its {action} is no such thing: {self._plain(str(error))}") from None

    def _refusal(self, action: str, why: str) -> StudytoolError:
        if "api key" in why.lower():
            which = f"it does not take the one of {KEY}" if self._key else "it asks for its API key"
            hint = f"set {KEY}, or {KEY.lower()} under [keys] in config.toml, to that of the add-on's own settings"
            return StudytoolError(f"AnkiConnect refuses: {which}", None, hint, OUTSIDE)
        if "unsupported action" in why:
            return StudytoolError(f"this AnkiConnect is too old: it knows no {action}", None, _UPDATE, OUTSIDE)
        if "collection is not available" in why:
            return StudytoolError("no collection is open in Anki", None, "open a profile in it, then try again", OUTSIDE)
        return StudytoolError(f"Anki refuses {action}: {why}", None, "see to it in Anki, then try again", OUTSIDE)

    def _nobody(self) -> StudytoolError:
        hint = "start Anki with the add-on AnkiConnect (its code is 2055492159), or name its address: --url"
        return StudytoolError(f"no Anki answers at {self.place}", None, hint, OUTSIDE)

    def _odd(self, how: str) -> StudytoolError:
        return StudytoolError(f"what answers at {self.place} is not AnkiConnect ({how})", None, _NOT_ANKI, OUTSIDE)

    def _plain(self, text: str) -> str:
        """What Anki says, on one line, short, and without the key."""
        if self._key:
            text = text.replace(self._key, "…")
        return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]


def api_key(keys: Mapping[str, str]) -> str:
    """The user's key of AnkiConnect, from the environment or the config's `keys`; "" where there is none."""
    return os.environ.get(KEY) or keys.get(KEY.lower(), "")


def batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The things in their order, at most so many at a time."""
    return (things[start : start + size] for start in range(0, len(things), size))


def _parts(url: str) -> Any:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port):
            return parts
    except ValueError:
        pass
    raise StudytoolError("--url is no address of AnkiConnect", hint=f"it looks like {URL}")


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
