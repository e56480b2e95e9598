"""Text that means something to HTML or to Anki reaches the card as the text it is."""

import html as standard
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anki_desk import GAP, Desk, Page, TTSTag, change, desk, make, rows, words
from studytool import cloze
from studytool.anki import AnkiNote, package
from studytool.anki.note_types import fields as field_names
from studytool.anki.notes import html
from studytool.deck import open_deck
from studytool.words import CREDIT

TOKENS = [
    "<script>alert(1)</script>", "</div>", "<br>", "<!-- c", "-->", "[/b]", "{{c2::", "{{c1::x}}", "{{Text}}",
    "{{#Text}}", "<%Text%>", "}}", "{", "}", "::", ":", '"', "'", "&amp;", "&#x41;", "&", "👩\u200d🌾", "🍵", "[sound:x.mp3]",
    "[anki:tts lang=zh_CN]q[/anki:tts]", "[/anki:tts]", "[anki:play:q:0]", r"\(x\)", r"\[y\]", "[latex]l[/latex]", "[LaTeX]",
    "[/LaTeX]", "[$]z[/$]", "[$$]", "[/$$]", "[[type:Text]]", "\\", "[", "]", "(", "%", "a  b",
]  # fmt: skip
EVERYTHING = "".join(TOKENS)
# What a statement's text may hold: no braces that look like marks; and within a blank, no `::`.
LEGAL = "".join(token for token in TOKENS if not re.search("[{}]", token)) + " { } "
INSIDE = re.sub("::+", ":", LEGAL)
ADDRESS = """https://example.org/?a=1&b="onmouseover="alert(1)&c='><script>alert(2)</script>&d={{c1::x}}[sound:x.mp3]"""
TEMPLATE_TAGS = {"page", "div", "span", "details", "summary", "b", "br", "a", "hr", "ruby", "rt", "table", "tr", "td"}
TEMPLATE_ATTRIBUTES = {"class", "lang", "id", "href", "open", "data-cloze", "data-ordinal"}


def safe(page: Page) -> bool:
    """Whether a page holds nothing but what the templates put there, and nothing that Anki's apps would act on."""
    tags = {element.tag for element in page.tree.iter()}
    attributes = {name for element in page.tree.iter() for name in element.attrib}
    acted_on = re.search(r"\[sound:|\[latex|\[\$|\[\[type:|\[/anki|\[anki:(?!play:a:0\])|\\[(\[]", page.html, re.IGNORECASE)
    return tags <= TEMPLATE_TAGS and attributes <= TEMPLATE_ATTRIBUTES and not acted_on


@given(st.text() | st.lists(st.sampled_from([*TOKENS, "\n"])).map("".join))
def test_html_is_the_text_and_nothing_else(text: str):
    made = html(text)
    assert standard.unescape(made) == text.replace("\n", "<br>")
    bare = made.replace("<br>", "")
    assert not re.search(r"\{\{|\}\}|::|<", bare)
    assert not re.search(r"[>\"'\\\[]", bare)
    assert words(Page(made).tree) == text


def test_any_two_tokens_side_by_side_are_shown_hidden_and_spoken_as_text(tea: Path, tmp_path: Path):
    """Inside a blank, outside one, and in a plain field, through the real renderer."""
    pairs = {f"t:{nth}/cloze": pair for nth, pair in enumerate(itertools.product(TOKENS, repeat=2))}
    notes = []
    for nth, (key, (one, two)) in enumerate(pairs.items()):
        fields = dict.fromkeys(field_names("cloze", "zh-en"), "") | {"ID": html(key), "Note": html(two + one)}
        fields["Text"] = f"{{{{c1::{html(one)}}}}}{html(one + two)}"
        notes.append((AnkiNote(key, "cloze", "A::B", tuple(fields.values()), ("topic::t",), (0,), nth), 1))
    path = tmp_path / "tokens.apkg"
    path.write_bytes(package(make(tea).deck.head, notes))
    with desk(tmp_path / "anki") as learner:
        learner.take(path)
        cards = learner.cards()
        assert len(cards) == len(TOKENS) ** 2
        for key, card in cards.items():
            one, two = pairs[key.removesuffix("#1")]
            front, back = learner.sides(card)
            assert front.texts("zh-Hans") == [GAP + one + two]
            assert back.texts("zh-Hans")[0] == one + one + two
            assert words(back.one(".//details")).removeprefix("注 · note") == two + one
            assert [tag.field_text for tag in back.av if isinstance(tag, TTSTag)] == [one + one + two]
            assert (len(front.av), len(back.av)) == (0, 1)
            assert safe(front)
            assert safe(back)


