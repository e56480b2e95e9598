"""The two note types, version 1. For ever: Anki matches them by id, and fields and templates by position.

Never reorder, rename or remove a field or a template; use a spare. Templates and CSS may be reworded, with `REVISED` raised,
or learners will not get the new ones.
"""

from functools import cache
from importlib.resources import files

import genanki

REVISED = 1795372556  # when templates or CSS last changed, in seconds since 1970 UTC

CLOZE_ID, QA_ID = 1727438101, 1727438102
CLOZE_NAME, QA_NAME = "studytool cloze v1", "studytool Q&A v1"

# Fields that both types have, after their own; `ID` is the note's identity, `MyNotes` is the learner's.
SHARED_FIELDS = (
    "Pinyin", "Words", "Note", "Topic", "Kind", "Speaker", "Event", "Said", "Section", "Title", "Outlet", "Date", "URL",
    "Recording", "Related", "Audio", "Image", "ID", "Spare1", "Spare2", "Spare3", "Spare4", "MyNotes",
)  # fmt: skip
CLOZE_FIELDS = ("Text", "English", *SHARED_FIELDS)
QA_FIELDS = ("Question", "QuestionEnglish", "Answer", "AnswerEnglish", "Statement", "StatementEnglish", *SHARED_FIELDS)

_OPENING = '<div class="topic">{{Topic}}</div>'
_BACK = """
{{#Pinyin}}<div class="pinyin" lang="zh-Hans">{{Pinyin}}</div>{{/Pinyin}}
{{#Image}}<div>{{Image}}</div>{{/Image}}
{{#Words}}<details><summary>词 · words</summary>{{Words}}</details>{{/Words}}
{{#Note}}<details class="note" open><summary>注 · note</summary>{{Note}}</details>{{/Note}}
{{#Related}}<div class="related">{{Related}}</div>{{/Related}}
{{#MyNotes}}<div class="mine tex2jax_process">{{MyNotes}}</div>{{/MyNotes}}
<div class="source">
<div><b>{{Speaker}}</b> · {{Event}} · {{Said}} · {{Kind}}</div>
<div lang="zh-Hans"><a href="{{URL}}">{{Title}}</a>, {{Outlet}}, {{Date}}{{#Section}} · {{Section}}{{/Section}}</div>
{{#Recording}}<div><a href="{{Recording}}">original recording</a></div>{{/Recording}}
</div>
"""

_CLOZE_FRONT = (
    _OPENING
    + """
<div class="zh" lang="zh-Hans">{{cloze:Text}}</div>
{{#English}}<details class="other"><summary>English</summary><div lang="en">{{cloze:English}}</div></details>{{/English}}
"""
)
_CLOZE_BACK = (
    _OPENING
    + """
<div id="answer" class="zh" lang="zh-Hans">{{cloze:Text}}</div>
{{#English}}<div class="en" lang="en">{{cloze:English}}</div>{{/English}}
<div class="sound">{{tts zh_CN:cloze:Text}}{{Audio}}</div>
"""
    + _BACK
)
_QA_FRONT = (
    _OPENING
    + """
<div class="zh" lang="zh-Hans">{{Question}}</div>
{{#QuestionEnglish}}
<details class="other"><summary>English</summary><div lang="en">{{QuestionEnglish}}</div></details>
{{/QuestionEnglish}}
"""
)
_QA_BACK = (
    _OPENING
    + """
<div class="asked" lang="zh-Hans">{{Question}}</div>
{{#QuestionEnglish}}<div class="asked" lang="en">{{QuestionEnglish}}</div>{{/QuestionEnglish}}
<hr id="answer">
{{#Answer}}<div class="zh reply" lang="zh-Hans">{{Answer}}</div>{{/Answer}}
{{#AnswerEnglish}}<div class="en reply" lang="en">{{AnswerEnglish}}</div>{{/AnswerEnglish}}
<div class="statement"><div lang="zh-Hans">{{Statement}}</div><div lang="en">{{StatementEnglish}}</div></div>
<div class="sound">{{tts zh_CN:Statement}}{{Audio}}</div>
"""
    + _BACK
)


@cache
def cloze_type() -> genanki.Model:
    """The cloze note type: a blank is blank in both languages."""
    return _model(CLOZE_ID, CLOZE_NAME, CLOZE_FIELDS, _CLOZE_FRONT, _CLOZE_BACK, genanki.Model.CLOZE)


@cache
def qa_type() -> genanki.Model:
    """The question-and-answer note type."""
    return _model(QA_ID, QA_NAME, QA_FIELDS, _QA_FRONT, _QA_BACK, genanki.Model.FRONT_BACK)


def _no_maths(side: str) -> str:
    """A side on which Anki's MathJax leaves `\\(` and `\\[` alone: a claim that holds them means them as they stand."""
    return f'<div class="tex2jax_ignore">{side}</div>'


def _model(number: int, name: str, fields: tuple[str, ...], front: str, back: str, kind: int) -> genanki.Model:
    return genanki.Model(
        number,
        name,
        # Integer ids let Anki match fields and templates even after a learner has renamed or moved them.
        fields=[{"name": field, "id": number * 100 + at, "size": 20} for at, field in enumerate(fields)],
        templates=[{"name": "Card", "id": number * 100 + 99, "qfmt": _no_maths(front), "afmt": _no_maths(back)}],
        css=(files("studytool.anki") / "card.css").read_text("utf-8"),
        model_type=kind,
    )
