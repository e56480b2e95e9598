"""A learner's desk with the real Anki on it: a fresh collection, packages imported into it, cards as they are shown."""

import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from anki.collection import Card, Collection, ImportAnkiPackageRequest, Note  # first: no other module of anki's can be
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition
from anki.scheduler.v3 import CardAnswer
from anki.sound import TTSTag

from conftest import TEA
from studytool.build import Built, build

NOW = 1_700_000_000  # when the tests' decks are built: before a learner's edits, which bear the real time
__all__ = ["GAP", "NOW", "CardAnswer", "Desk", "Page", "TTSTag", "change", "desk", "made", "make", "rows", "words"]

GAP = "[...]"  # what Anki shows in place of a blank
_VOID = {"br", "hr", "img", "input"}


class Page(HTMLParser):
    """A side of a card as a tree, and what of its text is shown, folded away, or in one language."""

    def __init__(self, html: str, css: str = "", av: tuple[Any, ...] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.css, self.av = html, css, av
        self._builder = TreeBuilder()
        self._builder.start("page", {})
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"{self._open} not closed in {html}"
        self._builder.end("page")
        self.tree = self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing in {self.html}"
        assert self._open.pop() == tag, f"</{tag}> closes the wrong element in {self.html}"
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)

    @property
    def text(self) -> str:
        """All text, folded or not; attributes are none."""
        return words(self.tree)

    @property
    def unfolded(self) -> str:
        """The text that is seen before the learner opens anything."""
        return "".join(_unfolded(self.tree))

    def all(self, path: str) -> list[Element]:
        return self.tree.findall(path)

    def one(self, path: str) -> Element:
        (found,) = self.tree.findall(path)
        return found

    def texts(self, lang: str) -> list[str]:
        """The texts of the elements of that language, but for the one with the pinyin."""
        return [words(element) for element in self.tree.iterfind(f".//*[@lang='{lang}']") if element.get("class") != "pinyin"]

    @property
    def pinyin(self) -> tuple[str, str]:
        """The claim as it stands under its pinyin, and the pinyin."""
        line = self.one(".//div[@class='pinyin']")
        read = [element.text or "" for element in line.iter("rt")]
        return "".join(part for part in _bare(line)), " ".join(read)


def _bare(element: Element) -> Iterator[str]:
    """The text of an element without what stands above it."""
    if element.tag != "rt":
        yield element.text or ""
        for child in element:
            yield from _bare(child)
            yield child.tail or ""


def words(element: Element) -> str:
    """The text of an element, `<br>` as a line's end."""
    inner = (words(child) + (child.tail or "") for child in element)
    return "\n" if element.tag == "br" else (element.text or "") + "".join(inner)


def _unfolded(element: Element) -> Iterator[str]:
    folded = element.tag == "details" and "open" not in element.attrib
    if not folded:
        yield element.text or ""
    for child in element:
        if not folded or child.tag == "summary":
            yield from _unfolded(child)
        if not folded:
            yield child.tail or ""


class Desk:
    """A collection, and what a learner does with it."""

    def __init__(self, col: Collection) -> None:
        self.col = col

    def take(self, apkg: Path, always: bool = False, merge: bool = False) -> Any:
        """Import a package as the desktop does when nothing on its import page is touched, or with *Update notes: Always*, or
        with *Merge note types*; Anki's log of it.
        """
        request = ImportAnkiPackageRequest(package_path=str(apkg))
        request.options.CopyFrom(self.col._backend.get_import_anki_package_presets())
        request.options.merge_notetypes = merge
        if always:
            request.options.update_notes = ImportAnkiPackageUpdateCondition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
        return self.col.import_anki_package(request).log

    def notes(self) -> dict[str, Note]:
        """The notes by our own identity of them."""
        notes = [self.col.get_note(number) for number in self.col.find_notes("")]
        found = {note["ID"]: note for note in notes}
        assert len(found) == len(notes), "two notes of one identity"
        return found

    def cards(self) -> dict[str, Card]:
        """The cards, as `<note>#<its number in the note>`."""
        return {f"{key}#{card.ord + 1}": card for key, note in self.notes().items() for card in note.cards()}

    def sides(self, card: Card) -> tuple[Page, Page]:
        """Front and back."""
        out = card.render_output(reload=True)
        front, back = out.question_av_tags, out.answer_av_tags
        return Page(out.question_text, out.css, tuple(front)), Page(out.answer_text, out.css, tuple(back))

    def answer(self, card: Card) -> None:
        """Answer a card "good", with Anki's own scheduler."""
        card.start_timer()
        states = self.col._backend.get_scheduling_states(card.id)
        self.col.sched.answer_card(self.col.sched.build_answer(card=card, states=states, rating=CardAnswer.GOOD))

    def schedule(self, card: Card) -> list[Any]:
        """All that Anki knows of a card's progress, its reviews included."""
        columns = "did, type, queue, due, ivl, factor, reps, lapses, left, odue, flags, data"
        row = self.col.db.first(f"select {columns} from cards where id = ?", card.id)
        return [*row, self.col.db.all("select * from revlog where cid = ?", card.id)]

    def edit(self, identity: str, fields: Mapping[str, str]) -> None:
        """Change fields of a note by hand."""
        note = self.notes()[identity]
        for name, value in fields.items():
            note[name] = value
        self.col.update_note(note)


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A desk with an empty collection in a new folder."""
    folder.mkdir(parents=True)
    col = Collection(str(folder / "collection.anki2"))
    try:
        yield Desk(col)
    finally:
        col.close()


def make(corpus: Path, now: int = NOW) -> Built:
    """Build a corpus into the working folder's decks."""
    (built,) = build([corpus], Path("decks"), now)
    return built


@cache
def _files_of_tea() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        (built,) = build([TEA], Path(folder), NOW)
        return {path.name: path.read_bytes() for path in (built.jsonl, built.apkg)}


def made() -> Path:
    """What `make` makes of the corpus that `tea` is a copy of, without the time that it takes; the package."""
    Path("decks").mkdir()
    for name, data in _files_of_tea().items():
        (Path("decks") / name).write_bytes(data)
    return Path("decks/tea.apkg")


def rows(apkg: Path, query: str) -> list[Any]:
    """Ask a package's own collection, which no Anki has touched."""
    with zipfile.ZipFile(apkg) as package:
        data = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        return base.execute(query).fetchall()


def change(path: Path, old: str, new: str) -> None:
    """Change what a statement file says in one place."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")
