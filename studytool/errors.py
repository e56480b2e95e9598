"""The only kind of error a user sees. Anything else that reaches a user is a bug."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# What a terminal acts on, or shows as something else than it is: controls, but for a line's end and a tab, and what turns the
# direction of writing.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
USAGE = 2  # the user's input or usage is wrong
OUTSIDE = 3  # the outside world failed: network, disk


class Where(NamedTuple):
    """A place in a file: `line` counts from 1; 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class StudytoolError(Exception):
    """What went wrong, where, and what to do next, in one line."""

    def __init__(self, message: str, where: Where | None = None, hint: str = "", code: int = USAGE) -> None:
        super().__init__(message)
        self.message, self.where, self.hint, self.code = message, where, hint, code

    def __reduce__(self) -> tuple[type["StudytoolError"], tuple[object, ...]]:
        return type(self), (self.message, self.where, self.hint, self.code)  # so that it comes whole out of a process of its own

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"; {self.hint}" if self.hint else ""
        return CONTROL.sub("\ufffd", f"{place}{self.message}{hint}".replace("\n", " "))


class UntranslatedError(StudytoolError):
    """A translator ended the run, or had no answer for some of it; what is done is kept, and all else goes on."""

    def __init__(self, message: str, where: Where | None = None, hint: str = "", code: int = OUTSIDE) -> None:
        super().__init__(message, where, hint, code)


class FaultsError(StudytoolError):
    """Several faults of one input, told all at once: a line each."""

    def __init__(self, faults: Sequence[StudytoolError]) -> None:
        super().__init__(f"{len(faults)} faults", code=max(fault.code for fault in faults))
        self.faults = tuple(sorted(faults, key=lambda fault: fault.where or Where("")))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
