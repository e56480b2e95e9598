"""Marks of blanks: what they hold, what they hide and what is wrong with them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool import cloze
from studytool.cloze import Part

TEXT = "{{c1::茶}}要用{{c2::热水}}冲。"
quick = settings(deadline=None, database=None, max_examples=200)


def test_a_text_in_parts() -> None:
    assert cloze.parse(TEXT) == (Part("茶", 1), Part("要用"), Part("热水", 2), Part("冲。"))
    assert cloze.plain(TEXT) == "茶要用热水冲。"
    assert cloze.numbers(TEXT) == (1, 2)


def test_hiding_one_blank_shows_the_others() -> None:
    assert cloze.hide(TEXT, 1, "[…]") == "[…]要用热水冲。"
    assert cloze.hide(TEXT, 2, "[…]") == "茶要用[…]冲。"
    assert cloze.hide(TEXT, 3, "[…]") == cloze.plain(TEXT)


def test_a_blank_of_two_runs_is_hidden_whole() -> None:
    text = "{{c1::as cheap}} as tea, {{c1::as strong}} as coffee"
    assert cloze.blank(text, 1) == "as cheap as strong"
    assert cloze.hide(text, 1, "□") == "□ as tea, □ as coffee"
    assert cloze.numbers(text) == (1,)
    assert cloze.faults(text) == []


def test_numbers_are_ascending_wherever_the_blanks_stand() -> None:
    assert cloze.numbers("{{c2::b}} {{c1::a}}") == (1, 2)
    assert cloze.blank("{{c2::b}} {{c1::a}}", 1) == "a"


def test_backslashes_braces_and_line_breaks_are_text() -> None:
    assert cloze.plain(r"{{c1::\1 \g<0>}} {x}") == r"\1 \g<0> {x}"
    assert cloze.hide("{{c1::x}}", 1, r"\1") == r"\1"
    assert cloze.parse("{{c1::a\nb}}") == (Part("a\nb", 1),)


@pytest.mark.parametrize(
    "text", ["", "茶", "{{c1::茶}}", "{{c1::茶}}{{c2::水}}", "{{c2::水}}{{c1::茶}}", "{{c1::a:b}} at 12:30", "{a}", "a: b"]
)
def test_whole_marks_have_no_fault(text: str) -> None:
    assert cloze.faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{c1::茶", "a cloze mark is not closed or not opened"),
        ("c1::茶}}", "a cloze mark is not closed or not opened"),
        ("{{c1:茶}}", "a cloze mark is not closed or not opened"),
        ("{{茶}}", "a cloze mark is not closed or not opened"),
        ("{{c::茶}}", "a cloze mark is not closed or not opened"),
        ("{{C1::茶}}", "a cloze mark is not closed or not opened"),
        ("{{c1::茶}}和{{c2::水", "a cloze mark is not closed or not opened"),
        ("{{c1::茶::hint}}", "`::` inside a blank"),
        ("{{c1::}}", "an empty blank"),
        ("{{c1:: \u3000}}", "an empty blank"),
        ("{{c2::茶}}", "blanks are not numbered 1, 2, …"),
        ("{{c0::茶}}", "blanks are not numbered 1, 2, …"),
        ("{{c1::茶}}{{c3::水}}", "blanks are not numbered 1, 2, …"),
    ],
)
def test_one_fault_is_told_once(text: str, fault: str) -> None:
    assert cloze.faults(text) == [fault]


def test_nested_blanks_are_a_fault() -> None:
    assert "a blank stands inside another" in cloze.faults("{{c1::红{{c2::茶}}}}")


def test_all_faults_are_told() -> None:
    assert cloze.faults("{{c1::}} {{c3::a::b}} }}") == [
        "an empty blank",
        "`::` inside a blank",
        "a cloze mark is not closed or not opened",
        "blanks are not numbered 1, 2, …",
    ]


SOUP = st.text(st.sampled_from("{}c12:茶a \n"), max_size=40) | st.lists(
    st.sampled_from(["{{c1::", "{{c2::", "}}", "::", "茶", "{", "}", " "]), max_size=12
).map("".join)


@given(SOUP)
@quick
def test_the_parts_joined_are_the_plain_text_whatever_the_text(text: str) -> None:
    parts = cloze.parse(text)
    assert "".join(part.text for part in parts) == cloze.plain(text)
    assert cloze.numbers(text) == tuple(sorted({part.blank for part in parts} - {0}))


@given(SOUP, st.integers(1, 2))
@quick
def test_hiding_changes_the_blank_alone(text: str, number: int) -> None:
    hidden = cloze.hide(text, number, "\x00")
    runs = [part.text for part in cloze.parse(text) if part.blank == number]
    for run in runs:
        hidden = hidden.replace("\x00", run, 1)
    assert hidden == cloze.plain(text)
    assert cloze.blank(text, number) == " ".join(runs)


SAFE = st.text(st.sampled_from("茶水ab ,。"), min_size=1, max_size=6).filter(str.strip)


@given(st.lists(st.tuples(SAFE, SAFE), min_size=1, max_size=5))
@quick
def test_what_is_marked_is_what_is_parsed(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{before}{{{{c{nth}::{inside}}}}}" for nth, (before, inside) in enumerate(pairs, 1))
    expected = [part for nth, (before, inside) in enumerate(pairs, 1) for part in (Part(before), Part(inside, nth))]
    assert list(cloze.parse(text)) == expected
    assert cloze.faults(text) == []
    assert [cloze.blank(text, nth) for nth in cloze.numbers(text)] == [inside for _, inside in pairs]


def test_where_a_blank_stands_in_the_plain_text() -> None:
    assert cloze.spans(TEXT, 1) == [(0, 1)]
    assert [cloze.plain(TEXT)[start:end] for start, end in cloze.spans(TEXT, 2)] == ["热水"]
    assert cloze.spans("{{c1::as cheap}} as tea, {{c1::as strong}} as coffee", 1) == [(0, 8), (17, 26)]
    assert cloze.spans(TEXT, 3) == []
