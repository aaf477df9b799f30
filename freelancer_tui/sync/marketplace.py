"""Marketplace: what the engine asks of any marketplace's adapter."""

from typing import Protocol

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import Intent, Receipt, Sighting


class Marketplace(Protocol):
    """Pull facts, push intents, and look whether an intent landed.

    Every call raises errors of the `MarketplaceError` tree and nothing else, and ends
    within a deadline of its own; none may be cancelled in flight.
    """

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        """Read on in a feed from our place in it; None starts from the beginning."""
        ...

    async def watermark(self, intent: Intent) -> int | None:
        """Read the highest id there now where an intent will land; None where none is needed."""
        ...

    async def push(self, intent: Intent) -> Receipt:
        """Do it, once. `OutcomeUnknown` means that it may have landed."""
        ...

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        """Look whether an intent landed after the watermark was read.

        Of a change it tells whether it is there, what was there before it (that proves its
        absence), or a third thing: then the sighting says what was found. Of an action on a
        bid it tells whether the bid shows it; where that cannot happen any more it is Refused.
        """
        ...

    async def ping(self) -> None:
        """Ask for something light, to learn whether the marketplace can be reached."""
        ...

    async def close(self) -> None:
        """Give up the connections; no call follows."""
        ...
