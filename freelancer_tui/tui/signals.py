"""Signals: the terminal went away, or the system asks to end or to stop; all leave time to save."""

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


def when_stopped(save: Callable[[], None]) -> None:
    """Call a function on SIGTSTP, to its end, before the process stands still.

    The event loop calls it between two of its steps: in the midst of one, a lock that the
    step holds would be waited for by the very thread that holds it.
    """
    if sys.platform == "win32":
        return
    before = signal.getsignal(signal.SIGTSTP)
    if not callable(before):  # no terminal of ours: nobody stops us so
        return

    def stop() -> None:
        save()
        before(signal.SIGTSTP, None)

    asyncio.get_running_loop().add_signal_handler(signal.SIGTSTP, stop)
