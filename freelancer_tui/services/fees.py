"""Fees: what is left of a price, by the dated rules and the stored rates."""

from freelancer_tui.domain.fees import Charge, Fees
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.services.exchange import Exchange


class Charges:
    """The rules with the rates they need; asking looks into the cache."""

    def __init__(self, fees: Fees, exchange: Exchange) -> None:
        self.fees = fees
        """The rules, with their date and source."""
        self._exchange = exchange

    def of(self, price: Money, kind: ProjectKind) -> Charge:
        """Tell what the marketplace keeps of a price, in its currency."""
        return self.fees.charge(price, kind, self._exchange.rates())
