"""The claims as one JSON object, for programs: `format` and `version` first, so that a reader knows what it holds.

decks     name, title, title_en, description, description_en
topics    id, name, name_en
sources   what is cited, as in a statement file
claims    in the order of their topics; each names its deck, its source and its topic, and has its cards
"""

from typing import Any

import msgspec

from studytool.exits.sheet import Item, Sheet

NAME, VERSION = "studytool claims", 1
_DECK = ("name", "title", "title_en", "description", "description_en")


def json(sheet: Sheet) -> str:
    """The sheet as a JSON object, indented by two, keys in a fixed order."""
    whole = {
        "format": NAME,
        "version": VERSION,
        "decks": [{name: getattr(head, name) for name in _DECK} for head in sheet.decks],
        "topics": [
            {"id": one.topic.id, "name": one.topic.name, "name_en": one.topic.name_en, "claims": len(one.items)}
            for one in sheet.sections
        ],
        "sources": [msgspec.to_builtins(source) for source in sheet.sources],
        "claims": [{"topic_id": one.topic.id, **_claim(item)} for one in sheet.sections for item in one.items],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def _claim(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(item)
    return {"id": found.pop("id"), "deck": found.pop("deck"), "source": found.pop("source"), **found}
