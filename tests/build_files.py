"""How the tests of builds edit a corpus and look at what was written."""

from pathlib import Path

from studytool.deck import open_deck

THEN, NOW = 1_700_000_000, 1_800_000_000
NAMES = ("tea.jsonl", "tea.apkg")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def data(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def changed(out: Path) -> dict[str, int]:
    rows = open_deck(out / "tea.jsonl").rows()
    return {f"{row.statement.id}/{note.kind}": note.changed for row in rows for note in row.notes}
