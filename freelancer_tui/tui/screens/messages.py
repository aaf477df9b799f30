"""Messages: the conversations, the one that is open beside them, and a reply that is kept."""

from datetime import date
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from freelancer_tui.domain.drafts import reply_subject
from freelancer_tui.domain.inbox import sort_out
from freelancer_tui.domain.messages import Stretch, Utterance
from freelancer_tui.domain.messages import ThreadView as Conversation
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.conversation import Part, Search
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.kept import Kept
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.replies import Replies
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.day_field import DayField
from freelancer_tui.tui.widgets.hit_list import HitList
from freelancer_tui.tui.widgets.inbox import Inbox
from freelancer_tui.tui.widgets.talk import Talk
from freelancer_tui.tui.widgets.thread_list import ThreadList
from freelancer_tui.tui.widgets.thread_view import Side, ThreadView
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.outside import Outside

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
    Binding("o", "visit('jobs')", N_("Job"), id="messages.job",
            tooltip=N_("Go to the job that this conversation is about")),
    Binding("p", "visit('proposals')", N_("Proposal"), show=False,
            id="messages.proposal",
            tooltip=N_("Go to your proposal for this job")),
    Binding("f2", "templates", N_("Templates"), id="messages.templates",
            tooltip=N_("Put a template or a snippet into the reply")),
    Binding("f8", "versions", N_("Versions"), id="messages.versions",
            tooltip=N_("See what this reply said before, and restore it")),
    Binding("h,left", "back", N_("Back"), show=False, id="messages.left"),
    Binding("l,right", "enter", N_("Read"), show=False, id="messages.right"),
]  # fmt: skip


