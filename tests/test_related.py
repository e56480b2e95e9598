"""What else was said of a claim: from two statement files to every place where it is shown."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from anki_desk import desk as anki_desk
from quiz_desk import tea_desk
from screens import prose
from studytool.build import build
from studytool.claims import claims, dossier
from studytool.deck import open_deck
from studytool.model import Relation
from studytool.quiz.ui import faces
from studytool.quiz.ui.app import QuizApp

AGAIN, OTHERWISE = "quay-2024/price-will-fall", "hill-2023/old-trees"


@pytest.fixture
def linked(tea: Path) -> Path:
    """The tea corpus, in which one claim names another that says the same and one that says the opposite."""
    path = tea / "hill-2023.toml"
    text = path.read_text("utf-8").replace('accept = ["芳香"]', f'related = ["{AGAIN}"]\ndiffers = ["{OTHERWISE}"]')
    path.write_text(text, "utf-8")
    return tea


def test_both_claims_know_of_each_other_in_the_order_of_their_dates(linked: Path, tmp_path: Path) -> None:
    (built,) = build([linked], tmp_path / "out", 1)
    related = {row.key: row.related for row in built.deck.rows}
    assert related == {
        "hill-2023/picked-before-rain": (Relation(OTHERWISE, False), Relation(AGAIN, True)),
        OTHERWISE: (Relation("hill-2023/picked-before-rain", False),),
        AGAIN: (Relation("hill-2023/picked-before-rain", True),),
    }


def test_a_claim_that_is_not_in_the_deck_is_left_out(linked: Path, tmp_path: Path) -> None:
    (built,) = build([linked / "hill-2023.toml"], tmp_path / "out", 1)
    assert {relation.key for row in built.deck.rows for relation in row.related} == {OTHERWISE, "hill-2023/picked-before-rain"}


def test_claims_show_it_with_its_date(linked: Path, tmp_path: Path) -> None:
    (built,) = build([linked], tmp_path / "out", 1)
    text = "\n".join(dossier(claims([open_deck(built.jsonl)], topic="leaves")))
    assert "said again, 2024-02-03, Quay Q&A: 周海预计，到 2030 年普洱的价格会跌一半。" in text
    assert "said otherwise, 2023-05, Hill tea party: 林晚说，2023 年时山上最老的茶树已有三百年。" in text
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "claims", "--json", "--deck", str(built.jsonl), "-t", "trade"],
        capture_output=True,
        check=True,
    )
    (found,) = json.loads(done.stdout)["related"]
    assert (found["id"], found["how"]) == ("hill-2023/picked-before-rain", "again")


async def test_the_back_of_a_card_in_the_quiz_shows_it(linked: Path, home: Path) -> None:
    desk = tea_desk(linked, home)
    shown = "".join(span.text for span in faces.related(desk.texts.card("tea:hill-2023/picked-before-rain/c1")))
    assert shown == (
        "另说 said otherwise, 2023-05, Hill tea party: 林晚说，2023 年时山上最老的茶树已有三百年。\n"
        "又说 said again, 2024-02-03, Quay Q&A: 周海预计，到 2030 年普洱的价格会跌一半。"
    )
    async with QuizApp(desk, "leaves", straight=True).run_test(size=(80, 30)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert prose(pilot, "related") == shown


def test_the_back_of_a_card_in_anki_shows_it(linked: Path, tmp_path: Path) -> None:
    (built,) = build([linked], tmp_path / "out", 1)
    with anki_desk(tmp_path / "anki") as collection:
        collection.take(built.apkg)
        sides = {name: collection.sides(card) for name, card in collection.cards().items()}
    back = {name: back.text for name, (_, back) in sides.items()}
    (name,) = (name for name in back if AGAIN in name and name.endswith("/qa#1"))
    assert "又说 said again · Lin Wan, Hill tea party, 2023-05" in back[name]
    assert "buds picked before the rain" in back[name]
    assert all("said again" not in front.text and "said otherwise" not in front.text for front, _ in sides.values())
