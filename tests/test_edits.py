"""Texts corrected while studying: what is checked, which file is written, and what stays as it was."""

import hashlib
from pathlib import Path

import pytest

from conftest import TEA
from quiz_desk import Clock, tea_desk
from studytool import corpus
from studytool.articles import read_article
from studytool.at_hand import corpus_of, file_of
from studytool.build import build
from studytool.config import Config
from studytool.deck import open_deck
from studytool.edits import edit
from studytool.errors import StudytoolError
from studytool.model import Statement
from studytool.quiz.desk import Desk
from studytool.quiz.rewording import FieldError
from studytool.quiz.store import open_store

PRICE = "tea:quay-2024/price-will-fall"
RAIN = "tea:hill-2023/picked-before-rain"


@pytest.fixture
def here(tea: Path, tmp_path: Path) -> Path:
    """The tea corpus where a learner would have it: in the working folder."""
    return tea.rename(tmp_path / "work" / "corpus")


@pytest.fixture
def desk(here: Path, home: Path) -> Desk:
    return tea_desk(here, home)


def statement(folder: Path, source: str, name: str) -> Statement:
    return next(one.statement for one in corpus.read(folder).entries if one.key == f"{source}/{name}")


def save(desk: Desk, key: str, **texts: str) -> Path | None:
    change = desk.texts.rewording(key, texts)
    path = edit(change)
    desk.reword(key, change, path is not None)
    return path


