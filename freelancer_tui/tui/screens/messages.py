"""Messages: the conversations, the one that is open beside them, and a reply that is kept."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from freelancer_tui.domain.drafts import Place, reply_subject
from freelancer_tui.domain.messages import ThreadView as Conversation
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.places import Places
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.inbox import Inbox
from freelancer_tui.tui.widgets.talk import Talk
from freelancer_tui.tui.widgets.thread_list import ThreadList
from freelancer_tui.tui.widgets.thread_view import ThreadView
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outside import Outside

_WIDE = 100


_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="messages.back",
            tooltip=N_("Leave the reply, then the conversation; the reply is kept")),
    Binding("c,i", "write", N_("Write"), id="messages.write",
            tooltip=N_("Write a reply in this conversation")),
    Binding("o", "visit('jobs')", N_("Job"), id="messages.job",
            tooltip=N_("Go to the job that this conversation is about")),
    Binding("p", "visit('proposals')", N_("Proposal"), show=False,
            id="messages.proposal",
            tooltip=N_("Go to your proposal for this job")),
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

    def __init__(self, messages: "Messages", outside: "Outside", *, clock: Clock) -> None:
        super().__init__(clock)
        self.messages = messages
        self.outside = outside
        self._views: dict[int, Conversation] = {}
        self._shown_id: int | None = None
        self._is_open = False
        self._places = Places(self, messages.versions)
        self._sending: list[int] = []

    def body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield Inbox(self.clock, id="inbox")
            yield Talk(self.clock, id="talk")

    async def show(self) -> None:
        views = await self.ask(self.messages.threads)
        self._views = {view.thread.remote_id: view for view in views}
        self.set_class(not views, "-empty")
        self.inbox.show(views, self.status.phase)
        if self._shown_id not in self._views or not self._is_open:
            self._shown_id = self.inbox.current
        await self._show_talk()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if target is not None:  # as a text, it is a conversation to go on writing in
            self.act(self._enter(int(target), writes=isinstance(target, str)))

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the reply."""
        composer = self.talk.composer
        if composer.thread_id is not None and composer.writing.text:
            self._places.save(reply_subject(composer.thread_id), composer.writing.place)
        return await super().flush()

    def follows(self, event: Event) -> bool:
        kinds = ("threads", "messages", "projects", "self")
        return not isinstance(event, Pulled) or event.feed.kind in kinds

    def fail(self, error: FreelancerError) -> None:
        self.add_class("-empty")
        self.inbox.fail(error)

    @on(ThreadList.Moved, "#threads")
    def _moved(self, event: ThreadList.Moved) -> None:
        if not self._is_open:
            self._shown_id = int(event.key)
            self.reload()

    @on(ThreadList.Chosen, "#threads")
    def _chosen(self, event: ThreadList.Chosen) -> None:
        self.act(self._enter(int(event.key)))

    @on(ThreadView.Chosen, "#said")
    def _chosen_message(self) -> None:
        said = self.talk.said.utterance()
        if said is not None and said.state in ("refused", "doubtful"):
            self.post_message(self.Go("outbox", said.id))
        else:
            self.action_write()

    @on(ThreadView.Copied)
    def _copied(self) -> None:
        self.say(_("Copied."))

    @on(Composer.Edited)
    def _edited(self, event: Composer.Edited) -> None:
        self.talk.composer.note(_("saving…"))
        self._save_soon(event.thread_id, event.text, event.place)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        if event.key == str(self._shown_id) and self.talk.composer.writing.text:
            self.talk.composer.note(event.words(self.clock), is_warning=not event.worked)

    @on(Composer.Sent)
    def _sent(self, event: Composer.Sent) -> None:
        self.talk.composer.put("")
        self._sending.append(event.thread_id)
        self.act(self._send(event.thread_id, event.text))

    @on(Writing.Outside)
    def _outside(self, event: Writing.Outside) -> None:
        self.act(edit_outside(self, self.outside, event.writing))

    def action_back(self) -> None:
        if self.talk.composer.writing.has_focus:
            self.talk.said.focus()
        else:
            self.act(self._leave())

    def action_enter(self) -> None:
        if not self._is_open and self._shown_id is not None:
            self.act(self._enter(self._shown_id))

    def action_write(self) -> None:
        if self._shown_id is not None:
            self.act(self._enter(self._shown_id, writes=True))

    def action_visit(self, section: str) -> None:
        if (project_id := _project_of(self._views.get(self._shown_id or 0))) is not None:
            self.post_message(self.Go(section, project_id))

    def action_versions(self) -> None:
        self.post_message(self.Go("versions", reply_subject(self._shown_id or 0)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        possible = {
            "back": self._is_open,
            "enter": not self._is_open,
            "write": self._shown_id is not None,
            "visit": _project_of(self._views.get(self._shown_id or 0)) is not None,
            "versions": self._is_open,
        }
        return possible.get(action, True)

    def _save_soon(self, thread_id: int, text: str, place: Place) -> None:
        save = partial(self.messages.keep_draft, thread_id, text, place)
        self.save_soon(f"reply:{thread_id}", telling(self, str(thread_id), save), text)

    async def _show_talk(self) -> None:
        """Show the conversation we are in, or the one under the cursor."""
        thread_id = self._shown_id
        view = self._views.get(thread_id) if thread_id is not None else None
        if thread_id is None or view is None:
            return self.talk.show(None, (), "")
        # The file has the last word on a draft (the outbox can put a text back into it), but
        # only over what is in the file itself: not while more is typed, or just being sent.
        composer, typed = self.talk.composer, self.talk.composer.writing.text
        is_kept = await self.flush() and thread_id not in self._sending
        said = await self.ask(self.messages.conversation, thread_id)
        draft = await self.ask(self.messages.draft, thread_id)
        place = await self._places.read(reply_subject(thread_id))
        if thread_id != self._shown_id:
            return
        is_kept = is_kept and thread_id not in self._sending and composer.writing.text == typed
        is_other = thread_id != composer.thread_id
        self.talk.show(view, said, draft if is_kept or is_other else None)
        if is_other and draft and place is not None:
            composer.writing.go_to(place)
        if self._is_open and view.thread.unread and self.talk.said.is_vertical_scroll_end:
            await self._mark_read(thread_id)

    async def _mark_read(self, thread_id: int) -> None:
        await self.ask(self.messages.mark_read, thread_id)
        self.post_message(self.Read())
        views = await self.ask(self.messages.threads)
        self._views = {view.thread.remote_id: view for view in views}
        self.inbox.show(views, self.status.phase)

    async def _enter(self, thread_id: int, *, writes: bool = False) -> None:
        if thread_id not in self._views:
            await self.show()
        if thread_id not in self._views:
            raise NotFound(_("This conversation is not here yet."), hint=_("Press r to fetch it."))
        self.inbox.threads.move_to(str(thread_id))
        self._shown_id, self._is_open = thread_id, True
        self.add_class("-open")
        (self.talk.composer.writing if writes else self.talk.said).focus()
        await self._show_talk()
        if self._views[thread_id].thread.unread:
            await self._mark_read(thread_id)
        self.refresh_bindings()

    async def _leave(self) -> None:
        await self.flush()
        self._is_open = False
        self.remove_class("-open")
        self.inbox.threads.focus()
        await self.show()

    async def _send(self, thread_id: int, text: str) -> None:
        composer = self.talk.composer
        try:
            await self.flush()
            await self.ask(self.messages.send, thread_id, text)
        except FreelancerError:
            if composer.thread_id == thread_id:
                composer.put_back(text)
            raise
        finally:
            self._sending.remove(thread_id)
        self.post_message(self.Queued())
        if composer.thread_id == thread_id and composer.writing.text:
            # Sending uses the draft up; what was typed meanwhile is the next one.
            self._save_soon(thread_id, composer.writing.text, composer.writing.place)
        await self.show()
        self.talk.said.jump_to_end()


def _project_of(view: Conversation | None) -> int | None:
    return view.thread.project_remote_id if view else None
