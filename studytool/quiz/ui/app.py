"""The app: a desk, a theme, and which screen comes first."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from studytool.errors import StudytoolError
from studytool.quiz.desk import Desk
from studytool.quiz.handed import Handed
from studytool.quiz.selection import Selection, selection
from studytool.quiz.switches import Mode
from studytool.quiz.ui.base import BaseApp
from studytool.quiz.ui.card import CardScreen

if TYPE_CHECKING:
    from studytool.quiz.choices import Pool
    from studytool.quiz.ui.place import Place

_BACKUP_AFTER = 1.0  # seconds from the start: by then the first card is on the screen


class QuizApp(BaseApp):
    """Studies the cards on a desk. With `straight` the first due card is shown at once, else the home screen.

    `fold` brings traditional characters to simplified ones; it is called where a search finds nothing without it.
    """

    TITLE = "studytool"
    CSS_PATH = "studytool.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "toggle_help", "Help", id="app.help", tooltip="Show or hide all keys"),
    ]

    def __init__(
        self,
        desk: Desk,
        wanted: Selection | str | None = None,
        straight: bool = False,
        mode: Mode | None = None,
        handed: Handed = Handed(),  # noqa: B008 (it is immutable)
        keys: Mapping[str, str] | None = None,  # by binding, as `keymap.keymap` makes them
    ) -> None:
        super().__init__()
        self.handed, self._own_keys = handed, keys
        self._pool: Pool | None = None
        if mode:
            desk.switches.mode = mode  # for this time; a key changes it for good
        self.desk, self.wanted, self.straight = desk, selection(wanted), straight
        self.place: Place | None = None  # on the home screen
        if desk.config.theme in self.available_themes:
            self.theme = desk.config.theme

    def get_default_screen(self) -> Screen[None]:
        """Open on the first card or on the home screen."""
        session = self.desk.begin(self.wanted) if self.straight else None
        return CardScreen(self.desk, session, self.wanted) if session and session.show(self.desk.now()) else self._home()

    def on_mount(self) -> None:
        """Tell what a user should know first."""
        if self._own_keys:
            self.set_keymap(self._own_keys)
        if self.desk.store.notice:
            self.notify(self.desk.store.notice, severity="warning", timeout=30, markup=False)
        self.set_timer(_BACKUP_AFTER, self._back_up)
        if self.straight and self.wanted != Selection() and not isinstance(self.screen, CardScreen):
            self._tell_nothing(self.wanted)

    def _back_up(self) -> None:
        """Back the store up, once a study day, while the learner reads the first card."""
        from studytool.quiz.backup import back_up

        store, day = self.desk.store.path, self.desk.day()

        def work() -> None:
            try:
                back_up(store, day)
            except StudytoolError as error:
                self.call_from_thread(self.tell, error)

        self.run_worker(work, thread=True, exit_on_error=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: all that has a key here, and what Textual has for every app."""
        from studytool.quiz.ui.palette import commands

        yield from commands(self, screen)
        yield from super().get_system_commands(screen)

    @property
    def pool(self) -> "Pool":
        """The cards among which choices are looked for, made when it is first asked for."""
        if self._pool is None:
            from studytool.quiz.choices import Pool

            self._pool = Pool(self.desk.slots, self.desk.texts.read)
        return self._pool

    def reworded(self) -> None:
        """Choices are looked for anew: a text has changed."""
        self._pool = None

    def go_home(self) -> None:
        """Show the topics, in place of whatever is shown."""
        self.turn_to(self._home())

    def _home(self) -> Screen[None]:
        from studytool.quiz.ui.home import HomeScreen  # not on the way to a card
        from studytool.quiz.ui.place import Place

        self.place = self.place or Place()
        return HomeScreen(self.desk, self.place)

    def action_statistics(self) -> None:
        """Show the statistics, over whatever is shown."""
        from studytool.quiz.ui.stats import StatsScreen  # its charts take a tenth of a second to load

        self.push_screen(StatsScreen(self.desk))

    def study(self, wanted: Selection) -> None:
        """Begin a session, in place of whatever is shown."""
        session = self.desk.begin(wanted)
        if not session.show(self.desk.now()):
            self._tell_nothing(wanted)
            return
        self.turn_to(CardScreen(self.desk, session, wanted))

    def _tell_nothing(self, wanted: Selection) -> None:
        from studytool.quiz.ui.today import nothing

        self.notify(nothing(self.desk, wanted), markup=False)

    def action_search(self) -> None:
        """Look for a claim, over whatever is shown."""
        from studytool.quiz.ui.search import SearchScreen

        self.push_screen(SearchScreen(self.desk, self.handed.fold))

    def action_claims(self, topic: str = "", source: str = "") -> None:
        """Read the claims, over whatever is shown."""
        from studytool.quiz.ui.claims import ClaimsScreen

        self.push_screen(ClaimsScreen(self.desk, topic, source))
