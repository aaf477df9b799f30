"""Telling: what the engine has to say, at the end of a step or in the midst of a long one."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.sync.events import Event, Transferring
from freelancer_tui.sync.marketplace import Tell
from freelancer_tui.sync.plan import Send, Step

_STEPS: Final = 50
"""How often a transfer is told at most: more no eye could follow."""


class Telling:
    """Events that wait to be told, in their order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._news = asyncio.Event()

    def add(self, event: Event) -> None:
        """Tell something as soon as somebody listens."""
        self.events.append(event)
        self._news.set()

    def heard(self) -> list[Event]:
        """Give what was told since this was asked last."""
        self._news.clear()
        told, self.events[:] = list(self.events), []
        return told

    def of_files(self, entry: OutboxEntry) -> Tell:
        """Give what tells how far the files of an entry are."""
        told: set[int] = set()

        def tell(transfer: Transfer) -> None:
            step = transfer.done * _STEPS // max(transfer.total or 1, 1)
            if step not in told:
                told.add(step)
                self.add(Transferring(entry.id, transfer))

        return tell

    async def during(self, work: "asyncio.Task[Event | None]") -> AsyncGenerator[Event, None]:
        """Give what is told while work goes on; it is seen to its end, whoever listens."""
        news: asyncio.Task[object] | None = None
        try:
            while not work.done():
                news = asyncio.ensure_future(self._news.wait())
                await asyncio.wait({work, news}, return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
                for event in self.heard() if not work.done() else ():
                    yield event
        finally:
            if news is not None:
                news.cancel()
            if not work.done():
                await asyncio.wait({work})


def takes_long(step: Step) -> bool:
    """Tell whether a step carries files."""
    return isinstance(step, Send) and (
        isinstance(step.entry.intent, SendMessage) and bool(step.entry.intent.uploads)
    )