@pytest.fixture
def hostile(tea: Path) -> dict[str, str]:
    """Put hostile text in every free field of one statement, its source, its topic and its corpus; what was put there."""
    said = {}
    for name in ("question", "question_en", "answer", "answer_en", "note", "note_en", "section"):
        said[name] = f"{name}{EVERYTHING}{name}"
    for name in ("title", "title_en", "event", "event_en", "outlet"):
        said[f"source.{name}"] = f"source {name}{EVERYTHING}"
    for name in ("title", "title_en", "description", "description_en"):
        said[f"corpus.{name}"] = f"corpus {name}{EVERYTHING}"
    said |= {"topic.name": f"茶{EVERYTHING}叶", "topic.name_en": f"::Leaves{EVERYTHING}"}
    said |= {"speaker": f"林{EVERYTHING}晚", "speaker_en": f"::Lin{EVERYTHING}Wan::"}
    said["note"] = f"first{EVERYTHING}\n<b>second</b>\n\nlast"
    said["zh"] = f"{LEGAL}说，{{{{c1::茶{INSIDE}香}}}}最足{LEGAL}。"
    said["en"] = f"{LEGAL} says {{{{c1::a{INSIDE}scent}}}} is best{LEGAL}."
    said["url"] = said["recording"] = ADDRESS.replace(" ", "")
    _write(tea, said)
    return said


def _write(tea: Path, said: dict[str, str]) -> None:
    """A JSON string is a TOML string."""
    text = {key: json.dumps(value, ensure_ascii=False) for key, value in said.items()}
    source = [f"{name} = {text[f'source.{name}']}" for name in ("title", "title_en", "event", "event_en", "outlet")]
    source += [f"{name} = {text[name]}" for name in ("url", "recording")]
    source += [f"speakers = [{text['speaker']}]", f"speakers_en = [{text['speaker_en']}]"]
    names = ("question", "question_en", "answer", "answer_en", "note", "note_en", "section", "zh", "en", "speaker")
    claim = [f"{name} = {text[name]}" for name in names]
    claim.append(f"allow = {json.dumps([f'L3{n}: hostile on purpose' for n in range(1, 6)])}")
    (tea / "hill-2023.toml").write_text(
        '[source]\nid = "hill-2023"\nsaid = "2023-05"\npublished = 2023-05-20\n'
        + "\n".join(source)
        + '\n[[statement]]\nid = "hostile"\ntopic = "leaves"\nkind = "opinion"\n'
        + "\n".join(claim),
        "utf-8",
    )
    head = tea / "corpus.toml"
    for line, key in [
        ('title = "茶话"', "corpus.title"), ('title_en = "Tea talk"', "corpus.title_en"), ('name = "茶叶"', "topic.name"),
        ('description = "两场杜撰的谈话，只供测试。"', "corpus.description"), ('name_en = "Leaves"', "topic.name_en"),
        ('description_en = "Two made-up talks, for tests only."', "corpus.description_en"),
    ]:  # fmt: skip
        change(head, f"{line}\n", f"{line.split(' = ')[0]} = {text[key]}\n")


@pytest.fixture
def learner(hostile: dict[str, str], tea: Path, tmp_path: Path):
    with desk(tmp_path / "anki") as found:
        assert len(found.take(make(tea).apkg).new) == 4
        yield found


