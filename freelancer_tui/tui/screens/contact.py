"""Contact: the card of a client, from a conversation, a proposal or a job, and back."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from freelancer_tui.domain.cards import Card
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.contact_card import ContactCard
from freelancer_tui.tui.widgets.note_editor import NoteEditor

if TYPE_CHECKING:
    from freelancer_tui.services.contacts import Contacts

_KEYS: Final[list[BindingType]] = [
    Binding("escape,h,left", "back", N_("Back"), id="contact.back",
            tooltip=N_("Go back to where you came from")),
    Binding("n", "note", N_("Note"), id="contact.note",
            tooltip=N_("Write a note, only for you")),
]  # fmt: skip


class ContactScreen(Section):
    """One card; Enter goes to the conversation, the job or the document under the cursor."""

    NAME = "contact"
    AUTO_FOCUS = "#card"
    BINDINGS = _KEYS
    card = getters.query_one(ContactCard)
    editor = getters.query_one(NoteEditor)

    def __init__(self, contacts: "Contacts", *, clock: Clock) -> None:
        super().__init__(clock)
        self.contacts = contacts
        self._from: tuple[str, int] = ("messages", 0)
        """The section to go back to, which is left as it was, and the number of what it showed."""
        self._person_id: int | None = None
        self._shown: Card | None = None

    def body(self) -> ComposeResult:
        with Vertical():
            yield ContactCard(self.clock, id="card")
            yield NoteEditor(_("A note on this client, only for you. Esc goes back."), id="note")

    async def show(self) -> None:
        if self._person_id is not None:
            self._shown = await self.ask(self.contacts.card, self._person_id)
            self.card.show(self._shown)
            self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Show whose `messages:thread` or `jobs:project` it is; Esc goes back there."""
        section, _colon, number = str(target).partition(":")
        self._from = (section, int(number))
        self.act(self._open())

    def follows(self, event: Event) -> bool:
        kinds = ("threads", "messages", "projects", "bids", "milestones")
        return isinstance(event, Pulled) and event.feed.kind in kinds and event.changed > 0

    @on(ContactCard.Chosen, "#card")
    def _chosen(self, event: ContactCard.Chosen) -> None:
        section, _colon, name = event.key.partition(":")
        self.post_message(self.Go(section, name if section == "invoice" else int(name)))

    @on(NoteEditor.Edited)
    def _edited(self, event: NoteEditor.Edited) -> None:
        save = partial(self.contacts.note, event.remote_id, event.text)
        self.save_soon(f"contact:{event.remote_id}", save, event.text)

    @on(NoteEditor.Left)
    def _left(self, event: NoteEditor.Left) -> None:
        if event.by_key:
            self.card.focus()
        self.act(self._keep_note())

    def action_back(self) -> None:
        self.post_message(self.Go(self._from[0]))

    def action_note(self) -> None:
        if self._shown is not None:
            person = self._shown.person
            self.editor.open(person.remote_id, person.name, self._shown.note)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._shown is not None if action == "note" else True

    async def _open(self) -> None:
        section, number = self._from
        whose = self.contacts.of_thread if section == "messages" else self.contacts.of_job
        try:
            self._person_id = await self.ask(whose, number)
        except FreelancerError:
            self.action_back()
            raise
        await self.show()
        self.card.focus()

    async def _keep_note(self) -> None:
        if await self.flush():
            await self.show()
            self.say(_("Noted."))
