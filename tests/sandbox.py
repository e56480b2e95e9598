"""A command of studytool in a forked child that may be killed at any step, and that is told on where it leaves its folder.

A fork costs milliseconds where a new interpreter costs a second; what is killed or watched is the same code, on the same files.
"""

import ctypes
import io
import os
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

SECONDS, MEGABYTES = 5.0, 500.0  # of a processor, and of memory: the most that any input may take
BASE = 130.0  # megabytes of a new process that has read its dictionaries
_HANGS = 60  # seconds by the wall clock, after which a child is killed
_BROKE = 99
_RUNS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "os.startfile", "webbrowser.open")
_REACHES = ("socket.connect", "socket.getaddrinfo", "socket.bind", "pickle.find_class", "code.__new__", "os.setuid")
_BESIDE = {"os.remove": 1, "os.rmdir": 1, "os.mkdir": 2}  # events that may name a folder's number, and as which argument
_CHANGES = {  # events whose first so many arguments are paths that are written
    "os.mkdir": 1, "os.rename": 2, "os.remove": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2, "os.chmod": 1, "os.truncate": 1,
    "os.utime": 1, "shutil.rmtree": 1, "shutil.move": 2,
}  # fmt: skip
STEPS = {"open", "sqlite3.connect", *_CHANGES}  # what `Killer` counts


class Done(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str
    broke: str  # what it did that it may not, "" for nothing
    cpu: float  # seconds
    memory: float  # megabytes at its peak, as if it had begun with BASE of them: the test's own are not counted


class Disk(NamedTuple):
    """A disk that refuses: files may grow to so many bytes, and permissions bind even the root user."""

    most: int = -1  # -1 for no limit
    strict: bool = False


def command(*args: str, folder: Path, stdin: bytes = b"", disk: Disk | None = None, **env: str) -> Done:
    """Run `studytool ARGS` in a child that may write in `folder` alone, run no program and ask no network."""
    begun = _resident()
    pipes = os.pipe(), os.pipe()  # not files, which may not grow on a full disk
    told = bytearray(), bytearray()
    with tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        pid = os.fork()
        if pid == 0:
            _child(args, folder, (given.fileno(), pipes[0][1], pipes[1][1]), disk or Disk(), env)
    drains = []
    for (reading, writing), into in zip(pipes, told, strict=True):
        os.close(writing)
        drains.append(threading.Thread(target=_drain, args=(reading, into)))
        drains[-1].start()
    _, status, usage = os.wait4(pid, 0)
    for drain, (reading, _) in zip(drains, pipes, strict=True):
        drain.join()
        os.close(reading)
    out, err = (one.decode("utf-8", "replace") for one in told)
    code = os.waitstatus_to_exitcode(status)
    last = err.strip().rpartition("\n")[2]
    broke = last or "broke out" if code == _BROKE else "it was stopped: it hangs" if code == -signal.SIGALRM else ""
    memory = max(0.0, usage.ru_maxrss * 1024 / 1e6 - begun) + BASE
    return Done(code, out, err, broke, usage.ru_utime + usage.ru_stime, memory)


def _resident() -> float:
    """The memory of this process, in megabytes: what a child of it begins with."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _child(args: tuple[str, ...], folder: Path, files: tuple[int, int, int], disk: Disk, env: dict[str, str]) -> None:
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")  # type: ignore[arg-type]
        encoding = env.get("PYTHONIOENCODING", "utf-8")
        for name, number in (("stdout", 1), ("stderr", 2)):
            stream = io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), encoding)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        os.environ.update(env)
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))  # this machine has other users
        signal.alarm(_HANGS)
        if disk.strict:
            _bound_by_permissions()
        if disk.most >= 0:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that writing fails, as on a full disk
            resource.setrlimit(resource.RLIMIT_FSIZE, (disk.most, disk.most))
        tempfile.tempdir = str(folder)  # what is only for a while must not stay either
        _watch(folder.resolve())
        _main(args)
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _bound_by_permissions() -> None:
    """Give up root's right to write what may not be written (Linux's CAP_DAC_OVERRIDE), for this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, data) == 0
    data[0] &= ~(1 << 1)  # effective
    assert libc.capset(header, data) == 0, os.strerror(ctypes.get_errno())


def _main(args: tuple[str, ...]) -> None:
    from studytool.cli import main

    sys.argv = ["studytool", *args]
    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(end.code or 0))


