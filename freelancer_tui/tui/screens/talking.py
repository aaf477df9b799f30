"""Talking: the part of a section where one conversation is answered."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on

from freelancer_tui.domain.drafts import reply_subject
from freelancer_tui.domain.messages import Stretch, Utterance
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.hearing import Hearing
from freelancer_tui.tui.screens.kept import Kept
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.replies import Replies
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.thread_view import ThreadView
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outbox import Outbox
    from freelancer_tui.services.outside import Outside


class Talking(Hearing):
    """Takes what is written in the conversation that a subclass chooses."""

    def __init__(
        self, messages: "Messages", outbox: "Outbox", outside: "Outside", *, clock: Clock
    ) -> None:
        super().__init__(messages, clock=clock)
        self.outside = outside
        self.replies = Replies(self, messages, outbox)

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the reply."""
        self.replies.keep_place()
        return await super().flush()

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

    @on(ThreadView.Quoted)
    def _quoted(self, event: ThreadView.Quoted) -> None:
        self.act(self._quote(event.said))

    @on(ThreadView.TakenBack)
    def _taken_back(self, event: ThreadView.TakenBack) -> None:
        self.act(self._take_back(event.said))

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
