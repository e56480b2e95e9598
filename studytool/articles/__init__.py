"""Articles in whatever shape they are found -> Article."""

from studytool.articles.article import Article, Paragraph, Span, Turn
from studytool.articles.read import parse, read_article

__all__ = ["Article", "Paragraph", "Span", "Turn", "parse", "read_article"]
