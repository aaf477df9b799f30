"""Outbox: everything on its way to the marketplace, and what only the user can decide."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.outbox_table import OutboxTable
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.outbox import Outbox


class OutboxScreen(Section):
    """What waits, in the order in which it goes out, each with what can be done about it."""

    NAME = "outbox"
    AUTO_FOCUS = "#entries"
    CSS_PATH = "outbox.tcss"
    BINDINGS = [
        Binding("t", "retry", N_("Try again"), id="outbox.retry",
                tooltip=N_("Send it again, now or as soon as there is a line")),
        Binding("a", "arrived", N_("It arrived"), id="outbox.arrived",
                tooltip=N_("Say that you saw it on the marketplace")),
        Binding("x", "discard", N_("Take out"), id="outbox.discard",
                tooltip=N_("Do not send it; its text goes back to where it was written")),
        Binding("o", "go", N_("Open"), show=False, id="outbox.open",
                tooltip=N_("Go to the proposal or conversation that it belongs to")),
    ]  # fmt: skip

    def __init__(self, outbox: "Outbox", *, clock: Clock) -> None:
        super().__init__(clock)
        self.outbox = outbox

    def body(self) -> ComposeResult:
        with Vertical(id="waiting"):
            yield OutboxTable(self.clock, id="entries")
            yield Notice(id="nothing")
            yield Question(id="question")

    def on_mount(self) -> None:
        self._say_instead((_("Opening the outbox…"),))

    async def show(self) -> None:
        entries = await self.ask(self.outbox.entries)
        self._say_instead(() if entries else _nothing())
        self.table.show(entries)
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if isinstance(target, str):
            await self.show()
            self.table.move_to(target)

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Pulled)

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("The outbox cannot be read now"), str(error), error.hint))

    @property
    def table(self) -> OutboxTable:
        """The entries."""
        return self.query_one(OutboxTable)

    @on(OutboxTable.Chosen)
    def _chosen(self) -> None:
        self.action_go()

    @on(OutboxTable.Moved)
    def _moved(self) -> None:
        self.query_one(Question).withdraw()
        self.refresh_bindings()

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        self.table.focus()
        if event.yes:
            self.act(self._discard(event.about))

    def action_retry(self) -> None:
        if entry := self.table.entry():
            self.act(self._retry(entry.id))

    def action_arrived(self) -> None:
        if entry := self.table.entry():
            self.act(self._arrived(entry.id))

    def action_discard(self) -> None:
        if entry := self.table.entry():
            self.query_one(Question).ask(_discard_words(entry), entry.id)

    def action_go(self) -> None:
        entry = self.table.entry()
        if entry is None:
            return
        if isinstance(entry.intent, SendMessage):
            self.post_message(self.Go("messages", entry.intent.thread_remote_id))
        else:
            self.post_message(self.Go("proposals", entry.subject_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        entry = self.table.entry() if self.is_mounted else None
        match action:
            case "retry" | "discard":
                return entry is not None and (entry.needs_user or entry.state == "queued")
            case "arrived":
                return entry is not None and entry.asks
            case "go":
                return entry is not None
            case _:
                return super().check_action(action, parameters)

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.table.display = not words

    async def _retry(self, entry_id: str) -> None:
        await self.ask(self.outbox.retry, entry_id)
        await self._changed(_("It goes out again as soon as there is a line."))

    async def _arrived(self, entry_id: str) -> None:
        await self.ask(self.outbox.arrived, entry_id)
        await self._changed(_("Noted: it arrived."))

    async def _discard(self, entry_id: str) -> None:
        entry = await self.ask(self.outbox.discard, entry_id)
        where = _("Taken out. The text is back in the proposal.")
        if isinstance(entry.intent, SendMessage):
            where = _("Taken out. The text is back in the reply of its conversation.")
        await self._changed(where)

    async def _changed(self, words: str) -> None:
        self.post_message(self.Queued())
        await self.show()
        self.say(words)


def _discard_words(entry: OutboxEntry) -> str:
    if isinstance(entry.intent, SendMessage):
        return _("Do not send this message to {about}? Its text goes back into the reply.").format(
            about=entry.about
        )
    return _("Do not send this proposal? It becomes a draft again, with its text.")


def _nothing() -> tuple[str, ...]:
    return (
        _("Nothing waits to be sent"),
        _("What you submit or send waits here until it has arrived,"),
        _("also when you are offline."),
    )
