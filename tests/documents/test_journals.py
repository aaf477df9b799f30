"""Journals, tables and texts: what goes out comes back, to the cent."""

import csv
import io
import json
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from freelancer_tui.documents import journals, tables
from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.plain import as_json, as_text
from freelancer_tui.domain.invoices import Invoice, Party, Payment, Tax, Withholding, totals
from freelancer_tui.domain.money import Money
from tests.documents.sheets import ISSUED, a_line, an_invoice

POSTING = re.compile(r"^ +(\S.*?)  (-?[\d.]+) ([A-Z]{3})$", re.MULTILINE)
HOSTILE = 'Evil; "Co" : (x)\n  2026-01-01 * "y"\\ |  two  blanks'


def bills() -> list[Invoice]:
    taxed = a_line(price="99.99", quantity="3", tax=Tax("S", Decimal("7.7")))
    kept = (Withholding("PPh 23", Decimal(2)),)
    paid = Payment("p1", date(2026, 9, 1), Money(Decimal("123.45"), "EUR"), "=HYPERLINK(1)")
    return [
        an_invoice(taxed, withholdings=kept, payments=(paid,)),
        an_invoice(id="y", number="CN/1", kind="credit_note", client=Party(HOSTILE)),
        an_invoice(id="z", number="INV/8", currency="KWD", client=Party("北京公司")),
        an_invoice(id="d", state="draft", number=""),
        an_invoice(id="v", state="void", number="INV/9"),
    ]


def balances(journal: bytes) -> dict[tuple[str, str], Decimal]:
    """Read a journal back: what each kind of account holds in each currency."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for block in journal.decode().split("\n\n"):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for account, amount, currency in POSTING.findall(block):
            sums[currency] += Decimal(amount)
            found[":".join(account.split(":")[:2]), currency] += Decimal(amount)
        assert not any(sums.values()), block
    return found


def test_both_journals_hold_what_the_documents_say() -> None:
    found = bills()
    entries = journals.entries(found)
    first, credit, third = map(totals, found[:3])
    for journal in (journals.hledger(entries), journals.beancount(entries)):
        held = balances(journal)
        assert held["Income:Services", "EUR"] == credit.net.amount - first.net.amount
        assert held["Income:Services", "KWD"] == -third.net.amount
        assert held["Liabilities:Tax", "EUR"] == -first.tax.amount
        assert held["Assets:Withheld", "EUR"] == first.withheld.amount
        assert held["Assets:Bank", "EUR"] == Decimal("123.45")
        owed = first.payable.amount - Decimal("123.45") - credit.payable.amount
        assert held["Assets:Receivable", "EUR"] == owed


def test_a_hostile_name_stays_a_name() -> None:
    entries = journals.entries(bills())
    ledger = journals.hledger(entries).decode()
    assert len(re.findall(r"^2026-", ledger, re.MULTILINE)) == len(entries) == 4
    count = journals.beancount(entries).decode()
    for account in re.findall(r"open (\S+)", count):
        assert all(
            re.fullmatch(r"[^\W_a-z][^\W_-]*(-[^\W_]+)*", part) for part in account.split(":")
        )
    assert r"\"Co\"" in count


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.integers(1, 10**12))
def test_any_name_and_any_amount_balance(name: str, minor: int) -> None:
    price = Money.of_minor(minor, "EUR").amount
    bill = an_invoice(a_line(price=str(price)), client=Party(name))
    entries = journals.entries([bill])
    for journal in (journals.hledger(entries), journals.beancount(entries)):
        assert balances(journal)["Income:Services", "EUR"] == -price


def test_tables_have_plain_decimals_and_no_formulas() -> None:
    found = bills()
    rows = list(csv.DictReader(io.StringIO(tables.documents(found).decode(), newline="")))
    for bill, row in zip(found, rows, strict=True):
        sums = totals(bill)
        assert Decimal(row["payable"]) == sums.payable.amount
        assert Decimal(row["open"]) == sums.open.amount
        assert row["client"] == bill.client.name
    (paid,) = csv.DictReader(io.StringIO(tables.payments(found).decode(), newline=""))
    assert (paid["amount"], paid["on"], paid["note"]) == ("123.45", "2026-09-01", "'=HYPERLINK(1)")


def test_json_and_text_say_it_all() -> None:
    (one, *_others) = bills()
    read = json.loads(as_json([one]))[0]
    assert read["issued_on"] == ISSUED.isoformat()
    assert read["payments"][0]["amount"] == {"amount": "123.45", "currency": "EUR"}
    assert read["lines"][0]["unit_price"] == "99.99"
    text = as_text(sheet(one, "both")).decode()
    for words in ("Invoice / Faktur INV/2026/VIII/007", "Müller & Söhne GmbH", "In words: "):
        assert words in text
    assert sheet(one, "both").sums[-1].amount in text
