"""What must never change once a learner has it, and what must not change unseen."""

import hashlib
import json
from pathlib import Path

import genanki
import pytest

from anki_desk import desk, make, rows
from studytool.anki import note_types

SHARED = [
    "Pinyin", "Words", "Note", "Topic", "Kind", "Speaker", "Event", "Said", "Section", "Title", "Outlet", "Date", "URL",
    "Recording", "Related", "Audio", "Image", "ID", "Spare1", "Spare2", "Spare3", "Spare4", "MyNotes",
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "number", "name", "own"),
    [
        (note_types.note_type("cloze", "zh-en"), 1727438101, "studytool cloze v1", ["Text", "English"]),
        (
            note_types.note_type("qa", "zh-en"),
            1727438102,
            "studytool Q&A v1",
            ["Question", "QuestionEnglish", "Answer", "AnswerEnglish", "Statement", "StatementEnglish"],
        ),
        (note_types.note_type("cloze", "en-zh"), 1727438103, "studytool English cloze v1", ["Text", "Chinese"]),
        (
            note_types.note_type("qa", "en-zh"),
            1727438104,
            "studytool English Q&A v1",
            ["Question", "QuestionChinese", "Answer", "AnswerChinese", "Statement", "StatementChinese"],
        ),
    ],
)
def test_note_types_are_for_ever(model: genanki.Model, number: int, name: str, own: list[str]):
    """NEVER change what this test says. Learners hold these note types; with another id, name, field or template, Anki makes
    a second note type and refuses every update of the notes they have. What is needed anew goes into a spare field."""
    assert (model.model_id, model.name) == (number, name)
    assert [(field["name"], field["id"]) for field in model.fields] == [
        (field, number * 100 + at) for at, field in enumerate(own + SHARED)
    ]
    assert [(template["name"], template["id"]) for template in model.templates] == [("Card", number * 100 + 99)]


def test_the_ids_of_fields_and_templates_reach_anki(tea: Path, tmp_path: Path):
    with desk(tmp_path / "anki") as learner:
        learner.take(make(tea).apkg)
        for model in (note_types.note_type("cloze", "zh-en"), note_types.note_type("qa", "zh-en")):
            held = learner.col.models.get(model.model_id)
            for part, ours in (("flds", model.fields), ("tmpls", model.templates)):
                assert [(thing["name"], thing["id"]) for thing in held[part]] == [(thing["name"], thing["id"]) for thing in ours]


LOOKS = (1795929435, "bb28694621cae246378a97e14d1a9ef195ce5abea0becbcff2bbc32b32b159f7")


def test_revised_is_raised_with_every_change_of_templates_or_css(tea: Path):
    models = tuple(note_types.note_type(kind, way) for way in ("zh-en", "en-zh") for kind in ("cloze", "qa"))
    looks = [text for model in models for text in (model.templates[0]["qfmt"], model.templates[0]["afmt"], model.css)]
    digest = hashlib.sha256("\x1f".join(looks).encode()).hexdigest()
    assert (note_types.REVISED, digest) == LOOKS, (
        "Templates or CSS changed. Learners get them only with a later time: raise REVISED in studytool/anki/note_types.py "
        "by one, so that looks which a learner changed stay the later ones, and set LOOKS here to both."
    )
    (types,) = rows(make(tea).apkg, "select models from col")
    assert [model["mod"] for model in json.loads(types[0]).values()] == [note_types.REVISED] * 2
