"""Files that are text in some encoding, and files that are no article: each is read right, or refused in one line."""

from pathlib import Path

import opencc
import pytest

from studytool.articles import read_article
from studytool.errors import USAGE, StudytoolError

ARTICLES = Path(__file__).parent / "fixtures" / "articles"
TEXT = (ARTICLES / "harbour.txt").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(TEXT.encode(encoding, "replace"))
    article = read_article(path)
    assert article.text == read_article(ARTICLES / "harbour.txt").text


def test_big5(tmp_path: Path) -> None:
    traditional = opencc.OpenCC("s2t").convert(TEXT).encode("big5", "ignore").decode("big5")
    (tmp_path / "talk.txt").write_bytes(traditional.encode("big5"))
    (tmp_path / "same.txt").write_text(traditional, encoding="utf-8")
    assert read_article(tmp_path / "talk.txt").text == read_article(tmp_path / "same.txt").text


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(TEXT.replace("\n", end).encode())
    assert read_article(path).text == read_article(ARTICLES / "harbour.txt").text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"  \n\n ", "is empty"),
        (bytes(range(256)) * 40, "is no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(4000), "is no text"),
        (b"An English essay about tea. " * 80, "has no Chinese text"),
        ("茶".encode(), "has only 1 Chinese characters"),
        (("<html><body><p>请登录后查看完整内容，未注册的手机号验证后会自动创建账号。登录即代表同意用户协议与隐私政策，" * 3 + "</p></body></html>").encode(), "asks to log in"),
        (("茶园里的路" * 30000).encode(), "without a sentence's end"),
        (("茶园里的路通向山上。" * 250000).encode(), "has 2500000 characters, which is too long for an article"),
    ],
    ids=["empty", "blank", "bytes", "image", "english", "one character", "login", "endless line", "endless"],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(StudytoolError, match=message) as error:
        read_article(path)
    assert error.value.code == USAGE
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_a_file_that_is_far_too_big(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(StudytoolError, match="210 MB is too big"):
        read_article(path)


@pytest.mark.parametrize("without", [False, True], ids=["as installed", "without trafilatura"])
def test_a_page(without: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if without:
        import sys

        monkeypatch.setitem(sys.modules, "trafilatura", None)
    article = read_article(ARTICLES / "clinic.html")
    assert article.title == "专访槐江医院急诊主任乔漫：分诊台上的AI，最该学会的是犹豫"
    assert article.speakers == ("乔漫", "记者")
    assert len({turn.section for turn in article.turns}) == 5
    assert sum(len(p.bold) for turn in article.turns for p in turn.paragraphs) == 8
    for junk in ("评论", "登录", "版权", "function", "分享到"):
        assert junk not in article.text


def test_a_page_s_entities_and_nesting(tmp_path: Path) -> None:
    said = (
        "".join(
            f"<p><strong>沈岸：</strong>茶园里的路&nbsp;很长&lt;很长&gt;，<b>山里的账</b>要慢慢算，第{n}年才算清楚，大家都说这样很好。<p>还没有完。</div>"
            for n in "一二三四五六"
        )
        + "<p><strong>周禾：</strong>为什么？</p>" * 3
    )
    path = tmp_path / "page.html"
    path.write_text(f"<html><head><title>一次谈话</title></head><body><script>坏()</script>{said}</body>", encoding="utf-8")
    article = read_article(path)
    assert "路 很长<很长>，山里的账要慢慢算，第一年" in article.text
    assert "坏" not in article.text
    assert article.title == "一次谈话"
