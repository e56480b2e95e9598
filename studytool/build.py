"""Corpora and articles -> deck files and Anki packages.

Of corpora all are built, or none where a fault is found: they are kept by hand, and a fault is to be mended. Of articles each is
built for itself: a page that cannot be read keeps no other from becoming a deck.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from studytool import anki, cloze, corpus, deck, extract
from studytool.articles import read_article
from studytool.before import RETIRED, Before, renamed
from studytool.cards import Finding, Passage, compile_deck, lint
from studytool.corpus import HEAD_FILE
from studytool.errors import FaultsError, StudytoolError, Where
from studytool.files import write_together
from studytool.glosses.words import Lookup, glossed, lookup
from studytool.model import Deck, Direction, Note

_NOT_UNSEEN = {"L20", "L21", "L30", "L37"}  # warnings that a person looks into; a card that nobody has seen had better be without


class Built(Struct, frozen=True):
    """What a build made of one input."""

    deck: Deck
    jsonl: Path
    apkg: Path
    english: Path | None  # the package for the learner of English, where it was asked for
    changed: int  # notes that differ from the deck file of before
    updates: tuple[anki.Update, ...]  # what an import of each package does on top of the build of before
    retired: tuple[Path, ...] = ()  # packages that tag what is no longer in the deck, where they were asked for
    superseded: Path | None = None  # the deck file of before, where the corpus had another name
    carried: int = 0  # cards whose progress the packages carry

    def table(self) -> list[tuple[str, Counter[str]]]:
        """Cards by topic (its English name) and by kind of card, in the corpus's order of topics."""
        rows = {topic.id: (topic.name_en, Counter[str]()) for topic in self.deck.head.topics}
        for row in self.deck.rows:
            for note in row.notes:
                rows[row.statement.topic][1][note.kind] += len(note.cards)
        return [row for row in rows.values() if row[1].total()]


Carry = Callable[[Deck], anki.Carried | None]  # tells the progress of a deck's cards; None where there is none
_ENDINGS: dict[Direction, str] = {"zh-en": ".apkg", "en-zh": ".en-zh.apkg"}
_Made = tuple[Built, dict[Path, bytes]]  # with what is to be written


def build(
    inputs: Sequence[Path],
    out: Path,
    now: int,
    own: Path | None = None,
    direction: Direction = "zh-en",
    carry: Carry | None = None,
    *,
    retired: bool = False,
    dry: bool = False,
) -> list[Built]:
    """Build each input, a corpus folder or a statement file, into `out`.

    `now` (seconds since 1970 UTC) is the time of change of what is new; `own` the user's glossary of words, if there is one.
    With `direction` en-zh there is a second package, for the learner of English. With `carry` packages hold what it tells. With
    `retired` there is one of the notes that the deck no longer has, tagged. A `dry` run does all but write.
    Raises FaultsError with all faults of all inputs,
    StudytoolError where the folder cannot be written; no old file is touched then.
    """
    made: dict[str, _Made] = {}
    read, faults = _each(inputs, _sound)
    words = lookup(own)
    for path, one in zip(inputs, read, strict=False) if not faults else ():
        name = one.head.name if path.is_dir() else f"{one.head.name}-{one.sources[0].id}"
        try:
            if name in made:
                raise StudytoolError(f"a second deck of the name {name!r}", Where(str(path)), "rename one of the corpora")
            whole, place = compile_deck(one), out / f"{name}.jsonl"
            if path.is_dir() and not one.head.id:
                _refuse_renamed(whole, path, place)
            old = Before(place, one.head.id if path.is_dir() else "")
            made[name] = _make(whole, words, place, now, direction, old, retired, carry)
        except StudytoolError as error:
            faults.append(error)
    if faults:
        raise FaultsError(faults)
    return _written(made.values(), dry)


def build_article(
    reading: extract.Read,
    out: Path,
    now: int,
    own: Path | None = None,
    direction: Direction = "zh-en",
    carry: Carry | None = None,
    *,
    retired: bool = False,
    dry: bool = False,
) -> Built:
    """Build the deck of one article, of the claims whose cards break no rule. Raises StudytoolError where none is left."""
    whole = extract.made_corpus(reading)
    poor = {finding.statement for finding in lint(whole) if finding.error or finding.code in _NOT_UNSEEN}
    entries = tuple(entry for entry in whole.entries if entry.key not in poor)
    if not entries:
        raise StudytoolError(
            "no key claim in it that would make a good card", Where(str(reading.path)), "see `studytool extract`"
        )
    kept = msgspec.structs.replace(whole, entries=entries)
    place = out / f"{whole.head.name}.jsonl"
    made = _make(_once(compile_deck(kept)), lookup(own), place, now, direction, Before(place), retired, carry)
    return _written([made], dry)[0]


def _once(whole: Deck) -> Deck:
    """The deck without the blanks of a term that the question asks to define: one of two such cards tells the other."""
    return msgspec.structs.replace(
        whole,
        rows=tuple(
            msgspec.structs.replace(row, notes=tuple(note for note in row.notes if note.kind == "qa"))
            if row.statement.question.endswith(f"什么是{cloze.blank(row.statement.zh, 1)}？")
            else row
            for row in whole.rows
        ),
    )


def _refuse_renamed(whole: Deck, corpus: Path, place: Path) -> None:
    """Raises StudytoolError where a corpus seems to have got another name: its cards would start anew, beside the old ones."""
    if other := renamed(place, whole.head.name, [row.key for row in whole.rows]):
        raise StudytoolError(
            f"has the statements of {other!r}, which {place.parent} holds, under the name {whole.head.name!r}",
            Where(str(corpus / HEAD_FILE)),
            f'below the name write id = "{other}", and all progress stays, or id = "{whole.head.name}" if it is another corpus',
        )


