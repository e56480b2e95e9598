"""Words: pinyin, senses and level of every word of a sentence, against what cutting it and reading it aloud alone take; and the
dictionary's index, made once.

python tests/benchmarks/bench_words.py [RUNS]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pypinyin

from studytool import chinese, cloze, corpus
from studytool.cards import compile_deck
from studytool.config import shipped
from studytool.glosses.words import glossed, lookup
from studytool.glosses.words.dictionary import open_dictionary

A_SENTENCE, INDEX, BARE = 6.0, 3.0, 6.0  # milliseconds; seconds; times the bare work


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    books = lookup(None)
    chinese.words("开始")
    pypinyin.lazy_pinyin("开始")
    ours, bare, made = [], [], []
    deck = compile_deck(corpus.read(shipped("corpus")))
    asked = (text for row in deck.rows for text in (row.statement.question, row.statement.answer))
    texts = [*(cloze.plain(row.statement.zh) for row in deck.rows), *filter(None, asked)]
    with tempfile.TemporaryDirectory() as folder:
        for nth in range(runs):
            began = time.perf_counter()
            glossed(deck, books)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            for text in texts:
                chinese._cut(text)
                pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE)
            bare.append(time.perf_counter() - began)
            began = time.perf_counter()
            open_dictionary(Path(folder) / f"index-{nth}").close()
            made.append(time.perf_counter() - began)
    a_sentence = 1000 * statistics.median(ours) / len(texts)
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    index = statistics.median(made)
    rows = (
        ("words of a sentence, ms", a_sentence, A_SENTENCE),
        ("words: × cutting and reading aloud alone", ratio, BARE),
        ("dictionary's index, made once, s", index, INDEX),
    )
    for what, value, bound in rows:
        print(f"{what}: {value:.2f} (bound {bound}) {'ok' if value <= bound else 'TOO MUCH'}")
    return sum(value > bound for _, value, bound in rows)


if __name__ == "__main__":
    sys.exit(main())
