"""Bills: a desk with a seller and a client, and drafts to try on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.invoices import Invoice, InvoiceLine, Party, Ways
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace
from tests.factories import a_page
from tests.services.desk import desk

NPWP = ("NPWP", "0123456789012345")
SELLER = Seller(
    Party("Made Wirawan", ("Jl. Raya 1", "Denpasar"), "ID", "made@example.org", (NPWP,)),
    Ways(bank_name="BCA", bank_account="123", bank_holder="Made"),
)
GERMAN = Client("", Party("Acme GmbH", ("Weg 1",), "DE", tax_ids=(("VAT", "DE123456789"),)))
HOME = Client("", Party("PT Kopi", country_code="ID"), "id", "IDR", 30, "pph21")
RATES = (
    Currency(1, "USD", "US Dollar", "$", Decimal(1)),
    Currency(3, "EUR", "Euro", "€", Decimal("1.1")),
    Currency(21, "IDR", "Rupiah", "Rp", Decimal("0.00006")),
)


@contextmanager
def office(folder: Path, **parts: Any) -> Iterator[Workspace]:
    """Open a desk whose user said who they are."""
    with desk(folder, **parts) as workspace:
        workspace.clients.save_seller(SELLER)
        with workspace.cache.transaction() as connection:
            facts.store(connection, Feed("currencies"), a_page(*RATES))
        yield workspace


def a_line(text: str = "Work", quantity: str = "1", price: str = "100", **more: Any) -> InvoiceLine:
    return InvoiceLine(text, Decimal(quantity), Decimal(price), **more)


def a_draft(workspace: Workspace, *lines: InvoiceLine, client: Client = GERMAN) -> Invoice:
    """Begin a draft in euros (or the client's currency) for a client of ours."""
    ours = [one for one in workspace.clients.all() if one.party == client.party]
    kept = (
        ours[0]
        if ours
        else workspace.clients.add(replace(client, currency=client.currency or "EUR"))
    )
    return workspace.invoices.new(client_id=kept.id, lines=lines or (a_line(),))


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)
