"""A made-up learner: forgets by parameters of FSRS that are not the default ones, and reviews when studytool says."""

import random

import fsrs

from studytool.quiz import schedule
from studytool.quiz.replay import Review
from studytool.quiz.schedule import AGAIN, EASY, GOOD, HARD, Grade, Memory

FIRST_DAY = 739_000
FORGETFUL = (0.1, 0.6, 1.0, 3.0, *fsrs.Scheduler().parameters[4:8], 1.2, *fsrs.Scheduler().parameters[9:])


def reviews(cards: int, days: int, seed: int = 1) -> list[Review]:
    """All that the learner answered: three new cards a day, what is due, and steps until a card leaves them."""
    chance = random.Random(seed)
    log: list[Review] = []
    known: dict[str, Memory] = {}
    truth: dict[str, Memory] = {}
    for day in range(FIRST_DAY, FIRST_DAY + days):
        for card in (f"d:s/{nth}/c1" for nth in range(min(cards, 3 * (day - FIRST_DAY + 1)))):
            memory = known.get(card)
            if memory and memory.due_day > day:
                continue
            grade: Grade = chance.choices((AGAIN, HARD, GOOD, EASY), (3, 2, 4, 1))[0]
            if memory:
                recalled = chance.random() < schedule.retrievability(truth[card], day, FORGETFUL)
                grade = chance.choices((HARD, GOOD, EASY), (1, 6, 1))[0] if recalled else AGAIN
            wait = -1
            while wait < 0:
                wait = schedule.wait(memory, grade, day)
                log.append(Review(card, grade, day * 86_400, day, wait))
                truth[card] = schedule.replay(truth.get(card), grade, 0, day, wait, FORGETFUL)
                memory = known[card] = schedule.replay(memory, grade, 0, day, wait)
                grade = GOOD
    return log
