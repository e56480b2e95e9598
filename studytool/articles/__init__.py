"""Articles in whatever shape they are found -> Article."""

from studytool.articles.article import BEFORE_LAUGH, NARRATOR, Article, Paragraph, Span, Turn
from studytool.articles.read import STANDARD_INPUT, parse, read_article

__all__ = ["BEFORE_LAUGH", "NARRATOR", "STANDARD_INPUT", "Article", "Paragraph", "Span", "Turn", "parse", "read_article"]
