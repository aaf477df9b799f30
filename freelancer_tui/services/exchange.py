"""Exchange: amounts in the user's own currency, at the rates that the marketplace listed."""

from typing import Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.rates import Rates
from freelancer_tui.store.cache import reference
from freelancer_tui.store.cache.database import CacheDatabase


class Exchange:
    """The stored rates; asking takes a look into the cache, so screens ask on a thread."""

    def __init__(self, cache: CacheDatabase, own: str) -> None:
        self._cache = cache
        self.own: Final = own
        """The user's currency, three letters."""

    def rates(self) -> Rates:
        """Give every rate as last listed, with its date."""
        with self._cache.read() as connection:
            return reference.rates(connection)

    def in_own(self, money: Money) -> Money | None:
        """Give an amount in the user's currency; None where there is no rate."""
        return self.rates().convert(money, self.own)
