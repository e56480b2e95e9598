"""Every fault of a statement file is one line that names the place; what is merely unusual is read."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_faults import QUAY, told
from studytool import corpus
from studytool.errors import FaultsError, StudytoolError

Edit = Callable[[str, str, str], int]  # file, old, new -> the line on which the new text stands


@pytest.fixture
def edit(tea: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> int:
        text = (tea / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (tea / name).write_text(text.replace(old, new), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


def test_the_small_corpus_is_read_in_the_order_of_its_dates(tea: Path) -> None:
    read = corpus.read(tea)
    assert [entry.key for entry in read.entries] == [
        "hill-2023/picked-before-rain",
        "hill-2023/old-trees",
        "quay-2024/price-will-fall",
    ]
    assert read.head.name == "tea"
    assert [topic.id for topic in read.head.topic] == ["leaves", "trade"]
    assert read.sources[1].published == dt.date(2024, 2, 10)
    assert read.entries[0].statement.accept == ("芳香",)
    assert read.entries[2].statement.status == "accepted"


def test_the_order_hangs_on_the_dates_not_on_the_names_of_files(tea: Path, edit: Edit) -> None:
    edit(QUAY, 'said = "2024-02-03"', 'said = "2023-04-30"')
    assert [source.id for source in corpus.read(tea).sources] == ["quay-2024", "hill-2023"]
    assert corpus.read(tea).entries[0].statement.id == "price-will-fall"


def test_the_place_of_a_field(tea: Path) -> None:
    read = corpus.read(tea)
    lines = (tea / "hill-2023.toml").read_text("utf-8").split("\n")
    place = read.where(read.entries[1], "question")
    assert place.path == str(tea / "hill-2023.toml")
    assert lines[place.line - 1].startswith("question = ")
    assert lines.index('id = "old-trees"') + 1 == read.where(read.entries[1]).line


def test_some_files_only(tea: Path) -> None:
    (tea / "hill-2023.toml").write_text("not TOML", "utf-8")
    read = corpus.read(tea, [tea / "quay-2024.toml"])
    assert [source.id for source in read.sources] == ["quay-2024"]


FAULTS = [
    # unknown keys
    ("kind = ", 'colour = "red"\nkind = ', "unknown key 'colour'; remove it"),
    ('answer = "2030 年"', 'anwser = "2030 年"', "unknown key 'anwser'; did you mean 'answer'?"),
    ("outlet = ", 'outlets = "x"\noutlet = ', "unknown key 'outlets'; did you mean 'outlet'?"),
    ("[source]", '[extra]\nid = "x"\n\n[source]', "unknown table or key 'extra'; use [source] and [[statement]]"),
    ("[source]", 'name = "x"\n\n[source]', "unknown table or key 'name'; use [source] and [[statement]]"),
    # wrong types and values
    ('kind = "forecast"', 'kind = "guess"', "kind: invalid enum value 'guess'; mend the value"),
    ('section = "1. 行情"', "section = 1", "section: expected `str`, got `int`; mend the value"),
    ("published = 2024-02-10", 'published = "soon"', "published: invalid rfc3339 encoded date; mend the value"),
    ("published = 2024-02-10", "published = 2024", "published: expected `date`, got `int`; mend the value"),
    ('speakers = ["周海"]', 'speakers = "周海"', "speakers: expected `array`, got `str`; mend the value"),
    ("kind = ", "allow = 5\nkind = ", "allow: expected `array`, got `int`; mend the value"),
    ("kind = ", 'allow = "L33: so"\nkind = ', "allow: expected `array`, got `str`; mend the value"),
    ("kind = ", "accept = [1]\nkind = ", "accept: expected `str`, got `int` - at `$[0]`; mend the value"),
    # marks
    ("{{c1::价格}}", "{{c1::价格", "a cloze mark is not closed or not opened in zh; write {{c1::text}}"),
    ("{{c1::价格}}", "{{c1::价格::钱}}", "`::` inside a blank in zh; write {{c1::text}}"),
    ("{{c1::price}}", "{{c1::price} }", "a cloze mark is not closed or not opened in en; write {{c1::text}}"),
    ("{{c1::price}}", "{{c2::price}}", "blanks are not numbered 1, 2, … in en; write {{c1::text}}"),
    ("{{c1::price}}", "price", "the blanks of zh and en do not match; mark the same numbers in both"),
    ("halve by 2030.", "halve by {{c2::2030}}.", "the blanks of zh and en do not match; mark the same numbers in both"),
    ("{{c1::价格}}", "价格", "no blank; mark one as {{c1::text}}"),
    # names
    ('id = "price-will-fall"', 'id = "Price"', "an id is lower-case letters, digits and hyphens; rename it"),
    ('id = "quay-2024"', 'id = "quay/2024"', "an id is lower-case letters, digits and hyphens; rename it"),
    ('topic = "trade"', 'topic = "trades"', "unknown topic 'trades'; did you mean 'trade'?"),
    ('topic = "trade"', 'topic = "weather"', "unknown topic 'weather'; add it to corpus.toml"),
    ('speaker = "周海"', 'speaker = "周江"', "speaker '周江' is not among the source's speakers; add it there"),
    ('speakers_en = ["Zhou Hai"]', "speakers_en = []", "speakers and speakers_en differ in length; name each in both languages"),
    # dates and addresses
    ('said = "2024-02-03"', 'said = "2024-2-3"', "'2024-2-3' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ('said = "2024-02-03"', 'said = "2024-13"', "'2024-13' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ('said = "2024-02-03"', 'said = "2024-02-30"', "'2024-02-30' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ('url = "https://example.org/quay?a=1&b=2"', 'url = "example.org"', "url is no http(s) address; give the whole address"),
    ('url = "https://example.org/quay?a=1&b=2"', 'url = "http://a b"', "url is no http(s) address; give the whole address"),
    ('url = "https://example.org/quay?a=1&b=2"', 'url = "javascript:1"', "url is no http(s) address; give the whole address"),
    # texts
    ('outlet = "茶讯"', 'outlet = " "', "outlet is empty; write it, or remove the key"),
    (
        "kind = ",
        'accept = ["c1: 甲", "c9: 乙"]\nkind = ',
        "'c9: 乙' is for a blank that is not there; name one of the statement's, or leave out the c1:",
    ),
    ("kind = ", 'accept = ["甲", ""]\nkind = ', "accept is empty; write it, or remove the key"),
    ('section = "1. 行情"', 'section = "1.\\u0007"', "section holds the invisible character U+0007; remove it"),
    ('section = "1. 行情"', 'section = "行\\u200b情"', "section holds the invisible character U+200B; remove it"),
    ('section = "1. 行情"', 'section = """行\n情"""', "section holds the invisible character U+000A; remove it"),
    ("of Pu'er to", "of the cafe\u0301 to", "en is not in Unicode's normal form C; retype the accented letters"),
    ('title = "码头问答"', 'title = "e\u0301"', "title is not in Unicode's normal form C; retype the accented letters"),
    ("kind = ", 'allow = ["L33"]\nkind = ', "'L33' does not say why; write \"L33: the reason\""),
    ("kind = ", 'allow = ["L33: "]\nkind = ', "'L33: ' does not say why; write \"L33: the reason\""),
    ("kind = ", 'related = ["hill-2023/young-trees"]\nkind = ', "no statement 'hill-2023/young-trees'; name it <source>/<id>"),
]


def test_what_is_right_for_a_question_needs_one(tea: Path, edit: Edit) -> None:
    asked = re.search(r"question = .*?answer_en = [^\n]*\n", (tea / QUAY).read_text("utf-8"), re.DOTALL)
    assert asked is not None
    line = edit(QUAY, asked[0], 'accept_answer = ["二〇三〇年"]\n')
    assert told(tea) == [f"{QUAY}:{line}: accept_answer without a question; add question and question_en, or remove it"]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_one_fault_is_one_line_with_its_place(tea: Path, edit: Edit, old: str, new: str, message: str) -> None:
    line = edit(QUAY, old, new)
    assert f"{QUAY}:{line}: {message}" in told(tea)
    assert len(told(tea)) == (2 if "anwser" in new else 1)  # where an answer is mistyped, answer_en stands alone


@pytest.mark.parametrize(
    ("gone", "field"),
    [('title = "码头问答"\n', "title"), ("published = 2024-02-10\n", "published")],
)
def test_a_missing_field_of_the_source_is_told_at_its_header(tea: Path, edit: Edit, gone: str, field: str) -> None:
    edit(QUAY, gone, "")
    assert told(tea) == [f"{QUAY}:1: missing field {field!r}; add {field} = …"]


@pytest.mark.parametrize(("gone", "field"), [('kind = "forecast"\n', "kind"), ('id = "price-will-fall"\n', "id")])
def test_a_missing_field_of_a_statement_is_told_at_its_header(tea: Path, edit: Edit, gone: str, field: str) -> None:
    edit(QUAY, gone, "")
    assert told(tea) == [f"{QUAY}:14: missing field {field!r}; add {field} = …"]


@pytest.mark.parametrize(
    ("gone", "stays", "message"),
    [
        ("question_en", "question", "question and question_en go together; write both or none"),
        ("question", "question_en", "question and question_en go together; write both or none"),
        ("answer_en", "answer", "answer and answer_en go together; write both or none"),
        ("answer", "answer_en", "answer and answer_en go together; write both or none"),
    ],
)
def test_half_a_pair(tea: Path, gone: str, stays: str, message: str) -> None:
    lines = (tea / QUAY).read_text("utf-8").split("\n")
    lines = [line for line in lines if not line.startswith(f"{gone} =")]
    (tea / QUAY).write_text("\n".join(lines), "utf-8")
    line = next(nth for nth, text in enumerate(lines, 1) if text.startswith(f"{stays} ="))
    assert f"{QUAY}:{line}: {message}" in told(tea)


def test_an_answer_without_a_question(tea: Path, edit: Edit) -> None:
    edit(QUAY, 'question = "周海预计哪一年普洱会跌到一半？"\n', "")
    edit(QUAY, 'question_en = "By what year does Zhou Hai expect Pu\'er to halve?"\n', "")
    assert told(tea) == [f"{QUAY}:22: answer without a question; add question and question_en, or remove it"]


def test_an_english_that_a_machine_has_still_to_write_may_lack_marks(tea: Path, edit: Edit) -> None:
    edit(QUAY, "the {{c1::price}} of", "the price of")
    edit(QUAY, 'answer_en = "2030"', 'gloss = "missing"')
    assert corpus.read(tea).entries[2].statement.gloss == "missing"


def test_a_statement_id_twice_is_told_at_the_second(tea: Path, edit: Edit) -> None:
    line = edit("hill-2023.toml", 'id = "old-trees"', 'id = "picked-before-rain"')
    assert told(tea) == [f"hill-2023.toml:{line}: id 'picked-before-rain' is there twice; rename the newer one"]


def test_a_source_id_twice_is_told_at_the_second(tea: Path, edit: Edit) -> None:
    edit(QUAY, 'id = "quay-2024"', 'id = "hill-2023"')
    assert told(tea) == [f"{QUAY}:2: source id 'hill-2023' stands in hill-2023.toml too; rename one"]


def test_a_related_statement_of_another_file_is_looked_up_where_that_file_is_read(tea: Path, edit: Edit) -> None:
    edit(QUAY, "kind = ", 'related = ["hill-2023/old-trees"]\nkind = ')
    assert corpus.read(tea).entries[2].statement.related == ("hill-2023/old-trees",)
    assert corpus.read(tea, [tea / QUAY]).entries[0].statement.related == ("hill-2023/old-trees",)
    edit(QUAY, "hill-2023/old-trees", "elsewhere/claim")
    with pytest.raises(FaultsError, match="no statement 'elsewhere/claim'"):
        corpus.read(tea)


def test_all_faults_of_all_files_are_told_at_once_in_order(tea: Path, edit: Edit) -> None:
    edit("hill-2023.toml", 'kind = "opinion"', 'kind = "mood"')
    edit("hill-2023.toml", "{{c1::三百年}}", "三百年")
    edit(QUAY, 'topic = "trade"', 'topic = "x"')
    (tea / "bad.toml").write_bytes(b"\n\xff")
    edit("corpus.toml", 'title_en = "Tea talk"\n', "")
    assert [line.split(";")[0] for line in told(tea)] == [
        "bad.toml:2: is not UTF-8 text",
        "corpus.toml: missing field 'title_en'",
        "hill-2023.toml:18: kind: invalid enum value 'mood'",
        "hill-2023.toml:37: no blank",
    ]  # topics are not known while corpus.toml has a fault
    edit("corpus.toml", 'title = "茶话"', 'title = "茶话"\ntitle_en = "Tea"')
    assert f"{QUAY}:16: unknown topic 'x'; add it to corpus.toml" in told(tea)


def test_several_faults_of_one_statement_hide_none(tea: Path, edit: Edit) -> None:
    edit(QUAY, "kind = ", 'knid = 1\nallow = ["L1"]\nrelated = 5\nkind = ')
    edit(QUAY, 'speaker = "周海"', 'speaker = "x"')
    assert [line.split(": ")[0] for line in told(tea)] == [f"{QUAY}:{line}" for line in (17, 18, 19, 21)]


def test_errors_are_ours(tea: Path) -> None:
    with pytest.raises(StudytoolError, match="no such corpus folder; check the name"):
        corpus.read(tea / "nowhere")
