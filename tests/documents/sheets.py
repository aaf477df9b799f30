"""Sheets: documents to print, of which a test names only what it is about, and reading PDFs."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from freelancer_tui.documents.model import Sheet, sheet
from freelancer_tui.documents.printing import TEMPLATES, Template, printed
from freelancer_tui.domain.invoices import DocumentLanguage, Invoice, InvoiceLine, Party, Ways

ISSUED = date(2026, 8, 17)
OURS = Template(TEMPLATES, "invoice.typ")
SELLER = Party(
    "Sari Wulandari", ("Jl. Kemang Raya 12",), "ID", "sari@example.com", (("NPWP", "01234567"),)
)
CLIENT = Party("Müller & Söhne GmbH", ("Lindenstraße 7", "10115 Berlin"), "DE")
WAYS = Ways(
    "Bank Central Asia", "1234567890", "Sari Wulandari", "CENAIDJA", "DE02120300000000202051",
    "paypal.me/sariw", "https://wise.com/pay/me/sariw", "sari@example.com", "00020101021126QRIS",
)  # fmt: skip


def a_line(
    text: str = "Design", quantity: str = "1", price: str = "1250", **other: Any
) -> InvoiceLine:
    return InvoiceLine(text, Decimal(quantity), Decimal(price), **other)


def an_invoice(*lines: InvoiceLine, **other: Any) -> Invoice:
    base = Invoice(
        "x", "EUR", client=CLIENT, seller=SELLER, ways=WAYS, number="INV/2026/VIII/007",
        state="issued", issued_on=ISSUED, due_on=date(2026, 8, 31), lines=lines or (a_line(),),
    )  # fmt: skip
    return replace(base, **other)


def pdf_of(invoice: Invoice, language: DocumentLanguage = "en", template: Template = OURS) -> bytes:
    return printed(sheet(invoice, language).tree(), template, invoice.issued_on, invoice.logo)


def pages(pdf: bytes) -> list[str]:
    """Read each page's text, blanks of every kind as one."""
    found = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in found]


def text_of(invoice: Invoice, language: DocumentLanguage = "en") -> str:
    return " ".join(pages(pdf_of(invoice, language)))


def own_template(folder: Path, source: str) -> Template:
    (folder / "invoice.typ").write_text(source, "utf-8")
    return Template.of("invoice.typ", folder)


def amounts(paper: Sheet) -> list[str]:
    """Give every amount that stands on a sheet."""
    return [row.amount for row in paper.rows] + [one.amount for one in paper.sums]
