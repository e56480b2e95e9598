"""The command line in the test's own process, as fast as a function: where the process itself is not what matters."""

import gc
import io
import sys
from subprocess import CompletedProcess

import pytest

from studytool.cli import main


def run(*args: str, stdin: str = "", **env: str) -> "CompletedProcess[str]":
    """What `studytool ARGS` prints and how it ends, errors included."""
    out, err = io.StringIO(), io.StringIO()
    often = gc.get_threshold()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["studytool", *args])
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        for name, value in env.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
    gc.set_threshold(*often)
    assert isinstance(ended.value.code, int)
    return CompletedProcess(args, ended.value.code, out.getvalue(), err.getvalue())
