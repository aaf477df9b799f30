"""Exchange: amounts in the user's own currency, at the rates that the marketplace listed."""

from typing import Final

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.rates import Rates
from freelancer_tui.store.cache import cursors, reference
from freelancer_tui.store.cache.database import CacheDatabase

_LISTED: Final = Feed("currencies")


class Exchange:
    """The stored rates; asking takes a look into the cache, so screens ask on a thread."""

    def __init__(self, cache: CacheDatabase, own: str) -> None:
        self._cache = cache
        self.own: Final = own
        """The user's currency, three letters."""

    def rates(self) -> Rates:
        """Give every rate as last listed, with its date."""
        with self._cache.read() as connection:
            listed = reference.currencies(connection)
            place = cursors.get(connection, _LISTED)
        usd = {one.code: one.usd_rate for one in listed if one.usd_rate}
        return Rates(place.finished_at if place else None, usd)

    def in_own(self, money: Money) -> Money | None:
        """Give an amount in the user's currency; None where there is no rate."""
        return self.rates().convert(money, self.own)
