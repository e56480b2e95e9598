from pathlib import Path

from quiz_desk import Clock, tea_desk
from studytool.quiz import tree
from studytool.quiz.desk import Desk
from studytool.quiz.peek import days
from studytool.quiz.plan import Count
from studytool.quiz.schedule import EASY, retrievability
from studytool.quiz.selection import EVERYTHING, Selection, chosen

TODAY = 739_000
LEAF = """
[[statement]]
id = "leaf-is-small"
topic = "leaves"
kind = "fact"
speaker = "周海"
section = "2. 叶子"
zh = "周海说，白茶的叶子要在{{c1::清晨}}采。"
en = "Zhou Hai says leaves for white tea are picked at {{c1::dawn}}."
"""


def lines(desk: Desk, *unfolded: str) -> list[tree.Node]:
    return list(tree.nodes(desk.cells(), desk.topics, desk.sources, unfolded))


def test_the_tree_folds_and_each_line_says_what_it_studies(tea: Path, home: Path) -> None:
    with (tea / "quay-2024.toml").open("a", encoding="utf-8") as file:
        file.write(LEAF)
    desk = tea_desk(tea, home)
    assert [node.key for node in lines(desk)] == ["all", "topics", "sources"]
    shown = lines(desk, "topics", "sources", "topics:leaves", "sources:quay-2024")
    assert [(node.key, node.depth, node.folds) for node in shown] == [
        ("all", 0, False),
        ("topics", 0, True),
        ("topics:leaves", 1, True),
        ("topics:leaves:hill-2023", 2, False),
        ("topics:leaves:quay-2024", 2, False),
        ("topics:trade", 1, False),
        ("sources", 0, True),
        ("sources:hill-2023", 1, False),
        ("sources:quay-2024", 1, True),
        ("sources:quay-2024:leaves", 2, False),
        ("sources:quay-2024:trade", 2, False),
    ]
    by_key = {node.key: node for node in shown}
    assert by_key["all"].wanted == EVERYTHING
    assert by_key["topics"].wanted is None
    assert by_key["sources:quay-2024:leaves"].wanted == Selection(topic="leaves", source="quay-2024")
    counted = desk.cells()
    for node in shown:
        if node.wanted is not None:
            assert tree.total(node.cells, counted).total == len(chosen(desk.slots, node.wanted))


def test_recall_is_the_mean_over_what_was_seen(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin()
    while session.show(desk.now()):
        desk.grade(session, EASY, 10)
    clock.forward(days=20)
    (*_, found) = tree.recall(desk.slots, desk.memories, desk.day(), ())
    whole = sum(found.values(), tree.Recall())
    assert whole.seen == len(desk.memories) == 3
    expected = [retrievability(memory, desk.day()) for memory in desk.memories.values()]
    assert whole.mean is not None
    assert abs(whole.mean - sum(expected) / 3) < 1e-12
    assert 0.5 < whole.mean < 0.9
    assert tree.Recall().mean is None
    assert tree.total([], {}) == Count(0, 0, 0)


def test_days_come_from_the_log_without_what_was_taken_back(tea: Path, home: Path) -> None:
    clock = Clock()
    desk = tea_desk(tea, home, clock)
    session = desk.begin()
    for _ in range(2):
        session.show(desk.now())
        desk.grade(session, EASY, 4000)
        clock.forward(days=1)
    assert days(desk.store.path) == [desk.day() - 1, desk.day() - 2]
    assert desk.store.times(10) == [4000, 4000]
    desk.undo(session)
    assert days(desk.store.path) == [desk.day() - 2]
