"""The note types, version 1. For ever: Anki matches them by id, and fields and templates by position.

Never reorder, rename or remove a field or a template; use a spare. Templates and CSS may be reworded, with `REVISED` raised,
or learners will not get the new ones.
"""

from functools import cache
from importlib.resources import files

import genanki

from studytool.model import Direction, NoteKind

# When templates or CSS last changed, in seconds since 1970 UTC. Raise it by one, never to today: looks that a learner changed
# bear the day of that, and so stay the later ones.
REVISED = 1795929435

# For the learner of Chinese, and for the learner of English: the same cards with the languages changed round.
_KNOWN_AS: dict[tuple[NoteKind, Direction], tuple[int, str]] = {
    ("cloze", "zh-en"): (1727438101, "studytool cloze v1"),
    ("qa", "zh-en"): (1727438102, "studytool Q&A v1"),
    ("cloze", "en-zh"): (1727438103, "studytool English cloze v1"),
    ("qa", "en-zh"): (1727438104, "studytool English Q&A v1"),
}

# Fields that all types have, after their own; `ID` is the note's identity, `MyNotes` is the learner's.
SHARED_FIELDS = (
    "Pinyin", "Words", "Note", "Topic", "Kind", "Speaker", "Event", "Said", "Section", "Title", "Outlet", "Date", "URL",
    "Recording", "Related", "Audio", "Image", "ID", "Spare1", "Spare2", "Spare3", "Spare4", "MyNotes",
)  # fmt: skip

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
# [FIRST] is the language of the prompt, [OTHER] that of the gloss, [GLOSS] how the fields of the latter are called.
_CLOZE_FRONT = (
    _OPENING
    + """
<div class="[CLASS]" lang="[FIRST]">{{cloze:Text}}</div>
{{#[GLOSS]}}<details class="other"><summary>[LABEL]</summary><div lang="[OTHER]">{{cloze:[GLOSS]}}</div></details>{{/[GLOSS]}}
"""
)
_CLOZE_BACK = (
    _OPENING
    + """
<div id="answer" class="[CLASS]" lang="[FIRST]">{{cloze:Text}}</div>
{{#[GLOSS]}}<div class="[CLASS2]" lang="[OTHER]">{{cloze:[GLOSS]}}</div>{{/[GLOSS]}}
<div class="sound">{{tts [VOICE]:cloze:Text}}{{Audio}}</div>
"""
    + _BACK
)
_QA_FRONT = (
    _OPENING
    + """
<div class="[CLASS]" lang="[FIRST]">{{Question}}</div>
{{#Question[GLOSS]}}
<details class="other"><summary>[LABEL]</summary><div lang="[OTHER]">{{Question[GLOSS]}}</div></details>
{{/Question[GLOSS]}}
"""
)
_QA_BACK = (
    _OPENING
    + """
<div class="asked" lang="[FIRST]">{{Question}}</div>
{{#Question[GLOSS]}}<div class="asked" lang="[OTHER]">{{Question[GLOSS]}}</div>{{/Question[GLOSS]}}
<hr id="answer">
{{#Answer}}<div class="[CLASS] reply" lang="[FIRST]">{{Answer}}</div>{{/Answer}}
{{#Answer[GLOSS]}}<div class="[CLASS2] reply" lang="[OTHER]">{{Answer[GLOSS]}}</div>{{/Answer[GLOSS]}}
<div class="statement"><div lang="[FIRST]">{{Statement}}</div><div lang="[OTHER]">{{Statement[GLOSS]}}</div></div>
<div class="sound">{{tts [VOICE]:Statement}}{{Audio}}</div>
"""
    + _BACK
)
_LANGUAGES: dict[Direction, dict[str, str]] = {
    "zh-en": {
        "GLOSS": "English", "LABEL": "English", "FIRST": "zh-Hans", "OTHER": "en", "CLASS": "zh", "CLASS2": "en",
        "VOICE": "zh_CN",
    },
    "en-zh": {
        "GLOSS": "Chinese", "LABEL": "中文", "FIRST": "en", "OTHER": "zh-Hans", "CLASS": "zh", "CLASS2": "en",
        "VOICE": "en_US",
    },
}  # fmt: skip


def fields(kind: NoteKind, direction: Direction) -> tuple[str, ...]:
    """The names of a note type's fields, in their order, which is for ever."""
    gloss = _LANGUAGES[direction]["GLOSS"]
    if kind == "cloze":
        return ("Text", gloss, *SHARED_FIELDS)
    return (*(f"{one}{end}" for one in ("Question", "Answer", "Statement") for end in ("", gloss)), *SHARED_FIELDS)


@cache
def note_type(kind: NoteKind, direction: Direction) -> genanki.Model:
    """A note type: a blank is blank in both languages, or a question and its answer; by the language of the prompt."""
    is_cloze = kind == "cloze"
    number, name = _KNOWN_AS[kind, direction]
    sides = (_CLOZE_FRONT, _CLOZE_BACK) if is_cloze else (_QA_FRONT, _QA_BACK)
    front, back = (_no_maths(_in_languages(side, direction)) for side in sides)
    return genanki.Model(
        number,
        name,
        # Integer ids let Anki match fields and templates even after a learner has renamed or moved them.
        fields=[{"name": field, "id": number * 100 + at, "size": 20} for at, field in enumerate(fields(kind, direction))],
        templates=[{"name": "Card", "id": number * 100 + 99, "qfmt": front, "afmt": back}],
        css=(files("studytool.anki") / "card.css").read_text("utf-8"),
        model_type=genanki.Model.CLOZE if is_cloze else genanki.Model.FRONT_BACK,
    )


def _in_languages(side: str, direction: Direction) -> str:
    for name, value in _LANGUAGES[direction].items():
        side = side.replace(f"[{name}]", value)
    return side


def _no_maths(side: str) -> str:
    """A side on which Anki's MathJax leaves `\\(` and `\\[` alone: a claim that holds them means them as they stand."""
    return f'<div class="tex2jax_ignore">{side}</div>'
