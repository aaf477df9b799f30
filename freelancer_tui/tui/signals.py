"""Signals: the terminal went away, or the system asks to end; both leave time to save."""

import asyncio
import signal
import sys
from collections.abc import Callable


def when_ended(end: Callable[[], None]) -> None:
    """Call a function of the event loop on SIGTERM and SIGHUP; Windows knows neither this way."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end)
