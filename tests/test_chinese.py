"""Words, sentences and the dictionary behind them."""

import itertools
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool import chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("他说：“好的。”然后走了。", ["他说：“好的。”", "然后走了。"]),
        ("他说“是。”，然后走了。", ["他说“是。”，然后走了。"]),
        ("然后……，他走了。", ["然后……，他走了。"]),
        ("第一行\n第二行。", ["第一行", "第二行。"]),
        ("  空白。  还有？？！", ["空白。", "还有？？！"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in chinese.sentences(text)] == expected


@given(st.text(st.sampled_from("茶山。！？…”，\n 好a"), max_size=40))
def test_sentences_lie_in_order_and_leave_out_only_blanks(text: str) -> None:
    spans = chinese.sentences(text)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace(
        "\n", ""
    )
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_runs_of_latin_and_figures_are_one_word() -> None:
    assert chinese.words("用GPT-4和o1，涨了3.5%") == ["用", "GPT-4", "和", "o1", "，", "涨", "了", "3.5%"]


@given(st.text(max_size=60))
def test_words_lose_nothing(text: str) -> None:
    assert "".join(chinese.words(text)) == text


def test_the_sorted_dictionary_knows_what_jieba_s_own_does() -> None:
    raw = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    entries = {line.split(" ")[0]: line.split(" ")[1:] for line in raw}
    for word in [
        *list(entries)[:: len(entries) // 3000],
        raw[0].split(" ")[0],
        raw[-1].split(" ")[0],
        min(entries),
        max(entries),
    ]:
        assert chinese.frequency(word) == int(entries[word][0])
    for word in ("", " ", "没有这个词的", "zzzz", "\U0010ffff", "资 产"):
        assert chinese.frequency(word) == 0
    assert chinese.is_noun("资产")
    assert not chinese.is_noun("得到")
    assert chinese.is_attribute("陡峭")


def test_what_is_kept_of_the_dictionary_is_made_anew_where_it_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chinese, "cache_folder", lambda: tmp_path)
    fresh = chinese._jieba.__wrapped__
    cut = list(fresh().cut("山里的茶园", HMM=False))
    (kept,) = tmp_path.glob("jieba-*.cache")
    whole = kept.read_bytes()
    for broken in (b"", b"nonsense", whole[: len(whole) // 2], b"i\x01\x00\x00\x00"):
        kept.write_bytes(broken)
        assert list(fresh().cut("山里的茶园", HMM=False)) == cut == ["山里", "的", "茶园"]
        assert kept.read_bytes() == whole


def test_a_run_of_a_hundred_thousand_characters_is_one_word_at_once() -> None:
    run = "1." * 50_000
    assert chinese.words(f"第{run}页") == ["第", run, "页"]