def _watch(folder: Path) -> None:
    """End this process where it does what reading a file is no reason for."""

    def told(event: str, args: tuple[object, ...]) -> None:
        if event in _RUNS or event in _REACHES:
            os.write(2, f"\nbroke out: {event} {args!r}"[:500].encode())
            os._exit(_BROKE)
        paths = list(args[: _CHANGES.get(event, 0)])
        if event == "open" and isinstance(args[0], str | bytes) and isinstance(args[2], int):
            written = args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            paths = [args[0]] if written else []
        if event == "sqlite3.connect" and isinstance(args[0], str | bytes) and "mode=ro" not in os.fsdecode(args[0]):
            paths = [args[0]]
        for path in paths:
            if not isinstance(path, str | bytes | os.PathLike) or os.fsdecode(path) in (":memory:", os.devnull, ""):
                continue
            number = args[_BESIDE[event]] if event in _BESIDE else -1
            base = Path(f"/proc/self/fd/{number}").readlink() if isinstance(number, int) and number >= 0 else "."
            if not Path(os.path.realpath(Path(base, os.fsdecode(path)))).is_relative_to(folder):
                os.write(2, f"\nwrote outside: {event} {path!r}".encode())
                os._exit(_BROKE)

    sys.addaudithook(told)


Tell = Callable[[str], None]
Work = Callable[[Tell], object]


class Killer:
    """Kills children that do a piece of work: half of them at a random one of the steps that it takes on files and in SQL, the
    others at a random moment of the time that it takes. Both are measured first.
    """

    def __init__(self, work: Work, seed: int) -> None:
        self.kills = self.ends = 0  # how often it killed, and how often the work was done before
        self._chance = random.Random(seed)
        begun = time.monotonic()
        told, code = self._run(work, 0, _HANGS, int)
        assert code == 0, told
        self._seconds = time.monotonic() - begun
        self.steps = int(told[-1])

    def kill(self, work: Work, look: Callable[[], object] = int) -> list[str]:
        """Do the work in a child, and kill it: what it told. `look` is called again and again while it lives."""
        by_step = self._chance.random() < 0.5
        step = self._chance.randrange(1, self.steps + 1) if by_step else 0
        told, code = self._run(work, step, _HANGS if by_step else self._chance.uniform(0, self._seconds), look)
        assert code in (0, -signal.SIGKILL), f"it ended with {code}: {told[-1:]}"
        self.kills, self.ends = self.kills + (code != 0), self.ends + (code == 0)
        return told[:-1] if code == 0 else told

    def _run(self, work: Work, step: int, seconds: float, look: Callable[[], object]) -> tuple[list[str], int]:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _do(work, writing, step)
        os.close(writing)
        told = bytearray()
        teller = threading.Thread(target=_drain, args=(reading, told))  # a full pipe would hold the child up
        teller.start()
        limit = time.monotonic() + seconds
        ended, status = 0, 0
        while not ended and time.monotonic() < limit:
            look()
            time.sleep(0.0005)
            ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
        teller.join()
        os.close(reading)
        return told.decode().split("\n")[:-1], os.waitstatus_to_exitcode(status)


def _drain(pipe: int, into: bytearray) -> None:
    while more := os.read(pipe, 65536):
        into.extend(more)


def _do(work: Work, pipe: int, step: int) -> None:
    """In the child: the work, killed at a step; its last word is how many steps it took."""
    count = 0

    def stepped(*_: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(event: str, _: tuple[object, ...]) -> None:
        if event in STEPS:
            stepped()

    connect = sqlite3.connect

    def traced(*args: Any, **named: Any) -> sqlite3.Connection:
        db = connect(*args, **named)
        db.set_trace_callback(stepped)
        return db

    def tell(line: str) -> None:
        os.write(pipe, f"{line}\n".encode())

    code = 1
    try:
        sys.stdout = sys.stderr = io.StringIO()
        sys.addaudithook(counted)
        sqlite3.connect = traced  # type: ignore[assignment]
        work(tell)
        tell(str(count))
        code = 0
    except BaseException as error:
        tell(f"{type(error).__name__}: {error}")
    os._exit(code)


@contextmanager
def figures(config: pytest.Config, what: str) -> Iterator[dict[str, float]]:
    """Counts that stand in the output of the tests, under the name of what was tried."""
    found: dict[str, float] = {}
    yield found
    config.stash.setdefault(FIGURES, {})[what] = found


FIGURES = pytest.StashKey[dict[str, dict[str, float]]]()


Many = Callable[[st.SearchStrategy[Any], int], Callable[[Callable[..., None]], None]]


def many(config: pytest.Config) -> Many:
    """Tries a function on so many hostile inputs: all of them with --faults, else one in twenty-five, and always the same."""

    def make(strategy: st.SearchStrategy[Any], most: int) -> Callable[[Callable[..., None]], None]:
        full = config.getoption("--faults")
        how = settings(
            max_examples=most if full else most // 25,
            deadline=None,
            derandomize=not full,
            database=None,
            print_blob=True,
            phases=(Phase.generate, Phase.shrink) if full else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        return lambda test: how(given(strategy)(test))()  # type: ignore[no-any-return]

    return make
