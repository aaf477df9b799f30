"""A document's words and figures, before anybody prints them."""

from datetime import date
from decimal import Decimal

import pytest

from freelancer_tui.documents import formats
from freelancer_tui.documents.model import in_words, sheet
from freelancer_tui.domain.invoices import Note, Tax, Withholding
from freelancer_tui.domain.money import Money
from tests.documents.sheets import a_line, an_invoice


@pytest.mark.parametrize(
    ("amount", "currency", "english", "indonesian"),
    [
        ("1250000", "IDR", "IDR 1,250,000", "Rp1.250.000"),
        ("1250000.50", "IDR", "IDR 1,250,000.50", "Rp1.250.000,50"),
        ("-1250.5", "USD", "−USD 1,250.50", "−USD 1.250,50"),
        ("842140", "JPY", "JPY 842,140", "JPY 842.140"),
        ("5.615", "KWD", "KWD 5.615", "KWD 5,615"),
        ("-5000", "IDR", "−IDR 5,000", "−Rp5.000"),
    ],
)
def test_money_has_the_digits_of_its_currency(
    amount: str, currency: str, english: str, indonesian: str
) -> None:
    money = Money(Decimal(amount), currency)
    assert formats.money(money, "en").replace("\u00a0", " ") == english
    assert formats.money(money, "id").replace("\u00a0", " ") == indonesian


def test_a_price_keeps_the_digits_it_has() -> None:
    assert formats.price(Decimal("12.3456"), "EUR", "en") == "12.3456"
    assert formats.price(Decimal("12"), "EUR", "id") == "12,00"
    assert formats.number(Decimal("100"), "en") == "100"
    assert formats.number(Decimal("0.3330"), "id") == "0,333"


def test_dates_are_told_in_both_languages_where_they_differ() -> None:
    paper = sheet(an_invoice(due_on=date(2026, 11, 24)), "both")
    said = {fact.label: fact.value for fact in paper.facts}
    assert said["Date", "Tanggal"] == ("17 August 2026", "17 Agustus 2026")
    assert said["Due", "Jatuh tempo"] == ("24 November 2026",)


def test_a_document_of_two_languages_has_the_points_of_its_money() -> None:
    assert sheet(an_invoice(currency="IDR"), "both").sums[-1].amount == "Rp1.250"
    assert sheet(an_invoice(), "both").sums[-1].amount == "EUR\u00a01,250.00"


def test_taxes_and_what_is_withheld_have_lines_of_their_own() -> None:
    line = a_line(price="1000000", tax=Tax("S", Decimal(11)))
    bill = an_invoice(line, currency="IDR", withholdings=(Withholding("PPh 23", Decimal(2)),))
    paper = sheet(bill, "id")
    assert [(one.label[0], one.amount) for one in paper.sums] == [
        ("Subtotal", "Rp1.000.000"),
        ("PPN 11% dari Rp1.000.000", "Rp110.000"),
        ("Total", "Rp1.110.000"),
        ("Dikurangi pemotongan: PPh 23 2%", "−Rp20.000"),
        ("Harus dibayar", "Rp1.090.000"),
    ]
    assert paper.heads["tax"] == ("Pajak",)
    assert "discount" not in paper.heads
    assert paper.words[0].value == ("Satu juta sembilan puluh ribu rupiah",)


def test_an_amount_too_large_to_spell_is_not_spelled() -> None:
    assert in_words(Money(Decimal(10**15), "IDR"), "both") == ()


def test_codes_suit_the_money() -> None:
    def codes(currency: str, **other: str) -> list[str]:
        paper = sheet(an_invoice(currency=currency, **other), "en")
        return [scan.label[0] for scan in paper.codes]

    assert codes("EUR") == ["Scan with a banking app", "Pay by PayPal", "Pay by Wise"]
    assert codes("IDR") == ["Scan with any QRIS app", "Pay by PayPal", "Pay by Wise"]
    assert codes("USD") == ["Pay by PayPal", "Pay by Wise"]
    assert codes("EUR", kind="credit_note") == codes("EUR", state="void") == []


def test_a_credit_note_asks_for_nothing() -> None:
    paper = sheet(an_invoice(kind="credit_note", number="CN/1"), "en", "INV/9")
    labels = [fact.label[0] for fact in paper.facts]
    assert labels == ["Number", "Date", "Corrects invoice"]
    assert (paper.title, paper.ways, paper.sums[-1].label) == (
        ("Credit note",), (), ("Amount credited",),
    )  # fmt: skip


def test_notes_are_in_the_languages_of_the_document() -> None:
    note = Note("rc", "Reverse charge.", "Pajak terutang oleh penerima.")
    bill = an_invoice(notes=(note,), note="Thank you\nSari")
    assert sheet(bill, "both").notes == ("Thank you\nSari", note.english, note.indonesian)
    assert sheet(bill, "id").notes == ("Thank you\nSari", note.indonesian)


def test_a_draft_and_a_void_one_say_so() -> None:
    assert sheet(an_invoice(), "both").mark == ()
    assert sheet(an_invoice(state="draft", number=""), "both").mark == ("Draft", "Draf")
    assert sheet(an_invoice(state="void"), "id").mark == ("Batal",)


def test_controls_and_direction_tricks_are_not_printed() -> None:
    bill = an_invoice(a_line("\x1b[31mred\u202eevil"), po_number="1\u0007\n2")
    paper = sheet(bill, "en")
    assert paper.rows[0].text == "redevil"
    assert paper.facts[-1].value == ("1 2",)
