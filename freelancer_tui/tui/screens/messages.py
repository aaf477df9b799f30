"""Messages: the conversations, the one that is open beside them, and a reply that is kept."""

from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.inbox import sort_out
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.conversation import Search
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.marking import MARK_KEYS, Marking
from freelancer_tui.tui.screens.section import Target
from freelancer_tui.tui.screens.talking import Talking
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.hit_list import HitList
from freelancer_tui.tui.widgets.inbox import Inbox
from freelancer_tui.tui.widgets.talk import Talk
from freelancer_tui.tui.widgets.thread_list import ThreadList

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.outside import Outside
    from freelancer_tui.services.threads import Way

_WIDE = 100
MOST_LISTED: Final = 500
"""Conversations in the list; older ones are found by their words."""


_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="messages.back",
            tooltip=N_("Leave the reply, the conversation, then the search; the reply is kept")),
    Binding("c,i", "write", N_("Write"), id="messages.write",
            tooltip=N_("Write a reply in this conversation")),
    Binding("d", "day", N_("Day"), id="messages.day",
            tooltip=N_("Go to a day in this conversation")),
    Binding("slash", "find", N_("Find"), id="messages.find",
            tooltip=N_("Look for words in this conversation")),
    Binding("n", "hit(1)", N_("Next hit"), id="messages.hit",
            tooltip=N_("Go to the next older hit")),
    Binding("N", "hit(-1)", N_("Hit before"), show=False, id="messages.hit_before",
            tooltip=N_("Go to the next newer hit")),
    Binding("o", "visit('jobs')", N_("Job"), id="messages.job",
            tooltip=N_("Go to the job that this conversation is about")),
    Binding("p", "visit('proposals')", N_("Proposal"), show=False,
            id="messages.proposal",
            tooltip=N_("Go to your proposal for this job")),
    Binding("f3", "attach", N_("Attach"), id="messages.attach",
            tooltip=N_("Send a file along with the reply; again for more")),
    Binding("f", "files", N_("Files"), id="messages.files",
            tooltip=N_("See the files of this conversation, save and open them")),
    Binding("D", "pack", N_("Dispute pack"), show=False, id="messages.pack",
            tooltip=N_("Write all about this work into a folder, for a dispute")),
    Binding("f2", "templates", N_("Templates"), id="messages.templates",
            tooltip=N_("Put a template or a snippet into the reply")),
    Binding("f8", "versions", N_("Versions"), id="messages.versions",
            tooltip=N_("See what this reply said before, and restore it")),
    Binding("f6", "contact", N_("Client card"), id="messages.contact", show=False,
            tooltip=N_("All work, talk and money with this client")),
    *MARK_KEYS,
    Binding("h,left", "back", N_("Back"), show=False, id="messages.left"),
    Binding("l,right", "enter", N_("Read"), show=False, id="messages.right"),
]  # fmt: skip


