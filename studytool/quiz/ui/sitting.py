"""What the parts of the card screen share: the session, the card on show, and the side of it."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, cast

from studytool.errors import StudytoolError
from studytool.quiz.card import Card
from studytool.quiz.desk import Desk
from studytool.quiz.selection import Selection
from studytool.quiz.session import Session
from studytool.quiz.ui.answer_bar import AnswerBar
from studytool.quiz.ui.body import CardBody
from studytool.quiz.ui.widgets import SizedScreen

if TYPE_CHECKING:
    from studytool.quiz.ui.app import QuizApp


class Sitting(SizedScreen):
    """A session on the screen, without any of its keys."""

    card: Card  # on show

    def __init__(self, desk: Desk, session: Session, wanted: Selection) -> None:
        super().__init__()
        self.desk, self.session, self.wanted = desk, session, wanted
        self.body, self.bar = CardBody(desk.config.tones), AnswerBar()
        self.answered = False
        self._complete = False  # the parts not needed to read the first card are there
        self._shown_at = monotonic()

    @property
    def quiz(self) -> "QuizApp":
        """The app."""
        return cast("QuizApp", self.app)

    def took(self) -> int:
        """The time since the prompt was shown, in milliseconds."""
        return round((monotonic() - self._shown_at) * 1000)

    def tried(self, act: Callable[[], object]) -> bool:
        """Do something that the disk may refuse, which is told then; whether it was done."""
        try:
            act()
        except StudytoolError as error:
            self.quiz.tell(error)
            return False
        return True

    def show_card(self) -> None:
        """Show the card whose turn it is."""
        raise NotImplementedError

    def show_texts(self) -> None:
        """Show the side on show anew."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Show the answer side."""
        raise NotImplementedError
