"""The corpus folder that a deck was built of, where it is at hand: what is corrected while studying is written there."""

from pathlib import Path
from typing import Any

from studytool import corpus
from studytool.config import home, shipped
from studytool.errors import StudytoolError
from studytool.files import read_text
from studytool.toml_lines import parse


def corpus_of(name: str, deck: Path) -> Path | None:
    """The folder of the corpus of that name: in the working folder, beside the folder of the deck file, or in the user's data
    folder; there as `corpus` or under its own name. None where there is none but what came with studytool as installed.
    """
    installed = shipped("corpus").resolve()
    own = {"corpus", name}
    for base in (Path(), deck.absolute().parent.parent, home().data):
        for folder in sorted(base / one for one in own):
            inside = folder.resolve() == installed and "site-packages" in installed.parts
            if not inside and _named(folder) == name:
                return folder
    return None


def file_of(folder: Path, source: str) -> Path | None:
    """The statement file of a source in a corpus folder."""
    for path in (folder / f"{source}.toml", *sorted(folder.glob("*.toml"))):
        if path.name != corpus.HEAD_FILE and path.is_file() and source_in(path).get("id") == source:
            return path
    return None


def source_in(path: Path) -> dict[str, Any]:
    """The source of a statement file, as it stands there; empty where it has none."""
    try:
        source = parse(read_text(path, "a statement file"), path).get("source")
    except StudytoolError:
        return {}
    return source if isinstance(source, dict) else {}


def _named(folder: Path) -> str:
    try:
        head = folder / corpus.HEAD_FILE
        found = parse(read_text(head, "a corpus's head"), head) if head.is_file() else {}
        return str(found.get("id") or found.get("name", ""))
    except StudytoolError:
        return ""
