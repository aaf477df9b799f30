"""Codes: QR codes to pay by, as rows of modules that a page or a terminal draws."""

import re
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.invoices import Ways
from freelancer_tui.domain.money import Money

Code = tuple[str, ...]
"""Rows of `0` and `1`, without the quiet border."""
_MOST_EPC: Final = Decimal("999999999.99")
_EPC_NAME: Final = 70
_EPC_TEXT: Final = 140
_MOST_LETTERS: Final = 1_000
"""Of a payload: a code with more cannot be read from paper of this size."""
_LINK: Final = re.compile(r"https://[^\s]+", re.ASCII)
_PAYPAL_ME: Final = re.compile(r"(?:https?://)?(?:www\.)?paypal\.me/([\w.-]+)/?", re.ASCII)
_PAYPAL_TAKES: Final = frozenset(
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD "
    "USD".split()
)
"""Currencies that a PayPal.me link can ask for."""


def drawn(payload: str) -> Code:
    """Give the modules of a payload; nothing where it is too long for a code on paper."""
    if not payload or len(payload) > _MOST_LETTERS:
        return ()
    import segno  # it brings http and xml along: 20 ms that only who draws a code shall pay

    code = segno.make_qr(payload, error="m", boost_error=False)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)


def payloads(ways: Ways, holder: str, due: Money, reference: str) -> dict[str, str]:
    """Give what each way's code says, by the way's name; only of those that suit the money."""
    found = {
        "epc": _epc(ways, holder, due, reference),
        "qris": ways.qris.strip() if due.currency == "IDR" else "",
        "paypal": _paypal(ways.paypal.strip(), due),
        "wise": ways.wise.strip() if _LINK.fullmatch(ways.wise.strip()) else "",
    }
    return {way: payload for way, payload in found.items() if payload}


def _epc(ways: Ways, holder: str, due: Money, reference: str) -> str:
    """Give a SEPA credit transfer (EPC069-12, version 002)."""
    iban = re.sub(r"\s", "", ways.iban).upper()
    name = (ways.bank_holder or holder)[:_EPC_NAME]
    if not iban or not name or due.currency != "EUR" or not 0 < due.amount <= _MOST_EPC:
        return ""
    bic = re.sub(r"\s", "", ways.swift).upper()
    lines = ["BCD", "002", "1", "SCT", bic, name, iban, f"EUR{due.amount}", "", ""]
    return "\n".join([*lines, reference[:_EPC_TEXT]]).rstrip("\n")


def _paypal(said: str, due: Money) -> str:
    """Give a PayPal.me link with the amount; an address of mail has no code."""
    link = _PAYPAL_ME.fullmatch(said)
    if link is None:
        return said if _LINK.fullmatch(said) else ""
    asked = f"/{due.amount}{due.currency}" if due.currency in _PAYPAL_TAKES else ""
    return f"https://paypal.me/{link[1]}{asked}"
