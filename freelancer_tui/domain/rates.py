"""Rates: what currencies were worth at one time, for amounts beside the real ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class Rates:
    """The marketplace's list of rates, and when it was read."""

    at: datetime | None = None
    """The marketplace's own time; None while there is no list."""
    usd: Mapping[str, Decimal] = field(default_factory=dict)
    """What one unit of a currency was worth in US dollars, by code; only rates above zero."""

    def convert(self, money: Money, currency: str) -> Money | None:
        """Give an amount in another currency, rounded half up; None where a rate is missing."""
        if money.currency == currency:
            return money
        ratio = self.ratio(money.currency, currency)
        return None if ratio is None else Money.rounded(money.amount * ratio, currency)

    def ratio(self, currency: str, into: str) -> Decimal | None:
        """Give what one unit is worth in another currency; None where a rate is missing."""
        if currency == into:
            return Decimal(1)
        ours, theirs = self.usd.get(currency), self.usd.get(into)
        return None if ours is None or theirs is None else ours / theirs
