"""Invoices: our own documents from the first line to the last payment; nothing waits for a net."""

import builtins
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal, Unpack

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.earnings import Earnings
from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    InvoiceState,
    Note,
    Party,
    Payment,
    Tax,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.taxrules import WithholdingRule
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.services import drafting, issuing, sources
from freelancer_tui.services.billing import sentence
from freelancer_tui.services.drafting import Books, Wishes
from freelancer_tui.services.issuing import Moment
from freelancer_tui.store.work import figures, invoices
from freelancer_tui.store.work.figures import Wanted

Listed = Literal["draft", "issued", "part-paid", "paid", "void", "open", "overdue"]
"""What a list shows: one state, all that is owed, or what should have come by now."""


class Invoices:
    """The user's verbs for documents; any thread may call them."""

    def __init__(self, books: Books) -> None:
        self._books: Final = books
        self._pad: Final = books.pad

    @property
    def own(self) -> str:
        """The currency that the user's sums are in."""
        return self._books.exchange.own

    def new(self, **wishes: Unpack[Wishes]) -> Invoice:
        """Begin a draft; what is not said follows from the client, else from the user."""
        return self._keep(drafting.wished(self._books, drafting.begun(self._books), wishes))

    def from_milestones(self, ids: Sequence[int], **wishes: Unpack[Wishes]) -> Invoice:
        """Begin a draft with a line for each milestone of one project."""
        begun = sources.of_milestones(self._books, ids)
        return self._keep(drafting.wished(self._books, begun, wishes))

    def billing(self, milestone: int) -> str | None:
        """Give the id of the document on which a milestone stands already."""
        return sources.billed(self._books).get(milestone)

    def from_project(self, remote_id: int, **wishes: Unpack[Wishes]) -> Invoice:
        """Begin a draft with what was bid for a job; of an hourly one, with one hour."""
        begun = sources.of_project(self._books, remote_id)
        return self._keep(drafting.wished(self._books, begun, wishes))

    def edit(self, named: str, **wishes: Unpack[Wishes]) -> Invoice:
        """Change a draft."""
        return self._keep(drafting.wished(self._books, self._draft(named), wishes))

    def save(self, invoice: Invoice) -> Invoice:
        """Keep a draft as a whole; what cannot be written down exactly is refused, not rounded."""
        self._draft(invoice.id)
        return self._keep(invoice)

    def duplicate(self, named: str) -> Invoice:
        """Begin a draft with the client and the lines of another document."""
        return self._keep(drafting.copied(self._books, self.show(named)))

    def credit(self, named: str, lines: Sequence[InvoiceLine] | None = None) -> Invoice:
        """Begin a credit note for an issued invoice: for all of it, or for some lines."""
        with self._pad.read() as connection:
            old = issuing.get_issued(connection, named)
        if old.kind != "invoice":
            raise NotAllowed(
                _("{number} is a credit note itself.").format(number=old.number),
                hint=_("Name the invoice that is to be taken back."),
            )
        return self._keep(drafting.crediting(self._books, old, lines))

    def remove(self, named: str) -> Invoice:
        """Throw a draft away, and give it so that it can be restored."""
        gone = self._draft(named)
        with self._pad.transaction() as connection:
            issuing.check_no_deposits(connection, gone)
            invoices.drop(connection, gone.id)
        return gone

    def restore(self, invoice: Invoice) -> Invoice:
        """Bring a draft back that was thrown away."""
        return self._keep(invoice)

    def show(self, named: str) -> Invoice:
        """Give a document by its id or number."""
        with self._pad.read() as connection:
            return issuing.get(connection, named)

    def paper(self, named: str) -> Invoice:
        """Give a document as it stands on paper; a draft as if it were issued today."""
        found = self.show(named)
        return drafting.ready(self._books, found) if found.state == "draft" else found

    def list(
        self,
        state: Listed | None = None,
        client: str = "",
        year: int | None = None,
        limit: int = 500,
        *,
        are_quotes: bool = False,
    ) -> builtins.list[Summary]:
        """List documents, what changed last first; the client by id or name."""
        overdue = self._books.today() if state == "overdue" else None
        client_id = self._client_id(client)
        which = invoices.Filter(_states(state), client_id, year, overdue, are_quotes=are_quotes)
        with self._pad.read() as connection:
            return invoices.summaries(connection, which, limit)

    def counts(self) -> dict[str, int]:
        """Count the documents in each state, and those that are overdue."""
        with self._pad.read() as connection:
            found: dict[str, int] = dict(invoices.counts(connection).items())
            found["overdue"] = invoices.count_overdue(connection, self._books.today())
        return found

    def objections(self, named: str, on: date | None = None) -> tuple[str, ...]:
        """Say in the app what speaks against issuing a draft; nothing when it may be issued."""
        ready = drafting.ready(self._books, self._draft(named), on)
        seller = self._books.clients.seller()
        with self._pad.read() as connection:
            found = issuing.found_against(connection, ready, seller)
        return tuple(sentence(one, in_app=True) for one in found)

    def next_number(self, named: str, on: date | None = None) -> str:
        """Give the number that a draft would get now; empty where there can be none."""
        ready = drafting.ready(self._books, self._draft(named), on)
        with self._pad.read() as connection:
            return issuing.next_number(connection, ready)

    def issue(self, named: str, on: date | None = None, rate: Decimal | None = None) -> Invoice:
        """Give a draft its number and freeze it; a rate by hand counts before the listed one."""
        ready = drafting.ready(self._books, self._draft(named), on, rate)
        with self._pad.transaction() as connection:
            return issuing.issue(connection, ready, self._moment())

    def pay(
        self, named: str, amount: Money, on: date, note: str = "", *, is_more: bool = False
    ) -> Invoice:
        """Write money down that came, or that was paid back for a credit note."""
        payment = Payment(self._books.mint(), on, amount, one_line(note))
        with self._pad.transaction() as connection:
            return issuing.pay(connection, named, payment, self._moment(), is_more)

    def take_back_payment(self, named: str, payment_id: str) -> Invoice:
        """Strike a payment out that was written down by mistake."""
        with self._pad.transaction() as connection:
            return issuing.take_back(connection, named, payment_id, self._moment())

    def slip(self, named: str, number: str, on: date | None, name: str = "") -> Invoice:
        """Keep the slip for what a client withheld; its name is needed where there are two."""
        slip = (one_line(name), one_line(number, 100), on)
        with self._pad.transaction() as connection:
            return issuing.keep_slip(connection, named, slip, self._moment())

    def void(self, named: str, reason: str) -> Invoice:
        """Let a document count no more; its number stays used."""
        with self._pad.transaction() as connection:
            return issuing.void(connection, named, one_line(reason), self._moment())

    def earnings(
        self, year: int | None = None, client: str = "", *, is_detailed: bool = False
    ) -> Earnings:
        """Add up what was invoiced, withheld and paid in a year or ever, and what is owed today."""
        own, client_id = self._books.exchange.own, self._client_id(client)
        with self._pad.read() as connection:
            return figures.earnings(
                connection, Wanted(own, year, client_id, is_detailed), self._books.today()
            )

    def notes_for(self, client: Party) -> tuple[Note, ...]:
        """Give what a document for a client abroad says, by the rules of today."""
        home = self._books.clients.seller().party.country_code
        return self._books.rules.notes_for(client, home, self._books.today())

    def usual_tax(self, draft: Invoice) -> Tax:
        """Give the tax of a line of which nothing was said."""
        return drafting.usual_tax(self._books, draft)

    def withholding_rules(self) -> tuple[WithholdingRule, ...]:
        """Give the rules by which tax can be withheld today."""
        today = self._books.today()
        return tuple(one for one in self._books.rules.withholdings if one.span.holds(today))

    def _draft(self, named: str) -> Invoice:
        with self._pad.read() as connection:
            return issuing.get_draft(connection, named)

    def _keep(self, draft: Invoice) -> Invoice:
        return drafting.keep(self._books, draft)

    def _moment(self) -> Moment:
        return Moment(self._books.clock(), self._books.today())

    def _client_id(self, client: str) -> str:
        return self._books.clients.find(client).id if client else ""


def _states(state: Listed | None) -> tuple[InvoiceState, ...]:
    match state:
        case None:
            return ()
        case "open" | "overdue":
            return ("issued", "part-paid")
        case _:
            return (state,)
