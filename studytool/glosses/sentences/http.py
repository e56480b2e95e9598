"""The network as translators get it: every request ends in bounded time, with an answer of bounded size.

deep-translator sets no timeout at all; a server that hangs, or sends one byte a minute, would hold a run for ever.
"""

import time
from typing import Any

import requests

from studytool.bounded import EndlessError, body
from studytool.glosses.sentences.faults import of_status

CONNECT, READ, WHOLE = 5.0, 15.0, 30.0  # seconds: to connect, between two bytes, for the whole answer
LARGEST = 1_000_000  # bytes of an answer; a translated sentence is a thousandth of that


class Bounded:
    """What deep-translator's modules use of `requests`, with bounds. Raises the errors of `faults` by an answer's status."""

    exceptions = requests.exceptions

    def __init__(self, connect: float = CONNECT, read: float = READ, whole: float = WHOLE) -> None:
        self._timeout, self._whole = (connect, read), whole

    def get(self, url: str, **given: Any) -> requests.Response:
        """As `requests.get`."""
        return self._asked("GET", url, **given)

    def post(self, url: str, **given: Any) -> requests.Response:
        """As `requests.post`."""
        return self._asked("POST", url, **given)

    def _asked(self, method: str, url: str, **given: Any) -> requests.Response:
        until = time.monotonic() + self._whole
        response = requests.request(method, url, **{"timeout": self._timeout, "stream": True, **given})
        try:
            of_status(response.status_code)  # here, since some of deep-translator's modules look at no status
        except Exception:
            response.close()
            raise
        try:
            response._content = body(response, LARGEST, until)
        except EndlessError as error:
            raise requests.exceptions.ReadTimeout(str(error)) from None
        return response
