"""The claims as other programs take them: read back by those programs, or by what reads the same way; hostile text stays text."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from anki.collection import Collection, ImportCsvRequest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_anki_hostile import TOKENS, hostile  # noqa: F401 - a fixture
from test_cli import one_line, run_process

from anki_desk import Page, words
from conftest import CHECKOUT
from console import run
from studytool import cloze
from studytool.build import build
from studytool.claims import found
from studytool.deck import open_deck
from studytool.exits import FORMATS, encode, markdown, tables

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "－1", "＠x", '=cmd|" /C calc"!A0', "\n=1", "\x00=1"]


def exit_of(form: str, corpus: Path) -> str:
    (built,) = build([corpus], Path("decks"), 1_700_000_000)
    return encode(form, found([open_deck(built.jsonl)])).decode()


def shown(markdown_text: str) -> str:
    """The text that a reader of Markdown sees, blanks as they stand."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(markdown_text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {
        "text", "text_special", "strong_open", "strong_close", "hardbreak", "softbreak", "link_open", "link_close",
    }  # fmt: skip
    assert {token.type for token in tokens} <= {
        f"{name}_{end}" for name in ("heading", "paragraph", "ordered_list", "bullet_list", "list_item") for end in ("open", "close")
    } | {"inline"}  # fmt: skip
    lines = ("\n" if child.type.endswith("break") else child.content for child in inline)
    return "".join(lines)


@given(
    st.lists(
        st.sampled_from([*TOKENS, "\n", "1. ", "2)", "- ", "+ ", "# ", "===", "> ", "    ", "~~~", "```", "|", "x", " "])
    ).map("".join)
)
def test_text_in_markdown_is_shown_as_written(text: str) -> None:
    flat = re.sub(r"\s*\n\s*", "\n", text).strip()
    assert re.sub(r"\s+", " ", shown(f"1. {markdown.text(flat)}")).strip() == re.sub(r"\s+", " ", flat)


def test_the_study_sheet_has_every_claim_question_and_source(tea: Path) -> None:
    sheet = exit_of("md", tea)
    assert re.findall("^#+ .*", sheet, re.M) == [
        "# 茶话 · Tea talk", "## 茶叶 · Leaves", "### 问题 · Questions", "### 答案 · Answers", "## 买卖 · Trade",
        "### 问题 · Questions", "### 答案 · Answers", "## 出处 · Sources",
    ]  # fmt: skip
    assert "1. 林晚认为，雨前采下的嫩芽**香气**最足，冲泡时要用 **80 度**的水。  \n   Lin Wan thinks" in sheet
    assert "2. 2023 年时，山上最老的那棵树多大年纪？ · In 2023," in sheet
    assert "[山上一席谈：茶农说茶](<https://example.org/hill>), A talk on the hill, 茶讯, 2023-05-20" in sheet


def test_hostile_text_stays_text_in_the_study_sheet(tea: Path, hostile: dict[str, str]) -> None:  # noqa: F811
    text = shown(exit_of("md", tea))
    for name in ("question", "answer", "source.title", "topic.name", "speaker"):
        assert hostile[name] in text
    assert cloze.plain(hostile["zh"]) in text


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(tea: Path, formula: str) -> None:
    hill = tea / "hill-2023.toml"
    path = hill.read_text("utf-8")
    visible = re.sub(r"[\x00-\x1f]", "", formula)  # what `check` lets through
    hill.write_text(
        path.replace('outlet = "茶讯"', f"outlet = {json.dumps(visible)}").replace(
            'note = "指', f"note = {json.dumps(visible)[:-1]}指"
        ),
        "utf-8",
    )
    table = list(csv.reader(io.StringIO(exit_of("csv", tea).removeprefix("\ufeff"), newline="")))
    row = dict(zip(table[0], table[1], strict=True))
    assert (row["outlet"], row["note"]) == (f"'{visible}", f"'{visible}指这个节气。"[: len(f"'{visible}指")] + "谷雨这个节气。")
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", cell) for line in table for cell in line)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_of_any_shape_is_seen(formula: str) -> None:
    assert tables.cell(formula) == f"'{formula}"
    assert tables.cell("a" + formula) == "a" + formula


