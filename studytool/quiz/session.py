"""One sitting: which card is shown now, what a grade does to the queue, and the way back. Knows no clock, disk or screen.

Each grade, and each card buried or suspended, makes a new state from the old one, which is kept: undo is going back to it, as
often as wanted.
"""

from bisect import insort
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from studytool.quiz import schedule
from studytool.quiz.flags import Flagged
from studytool.quiz.plan import Plan
from studytool.quiz.schedule import Grade, Memory

AHEAD = 20 * 60  # seconds; with nothing else to do, a learning step that ends within this is shown early (as in Anki)


class State(Struct, frozen=True):
    """A moment of the session."""

    place: int = 0  # cards of the plan's main queue that were taken from it
    learning: tuple[tuple[int, str], ...] = ()  # (moment due, card), soonest first
    current: str = ""
    grades: tuple[int, int, int, int] = (0, 0, 0, 0)  # how often each was given


class Left(Struct, frozen=True):
    """Cards still to come, the one on show included."""

    new: int
    learning: int
    due: int


class Graded(Struct, frozen=True):
    """What a grade changed."""

    card: str
    grade: Grade
    before: Memory | None
    after: Memory


class Session:
    """A queue that is worked off. `memories` is what was known of the cards when the session began."""

    def __init__(self, plan: Plan, memories: Mapping[str, Memory], retention: float = 0.9) -> None:
        self.plan, self.retention = plan, retention
        self.memories = {card: memories[card] for card in (*plan.main, *(card for _, card in plan.learning)) if card in memories}
        self._states = [State(learning=plan.learning)]
        self._steps: list[Graded | Flagged] = []

    @property
    def _state(self) -> State:
        return self._states[-1]

    def show(self, now: int) -> str:
        """The card to show at a moment (seconds since 1970 UTC): the same until it is graded; "" at the end."""
        state = self._state
        if not state.current:
            self._states[-1] = _next(state, self.plan, now)
        return self._state.current

    def preview(self, at: int, day: int) -> list[int]:
        """The interval (seconds) that each grade would give the card on show."""
        memory = self.memories.get(self._state.current)
        return [schedule.interval(schedule.review(memory, grade, at, day, self.retention), at, day) for grade in schedule.GRADES]

    def grade(self, grade: Grade, at: int, day: int) -> Graded:
        """Grade the card on show. The caller keeps what it returns before it shows the next card."""
        state = self._state
        before = self.memories.get(state.current)
        after = schedule.review(before, grade, at, day, self.retention)
        learning = list(state.learning)
        if after.due_at:
            insort(learning, (after.due_at, state.current))
        given = list(state.grades)
        given[grade - 1] += 1
        graded = Graded(state.current, grade, before, after)
        self.memories[state.current] = after
        self._steps.append(graded)
        self._states.append(State(state.place, tuple(learning), "", (given[0], given[1], given[2], given[3])))
        return graded

    def put_away(self, flagged: Flagged) -> None:
        """Drop a card that was buried or suspended: the one on show, or one that waits in its learning steps."""
        state = self._state
        learning = tuple(step for step in state.learning if step[1] != flagged.card)
        self._steps.append(flagged)
        self._states.append(replace(state, learning=learning, current="" if state.current == flagged.card else state.current))

    def undo(self) -> Graded | Flagged | None:
        """Take back the last grade, or the last putting away; what was on show then is so again. None where there is neither."""
        if not self._steps:
            return None
        self._states.pop()
        step = self._steps.pop()
        if isinstance(step, Graded):
            if step.before is None:
                del self.memories[step.card]
            else:
                self.memories[step.card] = step.before
        return step

    @property
    def last(self) -> Graded | Flagged | None:
        """What `undo` would take back."""
        return self._steps[-1] if self._steps else None

    @property
    def done(self) -> int:
        """Grades given and not taken back."""
        return sum(self.grades)

    @property
    def grades(self) -> tuple[int, int, int, int]:
        """How often each grade was given, Again first."""
        return self._state.grades

    @property
    def left(self) -> Left:
        """What is still to come."""
        state = self._state
        rest = self.plan.main[state.place :]
        new = sum(card in self.plan.new for card in rest)
        due, learning = len(rest) - new, len(state.learning)
        if state.current:
            memory = self.memories.get(state.current)
            new, due, learning = (
                new + (memory is None),
                due + (memory is not None and not memory.due_at),
                learning + (memory is not None and memory.due_at > 0),
            )
        return Left(new, learning, due)


def _next(state: State, plan: Plan, now: int) -> State:
    """Take the next card: a learning step that has ended, else the plan's next, else a step that soon ends."""
    soonest = state.learning[0] if state.learning else None
    if soonest and (soonest[0] <= now or (state.place >= len(plan.main) and soonest[0] <= now + AHEAD)):
        return replace(state, learning=state.learning[1:], current=soonest[1])
    if state.place < len(plan.main):
        return replace(state, place=state.place + 1, current=plan.main[state.place])
    return state
