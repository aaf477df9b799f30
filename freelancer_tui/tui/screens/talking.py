"""Talking: the part of a section where one conversation is read and answered."""

from abc import abstractmethod
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import getters, on

from freelancer_tui.domain.drafts import reply_subject
from freelancer_tui.domain.messages import Stretch, Utterance
from freelancer_tui.domain.messages import ThreadView as Conversation
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.sync.policy import Policy
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.attaching import Attaching
from freelancer_tui.tui.screens.conversation import Part
from freelancer_tui.tui.screens.kept import Kept
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.replies import Replies
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.day_field import DayField
from freelancer_tui.tui.widgets.part_view import Side
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from freelancer_tui.tui.widgets.talk import Talk
from freelancer_tui.tui.widgets.thread_view import ThreadView
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.outside import Outside


class Talking(Attaching):
    """Shows the conversation that a subclass chooses, and takes what is written in it."""

    talk = getters.query_one(Talk)

    def __init__(
        self, messages: "Messages", outbox: "Outbox", outside: "Outside", *, clock: Clock
    ) -> None:
        super().__init__(messages, clock=clock)
        self.outside = outside
        self.replies = Replies(self, messages, outbox)
        self.part = Part(messages.talks)
        self._views: dict[int, Conversation] = {}
        self._shown_id: int | None = None
        self._is_open = False
        self._found: str | None = None
        """The message that is shown because it was looked for."""
        self._goal: str | None = None
        """The message to which the cursor goes when it is shown next."""

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the reply."""
        self.replies.keep_place()
        return await super().flush()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.listen()

    def on_screen_suspend(self) -> None:
        super().on_screen_suspend()
        self.messages.listening.close()

    def listen(self) -> None:
        """Let the sync look for news in the open conversation more often than elsewhere."""
        listening = self.messages.listening
        if self._is_open and self._shown_id is not None and self.is_current:
            listening.open(self._shown_id)
        else:
            listening.close()
        self.status = self.validate_status(self.status)

    def validate_status(self, status: SyncStatus) -> SyncStatus:
        """Say beside where the sync stands how often it looks for messages."""
        return replace(status, every=self._every)

    @property
    def _every(self) -> int:
        policy = Policy()
        usual = policy.intervals["threads"]
        return int((policy.in_conversation if self._is_open else usual).total_seconds())

    @property
    def project_id(self) -> int | None:
        """The job that the conversation is about."""
        view = self._views.get(self._shown_id or 0)
        return view.thread.project_remote_id if view else None

    @abstractmethod
    async def enter(self, thread_id: int, *, writes: bool = False) -> None:
        """Go into a conversation; the subclass knows where it stands in the list."""

    @abstractmethod
    async def mark_read(self, thread_id: int) -> None:
        """Remember that a conversation was seen; the subclass shows it so."""

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

    def action_write(self) -> None:
        if self._shown_id is not None:
            self.act(self.enter(self._shown_id, writes=True))

    def action_day(self) -> None:
        self.talk.day.ask()

    def action_visit(self, section: str) -> None:
        if self.project_id is not None:
            self.post_message(self.Go(section, self.project_id))

    def action_pack(self) -> None:
        self.post_message(self.Go("pack", f"messages:{self._shown_id}"))

    def action_templates(self) -> None:
        self.act(self._choose_template())

    def action_versions(self) -> None:
        self.post_message(self.Go("versions", reply_subject(self._shown_id or 0)))

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
        files = await self.ask(self.messages.files, thread_id)
        place = await self.replies.place(thread_id)
        if thread_id != self._shown_id or moment != self.part.moment:
            return
        is_kept = is_kept and not self.replies.is_sending(thread_id)
        is_kept = is_kept and composer.writing.text == typed
        is_other = thread_id != composer.thread_id
        goal, self._goal = self._goal, None
        self.talk.show(view, stretch, draft if is_kept or is_other else None, goal)
        if is_other or not self.replies.is_sending(thread_id):
            composer.files.show(files)
        if is_other and draft and place is not None:
            composer.writing.go_to(place)
        if self._is_open and view.thread.unread and self.talk.said.is_vertical_scroll_end:
            await self.mark_read(thread_id)

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
            await self.enter(self._shown_id, writes=True)
            self.replies.quote(said)

    async def _take_back(self, said: Utterance) -> None:
        await self.replies.take_back(said)
        await self.show()
        self.talk.composer.writing.focus()

    async def _choose_template(self) -> None:
        if await self.flush():
            self.post_message(self.Go("templates", reply_subject(self._shown_id or 0)))

    async def _send(self, thread_id: int, text: str) -> None:
        await self.replies.send(thread_id, text)
        await self.ask(self.part.begin, thread_id)
        await self.show()
        self.talk.said.jump_to_end()
