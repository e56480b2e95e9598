"""What is done with a card beside answering it: put away, marked, edited, looked up."""

from typing import TYPE_CHECKING

from studytool.quiz.card import Card
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
        self._suspend("")

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
        self._edit(self.card.slot.statement)

    def look_for_leech(self, card: Card) -> None:
        """Offer what helps with the card just graded, where it is forgotten over and over. Told once, whatever is chosen."""
        memory = self.desk.memories.get(card.slot.id)
        if memory is None or memory.lapses < LEECH or not self.desk.is_leech(card.slot.id):
            return
        from studytool.quiz.ui.leech import LeechSheet

        def done(wish: "Wish | None") -> None:
            if wish == "suspend":
                self._suspend(card.slot.id)
            elif wish == "edit":
                self._edit(card.slot.statement)

        if self.tried(lambda: self.desk.told_leech(card.slot.id)):
            self.app.push_screen(LeechSheet(card, memory.lapses), done)

    def _suspend(self, card: str) -> None:
        """Suspend the card on show (""), or another of the session."""
        if self.tried(lambda: self.desk.suspend(self.session, card)):
            self.notify("Suspended: it is not shown again. u brings it back.", markup=False)
            if not card or card == self.card.slot.id:
                self.show_card()
            else:
                self.show_texts()

    def _edit(self, statement: str) -> None:
        if self.quiz.handed.edit is None:
            self.notify("Here texts cannot be edited.", markup=False)
            return
        from studytool.quiz.ui.edit import EditSheet

        def done(kept: str | None) -> None:
            if kept:
                self.notify(kept, timeout=8, markup=False)
                self.quiz.reworded()
                self.card = self.desk.card(self.card.slot.id)
                self.renewed()

        self.app.push_screen(EditSheet(self.desk, statement, self.quiz.handed), done)

    def renewed(self) -> None:
        """Show the card's new texts, on the side on show."""
        raise NotImplementedError
