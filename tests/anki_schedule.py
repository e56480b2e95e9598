"""What the real Anki makes of made-up histories of reviews: run as a process of its own, since a switch turns fuzz off in it.

ANKI_TEST_MODE=1 python anki_schedule.py < settings.json > histories.json; without the variable, which intervals become which.

Each step of a history tells what Anki knew of the card before it, how many study days had gone by, what each of the four
grades would do, and which was given. Time does not pass: instead the past is moved back, the last review to any time
of its study day.
"""

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from anki.collection import Card, Collection
from anki.scheduler.v3 import CardAnswer

REVIEWS = 14  # of a history
DAY = 86_400


def main() -> None:
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        col.set_config("fsrs", True)
        if "ANKI_TEST_MODE" in os.environ:
            told: Any = [histories(col, settings, random.Random(nth)) for nth, settings in enumerate(asked)]
        else:
            told = fuzz(col, asked)
        col.close()
    json.dump(told, sys.stdout)


def histories(col: Collection, settings: dict[str, Any], chance: random.Random) -> list[list[dict[str, Any]]]:
    """As many histories as `settings` asks for, under its retention, steps and parameters."""
    conf = col.decks.get_config(1)  # type: ignore[arg-type]
    conf["desiredRetention"] = settings["retention"]
    conf["new"]["delays"], conf["lapse"]["delays"] = settings["learning_steps"], settings["relearning_steps"]
    conf["fsrsParams6"] = settings["parameters"]
    col.decks.update_config(conf)
    note_type = col.models.by_name("Basic")
    assert note_type
    found = []
    for _ in range(settings["histories"]):
        note = col.new_note(note_type)
        note["Front"] = note["Back"] = "x"
        col.add_note(note, 1)  # type: ignore[arg-type]
        found.append(list(history(col, note.card_ids()[0], chance)))
    return found


def fuzz(col: Collection, intervals: list[int]) -> list[list[int]]:
    """What Anki's fuzz makes of each interval, for many cards."""
    note_type = col.models.by_name("Basic")
    assert note_type
    cards = []
    for _ in range(150):
        note = col.new_note(note_type)
        note["Front"] = "x"
        col.add_note(note, 1)  # type: ignore[arg-type]
        cards.append(note.card_ids()[0])
    return [sorted({days + col.fuzz_delta(card, days) for card in cards}) for days in intervals]


def history(col: Collection, number: Any, chance: random.Random) -> Any:
    for _ in range(REVIEWS):
        card = col.get_card(number)
        gone = let_days_go(col, card, chance) if card.type else 0
        row = col.db.first("select type, data from cards where id = ?", number)
        states = col._backend.get_scheduling_states(number)
        grade = chance.choices((1, 2, 3, 4), (2, 2, 4, 2))[0]
        nexts = [outcome(getattr(states, name).normal) for name in ("again", "hard", "good", "easy")]
        kept = json.loads(row[1]) if row[1] else {}
        yield {"kept": [kept.get("s"), kept.get("d")], "gone": gone, "nexts": nexts, "grade": grade}
        card = col.get_card(number)
        card.start_timer()
        rating = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)[grade - 1]
        col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=rating))


def let_days_go(col: Collection, card: Card, chance: random.Random) -> int:
    """Move the last review of a card back: mostly to where it is due now, else it is answered early, late or again today."""
    if card.type == 2:
        gone = chance.choice((card.ivl, card.ivl, card.ivl, 0, card.ivl // 2, card.ivl * 2, card.ivl + 1))
    else:
        gone = chance.choice((0, 0, 0, 0, 1, 3))
    data = json.loads(col.db.scalar("select data from cards where id = ?", card.id))
    data["lrt"] = col.sched.day_cutoff - gone * DAY - chance.randint(1, DAY)
    due = col.sched.today + card.ivl - gone if card.type == 2 else 0
    col.db.execute("update cards set data = ?, due = ? where id = ?", json.dumps(data), due, card.id)
    return gone


def outcome(state: Any) -> dict[str, Any]:
    """What a grade leads to: the kind of state, the wait (days, or negative seconds), stability and difficulty."""
    kind = state.WhichOneof("kind")
    inner = getattr(state, kind)
    steps = inner.learning if kind == "relearning" else inner
    memory = steps.memory_state
    wait = inner.scheduled_days if kind == "review" else -steps.scheduled_secs
    return {"kind": kind, "wait": wait, "stability": memory.stability, "difficulty": memory.difficulty}


if __name__ == "__main__":
    main()
