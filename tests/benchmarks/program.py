"""Programs of their own: what one costs in processor time and memory, and the environment that a user would run it in."""

import compileall
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import studytool

PYTHON = sys.executable


class Cost(NamedTuple):
    """What a run took."""

    seconds: float  # of a processor, which other programs lengthen less than they do the time on the clock
    memory: float  # at its most, in MB


def cost(command: Sequence[str], env: Mapping[str, str]) -> Cost:
    """Run a command to its end, its output thrown away. Raises CalledProcessError where it fails."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment(home: Path) -> dict[str, str]:
    """The environment of a user whose terminal is good and whose Python has kept its byte code of this studytool."""
    package = Path(studytool.__file__).parent
    compileall.compile_dir(package, quiet=1)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TEXTUAL", "STUDYTOOL"))}
    ours = {"PYTHONPATH": str(package.parent), "STUDYTOOL_HOME": str(home)}
    return kept | ours | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