def _written(made: Iterable["_Made"], dry: bool) -> list[Built]:
    made = list(made)
    if not dry:
        write_together({path: data for _, files in made for path, data in files.items()})
    return [built for built, _ in made]


def check_inputs(inputs: Sequence[Path], article: Path | None = None) -> tuple[list[Finding], int]:
    """The lint findings of corpus folders and statement files, and how many statements were read.

    Quotes are checked against `article`, else against the article that a source names, where that is at hand. Raises FaultsError
    with every structural fault of every input.
    """
    read, faults = _each(inputs, _read)
    if faults:
        raise FaultsError(faults)
    given = _passage(article) if article else None
    findings = [finding for one in read for finding in lint(one, {s.id: given for s in one.sources} if given else passages(one))]
    return findings, sum(len(one.entries) for one in read)


def _each(inputs: Sequence[Path], read: Callable[[Path], corpus.Corpus]) -> tuple[list[corpus.Corpus], list[StudytoolError]]:
    """Read all inputs, and gather the faults of all."""
    found: list[corpus.Corpus] = []
    faults: list[StudytoolError] = []
    for path in inputs:
        try:
            found.append(read(path))
        except FaultsError as error:
            faults += error.faults
        except StudytoolError as error:
            faults.append(error)
    return found, faults


def _sound(path: Path) -> corpus.Corpus:
    """A corpus as read whose cards break no rule that keeps a deck from being built."""
    read = _read(path)
    errors = [finding for finding in lint(read, passages(read)) if finding.error]
    if errors:
        raise FaultsError([StudytoolError(f"{f.code} {f.message}", f.where, "mend it, or answer with allow") for f in errors])
    return read


def passages(read: corpus.Corpus) -> dict[str, Passage]:
    """The articles of a corpus that are at hand, by source."""
    found = {}
    for source in read.sources:
        path = read.files[source.id].parent / source.article
        if source.article and path.is_file():
            found[source.id] = _passage(path)
    return found


def _passage(path: Path) -> Passage:
    article = read_article(path)
    return Passage(article.text, f"{article.title} {article.intro} {' '.join(article.summary)} {' '.join(article.speakers)}")


def _read(path: Path) -> corpus.Corpus:
    if path.is_dir():
        return corpus.read(path)
    if not path.exists():
        raise StudytoolError("no such file or folder", Where(str(path)), "name a corpus folder or a statement file")
    if path.suffix != ".toml":
        raise StudytoolError("is neither a corpus folder nor a statement file (.toml)", Where(str(path)), "name one of these")
    return corpus.read(path.parent, [path])


def _make(
    bare: Deck,
    words: Lookup,
    path: Path,
    now: int,
    direction: Direction,
    before: Before,
    with_retired: bool,
    carry: Carry | None,
) -> _Made:
    """Gloss the words, and fill in when each note last changed: as the deck file of before says, else now."""
    if not bare.rows:
        raise StudytoolError("every statement is rejected", Where(bare.head.name), "accept one, or build another corpus")
    fresh = glossed(bare, words, before.words())
    notes = {note.id: note for note in anki.anki_notes(fresh)}
    changed: dict[str, Note] = {}
    for note in notes.values():
        digest = hashlib.sha256(note.content()).hexdigest()[:16]
        changed[note.id] = Note(note.kind, (), before.time(note.id, digest, now), digest)
    rows = tuple(
        msgspec.structs.replace(
            row,
            notes=tuple(
                msgspec.structs.replace(changed[deck.note_id(fresh.head.name, row, note)], cards=note.cards) for note in row.notes
            ),
        )
        for row in fresh.rows
    )
    newer = {key for key, note in changed.items() if key not in before.notes or before.notes[key].changed != note.changed}
    whole = Deck(fresh.head, rows)
    differs = bool(newer) or len(before.notes) != len(changed)
    ways: tuple[Direction, ...] = ("zh-en", "en-zh") if direction == "en-zh" or (before.notes and differs) else ("zh-en",)
    both = {way: notes if way == "zh-en" else anki.notes_of(whole, way) for way in ways}
    gone = {way: before.gone(way, both[way]) for way in ways if differs} or before.retired_ways()
    retired = anki.write_retired(one for some in gone.values() for one in some)
    whole = Deck(msgspec.structs.replace(fresh.head, retired=retired), rows)
    carried = carry(whole) if carry else None
    files, updates, extra = {path: deck.encode(whole)}, [], []
    for way in ("zh-en", "en-zh") if direction == "en-zh" else ("zh-en",):
        apkg, times = path.with_suffix(_ENDINGS[way]), {key: changed[key.removesuffix(deck.ENGLISH)].changed for key in both[way]}
        files[apkg] = anki.package(whole.head, ((note, times[key]) for key, note in both[way].items()), carried)
        updates.append(before.update(way, apkg.name, both[way], newer))
        if with_retired and gone.get(way):
            extra.append(path.with_suffix(f".{RETIRED}{_ENDINGS[way]}"))
            files[extra[-1]] = anki.package(whole.head, ((one.note, one.changed) for one in gone[way]))
    english = path.with_suffix(_ENDINGS["en-zh"]) if direction == "en-zh" else None
    built = Built(
        whole,
        path,
        path.with_suffix(_ENDINGS["zh-en"]),
        english,
        len(newer),
        tuple(updates),
        tuple(extra),
        before.moved,
        len(carried.cards) if carried else 0,
    )
    return built, files
