"""How the tests of corpora ask for faults."""

from pathlib import Path

import pytest

from studytool import corpus
from studytool.errors import FaultsError

QUAY = "quay-2024.toml"


def told(folder: Path) -> list[str]:
    """The faults of a corpus, as told, with paths relative to it. Each is one line, and all stand in the error's text."""
    with pytest.raises(FaultsError) as caught:
        corpus.read(folder)
    lines = [str(fault) for fault in caught.value.faults]
    assert str(caught.value).split("\n") == lines
    assert caught.value.code == 2
    return [line.replace(f"{folder}/", "") for line in lines]
