"""Hearing: the part of a section where one conversation is read: any stretch, day or word of it."""

from abc import abstractmethod
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import getters, on

from freelancer_tui.domain.messages import Stretch
from freelancer_tui.domain.messages import ThreadView as Conversation
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.sync.policy import Policy
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.attaching import Attaching
from freelancer_tui.tui.screens.conversation import Part
from freelancer_tui.tui.screens.finding import Finding
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.widgets.ask_field import AskField
from freelancer_tui.tui.widgets.day_field import DayField
from freelancer_tui.tui.widgets.find_field import FindField
from freelancer_tui.tui.widgets.part_view import Side
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from freelancer_tui.tui.widgets.talk import Talk
from freelancer_tui.tui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages


class Hearing(Attaching):
    """Shows the conversation that a subclass chooses, and goes about in it."""

    talk = getters.query_one(Talk)

    def __init__(self, messages: "Messages", *, clock: Clock) -> None:
        super().__init__(messages, clock=clock)
        self.part = Part(messages.talks)
        self.finding = Finding(messages.talks)
        self._views: dict[int, Conversation] = {}
        self._shown_id: int | None = None
        self._is_open = False
        self._found: str | None = None
        """The message that is shown because it was looked for."""
        self._goal: str | None = None
        """The message to which the cursor goes when it is shown next."""

    @abstractmethod
    async def _show_talk(self) -> None:
        """Show the conversation we are in, or the one under the cursor."""

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

    @on(ThreadView.Wanted)
    def _wanted(self, event: ThreadView.Wanted) -> None:
        self.act(self._turn(event.side))

    @on(ThreadView.Copied)
    def _copied(self) -> None:
        self.say(_("Copied."))

    @on(ThreadView.Followed)
    def _followed(self, event: ThreadView.Followed) -> None:
        self.act(self._browse(str(event.target)))

    @on(DayField.Picked)
    def _picked_day(self, event: DayField.Picked) -> None:
        self.talk.said.focus()
        self.act(self._go_to_day(event.day))

    @on(DayField.Unread)
    def _unread_day(self, event: DayField.Unread) -> None:
        words = _("{typed}: no day. Write 24/11, 2026-11-24, or 3d, 2w, 6m ago.")
        self.warn(words.format(typed=tame(event.typed)))

    @on(FindField.Wanted)
    def _wanted_words(self, event: FindField.Wanted) -> None:
        self.talk.said.focus()
        self.act(self._find_words(event.words))

    @on(AskField.Left)
    def _left_day(self) -> None:
        self.talk.said.focus()

    def action_find(self) -> None:
        self.talk.find.ask()

    def action_hit(self, direction: int) -> None:
        self.act(self._go_to_hit(self.finding.step(direction)))

    def action_day(self) -> None:
        self.talk.day.ask()

    def action_visit(self, section: str) -> None:
        if self.project_id is not None:
            self.post_message(self.Go(section, self.project_id))

    def action_pack(self) -> None:
        self.post_message(self.Go("pack", f"messages:{self._shown_id}"))

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

    async def _find_words(self, words: str) -> None:
        if self._shown_id is not None:
            await self._go_to_hit(await self.ask(self.finding.find, self._shown_id, words))

    async def _go_to_hit(self, hit: str | None) -> None:
        self._found = hit
        if hit is not None:
            await self._show_talk()
        self.say(self.finding.words())
        self.refresh_bindings()

    async def _browse(self, url: str) -> None:
        if not await open_link(url, self.app.suspend):
            self.app.copy_to_clipboard(url)
            self.say(_("There is no browser here; the address is copied."))