def test_hostile_fields_are_shown_as_written(learner: Desk, hostile: dict[str, str]):
    cards = learner.cards()
    asked, blank = cards["tea:hill-2023/hostile/qa#1"], cards["tea:hill-2023/hostile/cloze#1"]
    topic = f"{hostile['topic.name_en']} · {hostile['topic.name']}"
    zh, en = cloze.plain(hostile["zh"]), cloze.plain(hostile["en"])
    cited = f"{hostile['source.title']}, {hostile['source.outlet']}, 2023-05-20 · {hostile['section']}"

    front, question_back = learner.sides(asked)
    assert front.texts("zh-Hans") == [hostile["question"]]
    assert front.texts("en") == [hostile["question_en"]]
    assert question_back.texts("zh-Hans") == [hostile["question"], hostile["answer"], zh, cited]
    assert question_back.texts("en") == [hostile["question_en"], hostile["answer_en"], en]

    front, cloze_back = learner.sides(blank)
    assert front.texts("zh-Hans") == [cloze.hide(hostile["zh"], 1, GAP)]
    assert front.texts("en") == [cloze.hide(hostile["en"], 1, GAP)]
    assert cloze_back.texts("zh-Hans") == [zh, cited]
    assert cloze_back.pinyin[0] == question_back.pinyin[0] == zh
    assert cloze_back.texts("en") == [en]

    for back in (question_back, cloze_back):
        assert words(back.one(".//details[@class='note']")) == f"注 · note{hostile['note']}\n{hostile['note_en']}"
        said = " · ".join(
            [
                f"{hostile['speaker_en']} {hostile['speaker']}",
                f"{hostile['source.event_en']} {hostile['source.event']}",
                "2023-05",
                "观点 opinion",
            ]
        )
        assert words(back.one(".//div[@class='source']")[0]) == said
        assert [link.get("href") for link in back.all(".//a")] == [hostile["url"], hostile["recording"]]
        (spoken,) = back.av
        assert isinstance(spoken, TTSTag)
        assert spoken.field_text == zh
    for page in (side for card in (asked, blank) for side in learner.sides(card)):
        assert words(page.one(".//div[@class='topic']")) == topic
        assert safe(page)


def test_hostile_text_breaks_neither_collection_nor_schedule(learner: Desk):
    card = learner.cards()["tea:hill-2023/hostile/cloze#1"]
    learner.answer(card)
    assert learner.schedule(card)[-1]
    assert learner.col.fix_integrity() == ("Database rebuilt and optimized.", True)
    assert not learner.col.get_empty_cards().notes
    assert learner.col.card_count() == 4


def test_hostile_names_make_neither_decks_nor_tags_of_their_own(learner: Desk, hostile: dict[str, str]):
    card = learner.cards()["tea:hill-2023/hostile/cloze#1"]

    def level(name: str) -> str:
        return re.sub("::+", ":", name).replace('"', "'").strip(":")

    assert learner.col.decks.name(card.did).split("::") == [
        level(hostile["corpus.title_en"]),
        f"{level(hostile['topic.name_en'])} {level(hostile['topic.name'])}",
    ]
    assert len(learner.col.decks.all_names_and_ids()) == 4  # Default, the corpus, two topics
    speaker = level(hostile["speaker_en"]).replace(" ", "_")
    speaker = re.sub("_+", "_", speaker)
    tags = ["kind::opinion", "source::hill-2023", f"speaker::{speaker}", "topic::leaves"]
    assert sorted(card.note().tags) == tags
    (in_package,) = rows(Path("decks/tea.apkg"), "select tags from notes limit 1")
    assert sorted(in_package[0].split()) == tags


def test_a_deck_s_description_is_text(learner: Desk, hostile: dict[str, str]):
    card = learner.cards()["tea:hill-2023/hostile/cloze#1"]
    page = Page(learner.col.decks.get(card.did)["desc"])
    assert words(page.tree) == f"{hostile['corpus.description']}\n{hostile['corpus.description_en']}\n{CREDIT}"
    assert safe(page)


def test_the_deck_file_holds_hostile_text_as_written(learner: Desk, hostile: dict[str, str]):
    row = next(row for row in open_deck(Path("decks/tea.jsonl")).rows() if row.statement.id == "hostile")
    for name in ("zh", "en", "question", "note", "section"):
        assert getattr(row.statement, name) == hostile[name]
