"""Faults: a fault of ours ends the screens in plain words, with all that was typed saved."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from rich.text import Text

from freelancer_tui.i18n import _
from freelancer_tui.tui.leaving import save_now
from freelancer_tui.tui.typing import PatientApp

_LOG: Final = logging.getLogger(__name__)


class TellingApp(PatientApp):
    """An app whose faults go into the log: a traceback on the screen would show clients' data."""

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self._log_file = log_file

    def _handle_exception(self, error: Exception) -> None:
        _LOG.error("a fault in the screens", exc_info=error)
        with suppress(Exception):  # nothing may stand in the way of the end
            save_now(self)
        super()._handle_exception(error)

    async def _shutdown(self) -> None:
        """Show nothing any more: screens that are taken apart have no place for it."""
        self._running = False
        self.workers.cancel_all()
        await super()._shutdown()

    def _fatal_error(self) -> None:
        """Say what the terminal keeps: what happened, and where to read more."""
        kind = type(self._exception).__name__
        told = _("This is a fault of freelancer-tui: {kind}.").format(kind=kind)
        kept = _("What you typed is saved.")
        report = _("Please report it with the log: {file}").format(file=self._log_file)
        self.bell()
        self.panic(Text(f"{told} {kept}\n{report}"))
