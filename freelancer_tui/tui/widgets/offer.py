"""Offer: how a typed price and typed days are read."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.money import Money, named_currency, parse_amount
from freelancer_tui.domain.proposals import MOST_DAYS
from freelancer_tui.i18n import _

_SIGNS: Final = re.compile(r"^(?:us\$|rp\.?|[$€£¥₹])\s*", re.IGNORECASE)
_CODE: Final = re.compile(r"^([a-z]{3})\s+|\s+([a-z]{3})$", re.IGNORECASE)
_TWO_WAYS: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_MOST: Final = Decimal(10) ** 12
"""More than any job pays in any currency; it keeps a slipped key out of the store."""


_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Reading:
    """How a typed price was understood: the amount, or why there is none."""

    price: Money | None
    words: str
    is_wrong: bool = False


def read_price(typed: str, currency: str) -> Reading:
    """Read a price as a person types it: `1250000`, `1.25jt`, `USD 250`."""
    body = typed.strip()
    if not body:
        return Reading(None, "")
    if named_currency(body) not in (None, currency):
        return Reading(None, _("This job is paid in {currency}.").format(currency=currency), True)
    body = _SIGNS.sub("", _CODE.sub("", body))
    if sum(map(str.isdecimal, body)) > _MOST_DIGITS:
        return Reading(None, _("That is more than any job pays."), True)
    try:
        price = parse_amount(body, currency)
    except ValueError:
        return Reading(None, _why_not(body), True)
    if price.amount >= _MOST:
        return Reading(None, _("That is more than any job pays."), True)
    return Reading(price, wording.money(price))


def read_days(typed: str) -> tuple[int | None, str]:
    """Read a number of days; with the words to show, an explanation where it is None."""
    body = typed.strip()
    if not body:
        return None, ""
    if not body.isdecimal() or len(body) > 6:
        return None, _("Write a whole number of days, 1 to {most}.").format(most=MOST_DAYS)
    return int(body), wording.days(int(body))


def typed_price(price: Money | None) -> str:
    """Write a price as one would type it, so that reading it gives the same again."""
    if price is None:
        return ""
    whole = price.amount == price.amount.to_integral_value()
    return str(int(price.amount)) if whole else f"{price.amount:f}"


def _why_not(body: str) -> str:
    if _TWO_WAYS.fullmatch(body):
        plain = body.replace(",", "").replace(".", "")
        return _("{typed} can be read in two ways: write {plain}, or {plain}.00.").format(
            typed=body, plain=plain
        )
    return _("Not an amount. Write it like 1250000, 1.25jt or 250.50.")
