"""Papers: what is printed is what was issued, whatever came after."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from freelancer_tui.domain.invoices import Party
from freelancer_tui.errors import NotAllowed
from tests.documents.sheets import pages
from tests.services.bills import SELLER, a_draft, a_line, money, office

TODAY = date(2026, 11, 24)


def test_an_issued_document_is_the_same_file_for_ever(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        bill = desk.invoices.issue(a_draft(desk, a_line(price="1250.50")).id)
        first = desk.papers.pdf(bill.id, "both")
        desk.invoices.pay(bill.id, money("1000"), TODAY)
        desk.clients.save_seller(replace(SELLER, party=Party("Somebody Else", country_code="ID")))
        assert desk.papers.pdf(bill.id, "both") == first
        text = pages(first)[0]
        shown = desk.papers.sheet(bill.id, "both")
        assert shown.sums[-1].amount.replace("\u00a0", " ") in text
        assert "Reverse charge" in text


def test_a_draft_is_shown_as_if_issued_today(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        paper = desk.papers.sheet(a_draft(desk).id)
        assert (paper.mark, paper.number, paper.seller.name) == (("Draft",), "", "Made Wirawan")
        assert ("24 November 2026",) in [fact.value for fact in paper.facts]


def test_a_credit_note_names_what_it_corrects(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        bill = desk.invoices.issue(a_draft(desk).id)
        note = desk.invoices.issue(desk.invoices.credit(bill.id).id)
        said = {fact.label[0]: fact.value[0] for fact in desk.papers.sheet(note.id).facts}
        assert said["Corrects invoice"] == bill.number
        with pytest.raises(NotAllowed):
            desk.papers.receipt(note.id)


@pytest.mark.parametrize(("paid", "bears"), [("270", False), ("280", True)])
def test_duty_on_foreign_money_goes_by_the_rate_of_the_document(
    tmp_path: Path, paid: str, bears: bool
) -> None:
    with office(tmp_path) as desk:  # an euro is worth Rp18.333 there
        bill = desk.invoices.issue(a_draft(desk, a_line(price="900")).id)
        with pytest.raises(NotAllowed, match="Nothing was paid"):
            desk.papers.receipt(bill.id)
        desk.invoices.pay(bill.id, money(paid), TODAY)
        assert (desk.papers.receipt(bill.id).stamp is not None) is bears
