"""What is done with a card beside answering it: put away, marked, edited, looked up."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from studytool.quiz.flags import LEECH
from studytool.quiz.ui.sitting import Sitting

if TYPE_CHECKING:
    from studytool.quiz.ui.leech import Wish


class Tending(Sitting):
    """Burying, suspending, marking; leeches; the sheets over the card."""

    @property
    def marked(self) -> bool:
        """Whether the card on show is marked."""
        return self.desk.flags[self.card.slot.id].marked

    def action_bury(self) -> None:
        """Leave the card out until tomorrow."""
        if self.tried(lambda: self.desk.bury(self.session)):
            self.notify("Buried until tomorrow, with its siblings. u brings it back.", markup=False)
            self.show_card()

    def action_suspend(self) -> None:
        """Leave the card out for good."""
        if self._suspend(""):
            self.show_card()

    def action_mark(self) -> None:
        """Mark the card, or take its mark off."""
        if self.tried(lambda: self.desk.mark(self.session)):
            self.show_texts()

    def action_source(self) -> None:
        """Show where the claim was made. Before the answer that would tell it."""
        from studytool.quiz.ui.source import SourceSheet

        if self.answered:
            self.app.push_screen(SourceSheet(self.desk, self.card, self.quiz.handed))

    def action_edit(self) -> None:
        """Edit the card on show."""
        self._edit(self.renewed)

    def offer_for_leech(self) -> bool:
        """Offer what helps with the card just graded, where it is forgotten over and over; the next card comes after that.

        Told once, whatever is chosen. Whether it was.
        """
        card = self.card
        memory = self.desk.memories.get(card.slot.id)
        if memory is None or memory.lapses < LEECH or not self.desk.is_leech(card.slot.id):
            return False
        from studytool.quiz.ui.leech import LeechSheet

        def done(wish: "Wish | None") -> None:
            if wish == "edit":
                self._edit(self.show_card)
                return
            if wish == "suspend":
                self._suspend(card.slot.id)
            self.show_card()

        if not self.tried(lambda: self.desk.told_leech(card.slot.id)):
            return False
        self.app.push_screen(LeechSheet(card, memory.lapses), done)
        return True

    def _suspend(self, card: str) -> bool:
        """Suspend the card on show (""), or another of the session; whether that is done."""
        if not self.tried(lambda: self.desk.suspend(self.session, card)):
            return False
        self.notify("Suspended: it is not shown again. u brings it back.", markup=False)
        return True

    def _edit(self, then: Callable[[], None]) -> None:
        if self.quiz.handed.edit is None:
            self.notify("Here texts cannot be edited.", markup=False)
            then()
            return
        from studytool.quiz.ui.edit import EditSheet

        opened = monotonic()

        def done(kept: str | None) -> None:
            self._shown_at += monotonic() - opened  # to mend a card takes longer than to answer it
            if kept:
                self.notify(kept, timeout=8, markup=False)
                self.quiz.reworded()
                self.card = self.desk.texts.card(self.card.slot.id)
            then()

        self.app.push_screen(EditSheet(self.desk, self.card.slot.statement, self.quiz.handed), done)

    def renewed(self) -> None:
        """Show the card's new texts, on the side on show."""
        raise NotImplementedError
