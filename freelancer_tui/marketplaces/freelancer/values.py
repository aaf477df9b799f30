"""Values: the small things of the wire (amounts, times, codes) as ours, checked and bounded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.marketplaces.freelancer import wire

CURRENCIES: Final[Mapping[int, str]] = dict(
    pair
    for pair in zip(
        (*range(1, 26), 32),
        "USD NZD AUD GBP HKD SGD PHP EUR CAD ZAR INR JMD CLP MXN IDR MYR SEK JPY PLN BRL CNY "
        "DKK VND AED ARS KRW".split(),
        strict=True,
    )
)
"""The ids of section 7 of the wire reference, until the marketplace's own list is read."""
_LARGEST: Final = Decimal(10) ** 13
_LAST_SECOND: Final = 4_102_444_800
"""The year 2100: what lies beyond is no time of a project."""
_CODE: Final = re.compile(r"[A-Z0-9]{2,8}")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/-]{1,64}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row does not say itself: the website's address and the currencies by id."""

    web: str
    currencies: Mapping[int, str] = field(default_factory=lambda: CURRENCIES)

    def project_url(self, seo_url: str | None) -> str:
        """Give a project's page on the website; empty where its name is not told."""
        name = one_line(seo_url).strip("/")
        return f"{self.web}/projects/{quote(name, safe='/-_.~%')}" if name else ""


def currency_code(
    currency: wire.Currency | None, currency_id: int | None, known: Mapping[int, str]
) -> str:
    """Give the three letters of a currency, from its object or by its id."""
    if currency is not None:
        code = (currency.code or "").strip().upper()
        if _CODE.fullmatch(code):
            return code
        if currency.id is not None:
            currency_id = currency.id
    code = known.get(currency_id, "") if currency_id is not None else ""
    if not code:
        raise WireMismatch(_("the currency is not known"))
    return code


def money(amount: Decimal | None, currency: str) -> Money | None:
    """Give an amount rounded half up to the currency's smallest unit."""
    if amount is None:
        return None
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise WireMismatch(_("an amount is out of range"))
    return Money.rounded(amount, currency)


def sum_of(amount: Decimal | None, currency: str) -> Money:
    """Give an amount that has to be there."""
    value = money(amount, currency)
    if value is None:
        raise WireMismatch(_("an amount is missing"))
    return value


def ratio(number: Decimal | None, most: int) -> Decimal | None:
    """Give a number between 0 and a most; None for anything else."""
    if number is None or not number.is_finite() or not 0 <= number <= most:
        return None
    return round(number, 4).normalize()


def when(*seconds: Decimal | None) -> datetime | None:
    """Give the first of several epoch seconds that is a time."""
    for number in seconds:
        if number is not None and number.is_finite() and 0 < number < _LAST_SECOND:
            return datetime.fromtimestamp(int(number), UTC)
    return None


def moment(*seconds: Decimal | None) -> datetime:
    """Give a time that has to be there."""
    found = when(*seconds)
    if found is None:
        raise WireMismatch(_("a time is missing or out of range"))
    return found


def word(text: str | None) -> str:
    """Give an enum's value in lower case."""
    return one_line(text, 64).lower()


def language(text: str | None) -> str:
    """Give two lower-case letters, or nothing."""
    code = word(text)[:2]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def country_code(text: str | None) -> str:
    """Give two capital letters, or nothing."""
    code = one_line(text, 8).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def zone(text: str | None) -> str:
    """Give what looks like a zone of the tz database, or nothing."""
    name = one_line(text, 64)
    return name if _ZONE.fullmatch(name) else ""


def same_id(*ids: int | None) -> int | None:
    """Give the first of several places where an id can stand that holds one."""
    return next((number for number in ids if number is not None and number > 0), None)
