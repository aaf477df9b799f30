"""Calls: the marketplace as the engine uses it, each call counted and seen to its end."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import TypeVar

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import Intent, Receipt, Sighting
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.sync.marketplace import Marketplace, Tell, ignore

T = TypeVar("T")


class Calls:
    """A marketplace that counts its requests; a cancelled caller still waits for the answer.

    An HTTP client whose requests are cancelled in flight can lose its connections for good,
    and a request that left cannot be called back anyway.
    """

    def __init__(self, marketplace: Marketplace) -> None:
        """Count from zero."""
        self._marketplace = marketplace
        self.requests = 0

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        """Read on in a feed."""
        self.requests += 1
        page = await to_its_end(self._marketplace.pull(feed, cursor))
        self.requests += page.requests - 1
        return page

    async def watermark(self, intent: Intent) -> int | None:
        """Read the highest id there; None, where none is needed, costs no request."""
        self.requests += 1
        watermark = await to_its_end(self._marketplace.watermark(intent))
        self.requests -= watermark is None
        return watermark

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        """Do it, once."""
        self.requests += 1
        return await to_its_end(self._marketplace.push(intent, tell))

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        """Look whether it landed."""
        self.requests += 1
        return await to_its_end(self._marketplace.receipt(intent, watermark))

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        """Tell of marks on conversations."""
        self.requests += 1
        return await to_its_end(self._marketplace.mark(action, thread_ids))

    async def ping(self) -> None:
        """Ask for something light."""
        self.requests += 1
        await to_its_end(self._marketplace.ping())

    async def close(self) -> None:
        """Give up the connections."""
        await self._marketplace.close()


async def to_its_end(work: Awaitable[T]) -> T:
    """Wait for work that must not be cut short; a cancellation takes effect after it."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # an answer that nobody waits for any more is not a fault
        raise
