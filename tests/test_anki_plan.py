"""Three-way: whoever edits, pushes and rebuilds in whatever order, a learner's edit is never overwritten, and ours arrives where there is none."""

from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anki_desk import make
from studytool.anki.plan import Difference, Ours, notes_to_push, now_pushed, plan
from studytool.anki.pushed import Pushed
from studytool.anki.there import There
from studytool.anki.three_way import digest, tags, verdict
from studytool.deck import open_deck

NOTE = "tea:quay-2024/price-will-fall/cloze"
FIELDS = ("English", "Note", "MyNotes")
TEXT = st.sampled_from(["", "a", "b", "c"])
STEP = st.one_of(
    st.tuples(st.sampled_from(["we", "learner"]), st.sampled_from(FIELDS), TEXT),
    st.tuples(st.sampled_from(["push", "push", "force"]), st.just(""), st.just("")),
)


class Told(NamedTuple):
    written: dict[str, str]
    conflicts: set[str]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    """A real note of ours, to be given other texts."""
    import os
    import shutil

    from conftest import TEA

    folder = tmp_path_factory.mktemp("plan")
    before = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    try:
        return notes_to_push([open_deck(make(shutil.copytree(TEA, folder / "tea")).jsonl)], "zh-en")[NOTE]
    finally:
        os.chdir(before)


class World:
    """One note here and in Anki, as pushes leave it."""

    def __init__(self, ours: Ours) -> None:
        self.base = ours
        self.mine = dict.fromkeys(FIELDS, "a")
        self.anki = dict.fromkeys(FIELDS, "a")
        self.pushed: dict[str, Pushed] = {}

    def push(self, force: bool) -> Told:
        fields = self.base.fields | {name: self.mine[name] for name in FIELDS if name != "MyNotes"}
        one = _With(self.base.note, self.base.changed, self.base.head)
        one.given = fields
        there = There(NOTE, 1, self.base.fields | self.anki, self.base.note.tags, (7,))
        decks = {7: self.base.note.deck}
        found = plan({NOTE: one}, {NOTE: there}, decks, self.pushed, force)
        written = {each.field: each.ours for update in found.updates for each in update.fields}
        self.anki |= written
        there = there._replace(fields=there.fields | written)
        self.pushed[NOTE] = now_pushed(one, there, decks, self.pushed.get(NOTE, Pushed()))
        return Told(written, {each.field for each in found.conflicts})


class _With(Ours):
    given: dict[str, str]

    @property
    def fields(self) -> dict[str, str]:
        return self.given


@given(st.lists(STEP, max_size=14))
def test_no_order_of_edits_and_pushes_loses_an_edit(ours: Ours, steps: Iterable[tuple[str, str, str]]) -> None:
    world = World(ours)
    world.push(False)
    agreed = dict(world.anki)  # the texts at the last push after which both had the same
    for who, name, text in steps:
        if who == "we":
            world.mine[name] = text
            continue
        if who == "learner":
            world.anki[name] = text
            continue
        before = dict(world.anki)
        told = world.push(who == "force")
        assert world.anki["MyNotes"] == before["MyNotes"]
        for each in ("English", "Note"):
            edited, changed = before[each] != agreed[each], world.mine[each] != agreed[each]
            clash = edited and changed and before[each] != world.mine[each]
            assert (each in told.conflicts) is (clash and who == "push")
            stays = edited and not (clash and who == "force")
            assert world.anki[each] == (before[each] if stays else world.mine[each])
            if world.anki[each] == world.mine[each]:
                agreed[each] = world.mine[each]


@pytest.mark.parametrize(
    ("last", "ours", "theirs", "stands"),
    [
        ("a", "a", "a", "same"),
        ("a", "b", "a", "ours"),
        ("a", "a", "b", "theirs"),
        ("a", "b", "c", "conflict"),
        ("a", "b", "b", "same"),
        (None, "a", "a", "same"),
        (None, "a", "b", "conflict"),
        (None, "a", "", "conflict"),
        (None, "", "b", "theirs"),
        ("a", "", "a", "ours"),
        ("", "b", "", "ours"),
    ],
)
def test_whose_text_stands(last: str | None, ours: str, theirs: str, stands: str) -> None:
    assert verdict(None if last is None else digest(last), ours, theirs) == stands


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pu&#39;er", "Pu'er", True),
        ("a<br>b", "a<br />b", True),
        ("a&nbsp;b", "a b", True),
        ("a ", "a", True),
        ("e\u0301", "\u00e9", True),
        ("a", "A", False),
        ("a<br>b", "a b", False),
        ("a<b>b</b>", "ab", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    assert (digest(one) == digest(other)) is same


def test_tags_of_the_learner_stay() -> None:
    assert tags(["topic::a", "kind::x"], ["topic::b", "kind::x"], ["topic::a", "kind::x", "mine"]) == (["topic::b"], ["topic::a"])
    assert tags(["kind::x"], ["kind::x"], ["mine"]) == ([], []), "one that the learner took away stays away"
    assert tags(None, ["Kind::X", "topic::a"], ["kind::x", "old"]) == (["topic::a"], [])


def test_a_difference_names_its_field(ours: Ours) -> None:
    there = There(NOTE, 1, ours.fields | {"English": "mine"}, ours.note.tags, (7,))
    found = plan({NOTE: ours}, {NOTE: there}, {7: ours.note.deck}, {})
    assert found.conflicts == (Difference(NOTE, "English", "mine", ours.fields["English"]),)