def test_the_table_has_a_line_a_claim_and_reads_back(tea: Path) -> None:
    whole = exit_of("csv", tea)
    assert whole.startswith('\ufeff"id","deck",')
    assert whole.count("\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(whole.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == ["hill-2023/picked-before-rain", "hill-2023/old-trees", "quay-2024/price-will-fall"]
    assert (rows[0]["blanks"], rows[0]["blanks_en"]) == ("香气; 80 度", "aroma; 80 degrees")
    assert rows[0]["zh"] == "林晚认为，雨前采下的嫩芽香气最足，冲泡时要用 80 度的水。"


def imported(path: Path, folder: Path, again: Path | None = None) -> Collection:
    """A collection into which Anki's own text importer took a file, as it is when nothing on its page is touched."""
    folder.mkdir()
    col = Collection(str(folder / "collection.anki2"))
    for file in (path, again or path):
        log = col.import_csv(ImportCsvRequest(path=str(file), metadata=col.get_csv_metadata(str(file), None))).log
    assert not log.new, "the second time nothing is new"
    return col


def test_anki_takes_the_cards_once_and_their_corrections(tea: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.tsv", tmp_path / "second.tsv"
    first.write_text(exit_of("tsv", tea), "utf-8")
    hill = tea / "hill-2023.toml"
    hill.write_text(hill.read_text("utf-8").replace("the buds smell best", "the buds are at their best"), "utf-8")
    second.write_text(exit_of("tsv", tea), "utf-8")
    col = imported(first, tmp_path / "anki", second)
    notes = {note.guid: note for note in map(col.get_note, col.find_notes(""))}
    assert len(notes) == 7
    note = notes["tea:hill-2023/picked-before-rain/qa"]
    assert note["Front"] == "林晚为什么赶在下雨之前采茶？"
    assert note["Back"].startswith("<b>嫩芽的香气最足 · the buds are at their best</b><br>Why does")
    assert note["Back"].endswith("<small>Lin Wan 林晚, Hill tea party, 2023-05 · opinion</small>")
    assert sorted(note.tags) == ["kind::opinion", "source::hill-2023", "speaker::Lin_Wan", "topic::leaves"]
    assert col.decks.name(note.cards()[0].did) == "Tea talk::Leaves 茶叶"
    assert notes["tea:hill-2023/picked-before-rain/c2"]["Front"].endswith("冲泡时要用 ［…］的水。")
    col.close()


def test_hostile_text_stays_text_in_anki(tea: Path, tmp_path: Path, hostile: dict[str, str]) -> None:  # noqa: F811
    path = tmp_path / "hostile.tsv"
    path.write_text(exit_of("tsv", tea), "utf-8")
    col = imported(path, tmp_path / "anki")
    (card,) = (col.get_card(number) for number in col.find_cards("") if col.get_card(number).note().guid.endswith("hostile/qa"))
    out = card.render_output()
    assert words(Page(out.question_text).tree).strip() == hostile["question"]
    back = words(Page(out.answer_text).tree)
    for name in ("answer", "answer_en", "note", "note_en"):
        assert hostile[name] in back
    assert (out.question_av_tags, out.answer_av_tags) == ([], [])
    col.close()


def test_the_page_holds_hostile_text_as_text(tea: Path, hostile: dict[str, str]) -> None:  # noqa: F811
    made = exit_of("html", tea).replace("<!DOCTYPE html>", "")
    tree = Page(re.sub(r"<meta[^>]*>", "", made)).tree
    assert {element.tag for element in tree.iter()} == {
        "page", "html", "head", "title", "style", "body", "input", "label", "header", "h1", "p", "span", "nav", "ol", "li",
        "a", "small", "main", "section", "h2", "article", "b", "div", "footer", "ul", "br",
    }  # fmt: skip
    assert not {name for element in tree.iter() for name in element.attrib if name.startswith("on")}
    links = [element.attrib["href"] for element in tree.iter("a")]
    assert {urlsplit(link).scheme for link in links} == {"", "https"}
    assert hostile["url"] in links
    text = words(tree)
    for name in ("question", "answer_en", "note", "source.title", "speaker", "topic.name"):
        assert hostile[name] in text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<script>1</script>", "file:///etc/passwd", " https://x", "x"]
)
def test_only_an_address_of_the_web_is_a_link_whatever_a_deck_file_says(tea: Path, url: str) -> None:
    path = build([tea], Path("decks"), 1_700_000_000)[0].jsonl
    path.write_text(path.read_text("utf-8").replace('"https://example.org/hill"', json.dumps(url)), "utf-8")
    page, sheet = (encode(form, found([open_deck(path)])).decode() for form in ("html", "md"))
    assert page.count("<a href") == page.count('<a href="#') + 1, "the other source's alone"
    assert sheet.count("](<") == 1


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_the_page_in_a_browser_follows_light_and_dark_loads_nothing_and_prints(tea: Path, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "page.html"
    path.write_text(exit_of("html", tea), "utf-8")
    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        papers = []
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 400, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            page.on("request", lambda request: asked.append(request.url))
            page.goto(path.as_uri())
            papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            assert page.evaluate("document.documentElement.scrollWidth") == 400, "nothing stands out on a phone"
        page.check("#cover-blanks")
        assert page.evaluate("getComputedStyle(document.querySelector('.zh .blank')).color") == "rgba(0, 0, 0, 0)"
        assert page.evaluate("getComputedStyle(document.querySelector('.zh')).color") != "rgba(0, 0, 0, 0)"
        page.uncheck("#cover-blanks")
        page.check("#cover-en")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('.en')).color") == "rgba(0, 0, 0, 0)"
        assert not page.is_visible("label")
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        browser.close()
    assert papers == ["rgb(253, 252, 249)", "rgb(28, 27, 25)"]
    assert asked == [path.as_uri()] * 2
    assert pdf.startswith(b"%PDF")


def test_the_data_are_as_the_readme_says(tea: Path) -> None:
    whole = json.loads(exit_of("json", tea))
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    section = re.search(r"\n## Other exits\n(.*?)\n## ", readme, re.S)
    assert section is not None
    told = set(re.findall(r"`(\w+)`", section[1]))
    for part in (whole, *(whole[name][0] for name in ("decks", "topics", "sources", "claims")), whole["claims"][0]["cards"][0]):
        assert set(part) <= told, set(part) - told
    assert (whole["format"], whole["version"]) == ("studytool claims", 1)
    assert whole["claims"][0]["cards"][0]["id"] == "tea:hill-2023/picked-before-rain/c1"
    for form in FORMATS:
        assert f"`{form}`" in section[1]


def test_the_command_writes_to_a_file_or_to_standard_output(tea: Path) -> None:
    deck = str(build([tea], Path("decks"), 1_700_000_000)[0].jsonl)
    for form in FORMATS:
        done = run("export", "-o", f"out/claims.{form}", "--deck", deck, "--topic", "leaves", "--source", "hill")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", f"out/claims.{form}: 2 claims\n")
    plain = run_process(
        "export", "--format", "md", "--deck", deck, "--topic", "leaves", "--source", "hill", LC_ALL="C", PYTHONIOENCODING="ascii"
    )
    assert plain.stdout == Path("out/claims.md").read_text("utf-8"), "UTF-8 whatever the locale"
    assert "there are" in one_line(run("export", "--format", "md", "--deck", deck, "--topic", "x"), 2)
    assert "no claim fits" in one_line(run("export", "--format", "md", "--deck", deck, "--search", "zebra"), 2)
    assert "say what to write" in one_line(run("export", "-o", "claims.pdf", "--deck", deck), 2)
    assert "goes alone" in one_line(run("export", "--reviews", "x.json", "--format", "md"), 2)
    Path("file").write_text("x")
    assert "cannot be written" in one_line(run("export", "-o", "file/x.md", "--deck", deck), 3)
