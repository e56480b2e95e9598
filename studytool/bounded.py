"""An HTTP answer of bounded size, read in bounded time: a server may hang, or send one byte a minute, or never end."""

import time
from typing import Any


class EndlessError(Exception):
    """The answer is too long, or takes too long."""


def body(response: Any, largest: int, until: float) -> bytes:
    """The body of a streamed answer of `requests`, of at most so many bytes, read by a moment of `time.monotonic`.

    Raises EndlessError, and what `requests` and urllib3 raise. The answer is closed where it is not read whole.
    """
    data = bytearray()
    try:
        while chunk := response.raw.read1(16_384, decode_content=True):  # what is there, however little
            data += chunk
            if len(data) > largest or time.monotonic() > until:
                raise EndlessError("the answer is too long, or takes too long")
    except BaseException:
        response.close()
        raise
    return bytes(data)
