"""Archive: our papers keep what PDF/A-3a and PDF/UA-1 want of them, and a check that sees it."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NullObject

from freelancer_tui.documents.cii import cii
from freelancer_tui.documents.einvoices import einvoice
from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.printing import TEMPLATES, Template, printed
from freelancer_tui.documents.receipts import Received, receipt
from freelancer_tui.domain.money import Money
from tests.documents.archive import lacks
from tests.documents.bills import CASES
from tests.documents.sheets import OURS, an_invoice, pdf_of
from tests.documents.test_printing import a_picture

BILL = CASES["two rates"]


@pytest.fixture(scope="module")
def hybrid() -> bytes:
    document = cii(einvoice(BILL, "both"))
    return printed(sheet(BILL, "both").tree(), OURS, BILL.issued_on, attached=document)


def test_invoices_with_pictures_receipts_and_e_invoices_lack_nothing(
    hybrid: bytes, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(a_picture())
    received = Received(Money(Decimal(1250), "EUR"), date(2026, 8, 20))
    slip = receipt(an_invoice(), "id", received).tree()
    papers = [
        pdf_of(an_invoice(logo=str(logo)), "both"),
        printed(slip, Template(TEMPLATES, "receipt.typ"), received.on),
        hybrid,
    ]
    assert [lacks(one) for one in papers] == [[], [], []]
    assert "/AF" in PdfReader(io.BytesIO(hybrid)).root_object


FAULTS: list[tuple[str, Callable[[Any], None]]] = [
    ("no language", lambda root: root.pop("/Lang")),
    ("not marked as tagged", lambda root: root.pop("/MarkInfo")),
    ("no title in the window", lambda root: root.pop("/ViewerPreferences")),
    ("no metadata", lambda root: root.pop("/Metadata")),
    ("no output intent", lambda root: root.pop("/OutputIntents")),
    ("no tags", lambda root: root.pop("/StructTreeRoot")),
    ("factur-x.xml belongs to nothing", lambda root: root.pop("/AF")),
    ("factur-x.xml does not say what it is to the document",
     lambda root: root["/AF"][0].get_object().pop("/AFRelationship")),
    ("there is /OpenAction", lambda root: root.update({NameObject("/OpenAction"): NullObject()})),
    ("page 1 is outside the tags",
     lambda root: root["/Pages"]["/Kids"][0].get_object().pop("/Tabs")),
]  # fmt: skip


def test_each_thing_that_is_taken_away_is_missed(hybrid: bytes) -> None:
    missed = {}
    for said, damage in FAULTS:
        writer = PdfWriter(clone_from=io.BytesIO(hybrid))
        damage(writer.root_object)
        made = io.BytesIO()
        writer.write(made)
        if said not in (found := lacks(made.getvalue())):
            missed[said] = found
    assert missed == {}
