"""Money: exact amounts in one currency, and the currencies a marketplace knows."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, Self

_OTHER_DIGITS: Final = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
"""ISO 4217 minor units that are not two."""


_SIGNS: Final = {"us$": "USD", "rp": "IDR", "€": "EUR", "£": "GBP", "₹": "INR"}
_CODE: Final = re.compile(r"^([a-z]{3})\s+|\s+([a-z]{3})$", re.IGNORECASE)


def minor_digits(currency: str) -> int:
    """Give how many decimal digits a currency has (ISO 4217)."""
    return _OTHER_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency; it never mixes currencies and never becomes a float."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse what would lose a cent: floats, infinities, and digits the currency lacks."""
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise TypeError(f"an amount is a finite Decimal, not {self.amount!r}")
        if self.amount != self.amount.quantize(_unit(self.currency)):
            raise ValueError(f"{self.currency} has no such fraction: {self.amount}")
        object.__setattr__(self, "amount", self.amount.quantize(_unit(self.currency)))

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """Round half up to the currency's smallest unit."""
        return cls(amount.quantize(_unit(currency), ROUND_HALF_UP), currency)

    @classmethod
    def of_minor(cls, units: int, currency: str) -> Self:
        """Build from the smallest unit, as stored: 1050 USD cents are 10.50."""
        return cls(Decimal(units).scaleb(-minor_digits(currency)), currency)

    @property
    def minor(self) -> int:
        """The amount in the currency's smallest unit, as stored."""
        return int(self.amount.scaleb(minor_digits(self.currency)))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.amount


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as the marketplace lists it."""

    remote_id: int
    code: str
    name: str
    sign: str
    usd_rate: Decimal | None
    """What one unit was worth in USD when the list was read."""


def named_currency(text: str) -> str | None:
    """Give the currency that a person typed beside an amount; None where they left it out.

    A bare `$` names none: a dozen currencies write it.
    """
    body = text.strip()
    if not any(map(str.isdecimal, body)):
        return None
    for sign, currency in _SIGNS.items():
        if body.lower().startswith(sign):
            return currency
    code = _CODE.search(body)
    return (code[1] or code[2]).upper() if code else None


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount a person typed; raise ValueError with the reason.

    Takes `1250000`, `1250000.50`, `1,250,000.50`, `1.250.000,50`, `1.25jt`, `500rb`, `5k`.
    A single separator followed by exactly three digits is ambiguous (`1.250`): it groups
    thousands where the currency is IDR or has no minor unit, and is refused elsewhere.
    """
    try:
        return Money(parse_number(text, currency), currency)
    except InvalidOperation:
        raise ValueError(text) from None


def parse_number(text: str, currency: str) -> Decimal:
    """Read a number typed as `parse_amount` does; it may have more digits than the currency."""
    body, scale = _scaled(text.strip().lower().removeprefix("rp").strip().replace(" ", ""))
    try:
        return Decimal(_plain(body, currency, scaled=scale != 1)) * scale
    except InvalidOperation:
        raise ValueError(text) from None


def _scaled(body: str) -> tuple[str, int]:
    for suffix, scale in (("juta", 10**6), ("jt", 10**6), ("ribu", 10**3), ("rb", 10**3)):
        if body.endswith(suffix):
            return body.removesuffix(suffix), scale
    return (body[:-1], 1000) if body.endswith("k") else (body, 1)


def _plain(body: str, currency: str, *, scaled: bool) -> str:
    """Turn grouped digits into what Decimal reads."""
    if not body or not all(sign.isdecimal() or sign in ".," for sign in body):
        raise ValueError(body)
    marks = [sign for sign in body if sign in ".,"]
    if not marks:
        return body
    last = marks[-1]
    whole, fraction = body.rsplit(last, 1)
    if len(set(marks)) == 2 and last not in whole:
        return _grouped(whole) + "." + fraction
    if len(marks) > 1:
        return _grouped(body)
    if len(fraction) != 3 or scaled:
        return f"{whole}.{fraction}"
    if currency == "IDR" or minor_digits(currency) == 0:
        return _grouped(body)
    raise ValueError(body)


def _grouped(body: str) -> str:
    head, *groups = body.replace(",", ".").split(".")
    if not 1 <= len(head) <= 3 or any(len(group) != 3 for group in groups):
        raise ValueError(body)
    return head + "".join(groups)


@lru_cache(maxsize=64)
def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_digits(currency))
