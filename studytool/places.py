"""Where a quote stands in its article. Its offsets are a hint; its hash is the truth: a text read with other tools shifts."""

import hashlib

from studytool.model import Quote


def stands(text: str, quote: Quote) -> tuple[int, int] | None:
    """From which to which character a quote stands in a text, its own place first; None where nowhere."""
    size = quote.end - quote.start
    if size <= 0:
        return None
    near = range(max(0, quote.start), max(0, quote.start) + 1)
    for at in (*near, *range(len(text) - size + 1)):
        if hashlib.sha256(text[at : at + size].encode()).hexdigest() == quote.sha256:
            return at, at + size
    return None
