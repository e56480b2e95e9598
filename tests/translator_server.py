"""A local server that answers as Google's translation page does, and as badly as servers do. Tests leave this machine for nothing."""

import html
import json
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import deep_translator.google
import pytest

ERROR_PAGE = "Error 500 (Server Error)!!1500.That’s an error.There was an error. Please try again later.That’s all we know."


def english(text: str) -> str:
    """What the server makes of a text: recognisably of this text alone."""
    return f"In English this is about {len(text)} signs, number {sum(map(ord, text)) % 9973}, as far as anybody can tell."


class Server(ThreadingHTTPServer):
    """Answers each request by the next of `moods`, then by "good"."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.moods: list[str] = []
        self.always = "good"
        self.asked: Counter[str] = Counter()
        self.lock = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests want."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        """As LibreTranslate, slowly."""
        text = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query).get("q", [""])[0]
        with self.server.lock:
            self.server.asked[text] += 1
        time.sleep(0.3)
        self._send(200, json.dumps({"translatedText": english(text)}))

    def do_GET(self) -> None:
        text = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query).get("q", [""])[0]
        with self.server.lock:
            self.server.asked[text] += 1
            mood = self.server.moods.pop(0) if self.server.moods else self.server.always
        if mood == "429":
            self._send(429, "")
        elif mood == "500":
            self._send(500, "down")
        elif mood == "hang":
            time.sleep(3)
        elif mood == "drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"<p>")
                self.wfile.flush()
                time.sleep(0.1)
        elif mood == "error page":
            self._page(ERROR_PAGE)
        elif mood == "empty":
            self._send(200, "")
        elif mood == "echo":
            self._page(text)
        elif mood == "garbage":
            self._send(200, "\x00\xff<" * 1_000_000)
        elif mood == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"<html><div class='result-cont")
        elif mood == "slow":
            time.sleep(0.05 * (len(text) % 4))
            self._page(english(text))
        else:
            self._page(english(text))

    def _page(self, answer: str) -> None:
        self._send(200, f'<html><body><div class="result-container">{html.escape(answer)}</div></body></html>')

    def _send(self, code: int, body: str) -> None:
        data = body.encode("utf-8", "surrogateescape")
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, with deep-translator's Google translator pointed at it."""
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(deep_translator.google.BASE_URLS, "GOOGLE_TRANSLATE", f"http://127.0.0.1:{server.server_port}/m")
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
