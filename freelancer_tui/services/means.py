"""Means: fees, rates and the quota, gathered for whoever names a price."""

from freelancer_tui.domain.fees import Fees
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.services.account import Account
from freelancer_tui.services.exchange import Exchange


class Means:
    """What is known now; asking looks into the cache, so screens ask on a thread."""

    def __init__(self, fees: Fees, exchange: Exchange, account: Account) -> None:
        self._fees = fees
        self._exchange = exchange
        self._account = account

    def reckoning(self) -> Reckoning:
        """Give the rules, the rates and the quota."""
        profile = self._account.profile()
        left = profile.bids_left if profile else None
        return Reckoning(self._fees, self._exchange.rates(), self._exchange.own, left)
