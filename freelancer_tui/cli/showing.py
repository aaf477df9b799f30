"""Showing: the screens run until the user leaves them, and no collection of garbage stops them."""

import asyncio
import gc
import sys
from typing import TYPE_CHECKING, Final

from freelancer_tui.cli.importing import one_at_a_time
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

if TYPE_CHECKING:
    from freelancer_tui.tui.app import FreelancerApp

LOOK_SECONDS: float = 20.0
"""How often we look whether the user pauses."""
_NEVER: Final = 10**9


def need_terminal() -> None:
    """Refuse to draw where nobody sees it or can press a key: that would never end."""
    screen = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
    for stream in (sys.__stdin__, screen):  # the two that the screens use
        if stream is None or stream.closed or not stream.isatty():
            raise NotAllowed(
                _("The workspace needs a terminal."),
                hint=_("Open it in one, or use the commands: freelancer-tui --help"),
            )


def show(app: "FreelancerApp") -> None:
    """Show the screens until the user leaves them."""
    runner = asyncio.Runner()
    one_at_a_time()
    before = gc.get_threshold()
    # A full collection walks all that is loaded: 50 ms and more, in the midst of a word.
    gc.set_threshold(*before[:2], _NEVER)
    try:
        runner.run(_shown(app))
    finally:
        gc.set_threshold(*before)
        if not app.turns.is_waiting:
            runner.close()  # this cancels what still runs, and waits for threads


async def _shown(app: "FreelancerApp") -> None:
    collecting = asyncio.create_task(_collect_in_pauses(app))
    try:
        await app.run_async()
    finally:
        collecting.cancel()


async def _collect_in_pauses(app: "FreelancerApp") -> None:
    """Collect old garbage while nobody types; the young is collected as ever."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if app.is_quiet:
            gc.collect()
