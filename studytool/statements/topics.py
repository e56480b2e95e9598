"""Which topic a statement belongs to: one that the corpus knows, else its section's, else the article's own."""

import hashlib
import re
from collections.abc import Sequence

from studytool import chinese
from studytool.articles import Article
from studytool.model import Topic

LEAST = 1.9  # weight of keywords from which on a topic fits: one in the statement and two others near it, or two
_SECTION_LENGTH = 20  # characters of a heading that may name a topic
_ABOUT = re.compile(r"^(?:关于|谈谈?|围绕|论|聊聊?)\s*|[？?！!…。]+$")


class Topics:
    """Assigns topics, and makes new ones where none fits."""

    def __init__(self, known: Sequence[Topic], article: Article) -> None:
        self.known = list(known)
        self.new: dict[str, Topic] = {}
        self.headings: set[str] = set()  # ids of topics made of headings
        self._words = [(topic, [(word, chinese.folded(word)) for word in topic.keywords]) for topic in known]
        self._own = conversation(article.title)

    def of(self, text: str, section: str, context: str) -> Topic:
        """The topic of a statement, from its own words, then its section's and its surroundings'."""
        best, most = None, 0.0
        own, around = chinese.folded(text), chinese.folded(section + context)
        for topic, words in self._words:
            score = sum(1.0 * (flat in own) + 0.3 * (flat in around) for _, flat in words if len(flat) > 1)
            if score > most:
                best, most = topic, score
        if best and most >= LEAST:
            return best
        name = _ABOUT.sub("", section).strip()
        return self._made(name if 2 <= len(name) <= _SECTION_LENGTH else self._own)

    def own(self) -> Topic:
        """The article's own topic, for what stands alone under its heading."""
        return self._made(self._own)

    def _made(self, name: str) -> Topic:
        same = next((topic for topic in self.known if name in (topic.name, topic.name_en)), None)
        if same:
            return same
        if name not in self.new:
            # Not its pinyin: what knows that takes longer to load than an article to read.
            made = Topic(id="t" + hashlib.sha256(name.encode()).hexdigest()[:8], name=name, name_en=name)
            if name != self._own:
                self.headings.add(made.id)
            self.new[name] = made
        return self.new[name]


def slug(name: str) -> str:
    """A name as an id: lower-case letters, digits and hyphens; Chinese by its pinyin."""
    if not name.isascii():
        from pypinyin import lazy_pinyin  # only where a name is Chinese

        name = " ".join(lazy_pinyin(name, errors=lambda other: other))
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48].strip("-")


def conversation(title: str) -> str:
    """A conversation's short name, out of its article's title."""
    parts = [part.strip() for part in re.split(r"[｜|：:丨—]+", title) if part.strip()]
    named = [part for part in parts if re.search(r"访谈|对话|专访|演讲|对谈|炉边|采访|谈话", part) and len(part) > 4]
    return (named or [part for part in parts if len(part) > 4] or [title])[0][:40]
