"""Inbox: the conversations, or what is said while there are none."""

from collections.abc import Sequence

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical

from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.sync_bar import Phase
from freelancer_tui.tui.widgets.thread_list import ThreadList


class Inbox(Vertical):
    """The list, or a notice in its place."""

    DEFAULT_CSS = "Inbox.-empty ThreadList { display: none; }"
    threads = getters.query_one(ThreadList)

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-empty")
        self.clock = clock

    def compose(self) -> ComposeResult:
        yield ThreadList(self.clock, id="threads")
        yield Notice()

    def on_mount(self) -> None:
        self._say((_("Opening your conversations…"),))

    @property
    def current(self) -> int | None:
        """The conversation under the cursor."""
        key = self.threads.cursor_key
        return int(key) if key else None

    def show(self, views: Sequence[ThreadView], phase: Phase) -> None:
        """Show conversations; without any, the phase of the sync says what to expect."""
        self._say(() if views else _nothing(phase))
        self.threads.show(views)

    def fail(self, error: FreelancerError) -> None:
        """Say that the conversations could not be read, and what to do."""
        self._say((_("Your conversations cannot be read now"), str(error), error.hint))

    def _say(self, words: tuple[str, ...]) -> None:
        self.query_one(Notice).words = words
        self.set_class(bool(words), "-empty")


def _nothing(phase: Phase) -> tuple[str, ...]:
    if phase in ("starting", "syncing"):
        return (_("Fetching your conversations…"),)
    advice = _("Press r to look for new ones.")
    if phase == "offline":
        advice = _("You are offline: they come as soon as there is a line.")
    return (_("No conversations yet"), _("Clients write here about your proposals."), advice)
