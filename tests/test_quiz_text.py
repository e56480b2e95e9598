import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.quiz.ui.text import BREAK, Span, balanced, content, duration, tidy, wrap


def lines(text: str, width: int) -> list[str]:
    return ["".join(span.text for span in line) for line in wrap([Span(text)], width)]


def test_hanzi_break_anywhere_but_not_before_a_full_stop() -> None:
    assert lines("春天到了，茶树发芽。", 8) == ["春天到", "了，茶树", "发芽。"]


def test_latin_words_and_figures_stay_whole() -> None:
    assert lines("他说 GPT-4 Turbo 有 3.5% 错", 8) == ["他说", "GPT-4", "Turbo 有", "3.5% 错"]


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert lines("读一读《茶经》", 8) == ["读一读", "《茶经》"]


def test_a_change_of_style_breaks_no_word() -> None:
    spans = [Span("the "), Span("fu", "bold"), Span("ture")]
    assert [[span.text for span in line] for line in wrap(spans, 8)] == [["the"], ["fu", "ture"]]


def test_lines_are_balanced() -> None:
    assert ["".join(s.text for s in line) for line in balanced([Span("一二三四五六七八九")], 16)] == ["一二三四五", "六七八九"]


def test_markup_is_text() -> None:
    assert content((Span("[b]x[/b] [/nope] [link=a]y[/link]"),), 60).plain == "[b]x[/b] [/nope] [link=a]y[/link]"


def test_the_variation_selector_goes() -> None:
    assert tidy("茶\ufe0f\n好") == "茶 好"


texts = st.text(st.sampled_from("茶山。，《》（）ab1 .😀…·"), max_size=60)


@given(texts, st.integers(4, 40))
def test_nothing_is_lost_but_blanks_at_breaks(text: str, width: int) -> None:
    assert "".join(lines(text, width)).replace(" ", "") == tidy(text).replace(" ", "")


@given(texts, st.integers(4, 40))
def test_no_line_is_wider_than_the_window(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(text, width))
    assert all(sum(cell_len(span.text) for span in line) <= width for line in balanced([Span(text)], width))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1s"), (59, "59s"), (60, "1m"), (600, "10m"), (7200, "2h"), (86_400, "1d"), (30 * 86_400, "30d"), (90 * 86_400, "3mo"), (800 * 86_400, "2.2y")],
)  # fmt: skip
def test_an_interval_is_short(seconds: int, text: str) -> None:
    assert duration(seconds) == text


def test_pinyin_breaks_between_words_even_where_its_syllables_differ_in_style() -> None:
    assert lines("nǐ hǎoma Xī'ān", 8) == ["nǐ hǎoma", "Xī'ān"]
    spans = [Span("zài "), Span("Xī", "red"), Span("'ān", "blue"), Span("lǚ", "red"), Span("xíng", "green")]
    assert [[span.text for span in line] for line in wrap(spans, 11)] == [["zài"], ["Xī", "'ān", "lǚ", "xíng"]]


def test_lines_parted_by_a_break_are_balanced_each_for_itself() -> None:
    found = balanced([Span("一二三"), BREAK, Span("one two three four five six")], 20)
    assert ["".join(s.text for s in line) for line in found] == ["一二三", "one two three", "four five six"]
