"""A local server that answers as a chat endpoint of OpenAI's protocol does, and as badly as such endpoints do."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from translator_server import ERROR_PAGE, english

BAD = ("500", "hang", "drip", "slow error", "error page", "empty", "not json", "prose", "wrong shape", "more keys", "no choice",
       "echo", "garbage", "cut", "cut short", "null", "key")  # fmt: skip


class ChatServer(ThreadingHTTPServer):
    """Answers each request by the next of `moods`, then by `always`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.moods: list[str] = []
        self.always = "good"
        self.asked: Counter[str] = Counter()
        self.bodies: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests want."""


class Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = json.loads(body["messages"][-1]["content"])["zh"]
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with self.server.lock:
            self.server.asked[text] += 1
            self.server.bodies.append(body)
            self.server.keys.add(key)
            mood = self.server.moods.pop(0) if self.server.moods else self.server.always
        if mood.startswith("4") or mood == "500":
            self._send(int(mood), f"Incorrect API key provided: {key}")
        elif mood == "plain only" and "response_format" in body:
            self._send(400, "response_format is not supported")
        elif mood == "hang":
            time.sleep(3)
        elif mood in ("drip", "slow error"):
            self.send_response(200 if mood == "drip" else 500)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        elif mood == "garbage":
            self._send(200, "\x00\xff<" * 1_000_000)
        elif mood == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'{"choices": [{"message"')
        elif mood == "empty":
            self._send(200, "")
        elif mood == "not json":
            self._send(200, f"<html><body>{ERROR_PAGE}</body></html>")
        elif mood == "no choice":
            self._send(200, '{"choices": []}')
        else:
            if mood == "slow":
                time.sleep(0.02 * (len(text) % 4))
            self._say(text, mood, key)

    def _say(self, text: str, mood: str, key: str) -> None:
        content: str | None = json.dumps({"en": english(text)})
        if mood == "error page":
            content = json.dumps({"en": ERROR_PAGE})
        elif mood == "prose":
            content = f"Sure! Here you are:\n{content}"
        elif mood == "wrong shape":
            content = '{"en": ["' + english(text) + '"]}'
        elif mood == "more keys":
            content = json.dumps({"en": english(text), "note": "I hope this helps"})
        elif mood == "echo":
            content = json.dumps({"en": text})
        elif mood == "null":
            content = None
        elif mood == "key":
            content = json.dumps({"en": f"{english(text)} {key}"})
        reason = "length" if mood == "cut short" else "stop"
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": reason}
        self._send(200, json.dumps({"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}))

    def _send(self, code: int, body: str) -> None:
        data = body.encode("utf-8", "surrogateescape")
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def chatting() -> Iterator[ChatServer]:
    """The server, running."""
    server = ChatServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