class MessagesScreen(Section):
    """The list of conversations beside the one under the cursor; Enter goes into it."""

    NAME = "messages"
    AUTO_FOCUS = "#threads"
    CSS_PATH = "messages.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = _KEYS
    inbox = getters.query_one(Inbox)
    talk = getters.query_one(Talk)

    def __init__(
        self, messages: "Messages", outbox: "Outbox", outside: "Outside", *, clock: Clock
    ) -> None:
        super().__init__(clock)
        self.messages = messages
        self.outside = outside
        self.replies = Replies(self, messages, outbox)
        self.part = Part(messages.talks)
        self.search = Search(messages.talks)
        self._views: dict[int, Conversation] = {}
        self._shown_id: int | None = None
        self._is_open = False
        self._found: str | None = None
        """The message that is shown because it was looked for."""
        self._goal: str | None = None
        """The message to which the cursor goes when it is shown next."""
        self._find = Folded(self, self._show_found, "reload")

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
            self.act(self._enter(int(target), writes=isinstance(target, str)))

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the reply."""
        self.replies.keep_place()
        return await super().flush()

    def follows(self, event: Event) -> bool:
        kinds = ("threads", "messages", "projects", "self")
        return not isinstance(event, Pulled) or event.feed.kind in kinds

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

    @on(ThreadView.Chosen, "#said")
    def _chosen_message(self) -> None:
        said = self.talk.said.utterance()
        if said is not None and said.state in ("refused", "doubtful"):
            self.post_message(self.Go("outbox", said.id))
        else:
            self.action_write()

    @on(ThreadView.Wanted)
    def _wanted(self, event: ThreadView.Wanted) -> None:
        self.act(self._turn(event.side))

    @on(ThreadView.Copied)
    def _copied(self) -> None:
        self.say(_("Copied."))

    @on(ThreadView.Followed)
    def _followed(self, event: ThreadView.Followed) -> None:
        self.act(self._browse(str(event.target)))

    @on(ThreadView.Quoted)
    def _quoted(self, event: ThreadView.Quoted) -> None:
        self.act(self._quote(event.said))

    @on(ThreadView.TakenBack)
    def _taken_back(self, event: ThreadView.TakenBack) -> None:
        self.act(self._take_back(event.said))

    @on(DayField.Picked)
    def _picked_day(self, event: DayField.Picked) -> None:
        self.talk.said.focus()
        self.act(self._go_to_day(event.day))

    @on(DayField.Left)
    def _left_day(self) -> None:
        self.talk.said.focus()

    @on(Composer.Edited)
    def _edited(self, event: Composer.Edited) -> None:
        self.talk.composer.note(_("saving…"))
        self.replies.keep(event.thread_id, event.text, event.place)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self.replies.tell(event)

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        self.replies.begin_sending(event.thread_id)
        self.act(self._send(event.thread_id, event.text))

    @on(Writing.Outside)
    def _outside(self, event: Writing.Outside) -> None:
        self.act(edit_outside(self, self.outside, event.writing))

    def action_back(self) -> None:
        if self.talk.composer.writing.has_focus:
            self.talk.said.focus()
        elif self._is_open:
            self.act(self._leave())
        else:
            self.inbox.clear()

    def action_enter(self) -> None:
        if not self._is_open and (thread_id := self.inbox.current) is not None:
            self.act(self._enter(thread_id))

    def action_write(self) -> None:
        if self._shown_id is not None:
            self.act(self._enter(self._shown_id, writes=True))

    def action_day(self) -> None:
        self.talk.day.ask()

    def action_visit(self, section: str) -> None:
        if (project_id := _project_of(self._views.get(self._shown_id or 0))) is not None:
            self.post_message(self.Go(section, project_id))

    def action_templates(self) -> None:
        self.act(self._choose_template())

    def action_versions(self) -> None:
        self.post_message(self.Go("versions", reply_subject(self._shown_id or 0)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        possible = {
            "back": self._is_open or (self.is_mounted and self.inbox.is_narrowed),
            "enter": not self._is_open,
            "write": self._shown_id is not None,
            "day": self._is_open,
            "visit": _project_of(self._views.get(self._shown_id or 0)) is not None,
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

    async def _show_talk(self) -> None:
        """Show the conversation we are in, or the one under the cursor."""
        thread_id = self._shown_id
        view = await self._view(thread_id)
        if thread_id is None or view is None:
            return self.talk.show(None, Stretch(), "")
        # The file has the last word on a draft (the outbox can put a text back into it), but
        # only over what is in the file itself: not while more is typed, or just being sent.
        composer, typed = self.talk.composer, self.talk.composer.writing.text
        is_kept = await self.flush() and not self.replies.is_sending(thread_id)
        stretch, moment = await self._read(view)
        draft = await self.ask(self.messages.draft, thread_id)
        place = await self.replies.place(thread_id)
        if thread_id != self._shown_id or moment != self.part.moment:
            return
        is_kept = is_kept and not self.replies.is_sending(thread_id)
        is_kept = is_kept and composer.writing.text == typed
        is_other = thread_id != composer.thread_id
        goal, self._goal = self._goal, None
        self.talk.show(view, stretch, draft if is_kept or is_other else None, goal)
        if is_other and draft and place is not None:
            composer.writing.go_to(place)
        if self._is_open and view.thread.unread and self.talk.said.is_vertical_scroll_end:
            await self._mark_read(thread_id)

    async def _view(self, thread_id: int | None) -> Conversation | None:
        """Give the line of a conversation, also of one too old for the list."""
        if thread_id is not None and thread_id not in self._views:
            try:
                self._views[thread_id] = await self.ask(self.messages.thread, thread_id)
            except NotFound:
                return None
        return self._views.get(thread_id) if thread_id is not None else None

    async def _read(self, view: Conversation) -> tuple[Stretch, int]:
        """Read the part to show: around what was looked for, else where one is, else the end."""
        thread_id = view.thread.remote_id
        found, self._found = self._found, None
        if found is not None:
            self._goal = found
            await self.ask(self.part.at, thread_id, int(found))
        elif thread_id != self.part.thread_id:
            await self.ask(self.part.begin, thread_id, view.thread.unread)
        moment = self.part.moment
        return await self.ask(self.part.read), moment

    async def _turn(self, side: Side) -> None:
        self._goal = await self.ask(self.part.turn, side)
        await self._show_talk()
        if side == "last":
            self.talk.said.jump_to_end()

    async def _go_to_day(self, day: date) -> None:
        self._goal = await self.ask(self.part.go_to_day, day, self.clock)
        if self._goal is None:
            self.say(_("Nothing was said on that day or later."))
        await self._show_talk()

    async def _browse(self, url: str) -> None:
        if not await open_link(url, self.app.suspend):
            self.app.copy_to_clipboard(url)
            self.say(_("There is no browser here; the address is copied."))

    async def _quote(self, said: Utterance) -> None:
        if self._shown_id is not None:
            await self._enter(self._shown_id, writes=True)
            self.replies.quote(said)

    async def _take_back(self, said: Utterance) -> None:
        await self.replies.take_back(said)
        await self.show()
        self.talk.composer.writing.focus()

    async def _choose_template(self) -> None:
        if await self.flush():
            self.post_message(self.Go("templates", reply_subject(self._shown_id or 0)))

    async def _mark_read(self, thread_id: int) -> None:
        await self.ask(self.messages.mark_read, thread_id)
        self.post_message(self.Read())
        await self._show_list()

    async def _enter(self, thread_id: int, *, writes: bool = False) -> None:
        if thread_id not in self._views:
            await self.show()
        view = await self._view(thread_id)
        if view is None:
            raise NotFound(_("This conversation is not here yet."), hint=_("Press r to fetch it."))
        if not self.inbox.is_finding:
            self.inbox.threads.move_to(str(thread_id))
        self._shown_id, self._is_open = thread_id, True
        self.add_class("-open")
        (self.talk.composer.writing if writes else self.talk.said).focus()
        await self._show_talk()
        if self._views.get(thread_id, view).thread.unread:
            await self._mark_read(thread_id)
        self.refresh_bindings()

    async def _leave(self) -> None:
        await self.flush()
        self._is_open = False
        self.remove_class("-open")
        self.inbox.begin()
        await self.show()

    async def _send(self, thread_id: int, text: str) -> None:
        await self.replies.send(thread_id, text)
        await self.ask(self.part.begin, thread_id)
        await self.show()
        self.talk.said.jump_to_end()


def _project_of(view: Conversation | None) -> int | None:
    return view.thread.project_remote_id if view else None
