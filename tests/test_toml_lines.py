"""The line of a key, where a plain search for it would go astray."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.errors import StudytoolError
from studytool.toml_lines import locate, parse


def line(text: str, table: str, nth: int, key: str) -> int:
    tomllib.loads(text)  # `locate` promises something for valid texts only
    return locate(text).of(table, nth, key)


def test_headers_and_keys() -> None:
    text = 'name = "x"\n\n[source]\nid = "s"\n\n[[statement]]\nid = "a"\nzh = "甲"\n\n[[statement]]\nid = "b"\n'
    assert line(text, "", 0, "name") == 1
    assert line(text, "source", 0, "") == 3
    assert line(text, "source", 0, "id") == 4
    assert line(text, "statement", 0, "") == 6
    assert line(text, "statement", 0, "zh") == 8
    assert line(text, "statement", 1, "") == 10
    assert line(text, "statement", 1, "id") == 11


def test_a_missing_key_falls_back_to_its_header_and_a_missing_table_to_no_line() -> None:
    text = '[[statement]]\nid = "a"\n[[statement]]\nid = "b"\n'
    assert line(text, "statement", 1, "zh") == 3
    assert line(text, "statement", 2, "zh") == 0
    assert line(text, "source", 0, "id") == 0


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_multi_line_strings_hide_what_looks_like_keys_and_headers(quotes: str) -> None:
    inside = '[[statement]]\nen = "no"\n# no comment\n[ {\n'
    text = f'[[statement]]\nzh = {quotes}\n{inside}{quotes}\nen = "yes"\n\n[[statement]]\nen = "second"\n'
    assert line(text, "statement", 0, "en") == 8
    assert line(text, "statement", 1, "") == 10
    assert line(text, "statement", 1, "en") == 11
    assert locate(text).of("statement", 2, "") == 0


@pytest.mark.parametrize("value", ['"""a\\"""b\n"""', '""""q\n""""', "''''q\n''''", '"""\\\n  a = 1"""', "'''\\\n'''"])
def test_quotes_at_the_edges_of_multi_line_strings(value: str) -> None:
    assert line(f"x = {value}\ny = 1\n", "", 0, "y") == 3


@pytest.mark.parametrize(
    "value", ['"a # b = c"', "'[x] \"'", '"\\""', '""', "''", '"\\\\"', "1979-05-27 07:32:00", "{ y = 1, z = '}' }"]
)
def test_values_of_one_line(value: str) -> None:
    assert line(f"x = {value}  # y = '\ny = 1\n", "", 0, "y") == 2


def test_arrays_over_lines() -> None:
    text = 'x = [\n  "[[statement]]",  # y = 1\n  [\n  1, 2],\n  { y = 1 },\n]\ny = 2\n[t]\ny = 3\n'
    assert line(text, "", 0, "x") == 1
    assert line(text, "", 0, "y") == 7
    assert line(text, "t", 0, "y") == 9


def test_quoted_dotted_and_indented_keys() -> None:
    text = '"id" = 1\n\'zh\' = 2\n  en\t= 3\na.b = 4\nc."d e" = 5\n"f=g" = 6\n"h.i" = 7\n'
    for nth, key in enumerate(("id", "zh", "en", "a", "c", "f=g", "h.i"), 1):
        assert line(text, "", 0, key) == nth, key


@pytest.mark.parametrize("header", ["[[ statement ]]", '[["statement"]]', "  [['statement']]  # [[statement]]", "[[statement]]#"])
def test_headers_in_other_dress(header: str) -> None:
    text = f'[[statement]]\nid = "a"\n{header}\nid = "b"\n'
    assert line(text, "statement", 1, "") == 3
    assert line(text, "statement", 1, "id") == 4


def test_tables_are_found_from_the_top_and_tables_within_tables_from_theirs() -> None:
    text = "[a]\nx = 1\n[[b]]\nx = 1\n[b.c]\ny = 1\n[[b]]\n[ b . c ]\ny = 2\n['q r']\nx = 1\n"
    assert line(text, "", 0, "a") == 1
    assert line(text, "", 0, "b") == 3
    assert line(text, "b", 0, "c") == 5
    assert line(text, "b", 1, "c") == 8
    assert line(text, "b.c", 1, "y") == 9
    assert line(text, "q r", 0, "x") == 11


def test_no_newline_at_the_end() -> None:
    assert line("[t]\n\n\nx=1", "t", 0, "x") == 4


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a = 1\nb =\nc = 2\n", 2),
        ('a = 1\n\nb = "x', 3),  # half written
        ("a = 1\nb = '''\nx\n\n\n", 3),  # half written, blank lines below
        ("a = 1\na = 2\n", 2),
        ("d = 2024-02-30\n", 1),
        ("n = " + "9" * 5000 + "\n", 1),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, at: int) -> None:
    with pytest.raises(StudytoolError) as caught:
        parse(text, Path("x.toml"))
    assert str(caught.value).startswith(f"x.toml:{at}: is not TOML: ")
    assert str(caught.value).endswith("; mend this line")


def test_deep_nesting_is_an_error_of_ours() -> None:
    with pytest.raises(StudytoolError, match="nested too deeply"):
        parse("a = " + "[" * 9999 + "]" * 9999, Path("x.toml"))


VALUES = st.sampled_from(
    [
        *('"x"', "'x'", '""', "1", "true", '"zh = 1"', '"# no"', '"\\"["', '[1, "]", 2]'),
        '[\n"[[statement]]",\n# id = 1\n]',
        "{ id = 1, zh = [\n1] }",
        '"""\n[[statement]]\nid = "no"\n"""',
        "'''\nen = 1\n[source]'''",
        '"""a\\"""\nb"""',
        '""""\nq"""""',
    ]
)
NAMES = ["id", "zh", "en", "note", "allow"]
KEYS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["{}", '"{}"', "'{}'"]), VALUES), unique_by=lambda key: key[0])
GAPS = st.sampled_from(["", "\n", "# id = 1\n", "  # [[statement]]\n\n", "#'\n", '#"""\n'])
TABLES = st.lists(
    st.tuples(GAPS, st.sampled_from(["[[statement]]", "[[ statement ]]", "  [[statement]]  # x"]), KEYS), max_size=6
)


@given(TABLES, GAPS, st.sampled_from(["\n", " # zh = '\n", "\t\n"]))
@settings(deadline=None, database=None, max_examples=200)
def test_any_file_of_statements_is_located_as_it_was_written(tables: list, between: str, end: str) -> None:
    text, truth = "", {}
    for nth, (gap, header, keys) in enumerate(tables):
        text += gap
        truth["statement", nth, ""] = text.count("\n") + 1
        text += f"{header}{end}"
        for key, dress, value in keys:
            text += between
            truth["statement", nth, key] = text.count("\n") + 1
            text += f"{dress.format(key)} = {value}{end}"
    assert len(tomllib.loads(text).get("statement", [])) == len(tables)
    found = {key: at for key, at in locate(text).keys.items() if key[0]}
    assert found == truth


@pytest.mark.parametrize("line", ["{} = 1", "[{}]", "x = {{ {} = 1 }}", "[[{}]]"])
def test_a_key_of_thousands_of_parts_is_refused_at_once(line: str) -> None:
    text = 'a = "x.y.z"\n' + line.format(".".join("a" * 20_000))
    with pytest.raises(StudytoolError, match="has a key of more than 30 parts") as caught:
        parse(text, Path("x.toml"))
    assert str(caught.value.where) == "x.toml:2"
    assert parse(line.format(".".join("abcdefgh")), Path("x.toml"))