def test_the_file_is_written_and_nothing_else_of_it_changes(desk: Desk, here: Path, home: Path) -> None:
    before = (here / "hill-2023.toml").read_text("utf-8")
    path = save(desk, RAIN, note="谷雨是春天最后一个节气。", note_en="Guyu is the last solar term of spring.")
    assert path == Path("corpus/hill-2023.toml")
    after = (here / "hill-2023.toml").read_text("utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert changed == ['note = "谷雨是春天最后一个节气。"', 'note_en = "Guyu is the last solar term of spring."']
    assert len(after.splitlines()) == len(before.splitlines())
    assert desk.texts.row(RAIN).statement.note == "谷雨是春天最后一个节气。", "this session shows it at once"
    assert desk.texts.card(f"{RAIN}/c1").row.statement.note == "谷雨是春天最后一个节气。"
    again = tea_desk(here, home)  # builds the deck anew
    assert again.texts.row(RAIN).statement.note == "谷雨是春天最后一个节气。"


def test_a_second_edit_and_one_taken_back(desk: Desk, here: Path) -> None:
    save(desk, RAIN, note="甲。")
    save(desk, RAIN, note="乙。")
    assert statement(here, "hill-2023", "picked-before-rain").note == "乙。"
    save(desk, RAIN, note="指谷雨这个节气。")
    assert (here / "hill-2023.toml").read_bytes() == (TEA / "hill-2023.toml").read_bytes()


def test_without_a_corpus_at_hand_the_text_is_kept_with_the_reviews(tea: Path, home: Path, tmp_path: Path) -> None:
    (built,) = build([tea], tmp_path / "elsewhere" / "decks", 1_700_000_000)
    store = home / "reviews.db"
    desk = Desk([open_deck(built.jsonl)], open_store(store), Config(), Clock())
    assert save(desk, PRICE, zh="周海估计，到 2030 年普洱的{{c1::价格}}会跌一半。") is None
    assert (tea / "quay-2024.toml").read_bytes() == (TEA / "quay-2024.toml").read_bytes()
    again = Desk([open_deck(built.jsonl)], open_store(store), Config(), Clock())
    assert again.texts.row(PRICE).statement.zh.startswith("周海估计")


def test_once_there_is_a_file_it_takes_over_what_was_kept(tea: Path, home: Path, tmp_path: Path) -> None:
    (built,) = build([tea], home / "decks", 1_700_000_000)
    desk = Desk([open_deck(built.jsonl)], open_store(home / "reviews.db"), Config(), Clock())
    assert save(desk, RAIN, note="甲。") is None
    tea.rename(home / "corpus")
    assert save(desk, RAIN, note_en="A.") == home / "corpus" / "hill-2023.toml"
    kept = statement(home / "corpus", "hill-2023", "picked-before-rain")
    assert (kept.note, kept.note_en) == ("甲。", "A.")
    assert not [one for one in desk.store.overrides().values() if one.fields.note or one.fields.note_en]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("zh", "周海预计，到 2030 年普洱的价格会跌一半。", "the blanks must stay"),
        ("zh", "周海{{c2::预计}}，到 2030 年普洱的{{c1::价格}}会跌一半。", "the blanks must stay"),
        ("zh", "", "the blanks must stay"),
        ("en", "Zhou Hai expects the price of Pu'er to halve by 2030.", "blank 1 is gone"),
        ("en", "Zhou Hai expects the {{c1::price}} of {{c2::Pu'er}} to halve by 2030.", "do not match"),
        ("en", "", "blank 1 is gone"),
        ("question", "", "is asked by a card"),
        ("question_en", "", "is asked by a card"),
        ("answer", "", "answer and answer_en go together"),
        ("answer_en", "", "a card asks for this answer"),
        ("zh", "周海预计，到 2030 年普洱的价格{{c1::会}}跌一半。", "L32"),
        ("question", "周海预计 2030 年普洱会跌到一半，是哪一年？", "L31"),
    ],
)
def test_what_would_be_a_bad_card_is_refused_with_its_field(desk: Desk, here: Path, field: str, text: str, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        save(desk, PRICE, **{field: text})
    assert message in str(caught.value)
    assert caught.value.field in (field, f"{field}_en")
    assert (here / "quay-2024.toml").read_bytes() == (TEA / "quay-2024.toml").read_bytes()


def test_what_the_file_says_since_is_not_overwritten(desk: Desk, here: Path) -> None:
    path = here / "hill-2023.toml"
    path.write_text(path.read_text("utf-8").replace("指谷雨这个节气。", "手写的注。"), "utf-8")
    with pytest.raises(StudytoolError, match="has another note than the deck") as caught:
        save(desk, RAIN, note="甲。")
    assert str(caught.value).startswith("corpus/hill-2023.toml: ")
    assert "手写的注。" in path.read_text("utf-8")
    save(desk, RAIN, note_en="A.")
    assert "手写的注。" in path.read_text("utf-8")


def test_a_statement_that_left_the_file_is_told(desk: Desk, here: Path) -> None:
    path = here / "hill-2023.toml"
    path.write_text(path.read_text("utf-8").replace('id = "old-trees"', 'id = "older-trees"'), "utf-8")
    with pytest.raises(StudytoolError, match="has no statement 'old-trees' any more"):
        save(desk, "tea:hill-2023/old-trees", note="甲。", note_en="A.")


def test_the_corpus_is_found_by_its_name(tea: Path, home: Path, tmp_path: Path) -> None:
    deck = tmp_path / "some" / "decks" / "tea.jsonl"
    assert corpus_of("tea", deck) is None
    (tmp_path / "some").mkdir()
    beside = tea.rename(tmp_path / "some" / "tea")
    assert corpus_of("tea", deck) == beside
    assert corpus_of("coffee", deck) is None
    assert file_of(beside, "quay-2024") == beside / "quay-2024.toml"
    (beside / "quay-2024.toml").rename(beside / "another-name.toml")
    assert file_of(beside, "quay-2024") == beside / "another-name.toml"
    assert file_of(beside, "nowhere") is None
    (beside / "corpus.toml").write_text("name = [broken", "utf-8")
    assert corpus_of("tea", deck) is None


def test_an_extracted_claim_is_held_against_its_article(here: Path, home: Path) -> None:
    said = "周海说，到 2030 年普洱的价格会跌一半。" + "茶的买卖一年比一年难做，可是没有人愿意先停下来。" * 4
    (here / "a.md").write_text(f"# 码头问答\n\n{said}\n", "utf-8")
    text = read_article(here / "a.md").text
    quote = "到 2030 年普洱的价格会跌一半"
    start = text.index(quote)
    path = here / "quay-2024.toml"
    found = path.read_text("utf-8").replace("[[statement]]", 'article = "a.md"\n\n[[statement]]')
    digest = hashlib.sha256(quote.encode()).hexdigest()
    path.write_text(
        f'{found}quote = {{ start = {start}, end = {start + len(quote)}, sha256 = "{digest}" }}\nallow = ["L43: no"]\n', "utf-8"
    )
    desk = tea_desk(here, home)
    with pytest.raises(FieldError, match="L42"):
        save(desk, PRICE, answer="2031 年", answer_en="2031")
    assert save(desk, PRICE, answer="2030", answer_en="2030") == Path("corpus/quay-2024.toml")
