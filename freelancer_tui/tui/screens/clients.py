"""Clients: whom the user bills, chosen for an invoice and written down, and the user themselves."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.invoices import DocumentLanguage, Party
from freelancer_tui.domain.taxrules import WithholdingRule
from freelancer_tui.i18n import N_, _, language
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.client_list import YOU, ClientList
from freelancer_tui.tui.widgets.party_fields import Owner
from freelancer_tui.tui.widgets.party_form import PartyForm

if TYPE_CHECKING:
    from freelancer_tui.services.clients import Clients
    from freelancer_tui.services.invoices import Invoices

_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="clients.back",
            tooltip=N_("Leave the fields, then go back to the invoice; all is saved")),
    Binding("e", "write", N_("Change"), id="clients.write",
            tooltip=N_("Change the fields of this one")),
    Binding("n", "begin", N_("New client"), id="clients.new",
            tooltip=N_("Write down a new client")),
    Binding("x", "remove", N_("Delete"), id="clients.delete",
            tooltip=N_("Delete this client; u brings it back, and documents keep the name")),
    Binding("u", "undo", N_("Undo"), id="clients.undo",
            tooltip=N_("Bring back the client that was deleted last")),
]  # fmt: skip


class ClientsScreen(Section):
    """The list beside the fields; with an invoice in hand, Enter chooses its client."""

    NAME = "clients"
    AUTO_FOCUS = "#clients"
    CSS_PATH = "clients.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = _KEYS
    choice = getters.query_one(ClientList)
    form = getters.query_one(PartyForm)

    def __init__(self, clients: "Clients", invoices: "Invoices", *, clock: Clock) -> None:
        super().__init__(clock)
        self.clients = clients
        self.invoices = invoices
        self._invoice_id = ""
        """The draft that a client is chosen for."""
        self._seller = Seller()
        self._withholdings: tuple[WithholdingRule, ...] = ()
        self._deleted: list[Client] = []
        self._saved = ""

    def body(self) -> ComposeResult:
        yield Static(id="who", markup=False)
        with Container(id="desk"):
            yield ClientList(id="clients")
            yield PartyForm(id="form")

    async def show(self) -> None:
        found = await self.ask(self.clients.all)
        self._seller = await self.ask(self.clients.seller)
        self._withholdings = await self.ask(self.invoices.withholding_rules)
        self.choice.show(self._seller, found)
        await self._show_current()
        self._tell_head()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Choose for a draft, named by its id; without one there is only the writing down."""
        self._invoice_id, self._saved = str(target or ""), ""
        self._close_form()
        self.choice.focus()
        self.reload()

    def follows(self, event: Event) -> bool:
        return False  # the marketplace knows nothing of them

    @on(ClientList.Moved, "#clients")
    async def _moved(self) -> None:
        await self._show_current()
        self.refresh_bindings()

    @on(ClientList.Chosen, "#clients")
    def _chosen(self) -> None:
        client = self.choice.client
        if self._invoice_id and client is not None:
            self.act(self._choose(client))
        else:
            self.action_write()

    @on(PartyForm.Edited)
    def _edited(self, event: PartyForm.Edited) -> None:
        one = event.owner
        if not one.party.name.strip():
            return
        self._note(_("saving…"))
        key = one.id if isinstance(one, Client) else YOU
        self.save_soon(f"client:{key}", telling(self, key, partial(self._keep, one)))

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self._note(event.words(self))

    def action_back(self) -> None:
        self.act(self._close() if self.form.is_writing else self._leave())

    def action_write(self) -> None:
        self._write()

    def _write(self, *, names: bool = False) -> None:
        if self.form.owner is not None:
            self.add_class("-writing")
            self.form.write(names=names)
            self.refresh_bindings()

    def action_begin(self) -> None:
        self.act(self._begin())

    def action_remove(self) -> None:
        if client := self.choice.client:
            self.act(self._remove(client))

    def action_undo(self) -> None:
        self.act(self._undo())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        is_writing = self.form.is_writing
        possible = {
            "write": not is_writing,
            "begin": not is_writing,
            "remove": self.choice.client is not None and not is_writing,
            "undo": bool(self._deleted) and not is_writing,
        }
        return possible.get(action, True)

    def _keep(self, owner: Owner) -> None:
        """Keep what is typed; it runs on a thread."""
        if isinstance(owner, Seller):
            self.clients.save_seller(owner)
        else:
            self.clients.save(owner)

    async def _show_current(self) -> None:
        owner = self._seller if self.choice.is_you else self.choice.client
        await self.form.show(owner, self._withholdings)

    def _close_form(self) -> None:
        self.remove_class("-writing")
        self.form.close()

    async def _close(self) -> None:
        """Close the fields once they are saved."""
        if await self.flush():
            self._close_form()
            self.choice.focus()
            await self.show()

    async def _leave(self) -> None:
        if await self.flush():
            back = ("invoice", self._invoice_id) if self._invoice_id else ("invoices", "invoices")
            self.post_message(self.Go(*back))

    async def _choose(self, client: Client) -> None:
        await self.ask(self.invoices.edit, self._invoice_id, client_id=client.id)
        self.post_message(self.Go("invoice", self._invoice_id))

    async def _begin(self) -> None:
        spoken: DocumentLanguage = "id" if language() == "id" else "en"
        fresh = Client("", Party(_("New client")), language=spoken)
        kept = await self.ask(self.clients.add, fresh)
        await self.show()
        self.choice.move_to(kept.id)
        await self._show_current()
        self._write(names=True)

    async def _remove(self, client: Client) -> None:
        self._deleted.append(await self.ask(self.clients.remove, client.id))
        await self.show()
        self.say(_("Deleted. Press u to bring it back."))

    async def _undo(self) -> None:
        if self._deleted:
            client = await self.ask(self.clients.restore, self._deleted[-1])
            self._deleted.pop()
            await self.show()
            self.choice.move_to(client.id)
            self.say(_("It is back."))

    def _note(self, words: str) -> None:
        self._saved = words
        self._tell_head()

    def _tell_head(self) -> None:
        told = _("Whom you bill, and who you are on your documents.")
        if self._invoice_id:
            told = _("Enter chooses the client of this invoice; n writes a new one down.")
        self.query_one("#who", Static).update(
            Content.assemble(
                (_("Clients and you"), "bold $primary"),
                (f"   {self._saved}", "$foreground-muted"),
                ("\n" + told, "$foreground-muted"),
            )
        )
