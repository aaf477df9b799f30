"""Bills: documents from real lives of freelancers, each of which is to be a valid e-invoice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.invoices import Invoice, InvoiceLine, Note, Party, Tax, Ways, Withholding
from tests.documents.sheets import ISSUED, a_line, an_invoice

NONE, STANDARD, PPN = Tax(), Tax("S", Decimal(19)), Tax("S", Decimal(11))
SARI: Final = Party(
    "Sari Wulandari", ("Jl. Kemang Raya 12",), "ID", "sari@example.com",
    (("NPWP", "0123.4567.8901.2345"),),
)  # fmt: skip
BERLIN: Final = Party(
    "Anke Studio", ("Torstraße 1", "10119 Berlin"), "DE", "anke@example.de",
    (("VAT", "DE 123456789"), ("HRB", "HRB 1234 B")),
)  # fmt: skip
GMBH: Final = Party(
    "Müller & Söhne GmbH", ("Lindenstraße 7", "10115 Berlin"), "DE", "rechnung@example.de",
    (("VAT", "DE987654321"),),
)  # fmt: skip
PARIS: Final = Party("Atelier Café SARL", ("1 rue Cler",), "FR", "", (("VAT", "32123456789"),))
JAKARTA: Final = Party("PT Maju Jaya", ("Jl. Sudirman 1",), "ID", "", (("NPWP", "9" * 16),))
ACME: Final = Party("Acme Inc.", ("1 Main St", "Floor 2", "Suite 3", "Springfield"), "US")
TOKYO: Final = Party("株式会社サンプル", ("東京都港区1-1",), "JP")
KUWAIT: Final = Party("شركة المثال", ("شارع الخليج",), "KW")
REVERSE: Final = Note("eu", "Reverse charge: art. 196.", "Reverse charge: pasal 196.")
PPH: Final = Withholding("PPh 23", Decimal(2))
HOSTILE: Final = "]]> <b>&amp; \x00\x1b[31m\x07\ufffe \ud800 \"'"
PERIOD: Final = (date(2026, 7, 1), date(2026, 7, 31))


def bill(*lines: InvoiceLine, **other: object) -> Invoice:
    base = {"client": GMBH, "seller": SARI, **other}
    return an_invoice(*lines, **base)


def taxed(*lines: InvoiceLine, **other: object) -> Invoice:
    return bill(*lines, **{"seller": BERLIN, **other})


def credit(**other: object) -> Invoice:
    return bill(kind="credit_note", number="CN/1", corrects="x", due_on=None, **other)


_STEP: Final = a_line("Step", "-1", "250", tax=STANDARD)
_HOURS: Final = a_line("Hours", "12.5", "39.9", unit="jam", tax=STANDARD)
_CHEAPER: Final = replace(_HOURS, discount_percent=Decimal("12.5"))
CASES: Final[dict[str, Invoice]] = {
    "an Indonesian without VAT bills the USA": bill(client=ACME, currency="USD"),
    "an Indonesian without VAT bills a business in the EU": bill(notes=(REVERSE,)),
    "a registered business at home": bill(
        a_line(price="999999", tax=PPN), seller=SARI, client=JAKARTA, currency="IDR"
    ),
    "export at nothing": bill(a_line(tax=Tax("G"))),
    "reverse charge within the EU": taxed(a_line(tax=Tax("AE")), client=PARIS, notes=(REVERSE,)),
    "exempt": taxed(a_line(tax=Tax("E"))),
    "at a rate of zero": taxed(a_line(tax=Tax("Z"))),
    "two rates": taxed(_HOURS, a_line("Book", "3", "9.99", tax=Tax("S", Decimal(7)))),
    "a discount on one line": taxed(_CHEAPER, a_line(tax=STANDARD)),
    "a discount on the whole document": taxed(
        _CHEAPER, a_line("Words", "1234", "0.0799", unit="kata", tax=STANDARD,
                         discount_percent=Decimal("12.5"))
    ),
    "tax that the client keeps back": bill(
        a_line(price="1000000", tax=PPN), client=JAKARTA, currency="IDR", withholdings=(PPH,)
    ),
    "a credit note": credit(),
    "a credit note with tax and a discount": credit(lines=(_CHEAPER,), seller=BERLIN),
    "yen, which have no smaller unit": bill(a_line(price="842140"), client=TOKYO, currency="JPY"),
    "rupiah with sen": bill(a_line(price="1250000.55"), client=JAKARTA, currency="IDR"),
    "dinar, whose thousandths are not used": bill(
        a_line(price="5.6155", quantity="100"), client=KUWAIT, currency="KWD"
    ),
    "a deposit": taxed(a_line("Deposit", price="250", tax=STANDARD), is_deposit=True),
    "the last invoice, less a deposit": taxed(a_line(tax=STANDARD), _STEP),
    "forty lines of odd quantities": taxed(
        *(a_line(f"Line {n}", f"{n}.3333", "33.3333", tax=STANDARD) for n in range(1, 41))
    ),
    "all that can be said, in both languages": bill(
        a_line(unit="sprint"), po_number="PO-7", period=PERIOD, note="Thank you", language="both"
    ),
    "names with signs that no XML can hold": bill(
        a_line(HOSTILE), client=Party(HOSTILE, (HOSTILE,), "GB", HOSTILE), note=HOSTILE,
        po_number=HOSTILE, ways=Ways(HOSTILE, HOSTILE, HOSTILE, paypal=HOSTILE),
    ),
}  # fmt: skip


def before(invoice: Invoice) -> tuple[Invoice, ...]:
    """Give what a document refers to."""
    is_last = any(line.quantity < 0 for line in invoice.lines)
    old = replace(invoice, number="INV/2026/VII/006", issued_on=date(2026, 7, 1))
    return (old,) if is_last or invoice.corrects else ()


assert all(one.issued_on == ISSUED for one in CASES.values())
