"""Downloads: files of messages, saved where the user wants them, whole or not at all."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from freelancer_tui.domain.attachments import Attachment, Download, Transfer
from freelancer_tui.domain.file_names import free_name
from freelancer_tui.errors import NotAllowed, NotFound, RateLimited, Refused, Stopped, WireMismatch
from freelancer_tui.i18n import _
from freelancer_tui.store.work import downloads
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.sync import pauses
from freelancer_tui.sync.marketplace import Marketplace, Tell, ignore

MOST_BYTES: Final = 200_000_000
"""The largest file we save."""
_MOST_NAMES: Final = 1000


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
        until = pauses.paused_until(self._work)
        if until is not None and (wait := (until - self._clock()).total_seconds()) > 0:
            raise RateLimited(_("The marketplace asks to wait."), wait_seconds=wait)
        if stop():
            raise _stopped()
        with _saving(folder) as path:
            with path.open("r+b") as file:
                part = _Part(file, attachment.size, self._most, tell)
                asyncio.run(self._fetch(message_remote_id, attachment, part, stop))
                part.close()
            place = _named(path, folder, attachment.name)
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
        part: "_Part",
        stop: Callable[[], bool],
    ) -> None:
        marketplace = self._open()
        try:
            key = attachment.key or quote(attachment.name, safe="")  # of an older cache
            await marketplace.download(message_remote_id, key, part.take, stop)
        except Refused as error:
            if error.reason_code.rpartition(".")[2].upper() == "NOT_FOUND":
                raise NotFound(
                    _("The marketplace has the file {name} no more.").format(name=attachment.name)
                ) from error
            raise
        finally:
            part.is_over = True
            await marketplace.close()


class _Part:
    """A file as far as it is there."""

    def __init__(self, file: BinaryIO, told_size: int | None, most: int, tell: Tell) -> None:
        self._file = file
        self._told_size = told_size
        self._most = most
        self._tell = tell
        self._digest = hashlib.sha256()
        self.size = 0
        self.is_over = False
        """True once nobody waits for it any more: what comes late is for nobody."""

    @property
    def checksum(self) -> str:
        """SHA-256 of what is there."""
        return self._digest.hexdigest()

    def take(self, at: int, part: bytes, total: int | None) -> None:
        """Add a part; one at 0 begins anew."""
        if self.is_over:
            raise _stopped()
        if at == 0 and self.size:
            self._file.seek(0)
            self._file.truncate()
            self._digest, self.size = hashlib.sha256(), 0
        if at != self.size:
            raise WireMismatch(_("The parts of the file do not fit together."))
        if max(self.size + len(part), total or 0) > self._most:
            raise NotAllowed(
                _("The file has more than {most} MB.").format(most=self._most // 10**6),
                hint=_("Fetch it on the website; nothing was saved."),
            )
        with _in_words():
            self._file.write(part)
        self._digest.update(part)
        self.size += len(part)
        self._tell(Transfer(self.size, self._told_size if total is None else total))

    def close(self) -> None:
        """Let it reach the disk; it has to be what the message said."""
        if self._told_size is not None and self.size != self._told_size:
            raise WireMismatch(_("The file that came is not the one of the message."))
        with _in_words():
            self._file.flush()
            os.fsync(self._file.fileno())


@contextmanager
def _saving(folder: Path) -> Iterator[Path]:
    """Lend a new file in a folder, readable for the user alone; it is gone at the end."""
    with _in_words():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f".{secrets.token_hex(8)}.part"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _named(path: Path, folder: Path, name: str) -> Path:
    """Give a file its name, unless that is taken: then the next free one.

    A second name for it cannot overwrite anything, whoever takes that name meanwhile.
    """
    for _try in range(_MOST_NAMES):
        place = folder / free_name(name, lambda one: os.path.lexists(folder / one))
        with _in_words(), suppress(FileExistsError):
            _link(path, place)
            return place
    raise NotAllowed(_("There are too many files of the name {name}.").format(name=name))


def _link(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second names
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        path.replace(place)  # that is the empty file of the line above


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what a disk does not allow."""
    try:
        yield
    except OSError as error:
        raise NotAllowed(
            _("The file could not be saved: {reason}.").format(reason=error.strerror),
            hint=_("Choose another folder, or make room; nothing was saved."),
        ) from error


def _stopped() -> Stopped:
    return Stopped(_("Stopped: nothing was saved."))
