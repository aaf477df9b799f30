"""Fees: what the marketplace keeps of a price, by dated rules, and what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.payouts import PayoutRule
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.domain.rates import Rates


@dataclass(frozen=True, slots=True)
class Fee:
    """What is kept of one kind of work: a share, and for some kinds at least an amount."""

    percent: Decimal
    least: Money | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What is kept of one price, and what is left of it."""

    fee: Money
    net: Money
    is_least: bool = False
    """True where the share would be less than what is kept at least."""
    is_rough: bool = False
    """True where no rate tells what is kept at least, in the currency of the price."""


@dataclass(frozen=True, slots=True)
class Fees:
    """The marketplace's rules for one time, and where they were read."""

    as_of: date
    source: str
    rules: Mapping[ProjectKind, Fee]
    award_hours: int | None = None
    """How long an award waits for the freelancer's word before it lapses, where that is known."""
    payout: PayoutRule | None = None

    def charge(self, price: Money, kind: ProjectKind, rates: Rates) -> Charge:
        """Tell what is kept of a price; of an hourly one, of each hour."""
        fee = self.rules[kind]
        share = Money.rounded(price.amount * fee.percent / 100, price.currency)
        if fee.least is None:
            return Charge(share, price - share)
        least = rates.convert(fee.least, price.currency)
        if least is None:
            return Charge(share, price - share, is_rough=True)
        kept = max(share, least)
        return Charge(kept, price - kept, is_least=share < least)

    def accept_by(self, awarded_at: datetime | None) -> datetime | None:
        """Tell until when an award can be accepted; None where nothing tells."""
        if awarded_at is None or self.award_hours is None:
            return None
        return awarded_at + timedelta(hours=self.award_hours)
