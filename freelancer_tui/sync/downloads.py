"""Downloads: files of messages, saved where the user wants them, whole or not at all."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from freelancer_tui.domain.attachments import Attachment, Download
from freelancer_tui.errors import NotAllowed, NotFound, RateLimited, Refused, Stopped
from freelancer_tui.i18n import _
from freelancer_tui.store.saving import Part, named, saving
from freelancer_tui.store.work import downloads
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.sync import pauses
from freelancer_tui.sync.marketplace import Marketplace, Tell, ignore

MOST_BYTES: Final = 200_000_000
"""The largest file we save."""


def _never() -> bool:
    return False


class Downloads:
    """Fetches files on a connection and an event loop of its own, so a thread may wait for it."""

    def __init__(
        self,
        open_marketplace: Callable[[], Marketplace],
        work: WorkDatabase,
        clock: Callable[[], datetime],
        most: int = MOST_BYTES,
    ) -> None:
        self._open = open_marketplace
        self._work = work
        self._clock = clock
        self._most = most

    def fetch(
        self,
        message_remote_id: int,
        attachment: Attachment,
        folder: Path,
        tell: Tell = ignore,
        stop: Callable[[], bool] = _never,
    ) -> Download:
        """Save a file in a folder under a safe and free name, and give what was saved.

        It blocks; `tell` and `stop` are called on the caller's thread. Nothing is overwritten,
        and where it raises nothing is left. Raises Stopped, NotAllowed where it cannot be
        saved, NotFound where it is gone, and what a marketplace raises.
        """
        if attachment.is_shadowed:
            raise NotAllowed(
                _("Two files of this message have one name: the marketplace gives only the first."),
                hint=_("Ask for the other one under a name of its own."),
            )
        until = pauses.paused_until(self._work)
        if until is not None and (wait := (until - self._clock()).total_seconds()) > 0:
            raise RateLimited(_("The marketplace asks to wait."), wait_seconds=wait)
        if stop():
            raise Stopped(_("Stopped: nothing was saved."))
        with saving(folder) as path:
            with path.open("r+b") as file:
                part = Part(file, attachment.size, self._most, tell)
                asyncio.run(self._fetch(message_remote_id, attachment, part, stop))
                part.close()
            place = named(path, folder, attachment.name)
        saved = Download(
            message_remote_id, attachment.name, str(place), part.size, part.checksum, self._clock()
        )
        with self._work.transaction() as session:
            downloads.put(session, saved)
        return saved

    async def _fetch(
        self,
        message_remote_id: int,
        attachment: Attachment,
        part: Part,
        stop: Callable[[], bool],
    ) -> None:
        marketplace = self._open()
        try:
            address = attachment.address
            await marketplace.download(message_remote_id, address, part.take, stop)
        except Refused as error:
            if error.reason_code.rpartition(".")[2].upper() == "NOT_FOUND":
                raise NotFound(
                    _("The marketplace has the file {name} no more.").format(name=attachment.name)
                ) from error
            raise
        finally:
            part.is_over = True
            await marketplace.close()
