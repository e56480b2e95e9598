"""The quiz in a browser. The only door to textual-serve.

A page of ours stands in for its own, which fetches a font from elsewhere; and a page of some other site that is open in the same
browser must not be able to reach the quiz, so every request has to name this server as its host and its origin.
"""

from studytool.web.server import check_address, is_private, serve

__all__ = ["check_address", "is_private", "serve"]
