"""Words: pinyin, senses and level of every word of a sentence, against what cutting it and reading it aloud alone take; and the
dictionary's index, made once; all in processor time.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypinyin

from measure import Measure, allowed, in_turn, run
from studytool import chinese, cloze, corpus
from studytool.cards import compile_deck
from studytool.config import shipped
from studytool.glosses.words import glossed, lookup
from studytool.glosses.words.dictionary import open_dictionary


def measure(quick: bool) -> Iterator[Measure]:
    runs = 2 if quick else 5
    books = lookup(None)
    chinese.words("开始")
    pypinyin.lazy_pinyin("开始")
    ours, bare, made = [], [], []
    deck = compile_deck(corpus.read(shipped("corpus")))
    asked = (text for row in deck.rows for text in (row.statement.question, row.statement.answer))
    texts = [*(cloze.plain(row.statement.zh) for row in deck.rows), *filter(None, asked)]
    with tempfile.TemporaryDirectory() as folder:
        for nth in range(runs):
            began = time.process_time()
            glossed(deck, books)
            ours.append(time.process_time() - began)
            began = time.process_time()
            for text in texts:
                chinese._cut(text)
                pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE)
            bare.append(time.process_time() - began)
            if nth and quick:
                continue
            began = time.process_time()
            open_dictionary(Path(folder) / f"index-{nth}").close()
            made.append(time.process_time() - began)
    yield allowed("words of a sentence / allowed", 1e3 * statistics.median(ours) / len(texts), 6, "ms")
    yield in_turn("words of all claims / cutting and reading them aloud", ours, bare, goal=6.0)
    yield allowed("the dictionary's index, made once / allowed", statistics.median(made), 3, "s")


if __name__ == "__main__":
    run(__doc__, measure)
