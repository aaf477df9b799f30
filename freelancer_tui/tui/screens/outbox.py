"""Outbox: everything on its way to the marketplace, and what only the user can decide."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical

from freelancer_tui.domain.intents import (
    AcceptAward,
    AskRelease,
    DeclineAward,
    EditBid,
    OutboxEntry,
    PlaceBid,
    RetractBid,
    SendMessage,
    WithdrawRequest,
)
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled, Transferring
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.outbox_detail import OutboxDetail
from freelancer_tui.tui.widgets.outbox_table import OutboxTable
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.outbox import Outbox

_WIDE = 100
_OF_ENTRY = frozenset({"retry", "again", "arrived", "look", "edit", "discard", "settle", "go"})
"""What can only be done with something that waits."""


class OutboxScreen(Section):
    """What waits, in the order in which it goes out, each with what can be done about it."""

    NAME = "outbox"
    AUTO_FOCUS = "#entries"
    CSS_PATH = "outbox.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = [
        Binding("t", "retry", N_("Send now"), id="outbox.retry",
                tooltip=N_("Do not wait for the next try")),
        Binding("t", "again", N_("Send again"), id="outbox.again",
                tooltip=N_("Send it once more")),
        Binding("a", "arrived", N_("It is there"), id="outbox.arrived",
                tooltip=N_("Say that you saw it on the marketplace")),
        Binding("f", "look", N_("Look again"), id="outbox.look",
                tooltip=N_("Let the sync look once more")),
        Binding("e", "edit", N_("Edit"), id="outbox.edit",
                tooltip=N_("Do not send it yet, go on writing it")),
        Binding("x", "discard", N_("Take out"), id="outbox.discard",
                tooltip=N_("Do not send it; its text goes back to where it was written")),
        Binding("c", "settle", N_("Settle"), id="outbox.settle",
                tooltip=N_("Go to the conflict that holds it back")),
        Binding("l", "log", N_("Log"), id="outbox.log",
                tooltip=N_("See what the sync did")),
        Binding("o", "go", N_("Open"), show=False, id="outbox.open",
                tooltip=N_("Go to the proposal or conversation that it belongs to")),
    ]  # fmt: skip
    table = getters.query_one(OutboxTable)
    detail = getters.query_one(OutboxDetail)
    question = getters.query_one(Question)

    def __init__(self, outbox: "Outbox", *, clock: Clock) -> None:
        super().__init__(clock)
        self.outbox = outbox
        self._asked: Callable[[], None] | None = None

    def body(self) -> ComposeResult:
        with Container(id="desk"):
            with Vertical(id="waiting"):
                yield OutboxTable(self.clock, id="entries")
                yield Notice(id="nothing")
            yield OutboxDetail(self.clock, id="detail")
        yield Question(id="question")

    def on_resize(self) -> None:
        self.reload()

    def on_mount(self) -> None:
        self._say_instead((_("Opening the outbox…"),))

    async def show(self) -> None:
        views = await self.ask(self.outbox.views)
        self._say_instead(() if views else _nothing())
        self.table.is_dense = self.size.width < _WIDE
        self.table.show(views)
        self._show_detail()

    async def open(self, target: Target) -> None:
        if isinstance(target, str):
            await self.show()
            self.table.move_to(target)

    def on_sync_event(self, event: Event) -> None:
        """Take in an event of the sync; of a message with files it tells how far it is."""
        super().on_sync_event(event)
        if isinstance(event, Transferring):
            self.table.tell_far(event.entry_id, event.transfer)
            self._show_detail()

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Pulled)

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("The outbox cannot be read now"), str(error), error.hint))

    @on(OutboxTable.Chosen, "#entries")
    def _chosen(self) -> None:
        self.action_go()

    @on(OutboxTable.Moved, "#entries")
    def _moved(self) -> None:
        self.question.withdraw()
        self._show_detail()

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        self.table.focus()
        if event.yes and self._asked is not None:
            self._asked()

    def action_retry(self) -> None:
        if entry := self._entry():
            self.act(self._retry(entry.id))

    def action_again(self) -> None:
        if entry := self._entry():
            self._confirm(entry, _again_words(entry), lambda: self.act(self._retry(entry.id)))

    def action_arrived(self) -> None:
        if entry := self._entry():
            self.act(self._arrived(entry.id))

    def action_look(self) -> None:
        if entry := self._entry():
            self.act(self._look(entry.id))

    def action_edit(self) -> None:
        if entry := self._entry():
            self.act(self._edit(entry.id))

    def action_discard(self) -> None:
        if entry := self._entry():
            self._confirm(entry, _discard_words(entry), lambda: self.act(self._discard(entry.id)))

    def action_settle(self) -> None:
        view = self.table.view
        if view is not None and view.held_by is not None:
            self.post_message(self.Go("conflicts", f"outbox:{view.held_by}"))

    def action_log(self) -> None:
        self.post_message(self.Go("log"))

    def action_go(self) -> None:
        if entry := self._entry():
            self.post_message(self.Go(*_place_of(entry)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.table.view if self.is_mounted else None
        if view is None:
            return action not in _OF_ENTRY and super().check_action(action, parameters)
        entry = view.entry
        is_still = entry.state in ("queued", "refused")
        possible = {
            "retry": entry.state == "queued" and not (view.held_by or view.waits_for),
            "again": entry.needs_user,
            "arrived": entry.asks,
            "look": entry.asks,
            "edit": is_still and entry.can_be_edited,
            "discard": is_still or entry.asks,
            "settle": view.held_by is not None,
        }
        return possible.get(action, True)

    def _entry(self) -> OutboxEntry | None:
        return self.table.view.entry if self.table.view else None

    def _show_detail(self) -> None:
        self.detail.show(self.table.view)
        self.refresh_bindings()

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.table.display = not words
        self.set_class(bool(words), "-empty")

    def _confirm(self, entry: OutboxEntry, words: str, then: Callable[[], None]) -> None:
        """Do something, after a question where there is something to say before."""
        if not words:
            return then()
        self._asked = then
        self.question.ask(words, entry.id)

    async def _retry(self, entry_id: str) -> None:
        await self.ask(self.outbox.retry, entry_id)
        await self._changed(_("It goes out as soon as there is a line."), by_hand=True)

    async def _arrived(self, entry_id: str) -> None:
        await self.ask(self.outbox.arrived, entry_id)
        await self._changed(_("Noted: it is there."))

    async def _look(self, entry_id: str) -> None:
        await self.ask(self.outbox.look_again, entry_id)
        await self._changed(_("We look again; nothing is sent by that."), by_hand=True)

    async def _edit(self, entry_id: str) -> None:
        entry = await self.ask(self.outbox.edit, entry_id)
        await self._changed(_("Taken back: nothing was sent."))
        section, target = _place_of(entry)
        # A text as the target means: not only to be read, but to be written in.
        self.post_message(self.Go(section, str(target)))

    async def _discard(self, entry_id: str) -> None:
        entry = await self.ask(self.outbox.discard, entry_id)
        match entry.intent:
            case SendMessage():
                where = _("Taken out. It is back in the reply of its conversation.")
            case PlaceBid() | EditBid():
                where = _("Taken out. The text is back in the proposal.")
            case RetractBid() | AcceptAward() | DeclineAward():
                where = _("Taken out. The bid stays as it is.")
            case AskRelease() | WithdrawRequest():
                where = _("Taken out. The money stays as it is.")
            case _:
                where = _("Taken out. Its text is in the log: press l.")
        await self._changed(where)

    async def _changed(self, words: str, *, by_hand: bool = False) -> None:
        self.post_message(self.Queued(by_hand=by_hand))
        await self.show()
        self.say(words)


def _place_of(entry: OutboxEntry) -> tuple[str, int | str]:
    """Give the section, and what to open there, that an entry belongs to."""
    match entry.intent:
        case SendMessage():
            return "messages", entry.intent.thread_remote_id
        case PlaceBid() | EditBid() | RetractBid() | AcceptAward() | DeclineAward():
            return "proposals", entry.subject_id
        case _:
            return "proposals", entry.intent.project_remote_id


def _again_words(entry: OutboxEntry) -> str:
    """Warn where sending again can put it there twice."""
    if entry.may_double:
        return _("It may have arrived, and would then be there twice. Send it again all the same?")
    return _("Send yours over what is there now?") if entry.found is not None else ""


def _discard_words(entry: OutboxEntry) -> str:
    match entry.intent:
        case SendMessage():
            words = _("Do not send this message to {about}? It goes back into the reply.")
        case PlaceBid():
            words = _("Do not send this proposal? It becomes a draft again, with its text.")
        case EditBid():
            words = _("Do not change the bid? What you wrote stays in the proposal.")
        case RetractBid():
            words = _("Do not withdraw the bid? It stays as it is.")
        case AcceptAward():
            words = _("Do not accept the award? It stays open as long as the client leaves it.")
        case DeclineAward():
            words = _("Do not decline the award? It stays open as long as the client leaves it.")
        case AskRelease():
            words = _("Do not ask for the release? The money stays held.")
        case WithdrawRequest():
            words = _("Do not withdraw the request? It stays with the client.")
        case _:
            words = _("Do not ask for this milestone? Its text is kept in the log.")
    return words.format(about=entry.about)


def _nothing() -> tuple[str, ...]:
    return (
        _("Nothing waits to be sent"),
        _("What you submit or send waits here until it has arrived,"),
        _("also when you are offline."),
    )
