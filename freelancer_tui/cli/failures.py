"""Failures: what went wrong as one plain sentence, and as an exit code."""

import contextlib
import errno
import logging
import sys
from typing import Final

import click

from freelancer_tui.cli import misuse, output
from freelancer_tui.cli.options import Choices
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import (
    FreelancerError,
    MarketplaceError,
    NotAllowed,
    NotFound,
    Refused,
    StoreError,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.i18n import _

FAULT: Final = 1
WRONG_USE: Final = 2
OFFLINE: Final = 3
NOT_SIGNED_IN: Final = 4
REFUSED: Final = 5
NOT_HERE: Final = 6
STORE: Final = 7
PROGRAM: Final = "freelancer-tui"
MOST_LETTERS: Final = 4_000
"""Of a sentence about a failure."""

_EXITS: Final[tuple[tuple[type[FreelancerError], int], ...]] = (
    (Unauthorized, NOT_SIGNED_IN),
    (Refused, REFUSED),
    (WireMismatch, FAULT),
    (MarketplaceError, OFFLINE),
    (NotFound, NOT_HERE),
    (StoreError, STORE),
    (FreelancerError, WRONG_USE),
)
"""The first that fits; the contract of the command line gives the numbers their meaning."""


_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a write meets where a disk, a quota or /dev/full has no room."""


def explain(error: Exception, choices: Choices) -> int:
    """Tell on standard error what went wrong and what to do next; give the exit code."""
    match error:
        case FreelancerError():
            problems = error.problems if isinstance(error, NotAllowed) else ()
            _tell(choices, error.code, str(error), error.hint or _usual_hint(error), problems)
            return next(code for kind, code in _EXITS if isinstance(error, kind))
        case click.ClickException():
            hint = _("See: freelancer-tui --help")
            if isinstance(error, click.UsageError) and error.ctx is not None:
                hint = _("See: {command} --help").format(command=error.ctx.command_path)
            _tell(choices, "usage", misuse.told(error), hint)
            return WRONG_USE
        case OSError() if error.errno in _NO_ROOM:
            _let_go_of_output()
            told = _("It cannot be written: {reason}.").format(reason=error.strerror)
            _tell(choices, "output", told, _("Make room on the disk, then try again."))
            return WRONG_USE
        case UnicodeEncodeError():  # half letters come in as arguments, and get as far as SQLite
            told = _("A word you gave is no text in UTF-8.")
            _tell(choices, "usage", told, _("See: {command} --help").format(command=PROGRAM))
            return WRONG_USE
        case _:
            log = logging.getLogger(__name__)
            if log.hasHandlers():  # else Python would print all of it on standard error
                log.error("a fault of ours", exc_info=error)
            told = _("This is a fault of freelancer-tui: {kind}.").format(kind=type(error).__name__)
            _tell(choices, "fault", told, _where_the_log_is(error))
            return FAULT


def _let_go_of_output() -> None:
    """Drop what standard output has no room for."""
    try:
        sys.stdout.flush()
    except OSError:
        output.discard()


def _usual_hint(error: FreelancerError) -> str:
    """Say what helps against this kind of failure, where nobody knew better."""
    match error:
        case Unauthorized():
            return _("Renew the token, then see: freelancer-tui doctor")
        case Refused():
            return _("What you wrote is kept; see: freelancer-tui outbox list")
        case WireMismatch():
            return _("Look at the log, and report it if it stays.")
        case MarketplaceError():
            return _("Check the line; what you wrote is kept and sent later.")
        case _:
            return ""


def _where_the_log_is(error: Exception) -> str:
    """Name the log file; where there is none yet, give the last line of the traceback."""
    from freelancer_tui.cli.workspace import our_logs  # costs 50 ms, and `--version` has 60

    for handler in our_logs():
        return _("Please report it with the log: {file}").format(file=handler.baseFilename)
    return _("Please report it: {reason}").format(reason=error)


def _tell(
    choices: Choices, code: str, message: str, hint: str, problems: tuple[str, ...] = ()
) -> None:
    line = one_line(f"{_ended(message)} {hint}", MOST_LETTERS)
    if choices.json:
        told: dict[str, object] = {"code": code, "message": message, "hint": hint}
        if problems:
            told["problems"] = list(problems)
        line = output.in_json({"error": told}, sys.stderr)
    with contextlib.suppress(OSError):  # the exit code tells those who do not listen
        print(line, file=sys.stderr, flush=True)


def _ended(message: str) -> str:
    """End a sentence that ends in somebody else's words, such as the system's reason."""
    return message + "." if message and message[-1].isalnum() else message
