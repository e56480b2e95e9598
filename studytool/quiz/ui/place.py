"""Where the learner is on the home screen, kept while other screens stand in its place."""

from dataclasses import dataclass, field

from studytool.quiz.tree import SOURCES, TOPICS


@dataclass
class Place:
    """The line under the cursor, and the lines that are unfolded, by their keys."""

    key: str = "all"
    unfolded: set[str] = field(default_factory=lambda: {TOPICS, SOURCES})
