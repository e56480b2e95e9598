"""A real quiz in a real (pseudo-)terminal: a process that is typed at, watched, and killed."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable


class Quiz:
    """`studytool ARGS` at 80×24. What it wrote so far is in `seen`."""

    def __init__(self, *args: str) -> None:
        self.seen = ""
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            command = [sys.executable, "-m", "studytool", *args]
            os.execvpe(command[0], command, os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"})

    def press_until(self, keys: bytes, text: str) -> None:
        """Press some keys and wait until a text is written that was not before."""
        self.seen = ""
        os.write(self._terminal, keys)
        self._read_until(lambda: text in self.seen, text)

    def ends(self, keys: bytes = b"") -> int:
        """Press some keys and wait for the end of the process: its exit code, or minus the signal that killed it."""
        os.write(self._terminal, keys)
        ended, status = 0, 0

        def over() -> bool:
            nonlocal ended, status
            ended, status = (ended, status) if ended else os.waitpid(self.pid, os.WNOHANG)
            return bool(ended)

        self._read_until(over, "the end")
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.ends() == -signal.SIGKILL

    def _read_until(self, done: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + 30
        data = self.seen.encode()
        while not done():
            assert time.monotonic() < limit, f"{what!r} did not come; last was {self.seen[-300:]!r}"
            if select.select([self._terminal], [], [], 0.1)[0]:
                try:
                    data += os.read(self._terminal, 65536)
                except OSError:  # Linux's way of telling that the other end is closed
                    time.sleep(0.02)
            self.seen = data.decode("utf-8", "replace")
