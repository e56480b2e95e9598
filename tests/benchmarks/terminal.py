"""A program in a pseudo-terminal: how long until a text is on its screen, and what the process then weighs."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType


class Terminal:
    """A command in a pseudo-terminal of 80×24, in a folder; it is killed at the end of the `with` block."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], folder: Path | None = None) -> None:
        self._last = b""
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            if folder:
                os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execvpe(command[0], list(command), dict(env))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._end)

    def seconds_until(self, text: str, keys: bytes = b"", timeout: float = 60.0) -> float:
        """Press some keys and return the seconds until `text` is written that was not before."""
        seen, wanted, began = b"", text.encode(), time.perf_counter()
        if keys:
            os.write(self._end, keys)
        while wanted not in seen:
            left = timeout - (time.perf_counter() - began)
            if left <= 0 or not select.select([self._end], [], [], left)[0]:
                raise TimeoutError(f"{text!r} did not appear; last was {seen[-300:]!r}")
            seen += os.read(self._end, 65536)
        return time.perf_counter() - began

    def rest(self, quiet: float = 0.15) -> None:
        """Wait until nothing has been written for so many seconds."""
        while select.select([self._end], [], [], quiet)[0]:
            os.read(self._end, 65536)

    def memory(self) -> float:
        """What the process holds in memory of its own now, in MB: unlike the resident set, without files shared with others."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def seconds_until(text: str, command: Sequence[str], env: Mapping[str, str], folder: Path | None = None) -> float:
    """Start a command, in a folder, and return the seconds until `text` was written to its terminal; then kill it."""
    began = time.perf_counter()
    with Terminal(command, env, folder) as terminal:
        terminal.seconds_until(text)
        return time.perf_counter() - began
