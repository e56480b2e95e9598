"""The sheet that tells of a leech, a card that is forgotten over and over, and offers what helps."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from studytool.quiz.card import Card
from studytool.quiz.ui import faces
from studytool.quiz.ui.sheet import Running, Sheet
from studytool.quiz.ui.widgets import Choice, TooSmall

Wish = Literal["suspend", "edit", "keep"]


class LeechSheet(Sheet[Wish]):
    """Gives back what is to be done."""

    HELP = "A card that was forgotten so often takes more time than it is worth. Suspend it, word it better, or keep it as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,exclamation_mark,S", "wish('suspend')", "Suspend", id="leech.suspend", tooltip="Leave the card out for good"),
        Binding("e", "wish('edit')", "Edit", id="leech.edit", tooltip="Word it better"),
        Binding("k,escape", "wish('keep')", "Keep", id="leech.keep", tooltip="Keep it as it is"),
    ]

    def __init__(self, card: Card, lapses: int) -> None:
        super().__init__()
        self._card, self._lapses = card, lapses

    def compose(self) -> ComposeResult:
        """Which card it is, and what may be done."""
        yield TooSmall()
        with Vertical(id="sheet"):
            yield Static(f"Forgotten {self._lapses} times: a leech", classes="sheet-title", markup=False)
            yield Running("leech-text")
            with Horizontal(id="wishes"):
                yield Choice("s  suspend it", "wish('suspend')", name="wish-suspend")
                yield Choice("e  edit it", "wish('edit')", name="wish-edit")
                yield Choice("k  keep it", "wish('keep')", name="wish-keep")

    def on_mount(self) -> None:
        """The card's own words."""
        self.query_one("#leech-text", Running).show(faces.answer(self._card) if self._card.blank else faces.prompt(self._card))

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A click does what the key does."""
        self.call_later(self.run_action, message.action)

    def action_wish(self, wish: Wish) -> None:
        """Do that."""
        self.dismiss(wish)
