"""Duty: the stamp duty that a document bears which states the receipt of money, by date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class Duty:
    """A dated rule: documents about more than an amount bear a fixed tariff."""

    country: str
    """Two capital letters: where the law holds."""
    since: date
    above: Money
    tariff: Money
    source: str
    until: date | None = None
    """The last day; None while nobody ended it."""

    def holds(self, country: str, on: date) -> bool:
        """Tell whether the rule holds in a country on a day."""
        is_time = self.since <= on and (self.until is None or on <= self.until)
        return is_time and country == self.country


def due(
    duties: Iterable[Duty], country: str, on: date, received: Iterable[Money | None]
) -> Duty | None:
    """Give the duty on a receipt; `received` is the amount, and what it is worth elsewhere."""
    known = {one.currency: one for one in received if one is not None}
    for duty in duties:
        amount = known.get(duty.above.currency)
        if duty.holds(country, on) and amount is not None and duty.above < amount:
            return duty
    return None
