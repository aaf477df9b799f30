"""Marketplace: what the engine asks of any marketplace's adapter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import Intent, Receipt, Sighting
from freelancer_tui.domain.signals import SignalAction

Tell = Callable[[Transfer], None]
Take = Callable[[int, bytes, int | None], None]
"""Gets where a part of a file belongs, the part, and the size of the whole where that is told.

A part at 0 begins anew: what was there before is void.
"""


def ignore(transfer: Transfer) -> None:
    """Tell nobody."""


class Marketplace(Protocol):
    """Pull facts, push intents, look whether an intent landed, and mark conversations.

    Every call raises errors of the `MarketplaceError` tree and nothing else, and ends
    within a deadline of its own; none may be cancelled in flight.
    """

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        """Read on in a feed from our place in it; None starts from the beginning."""
        ...

    async def watermark(self, intent: Intent) -> int | None:
        """Read the highest id there now where an intent will land; None where none is needed."""
        ...

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        """Do it, once. `OutcomeUnknown` means that it may have landed.

        Where files go with it, it tells how far they are.
        """
        ...

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        """Look whether an intent landed after the watermark was read.

        Of a change it tells whether it is there, what was there before it (that proves its
        absence), or a third thing: then the sighting says what was found. Of an action on a
        bid or on escrow it tells whether that shows it; where it cannot happen any more it is
        Refused.
        """
        ...

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        """Star, mute or read conversations as wholes; doing it twice does no harm.

        Gives the marketplace's own time of it.
        """
        ...

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        """Hand on a file that came with a message, part by part; it is resumed where it can be.

        What `take` raises ends it, and it ends by Stopped soon after `stop` says so.
        """
        ...

    async def ping(self) -> None:
        """Ask for something light, to learn whether the marketplace can be reached."""
        ...

    async def close(self) -> None:
        """Give up the connections; no call follows."""
        ...
