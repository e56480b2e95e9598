"""An error is one line, whatever stands in it."""

import io

import pytest

from studytool.articles import read_article
from studytool.articles.read import STANDARD_INPUT
from studytool.errors import StudytoolError, Where
from studytool.files import LARGEST


def test_an_error_says_nothing_that_a_terminal_would_act_on() -> None:
    error = StudytoolError("has\n\x1b[2J no \u202etitle", Where("talk\x07.md", 3), "name\x9b it")
    assert str(error) == "talk\ufffd.md:3: has \ufffd[2J no \ufffdtitle; name\ufffd it"


def test_standard_input_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.given += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    endless = Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    with pytest.raises(StudytoolError, match="is too big for an article"):
        read_article(STANDARD_INPUT)
    assert endless.given < 2 * LARGEST
