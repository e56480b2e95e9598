"""Practice that does not count: each card once, those not recalled again, and nothing of it is remembered."""

from msgspec.structs import replace

from studytool.quiz.schedule import AGAIN, LEARNING, Grade, Memory
from studytool.quiz.session import Left, Session

SOON = 60  # seconds until a card not recalled comes back, or sooner where nothing else is left


class Cram(Session):
    """A session whose grades only decide whether a card comes back in it. What its `memories` become is never kept."""

    recorded = False

    def preview(self, at: int, day: int) -> list[int]:
        """Seconds until the card would come back in this session after each grade; 0 for not at all."""
        return [SOON, 0, 0, 0]

    @property
    def left(self) -> Left:
        """What is still to come, as cards due: whether they are new or not makes no difference here."""
        left = super().left
        return Left(0, 0, left.new + left.learning + left.due)

    def _after(self, before: Memory | None, grade: Grade, at: int, day: int) -> Memory:
        known = before or Memory(LEARNING, 0, 1.0, 5.0, 0, day, day, day, 0, 0)
        return replace(known, due_at=at + SOON if grade == AGAIN else 0)
