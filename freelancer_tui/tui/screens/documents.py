"""Documents: the list of our own documents, and the verbs on one that need no sheet."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.domain.ledger import Ledger
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.escrow_table import EscrowTable
from freelancer_tui.tui.widgets.invoice_board import InvoiceBoard

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices
    from freelancer_tui.services.quotes import Quotes

_FIRST: Final = 60
"""So many documents, more than any screen shows, are there at once; the others follow."""
_PAUSE_SECONDS: Final = 0.05
"""Before the others are read: what there is to see is painted first."""
_MOST: Final = 100_000


class Documents:
    """The invoices' side of the section."""

    def __init__(self, section: Section, invoices: "Invoices", quotes: "Quotes") -> None:
        self._section = section
        self._invoices = invoices
        self._quotes = quotes
        self._are_quotes = False
        self._ledger = Ledger((), self.today)
        self._discarded: list[Invoice] = []
        self._is_whole = False

    @property
    def today(self) -> date:
        """The day it is where the user is."""
        return self._section.clock.here(self._section.clock.now()).date()

    @property
    def can_undo(self) -> bool:
        """True while there is a discarded draft to bring back."""
        return bool(self._discarded)

    def turn_to(self, *, are_quotes: bool) -> None:
        """List quotes, or all other documents."""
        if are_quotes != self._are_quotes:
            self._are_quotes, self._is_whole = are_quotes, False
            self._board.turn_to(are_quotes=are_quotes)

    async def show(self) -> None:
        """Read the documents; of very many the newest are shown first."""
        found = await self._section.ask(self._list, _FIRST)
        if len(found) == _FIRST:
            if not self._is_whole:
                await self._lay(found)
                await asyncio.sleep(_PAUSE_SECONDS)
            found = await self._section.ask(self._list, _MOST)
            self._is_whole = True
        await self._lay(found)

    async def show_picked(self) -> None:
        """Show those that the board wishes for."""
        picked = await self._section.ask(self._ledger.pick, self._board.wish)
        self._board.show(picked, self.today)
        self._section.refresh_bindings()

    async def view_of(self, target: Target) -> Literal["invoices", "quotes"]:
        """Tell in which view a document is listed; what is gone was an invoice."""
        try:
            found = await self._section.ask(self._invoices.show, str(target))
        except FreelancerError:
            return "invoices"
        return "quotes" if found.kind == "quote" else "invoices"

    async def go_to(self, invoice_id: str) -> None:
        """Put the cursor on a document, once the list is there."""
        await self.show()
        self._board.move_to(invoice_id)

    async def begin(self) -> None:
        """Begin an invoice, or a quote among quotes, and open it."""
        begin = self._quotes.new if self._are_quotes else self._invoices.new
        fresh = await self._section.ask(begin)
        self._section.post_message(Section.Go("invoice", fresh.id))

    async def duplicate(self, document: Summary) -> None:
        """Begin an invoice like another and open it."""
        fresh = await self._section.ask(self._invoices.duplicate, document.id)
        self._section.post_message(Section.Go("invoice", fresh.id))

    async def invoice(self, quote: Summary) -> None:
        """Begin the invoice of a quote, or find the one that was begun, and open it."""
        draft = await self._section.ask(self._quotes.bill, quote.id)
        self._section.post_message(Section.Go("invoice", draft.id))

    async def bill(self, table: EscrowTable) -> None:
        """Open the invoice for the money under the cursor; without one, begin it."""
        line, project = table.line(), table.project
        if line is not None and line.remote_id is not None and not line.is_request:
            there = await self._section.ask(self._invoices.billing, line.remote_id)
            if there is not None:
                self._section.post_message(Section.Go("invoice", there))
                return
            fresh = await self._section.ask(self._invoices.from_milestones, [line.remote_id])
        elif project is not None:
            fresh = await self._section.ask(self._invoices.from_project, project)
        else:
            return
        self._section.post_message(Section.Go("invoice", fresh.id))

    async def remove(self, document: Summary) -> None:
        """Throw a draft away."""
        self._discarded.append(await self._section.ask(self._invoices.remove, document.id))
        await self.show()
        self._section.say(_("Draft discarded. Press u to bring it back."))

    async def undo(self) -> None:
        """Bring the draft back that was discarded last."""
        if self._discarded:
            draft = await self._section.ask(self._invoices.restore, self._discarded[-1])
            self._discarded.pop()
            await self.go_to(draft.id)
            self._section.say(_("The draft is back."))

    def _list(self, limit: int) -> Sequence[Summary]:
        if self._are_quotes:
            return self._quotes.list(limit=limit)
        return self._invoices.list(limit=limit)

    async def _lay(self, found: Sequence[Summary]) -> None:
        self._ledger = Ledger(found, self.today)
        await self.show_picked()

    @property
    def _board(self) -> InvoiceBoard:
        return self._section.query_one(InvoiceBoard)
