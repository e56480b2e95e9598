"""The claims of the decks, filtered and in order."""

from pathlib import Path

import msgspec
import pytest

from studytool.build import build
from studytool.claims import Claim, claims, dossier
from studytool.deck import OpenDeck, open_deck
from studytool.errors import StudytoolError


@pytest.fixture
def deck(tea: Path, tmp_path: Path) -> OpenDeck:
    return opened(tea, tmp_path / "out")


def opened(folder: Path, out: Path) -> OpenDeck:
    (built,) = build([folder], out, 1_700_000_000)
    return open_deck(built.jsonl)


def ids(found: list[Claim]) -> list[str]:
    return [claim.id.split("/")[1] for claim in found]


def test_all_claims_without_their_marks(deck: OpenDeck) -> None:
    found = claims([deck])
    assert ids(found) == ["picked-before-rain", "old-trees", "price-will-fall"]
    assert found[1].zh == "林晚说，2023 年时山上最老的茶树已有三百年。"
    assert found[1].en == "Lin Wan said that in 2023 the oldest bush on the hill was three centuries old."
    assert (found[2].speaker, found[2].speaker_en, found[2].said) == ("周海", "Zhou Hai", "2024-02-03")
    assert (found[2].topic_en, found[2].event_en, found[2].url) == ("Trade", "Quay Q&A", "https://example.org/quay?a=1&b=2")


FILTERS = [
    ({"topic": "leaves"}, ["picked-before-rain", "old-trees"]),
    ({"topic": "买卖"}, ["price-will-fall"]),
    ({"topic": "TRA"}, ["price-will-fall"]),
    ({"topic": "e"}, ["picked-before-rain", "old-trees", "price-will-fall"]),  # a part of two names
    ({"source": "quay-2024"}, ["price-will-fall"]),
    ({"source": "山上"}, ["picked-before-rain", "old-trees"]),
    ({"source": "hill tea"}, ["picked-before-rain", "old-trees"]),
    ({"speaker": "周"}, ["price-will-fall"]),
    ({"speaker": "lin wan"}, ["picked-before-rain", "old-trees"]),
    ({"speaker": "The host"}, []),  # is there, but claims nothing
    ({"search": "三百"}, ["old-trees"]),
    ({"search": "AROMA rain"}, ["picked-before-rain"]),  # all words, in any order and case
    ({"search": "aroma price"}, []),
    ({"search": "谷雨"}, ["picked-before-rain"]),  # in the note
    ({"search": "c1"}, []),  # marks are no text
    ({"search": "林晚", "topic": "trade"}, []),
    ({"search": "2023", "speaker": "林", "source": "hill", "topic": "leaves"}, ["old-trees"]),
]


@pytest.mark.parametrize(("filters", "wanted"), FILTERS)
def test_filters(deck: OpenDeck, filters: dict[str, str], wanted: list[str]) -> None:
    assert ids(claims([deck], **filters)) == wanted


def test_an_exact_name_wins_over_a_part_of_others(tea: Path, tmp_path: Path) -> None:
    with (tea / "corpus.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[topic]]\nid = "trade-winds"\nname = "风"\nname_en = "Trade winds"\n')
    text = (tea / "hill-2023.toml").read_text("utf-8")
    (tea / "hill-2023.toml").write_text(text.replace('"leaves"', '"trade-winds"', 1), "utf-8")
    deck = opened(tea, tmp_path / "out")
    assert ids(claims([deck], topic="trade")) == ["price-will-fall"]
    assert ids(claims([deck], topic="winds")) == ["picked-before-rain"]
    assert ids(claims([deck], topic="trad")) == ["price-will-fall", "picked-before-rain"]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"topic": "weather"}, "no topic fits 'weather'; there are leaves, trade"),
        ({"source": "sea"}, "no source fits 'sea'; there are hill-2023, quay-2024"),
        ({"speaker": "Nobody"}, "no speaker fits 'Nobody'; there are Lin Wan, The host, Zhou Hai"),
    ],
)
def test_an_unknown_name_is_an_error_that_lists_those_there_are(deck: OpenDeck, filters: dict[str, str], message: str) -> None:
    with pytest.raises(StudytoolError) as caught:
        claims([deck], **filters)
    assert str(caught.value) == message
    assert caught.value.code == 2


def test_within_a_topic_claims_stand_by_date_whatever_the_files_are_called(tea: Path, tmp_path: Path) -> None:
    for name, said in (("a", "2022-11"), ("z", "2019"), ("m", "2022-11-05")):
        text = (tea / "quay-2024.toml").read_text("utf-8")
        text = text.replace("quay-2024", name).replace('"2024-02-03"', f'"{said}"').replace("price-will-fall", f"from-{name}")
        text = text[: text.index("question = ")]
        (tea / f"{name}.toml").write_text(text.replace('"trade"', '"leaves"'), "utf-8")
    found = claims([opened(tea, tmp_path / "out")])
    assert [(claim.topic_en, claim.said) for claim in found] == [
        ("Leaves", "2019"),
        ("Leaves", "2022-11"),
        ("Leaves", "2022-11-05"),
        ("Leaves", "2023-05"),
        ("Leaves", "2023-05"),
        ("Trade", "2024-02-03"),
    ]


def test_topics_stand_in_the_order_of_the_corpus(tea: Path, tmp_path: Path) -> None:
    head, leaves, trade = (tea / "corpus.toml").read_text("utf-8").split("[[topic]]\n")
    (tea / "corpus.toml").write_text("[[topic]]\n".join((head, f"{trade}\n", leaves)), "utf-8")
    assert ids(claims([opened(tea, tmp_path / "out")])) == ["price-will-fall", "picked-before-rain", "old-trees"]


def test_a_claim_of_two_decks_of_one_corpus_is_told_once(tea: Path, tmp_path: Path, deck: OpenDeck) -> None:
    part = opened(tea / "quay-2024.toml", tmp_path / "out")
    assert ids(claims([deck, part])) == ids(claims([deck]))


def test_sources_of_one_id_in_two_corpora_are_not_mistaken_for_each_other(tea: Path, tmp_path: Path, deck: OpenDeck) -> None:
    for name, old, new in (
        ("corpus.toml", 'name = "tea"', 'name = "cocoa"\nid = "cocoa"'),
        ("quay-2024.toml", "Quay Q&A", "Cocoa night"),
    ):
        (tea / name).write_text((tea / name).read_text("utf-8").replace(old, new), "utf-8")
    cocoa = opened(tea, tmp_path / "out")
    found = claims([deck, cocoa], topic="trade")
    assert [claim.event_en for claim in found] == ["Quay Q&A", "Cocoa night"]
    assert [claim.event_en for claim in claims([deck, cocoa], source="Quay Q")] == ["Quay Q&A"]


def test_as_json_every_claim_says_who_when_and_where(deck: OpenDeck) -> None:
    for claim in claims([deck]):
        told = msgspec.json.decode(msgspec.json.encode(claim))
        assert set(told) == set(Claim.__struct_fields__)
        assert all(told[key] for key in told if key not in ("note", "note_en", "related"))


def test_the_dossier(deck: OpenDeck) -> None:
    text = "\n".join(dossier(claims([deck])))
    assert text.split("\n")[0] == "# 茶叶 · Leaves (2)"
    assert "\n\n# 买卖 · Trade (1)\n" in text
    assert "  — Zhou Hai 周海, Quay Q&A, 2024-02-03 · forecast" in text
    assert text.index("picked before the rain") < text.index("oldest bush") < text.index("Pu'er")
    assert "{{" not in text
    assert list(dossier([])) == []
