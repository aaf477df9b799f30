"""Invoices: the figures of many documents, and what a screen of them asks for."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    Party,
    Payment,
    RateNote,
    in_own,
    totals,
)
from freelancer_tui.store.work import clients, invoices, payments
from freelancer_tui.store.work.pad import Pad
from tests.bench.table import Row, at_most, median, milliseconds
from tests.services.desk import NOON, desk

DOCUMENTS = 100_000
FEW = 10
ROUNDS = 9
CURRENCIES = ("USD", "IDR", "EUR")
CLIENTS = 40


def run(documents: int = DOCUMENTS) -> list[Row]:
    """Add many documents up, list the newest and count them, beside the same of a few."""
    few, many = _measured(FEW), _measured(documents)
    name = f"of {documents:,} documents"
    return [
        at_most(f"totals by month, client, currency and age, {name}", many[0], 50, "ms"),
        Row(f"the same of {FEW}", few[0], "ms"),
        at_most(f"the 500 newest and the counts, {name}", many[1], 50, "ms"),
        at_most(f"one document by its number, {name}", many[2], 5, "ms"),
    ]


def _measured(documents: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as workspace:
        fill(workspace.pad, documents)
        verbs = workspace.invoices
        number = verbs.list(limit=1)[0].number
        return (
            median([milliseconds(verbs.earnings) for _ in range(ROUNDS)]),
            median([milliseconds(lambda: (verbs.list(), verbs.counts())) for _ in range(ROUNDS)]),
            median([milliseconds(lambda: verbs.show(number)) for _ in range(ROUNDS)]),
        )


def fill(pad: Pad, documents: int) -> None:
    """Issue so many documents, nine of ten paid."""
    with pad.transaction() as connection:
        for place in range(CLIENTS):
            clients.put(connection, Client(f"c{place}", Party(f"Client {place}")), NOON)
        for number, (document, is_paid) in enumerate(_documents(documents), 1):
            invoices.put_draft(connection, document)
            issued = replace(document, state="issued", number=f"INV/{number:06}")
            assert issued.rate is not None
            if is_paid:
                sums = totals(issued)
                assert issued.due_on is not None
                paid = Payment(f"p{number}", issued.due_on, sums.payable)
                own = in_own(issued.rate, sums.payable)
                payments.add(connection, issued, payments.Entry("payment", paid, own))
            invoices.issue(connection, issued, "all", number)


def _documents(count: int) -> Iterator[tuple[Invoice, bool]]:
    """Yield nine years of documents, nine of ten paid."""
    chance = Random(6)
    for number in range(count):
        issued_on = NOON.date() - timedelta(days=chance.randrange(9 * 365))
        line = InvoiceLine(
            "Work", Decimal(chance.randrange(1, 40)), Decimal(chance.randrange(9999))
        )
        yield (
            Invoice(
                f"i{number:06}",
                chance.choice(CURRENCIES),
                f"c{chance.randrange(CLIENTS)}",
                Party("Client"),
                lines=(line,),
                issued_on=issued_on,
                due_on=issued_on + timedelta(days=14),
                rate=RateNote("USD", Decimal("1.25"), date(2026, 11, 24)),
                updated_at=NOON + timedelta(seconds=number),
            ),
            chance.random() < 0.9,
        )