class MessagesScreen(Talking):
    """The list of conversations beside the one under the cursor; Enter goes into it."""

    NAME = "messages"
    AUTO_FOCUS = "#threads"
    CSS_PATH = "messages.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = _KEYS
    inbox = getters.query_one(Inbox)

    def __init__(
        self, messages: "Messages", outbox: "Outbox", outside: "Outside", *, clock: Clock
    ) -> None:
        super().__init__(messages, outbox, outside, clock=clock)
        self.search = Search(messages.talks)
        self._find = Folded(self, self._show_found, "reload")
        self.marking = Marking(self, messages.threads_kept)

    def body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield Inbox(self.clock, id="inbox")
            yield Talk(self.clock, id="talk")

    async def show(self) -> None:
        await self._show_list()
        if self._shown_id not in self._views or not self._is_open:
            self._shown_id = self.inbox.current
        await self._show_talk()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if target is not None:  # as a text, it is a conversation to go on writing in
            self.act(self.enter(int(target), writes=isinstance(target, str)))

    def follows(self, event: Event) -> bool:
        kinds = ("threads", "messages", "projects", "self")
        return not isinstance(event, Pulled) or event.feed.kind in kinds

    def hurries(self, event: Event) -> bool:
        here = Feed("messages", str(self._shown_id))
        return isinstance(event, Pulled) and event.feed == here and event.changed > 0

    def fail(self, error: FreelancerError) -> None:
        self.add_class("-empty")
        self.inbox.fail(error)

    @on(Blocks.Moved, "#threads, #hits")
    def _moved(self) -> None:
        if not self._is_open:
            self._follow_cursor()

    @on(ThreadList.Chosen, "#threads, #hits")
    def _chosen(self) -> None:
        self.action_enter()

    @on(Inbox.Wished)
    def _wished(self) -> None:
        self.reload()

    @on(Inbox.Typed)
    def _typed(self, event: Inbox.Typed) -> None:
        self.search.look_for(event.words)
        self._find()

    @on(HitList.More)
    def _more(self) -> None:
        self.act(self._find_more())

    def action_back(self) -> None:
        if self.talk.composer.writing.has_focus:
            self.talk.said.focus()
        elif self._is_open:
            self.act(self._leave())
        else:
            self.inbox.clear()

    def action_enter(self) -> None:
        if not self._is_open and (thread_id := self.inbox.current) is not None:
            self.act(self.enter(thread_id))

    def action_contact(self) -> None:
        self.post_message(self.Go("contact", f"messages:{self._shown_id}"))

    def action_mark(self, way: "Way") -> None:
        if view := self._views.get(self._shown_id or 0):
            self.act(self.marking.turn(view, way))

    def action_unmark(self) -> None:
        self.act(self.marking.take_back())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        possible = {
            "back": self._is_open or (self.is_mounted and self.inbox.is_narrowed),
            "enter": not self._is_open,
            "write": self._shown_id is not None,
            "pack": self._shown_id is not None,
            "mark": self._shown_id is not None,
            "contact": self._shown_id is not None,
            "unmark": bool(self.marking),
            "day": self._is_open,
            "find": self._is_open and self.talk.said.has_focus,
            "hit": self._is_open and self.finding.has_hits(self._shown_id),
            "attach": self._is_open,
            "files": self._is_open,
            "visit": self.project_id is not None,
            "versions": self._is_open,
            "templates": self._is_open,
        }
        return possible.get(action, True)

    def _follow_cursor(self) -> None:
        """Show the conversation under the cursor, at the message that was found there."""
        self._shown_id = self.inbox.current
        hit = self.inbox.hits.current if self.inbox.is_finding else None
        self._found = hit.said.id if hit else None
        self.reload()

    async def _show_list(self) -> None:
        views = await self.ask(self.messages.threads, MOST_LISTED)
        self._views = {view.thread.remote_id: view for view in views}
        self.set_class(not views, "-empty")
        self.inbox.show(sort_out(views, self.inbox.wish), self.status.phase)

    async def _show_found(self) -> None:
        """Show what a search brings, and the conversation around the first of it."""
        if self.inbox.is_finding and await self.ask(self.search.find):
            self.inbox.show_hits(self.search.hits, is_all=self.search.is_all)
        if not self._is_open:
            self._follow_cursor()

    async def _find_more(self) -> None:
        known = len(self.search.hits)
        await self.ask(self.search.more)
        if len(self.search.hits) > known:
            self.inbox.show_hits(self.search.hits, is_all=self.search.is_all)

    async def mark_read(self, thread_id: int) -> None:
        await self.ask(self.messages.mark_read, thread_id)
        self.post_message(self.Read())
        await self._show_list()

    async def enter(self, thread_id: int, *, writes: bool = False) -> None:
        if thread_id not in self._views:
            await self.show()
        view = await self._view(thread_id)
        if view is None:
            raise NotFound(_("This conversation is not here yet."), hint=_("Press r to fetch it."))
        if not self.inbox.is_finding:
            self.inbox.threads.move_to(str(thread_id))
        self._shown_id, self._is_open = thread_id, True
        self.add_class("-open")
        self.listen()
        (self.talk.composer.writing if writes else self.talk.said).focus()
        await self._show_talk()
        if self._views.get(thread_id, view).thread.unread:
            await self.mark_read(thread_id)
        self.refresh_bindings()

    async def _leave(self) -> None:
        await self.flush()
        self._is_open = False
        self.remove_class("-open")
        self.listen()
        self.inbox.begin()
        await self.show()
