"""A web server that runs one quiz a visitor, each in a process of its own, and shows it in the page."""

import asyncio
import errno
import ipaddress
import os
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from studytool.errors import OUTSIDE, StudytoolError

_TITLE = "studytool"
# Nothing of the page comes from elsewhere, and nothing of it goes anywhere else.
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_WAITING = (Path(__file__).parent / "templates" / "waiting.html").read_text("utf-8")
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class QuizServer(Server):
    """textual-serve's server with our page, and closed to other sites."""

    def __init__(self, command: str, host: str, port: int, busy: Callable[[], bool]) -> None:
        shown = f"[{host}]" if ":" in host else host
        self._busy = busy
        super().__init__(
            command, host, port, _TITLE, f"http://{shown}:{port}", templates_path=str(Path(__file__).parent / "templates")
        )

    def initialize_logging(self) -> None:
        """None: requests are nobody's business."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._ours_alone)
        return app

    @web.middleware
    async def _ours_alone(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse what another site's page sends, also by a name of its own that it lets lead here."""
        origin = request.headers.get("Origin")
        if not self._is_ours(request.host) or (origin is not None and urlsplit(origin).netloc != request.host):
            return web.Response(status=403, text="This quiz is not for other sites.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _is_ours(self, host: str) -> bool:
        """Whether a request's host is this server as its user called it; where all may come, an address and no name."""
        name = urlsplit(f"//{host}").hostname or ""
        if name in (self.host, "localhost") or _loopback(name):
            return True
        return not _loopback(self.host) and self.host != "localhost" and _is_address(name)

    async def handle_index(self, request: web.Request) -> Any:
        """The page, with addresses as the browser knows this server; while a quiz is open elsewhere, one that says so."""
        if await asyncio.to_thread(self._busy):
            return web.Response(text=_WAITING, content_type="text/html")
        self.public_url = f"{request.scheme}://{request.host}"
        return await super().handle_index(request)

    async def on_startup(self, app: web.Application) -> None:
        """Tell where it is."""
        print(f"the quiz is at {self.public_url}  (Ctrl+C ends)", flush=True)  # noqa: T201 - its only output


def serve(arguments: Sequence[str], host: str, port: int, busy: Callable[[], bool]) -> None:
    """Serve `studytool ARGUMENTS` until Ctrl+C; `busy` tells whether another quiz is open.

    Raises StudytoolError where the address cannot be had.
    """
    check_address(host, port)
    os.environ["PYTHONUTF8"] = "1"  # of the processes started; a page has no locale
    command = shlex.join([sys.executable, "-m", "studytool", *arguments])
    QuizServer(command, host, port, busy).serve()


def check_address(host: str, port: int) -> None:
    """Raises StudytoolError (exit code 2 or 3) where no server can listen there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except socket.gaierror:
        raise StudytoolError(f"no such host {host!r}", hint="leave --host out, or name an address of this machine") from None
    except OSError as error:
        busy = error.errno == errno.EADDRINUSE
        hint = "name another with --port" if busy else "name an address of this machine and a port above 1023"
        raise StudytoolError(
            f"cannot listen at {host}:{port}: {os.strerror(error.errno or 0)}", hint=hint, code=OUTSIDE
        ) from None


def is_private(host: str) -> bool:
    """Whether only this machine can reach a server at that host."""
    return host == "localhost" or _loopback(host)


def _loopback(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
