"""Typing: keys are handled one after the other, each when the one before has done its work."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.app import App
from textual.driver import Driver
from textual.message_pump import MessagePump

from freelancer_tui.tui.driver import lasting

for _digit in "0123456789":
    # Textual takes Alt and a digit for what WezTerm sends on a Mac, and types ™, £ or ∞. Escape
    # and a digit that a slow line delivers together are the same bytes, and would end in a letter.
    cast(dict[str, object], ANSI_SEQUENCES_KEYS).pop(f"\x1b{_digit}", None)


class PatientApp(App[None]):
    """An app that lets no key overtake what the key before it set off.

    A slow line delivers keys in bursts. Textual hands each to the widget that has the focus at
    that moment, which may be the one that the key before is just about to leave.
    """

    PATIENCE_SECONDS: ClassVar[float] = 1.5
    """How long a key waits; what takes longer is not waited for, so nothing ever freezes."""

    QUIET_SECONDS: ClassVar[float] = 10.0
    """After so long without a key the user pauses."""

    def __init__(self) -> None:
        super().__init__()
        self._last_key_at = time.monotonic()
        self._ahead: deque[events.Event] = deque()
        self._settling: asyncio.Task[None] | None = None

    def get_driver_class(self) -> type[Driver]:
        return lasting(super().get_driver_class())

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and event.key.startswith("alt+"):
            event = events.Key(event.key, None)  # it is a key with Alt, and types nothing
        self._last_key_at = time.monotonic()
        if self._settling is not None:
            self._ahead.append(event)
        else:
            await super().on_event(event)
            self._settling = asyncio.create_task(self._take_rest())

    @property
    def is_quiet(self) -> bool:
        """True while nobody types."""
        return time.monotonic() - self._last_key_at > self.QUIET_SECONDS

    async def settled(self) -> None:
        """Wait until what the last key set off is done; an app adds what it works on itself."""
        for pump in (*self._way_up(), self, self):
            await _reached(pump)

    def _way_up(self) -> Iterable[MessagePump]:
        """Give what a key passes: the widget with the focus, and all that it lies in."""
        pump: MessagePump | None = self.focused or self.screen
        while pump is not None and pump is not self:
            yield pump
            pump = pump._parent

    async def _take_rest(self) -> None:
        try:
            while self.is_running:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.settled(), self.PATIENCE_SECONDS)
                if not self._ahead:
                    return
                await super().on_event(self._ahead.popleft())
        finally:
            self._settling = None


async def _reached(pump: MessagePump) -> None:
    """Wait until a pump has handled all that was in its queue."""
    reached = asyncio.Event()
    if pump.call_later(reached.set):
        await reached.wait()
