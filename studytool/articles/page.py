"""HTML -> Markdown, so that a page is read like any text. By trafilatura where it is installed (extra `html`), else plainly."""

import re
from html.parser import HTMLParser
from typing import Any

_PAGE = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "button",
    "select",
    "nav",
    "footer",
    "aside",
    "figcaption",
    "textarea",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "table",
    "tr",
    "figure",
    "pre",
    "dl",
    "dd",
    "dt",
    "body",
    "hr",
}
_COMMENTS = re.compile(r"comment|recommend|related|sidebar|share|breadcrumb|copyright|subscribe|toolbar|评论", re.IGNORECASE)
_ADVERTISING = re.compile(r"(?:^|[\s_-])(?:ads?|adv|advert\w*|promo\w*|sponsor\w*|banner)(?:$|[\s_-])|广告|推广", re.IGNORECASE)
_VOID = {"br", "img", "hr", "meta", "link", "input", "source", "wbr", "area", "base", "col", "embed", "track"}
_METAS = {
    "og:title": "title", "article:published_time": "date", "publishdate": "date", "pubdate": "date", "og:url": "url",
    "author": "author", "article:author": "author", "og:site_name": "source", "og:article:author": "author",
}  # fmt: skip


def is_html(text: str) -> bool:
    """Whether a text is a page, or the body of one as feeds carry it."""
    return bool(_PAGE.search(text[:2000])) or text.count("</p>") > 8


def markdown(text: str) -> str:
    """A page as Markdown with a block of metadata; what surrounds the article is left out as well as can be told."""
    reader = _Reader()
    reader.feed(text.replace("<![", "&lt;!["))  # the parser dies of a marked section that is none
    reader.close()
    body = _with_trafilatura(text) or reader.article()
    metas = "".join(f"{key}: {' '.join(value.split())}\n" for key, value in reader.metas.items())
    return f"---\n{metas}---\n{body}" if metas else body


def _with_trafilatura(text: str) -> str:
    try:
        import trafilatura
    except ImportError:
        return ""
    found: Any = trafilatura.extract(
        text, output_format="markdown", include_formatting=True, include_comments=False, include_tables=False
    )
    return (found or "").replace("\xa0", " ")


class _Reader(HTMLParser):
    """Collects the text of a page as Markdown, and apart from it that of its <article>, <main> or WeChat body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: dict[str, str] = {}
        self._open: list[tuple[str, bool, bool]] = []  # tag, whether it silences, whether it holds the article
        self._silent = self._inside = 0
        self._all: list[str] = []
        self._best: list[str] = []
        self._title = False

    def article(self) -> str:
        """The article's Markdown; the whole page's where no element holds most of it."""
        best, whole = "".join(self._best), "".join(self._all)
        return best if len(best) > 0.3 * len(whole) else whole

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = _METAS.get((given.get("property") or given.get("name") or "").lower())
            if key and given.get("content"):
                self.metas[key] = given["content"]
        if tag == "link" and given.get("rel") == "canonical" and given.get("href"):
            self.metas["url"] = given["href"]
        names = f"{given.get('class', '')} {given.get('id', '')}"
        holds = tag in ("article", "main") or "js_content" in names or "rich_media_content" in names
        box = tag in ("div", "section", "ul", "ol", "p", "span", "figure", "a") and not holds
        silent = tag in _SILENT or (box and bool(_ADVERTISING.search(names)))
        silent = silent or (tag in ("div", "section", "ul", "ol") and not holds and bool(_COMMENTS.search(names)))
        self._title = tag == "title" or (self._title and tag in _VOID)
        if tag not in _VOID:
            if tag == "p" and self._open and self._open[-1][0] == "p":
                self.handle_endtag("p")  # <p> closes <p>
            self._open.append((tag, silent, holds))
            self._silent += silent
            self._inside += holds
        if re.fullmatch("h[1-6]", tag):
            self._put(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "li":
            self._put("\n\n- ")
        elif tag == "blockquote":
            self._put("\n\n> ")
        elif tag in ("strong", "b"):
            self._put("**")
        elif tag == "br":
            self._put("\n\n")
        elif tag == "img":
            self._put("\n\n![](image)\n\n")
        elif tag in _BLOCKS:
            self._put("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _, _ in self._open]:
            return
        if tag in ("strong", "b"):
            self._put("**")
        elif tag in _BLOCKS or tag in ("li", "blockquote") or re.fullmatch("h[1-6]", tag):
            self._put("\n\n")
        while self._open:
            name, silent, holds = self._open.pop()
            self._silent -= silent
            self._inside -= holds
            if name == tag:
                break
        self._title = False

    def handle_data(self, data: str) -> None:
        if self._title:
            self.metas.setdefault("title", data.strip())
            return
        self._put(re.sub(r"\s+", " ", data))

    def _put(self, text: str) -> None:
        if self._silent:
            return
        self._all.append(text)
        if self._inside:
            self._best.append(text)
