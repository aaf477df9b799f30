"""Log: what the sync did, searched as one types."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.sync.events import Elsewhere, Event, Started
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.log_table import LogTable
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from freelancer_tui.services.sync_log import SyncLog

_MOST: Final = 500
"""Lines on the screen; words find older ones."""


class LogScreen(Section):
    """The newest lines first; Escape goes back to the outbox."""

    NAME = "log"
    AUTO_FOCUS = "#lines"
    CSS_PATH = "log.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="log.back",
                tooltip=N_("Forget the words, or go to the outbox")),
        Binding("slash", "search", N_("Search"), id="log.search",
                tooltip=N_("Find lines by words in them")),
        Binding("t", "trouble", N_("Only trouble"), id="log.trouble",
                tooltip=N_("Show what went wrong alone, or all")),
    ]  # fmt: skip
    table = getters.query_one(LogTable)
    field = getters.query_one(SearchField)

    def __init__(self, log: "SyncLog", *, clock: Clock) -> None:
        super().__init__(clock)
        self.sync_log = log
        self._words = ""
        self._only_trouble = False

    def body(self) -> ComposeResult:
        with Vertical(id="log"):
            yield SearchLine(_("Search the log"))
            yield LogTable(self.clock, id="lines")
            yield Notice(id="nothing")

    async def show(self) -> None:
        words = self._words
        found = await self.ask(
            partial(self.sync_log.lines, words, _MOST, only_trouble=self._only_trouble)
        )
        self._say_instead(() if found else self._nothing())
        self.table.show(found)
        self.query_one(SearchLine).tell(self._count(len(found)))

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Started | Elsewhere)

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("The log cannot be read now"), str(error), error.hint))

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        self._words = event.text
        self.reload()

    @on(SearchField.Done)
    def _done(self) -> None:
        self.table.focus()

    def action_search(self) -> None:
        self.field.focus()

    def action_trouble(self) -> None:
        self._only_trouble = not self._only_trouble
        self.reload()

    def action_back(self) -> None:
        if self.field.has_focus or self.field.value:
            self.field.value = ""
            self.table.focus()
        else:
            self.post_message(self.Go("outbox"))

    def _count(self, count: int) -> str:
        told = ngettext("{count} line", "{count} lines", count).format(count=number(count))
        return _("{count}, only trouble").format(count=told) if self._only_trouble else told

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.table.display = not words

    def _nothing(self) -> tuple[str, ...]:
        if self._words:
            return _("No line has these words"), _("Esc shows all again.")
        if self._only_trouble:
            return _("No trouble so far"), _("t shows all lines again.")
        return (_("Nothing happened yet"), _("What the sync does is written down here."))
