"""Attaching: the part of a section where files are put to the reply that is being written."""

from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.paths import folder_of, unquoted
from freelancer_tui.errors import Stopped
from freelancer_tui.i18n import _
from freelancer_tui.services.folders import path_of
from freelancer_tui.sync.events import Event, Transferring
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.naming import Naming
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.path_line import PathLine
from freelancer_tui.tui.widgets.reply_files import ReplyFiles
from freelancer_tui.tui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages


class Attaching(Section):
    """Asks for paths, completes them, copies files to the reply and takes them off again."""

    composer = getters.query_one(Composer)
    path = getters.query_one(PathLine)

    def __init__(self, messages: "Messages", *, clock: Clock) -> None:
        super().__init__(clock)
        self.messages = messages
        self.naming = Naming(self)
        self._copying = ""
        """The name of the file that is being copied."""
        self._is_unwanted = False

    def on_sync_event(self, event: Event) -> None:
        """Take in an event of the sync; of a message with files it tells how far it is."""
        super().on_sync_event(event)
        if isinstance(event, Transferring):
            self.query_one(ThreadView).tell_far(event.entry_id, event.transfer)

    @on(PathLine.Typed)
    def _typed_path(self, event: PathLine.Typed) -> None:
        self.naming.look_at(event.text)

    @on(PathLine.Named)
    def _named_path(self, event: PathLine.Named) -> None:
        if self.composer.thread_id is not None and not self._copying:
            self.say("")  # what was wrong with another path is over
            self.act(self._copy(self.composer.thread_id, event.text))

    @on(PathLine.Left)
    def _left_path(self) -> None:
        self._is_unwanted = True
        self.say("")
        self.composer.writing.focus()

    @on(ReplyFiles.TakenOff)
    def _taken_off(self, event: ReplyFiles.TakenOff) -> None:
        if self.composer.thread_id is not None:
            self.act(self._take_off(self.composer.thread_id, event.upload))

    def action_files(self) -> None:
        said = self.query_one(ThreadView).utterance()
        goal = f"/{said.id}" if said is not None and said.attachments else ""
        self.post_message(self.Go("files", f"{self.composer.thread_id}{goal}"))

    def action_attach(self) -> None:
        self.path.ask(_("Attach"))

    async def _copy(self, thread_id: int, typed: str) -> None:
        """Copy a file to the reply; the line stays to be corrected where that is not possible."""
        source = path_of(typed)
        self._copying, self._is_unwanted = source.name, False
        try:
            files = await self.ask(
                self.messages.attach, thread_id, source, self._tell, lambda: self._is_unwanted
            )
        except Stopped:
            return self.say(_("Stopped: nothing was attached."))
        finally:
            self._copying = ""
            self.composer.note("")
        self.path.last = folder_of(unquoted(typed)) or "~/"
        self.path.close()
        self._show_files(thread_id, files)
        self.composer.writing.focus()

    async def _take_off(self, thread_id: int, upload: Upload) -> None:
        self._show_files(thread_id, await self.ask(self.messages.detach, thread_id, upload))
        if not self.composer.files.files:
            self.composer.writing.focus()

    def _show_files(self, thread_id: int, files: tuple[Upload, ...]) -> None:
        if self.composer.thread_id == thread_id:
            self.composer.files.show(files)

    def _tell(self, far: Transfer) -> None:
        """Say how far a copy is; called on the thread that copies."""
        words = _("copying {name}: {percent} %").format(name=self._copying, percent=far.percent)
        self.app.call_later(partial(self.composer.note, words))
