"""The passage of an article that an extracted claim was taken from, where its corpus and the article are at hand."""

from pathlib import Path

from studytool.articles import read_article
from studytool.at_hand import corpus_of, file_of, source_in
from studytool.model import Row
from studytool.triage.passage import passage


def passage_of(row: Row, name: str, deck: Path) -> tuple[str, int, int] | None:
    """The paragraphs around a claim's quote, and from which to which character of them it stands.

    `name` is that of the corpus, `deck` the file it was studied from. None where the claim was not extracted, where corpus or
    article is not at hand, or where the article no longer says it. Raises StudytoolError where the article cannot be read.
    """
    quote, folder = row.statement.quote, corpus_of(name, deck)
    path = file_of(folder, row.source) if quote and folder else None
    article = str(source_in(path).get("article", "")) if path else ""
    place = (path.parent / article).resolve() if path and article else None
    if quote is None or place is None or not place.is_file():
        return None
    found = passage(read_article(place), quote)
    if found is None:
        return None
    return "".join(found), len(found.before), len(found.before) + len(found.quote)
