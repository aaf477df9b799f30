"""Billing scenes: desks with clients and documents in each state, for tests and pictures."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.invoices import InvoiceLine, Party, Ways
from freelancer_tui.domain.money import Currency, Money
from tests.factories import NOW, a_bid, a_currency, usd
from tests.tui.desk import Desk
from tests.tui.scenes import money

SELLER = Seller(
    Party("Ayu Lestari", ("Jl. Somba Opu 12", "Makassar 90111"), "ID", "ayu@example.org",
          (("NPWP", "0123456789012345"),)),
    Ways(bank_name="Bank Nusantara", bank_account="1234567890", bank_holder="Ayu Lestari"),
    is_taxed=False,
)  # fmt: skip
GERMAN = Client(
    "", Party("Nordlicht GmbH", ("Hafenstraße 4", "20457 Hamburg"), "DE", "", (("VAT", "DE123"),)),
    currency="EUR", terms_days=30,
)  # fmt: skip
HOME = Client(
    "", Party("PT Kopi Toraja", ("Jl. Pongtiku 8", "Rantepao"), "ID"), language="id",
    currency="IDR", withholding="pph21",
)  # fmt: skip


def line(text: str, price: str, quantity: str = "1", unit: str = "") -> InvoiceLine:
    """Give a line without tax or discount."""
    return InvoiceLine(text, Decimal(quantity), Decimal(price), unit)


def office(desk: Desk) -> tuple[Client, Client]:
    """Write down who the user is and two clients, and let there be rates."""
    rates = (
        a_currency(),
        Currency(15, "IDR", "Rupiah", "Rp", Decimal("0.0000613")),
        Currency(8, "EUR", "Euro", "€", Decimal("1.08")),
    )
    desk.keep(Feed("currencies"), *rates)
    desk.clients.save_seller(SELLER)
    return desk.clients.add(GERMAN), desk.clients.add(HOME)


def a_draft(desk: Desk) -> str:
    """Begin an invoice in euro with two lines."""
    german, _home = office(desk)
    lines = [
        line("Landing page, design and build", "1200"),
        replace(line("Photographs, edited", "12.50", "24", "piece"), discount_percent=Decimal(10)),
    ]
    return desk.invoices.new(client_id=german.id, lines=lines, po_number="PO-7").id


def books(desk: Desk) -> None:
    """Fill the books: each state, three months, two currencies, and escrow beside them."""
    german, home = office(desk)
    money(desk)

    def issued(client: Client, price: str, days: int, text: str) -> str:
        desk.now = NOW - timedelta(days=days)
        draft = desk.invoices.new(client_id=client.id, lines=[line(text, price)])
        done = desk.invoices.issue(draft.id, desk.now.date()).id
        desk.now = NOW
        return done

    today = NOW.date()
    paid = issued(german, "1450", 80, "Website, first half")
    desk.invoices.pay(paid, Money(Decimal(1450), "EUR"), today - timedelta(days=50))
    issued(german, "1450", 62, "Website, second half")
    part = issued(home, "4500000", 20, "Katalog, 40 halaman")
    desk.invoices.pay(part, Money(Decimal(2_000_000), "IDR"), today - timedelta(days=4))
    void = issued(home, "900000", 10, "Logo")
    desk.invoices.void(void, "Wrong client")
    issued(home, "1250000", 3, "Menu dan kartu nama")
    desk.invoices.credit(paid, [line("Website, one page less", "150")])
    desk.invoices.new(client_id=home.id, lines=[line("Undangan digital", "750000")])
    desk.invoices.new()


def unfunded(desk: Desk) -> None:
    """Let there be work that was accepted and for which nobody set money aside."""
    money(desk)
    for number in (1, 7):
        bid = a_bid(
            50 + number, project_remote_id=number, award_status="awarded", awarded_at=NOW,
            accepted_at=NOW, amount=usd("400"),
        )  # fmt: skip
        desk.keep(Feed("bids"), bid)


def issued_one(desk: Desk) -> str:
    """Issue an invoice of which a part is paid."""
    books(desk)
    return next(one.id for one in desk.invoices.list() if one.state == "part-paid")


def quotes(desk: Desk) -> str:
    """Make quotes in each state; give one that waits for an answer."""
    german, home = office(desk)
    made = []
    for client, text, price in (
        (german, "Shop, design and build", "4800"), (german, "Photographs", "900"),
        (home, "Katalog, 40 halaman", "4500000"), (home, "Logo", "900000"),
    ):  # fmt: skip
        made.append(desk.quotes.new(client_id=client.id, lines=[line(text, price)]).id)
    for key in made[:3]:
        desk.invoices.issue(key)
    desk.quotes.answer(made[1], "declined")
    desk.quotes.answer(made[2], "accepted")
    return made[0]


def rates(desk: Desk) -> None:
    """Write some rates down."""
    office(desk)
    for row in (("2026-11-23", "JPY", "100", "10912.5"), ("2026-11-24", "EUR", "1", "18950.25")):
        desk.rate_table.add(*row)


def paid_out(desk: Desk) -> None:
    """Let money be taken back, and let the marketplace pay out and keep fees."""
    german, _home = office(desk)
    money(desk)
    today = NOW.date()
    for days, price, back in ((150, "800", "0"), (20, "300", "1100")):
        draft = desk.invoices.new(client_id=german.id, lines=[line("Work", price)])
        done = desk.invoices.issue(draft.id, today - timedelta(days=days))
        if back != "0":
            first = desk.invoices.show("INV/2026/VI/001")
            note = desk.invoices.credit(first.id)
            desk.invoices.issue(note.id, today - timedelta(days=days))
        desk.invoices.pay(done.id, Money(Decimal(price), "EUR"), today) if back != "0" else None


def nothing(desk: Desk) -> None:
    """Leave the desk empty."""
