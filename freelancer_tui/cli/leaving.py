"""Leaving: how the program ends soon, even while the marketplace owes it an answer.

A request under way is neither waited for nor cancelled: what it carries was claimed on disk
before it left, so the next start finds it and looks what became of it.
"""

import logging
import os
import sys
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from freelancer_tui.tui.app import FreelancerApp

PATIENCE_SECONDS: Final = 1.0
"""How long a command that was asked to end waits for the request under way."""


def leave(app: "FreelancerApp") -> int:
    """Give the screens' exit code, or end at once where an answer is still outstanding.

    It is called last: files are closed and the terminal is the user's again.
    """
    code = app.return_code or 0
    if app.turns.is_waiting:
        end(code)
    return code


def end(code: int) -> NoReturn:
    """End the process, whatever its threads wait for."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)
