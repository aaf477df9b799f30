"""Reckoning: what a price comes to once the marketplace has its share, and what bidding costs."""

from dataclasses import dataclass, field

from freelancer_tui.domain.fees import Charge, Fees
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.domain.rates import Rates


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The rules, the rates and the quota as they are known now."""

    fees: Fees | None = None
    rates: Rates = field(default_factory=Rates)
    own: str = ""
    """The user's currency."""
    bids_left: int | None = None
    """None where the marketplace does not tell."""

    def charge(self, price: Money, kind: ProjectKind) -> Charge | None:
        """Tell what is kept of a price; None without rules."""
        return self.fees.charge(price, kind, self.rates) if self.fees else None

    def in_own(self, money: Money) -> Money | None:
        """Give an amount in the user's currency; None if it is in that, or there is no rate."""
        if not self.own or money.currency == self.own:
            return None
        return self.rates.convert(money, self.own)
