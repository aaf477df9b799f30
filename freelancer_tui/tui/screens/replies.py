"""Replies: what is written in a conversation: kept as it is typed, sent, quoted, taken back."""

from functools import partial
from typing import TYPE_CHECKING

from freelancer_tui.domain.drafts import Place, reply_subject
from freelancer_tui.domain.messages import Utterance, quoted
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.places import Places
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.composer import Composer

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.outbox import Outbox


class Replies:
    """The verbs for the composer of a section."""

    def __init__(self, section: Section, messages: "Messages", outbox: "Outbox") -> None:
        self._section = section
        self._messages = messages
        self._outbox = outbox
        self._places = Places(section, messages.versions)
        self._sending: list[int] = []

    @property
    def composer(self) -> Composer:
        """Where it is written."""
        return self._section.query_one(Composer)

    def keep_place(self) -> None:
        """Remember where the user is in the reply."""
        composer = self.composer
        if composer.thread_id is not None and composer.writing.text:
            self._places.save(reply_subject(composer.thread_id), composer.writing.place)

    def keep(self, thread_id: int, text: str, place: Place) -> None:
        """Write a reply soon."""
        save = partial(self._messages.keep_draft, thread_id, text, place)
        told = telling(self._section, str(thread_id), save)
        self._section.save_soon(f"reply:{thread_id}", told, text)

    def tell(self, event: Kept) -> None:
        """Say beside the reply whether it is kept."""
        if event.key == str(self.composer.thread_id) and self.composer.writing.text:
            words = event.words(self._section)
            self.composer.note(words, is_warning=not event.worked)

    def is_sending(self, thread_id: int) -> bool:
        """Tell whether a reply is just being queued."""
        return thread_id in self._sending

    async def place(self, thread_id: int) -> Place | None:
        """Give where the user was in the reply of a conversation."""
        return await self._places.read(reply_subject(thread_id))

    def begin_sending(self, thread_id: int) -> None:
        """Empty the composer; `send` follows."""
        self.composer.put("")
        self.composer.files.show(())
        self._sending.append(thread_id)

    async def send(self, thread_id: int, text: str) -> None:
        """Queue a reply; what could not be queued is back in the composer."""
        composer = self.composer
        try:
            await self._section.flush()
            await self._section.ask(self._messages.send, thread_id, text)
        except FreelancerError:
            if composer.thread_id == thread_id:
                composer.put_back(text)
            raise
        finally:
            self._sending.remove(thread_id)
        self._section.post_message(Section.Queued())
        if composer.thread_id == thread_id and composer.writing.text:
            # Sending uses the draft up; what was typed meanwhile is the next one.
            self.keep(thread_id, composer.writing.text, composer.writing.place)

    def quote(self, said: Utterance) -> None:
        """Put a message into the reply as a quotation, behind what is written."""
        writing = self.composer.writing
        before = writing.text.rstrip()
        writing.take(f"{before}\n\n{quoted(said.text)}" if before else quoted(said.text))

    async def take_back(self, said: Utterance) -> None:
        """Do not send a message; its text is in the reply again, before what was begun there."""
        await self._section.flush()
        await self._section.ask(self._outbox.edit, said.id)
        self._section.post_message(Section.Queued())
        self._section.say(_("Taken back: nothing was sent."))
