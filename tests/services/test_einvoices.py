"""E-invoices of the desk: what is written, what it refers to, and what speaks against it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.invoices import Party
from freelancer_tui.errors import NotAllowed
from freelancer_tui.services.einvoices import refuse
from tests.documents.norm import misshapen, second_opinion
from tests.documents.sheets import a_line as sheet_line
from tests.documents.sheets import an_invoice, pages
from tests.services.bills import SELLER, a_draft, a_line, money, office


def test_all_forms_say_what_was_issued_whatever_came_after(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        bill = desk.invoices.issue(a_draft(desk, a_line(price="1250.50")).id)
        files = [tmp_path / name for name in ("a.pdf", "a.xml", "a.cii.xml")]
        for file in files:
            desk.papers.save_einvoice(bill.id, file)
        first = [file.read_bytes() for file in files]
        desk.invoices.pay(bill.id, money("1000"), date(2026, 11, 24))
        desk.clients.save_seller(replace(SELLER, party=Party("Somebody", country_code="DE")))
        for file in files:
            desk.papers.save_einvoice(bill.id, file, force=True)
        assert [file.read_bytes() for file in files] == first
        pdf, ubl, cii = first
        assert pages(pdf) == pages(desk.papers.pdf(bill.id))
        for document in (ubl, cii):
            assert (misshapen(document), second_opinion(document)) == ("", set())
            assert "1250.50" in document.decode()


def test_a_credit_note_and_a_last_invoice_name_what_came_before(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        whole = a_draft(desk, a_line(price="1000"))
        deposit = desk.invoices.issue(desk.deposits.begin(whole.id, Decimal(30)).id)
        last = desk.invoices.issue(desk.deposits.take_off(whole.id).id)
        note = desk.invoices.issue(desk.invoices.credit(deposit.id).id)
        for one in (last, note):
            file = tmp_path / f"{one.id}.xml"
            desk.papers.save_einvoice(one.id, file)
            document = file.read_bytes()
            assert (misshapen(document), second_opinion(document)) == ("", set())
            named = etree.fromstring(document).xpath(
                "//*[local-name()='InvoiceDocumentReference']/*[local-name()='ID']/text()"
            )
            assert named == [deposit.number]


def test_what_is_missing_is_said_with_its_remedy_and_nothing_is_written(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        nowhere = Client("", Party("Acme"), currency="EUR")
        draft, file = a_draft(desk, client=nowhere), tmp_path / "a.xml"
        with pytest.raises(NotAllowed) as early:
            desk.papers.save_einvoice(draft.id, file)
        assert len(early.value.problems) == 2
        assert f"invoices issue {draft.id}" in early.value.problems[0]
        assert "clients edit CLIENT --country" in early.value.problems[1]
        bill = desk.invoices.issue(draft.id)
        with pytest.raises(NotAllowed, match="country is missing") as late:
            desk.papers.save_einvoice(bill.number, file)
        assert "duplicate it" in late.value.hint
        with pytest.raises(NotAllowed, match="which kind"):
            desk.papers.save_einvoice(bill.number, tmp_path / "a.txt")
        assert not file.exists()


def test_money_with_three_digits_is_told_what_to_do() -> None:
    bill = an_invoice(sheet_line(price="5.615"), currency="KWD")
    with pytest.raises(NotAllowed, match="Change quantity or price") as caught:
        refuse(bill)
    assert "bill in another currency" in caught.value.problems[-1]
    assert "As PDF it can be sent" in caught.value.hint
