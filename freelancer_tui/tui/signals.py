"""Signals: the terminal went away, or the system asks to end or to stop; all leave time to save."""

import asyncio
import signal
import sys
from collections.abc import Callable
from types import FrameType


def when_ended(end: Callable[[], None]) -> None:
    """Call a function of the event loop on SIGTERM and SIGHUP; Windows knows neither this way."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end)


def when_stopped(save: Callable[[], None]) -> None:
    """Call a function on SIGTSTP, to its end, before the process stands still."""
    if sys.platform == "win32":
        return
    before = signal.getsignal(signal.SIGTSTP)
    if not callable(before):  # no terminal of ours: nobody stops us so
        return

    def stop(number: int, frame: FrameType | None) -> None:
        save()
        before(number, frame)

    signal.signal(signal.SIGTSTP, stop)
