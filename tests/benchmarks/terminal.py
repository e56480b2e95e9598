"""A program in a pseudo-terminal: how long until a text is on its screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


def seconds_until(
    text: str, command: Sequence[str], env: Mapping[str, str], timeout: float = 60.0, folder: Path | None = None
) -> float:
    """Start a command at 80×24, in a folder, and return the seconds until `text` was written to its terminal; then kill it."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        if folder:
            os.chdir(folder)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvpe(command[0], list(command), dict(env))
    seen, wanted = b"", text.encode()
    try:
        while wanted not in seen:
            left = timeout - (time.perf_counter() - began)
            if left <= 0 or not select.select([terminal], [], [], left)[0]:
                raise TimeoutError(f"{text!r} did not appear; last was {seen[-300:]!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def environment(home: str) -> dict[str, str]:
    """The environment of a user whose terminal is good and whose Python may keep its byte code."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TEXTUAL", "STUDYTOOL"))}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "STUDYTOOL_HOME": home}


PYTHON = sys.executable
