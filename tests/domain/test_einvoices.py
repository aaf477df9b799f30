"""What keeps a document from being an e-invoice, and what numbers and units become."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from freelancer_tui.domain.einvoices import Lack, Numbers, form_of, lacks, numbers_of, unit_code
from freelancer_tui.domain.invoices import Invoice, InvoiceLine, Party, Tax

SELLER = Party("Sari", country_code="ID", tax_ids=(("NPWP", "0123.4567.8901.2345"),))
LINE = InvoiceLine("Design", Decimal(1), Decimal(100))
BILL = Invoice(
    "x", "EUR", client=Party("Acme", country_code="DE"), seller=SELLER, state="issued",
    number="INV/1", lines=(LINE,),
)  # fmt: skip


def line(code: Any, percent: int = 0, price: str = "100") -> InvoiceLine:
    return replace(LINE, tax=Tax(code, Decimal(percent)), unit_price=Decimal(price))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"state": "draft"}, [Lack("draft", detail="x")]),
        ({"state": "void"}, [Lack("void", detail="INV/1")]),
        ({"kind": "quote"}, [Lack("quote", detail="INV/1")]),
        ({"client": Party("Acme")}, [Lack("client_country")]),
        ({"client": Party("Acme", country_code="QQ")}, [Lack("client_country", detail="QQ")]),
        ({"seller": replace(SELLER, country_code="")}, [Lack("seller_country")]),
        ({"seller": replace(SELLER, tax_ids=())}, [Lack("seller_id")]),
        (
            {"seller": replace(SELLER, tax_ids=(("HRB", "1"),)), "lines": (line("S", 19),)},
            [Lack("seller_vat")],
        ),
        ({"lines": (line("AE"),)}, [Lack("client_vat")]),
        ({"lines": (LINE, line("S", 11))}, [Lack("tax_mixed")]),
        ({"lines": (line("S"),)}, [Lack("tax_zero", 1)]),
        ({"lines": (line("G", 5),)}, [Lack("tax_none", 1, "G")]),
        ({"lines": (LINE, line("O", 0, "1.234")), "currency": "KWD"}, [Lack("digits", 2, "KWD")]),
        ({"lines": (line("S", 7, "1.1"),), "currency": "KWD"}, [Lack("tax_digits", detail="KWD")]),
        ({"lines": (line("O", 0, "1.230"),), "currency": "KWD"}, []),
        ({"currency": "STN"}, [Lack("currency", detail="STN")]),
    ],
)
def test_each_lack_is_named(changes: dict[str, Any], found: list[Lack]) -> None:
    assert list(lacks(replace(BILL, **changes))) == found


def test_numbers_stand_where_the_norm_has_them() -> None:
    both = Party("A", country_code="DE", tax_ids=(("VAT", "DE 12 3"), ("HRB", "HRB 7")))
    assert numbers_of(both, is_taxed=True, is_seller=False) == Numbers("DE123", "HRB7")
    assert numbers_of(both, is_taxed=False, is_seller=False) == Numbers("", "HRB7", "DE123")
    bare = replace(both, country_code="FR", tax_ids=(("VAT", "32123"),))
    assert numbers_of(bare, is_taxed=True, is_seller=False) == Numbers("FR32123")
    greek = replace(both, country_code="GR", tax_ids=(("VAT", "EL123"),))
    assert numbers_of(greek, is_taxed=True, is_seller=False).vat == "EL123"
    taxed = numbers_of(SELLER, is_taxed=True, is_seller=True)
    assert (taxed.vat, taxed.registered) == ("ID0123456789012345", "0123.4567.8901.2345")
    assert numbers_of(SELLER, is_taxed=False, is_seller=True).vat == ""


@pytest.mark.parametrize(
    ("said", "code"),
    [("Jam", "HUR"), ("hrs.", "HUR"), ("bulan", "MON"), ("kata", "D68"), ("", "C62"),
     ("sprint", "")],
)  # fmt: skip
def test_units_have_codes(said: str, code: str) -> None:
    assert unit_code(said) == code


def test_the_name_of_the_file_says_the_form() -> None:
    names = ("a.PDF", "a.xml", "a.cii.xml", "a.txt", "pdf")
    assert list(map(form_of, names)) == ["factur-x", "ubl", "cii", None, None]
