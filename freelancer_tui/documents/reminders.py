"""Reminders: a polite letter about money that should have come, in the client's language."""

from datetime import date
from typing import Final

from freelancer_tui.documents.formats import Language, day, languages, money
from freelancer_tui.domain.invoices import Invoice, totals
from freelancer_tui.domain.text import one_line

_LATE_DAYS: Final = 30
"""From here on the letter asks when the money comes."""
_PARTS: Final[dict[Language, tuple[str, str, str, str]]] = {
    "en": (
        "Hello {client},",
        "a friendly reminder of invoice {number} of {issued}: {open} was due on {due} and has not "
        "reached me yet.",
        "When may I expect it? ",
        "If it is on its way already, please take no notice of this message. If anything is "
        "unclear, just tell me.\n\nThank you and kind regards,\n{seller}",
    ),
    "id": (
        "Halo {client},",
        "izinkan saya mengingatkan tentang faktur {number} tanggal {issued}: {open} jatuh tempo "
        "pada {due} dan belum saya terima.",
        "Kapan kira-kira pembayarannya masuk? ",
        "Jika sudah ditransfer, mohon abaikan pesan ini. Jika ada yang kurang jelas, silakan "
        "kabari saya.\n\nTerima kasih dan salam,\n{seller}",
    ),
}


def letter(invoice: Invoice, today: date) -> str:
    """Give the reminder of an overdue invoice, once in each of its languages."""
    return "\n\n".join(_in(invoice, today, one) for one in languages(invoice.language))


def _in(invoice: Invoice, today: date, language: Language) -> str:
    assert invoice.issued_on is not None
    assert invoice.due_on is not None
    hello, what, when, end = _PARTS[language]
    asks = when if (today - invoice.due_on).days > _LATE_DAYS else ""
    return f"{hello}\n\n{what}\n\n{asks}{end}".format(
        client=one_line(invoice.client.name),
        number=one_line(invoice.number),
        issued=day(invoice.issued_on, language),
        due=day(invoice.due_on, language),
        open=money(totals(invoice).open, language),
        seller=one_line(invoice.seller.name),
    )
