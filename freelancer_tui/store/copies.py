"""Copies: files as they were when the user attached them, each named by its SHA-256."""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.errors import Stopped, StoreError
from freelancer_tui.i18n import _

_FRESH: Final = ".new"
_CHUNK: Final = 256 * 1024
_DAY_SECONDS: Final = 24 * 3600


class Copies:
    """A folder of copies. One that is made counts once it is kept, with what refers to it."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is made with the first copy."""
        self.folder = folder

    def take(
        self,
        source: Path,
        name: str,
        most: int,
        tell: Callable[[Transfer], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Upload:
        """Copy a file to beside where it will lie; a later change of the file changes nothing.

        Raises OSError, and Stopped when it is told to; nothing is left then.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, fresh = tempfile.mkstemp(_FRESH, dir=self.folder)
        try:
            with source.open("rb") as reader, os.fdopen(handle, "wb") as writer:
                checksum, size = _copied(reader, writer, most, tell, stop)
                os.fsync(writer.fileno())
            lasting = self.folder / checksum
            Path(fresh).replace(_fresh(lasting))
        except BaseException:
            Path(fresh).unlink(missing_ok=True)
            raise
        return Upload(name, str(lasting), size, checksum=checksum)

    def keep(self, upload: Upload) -> None:
        """Let a copy last; do it in the transaction that writes down what refers to it."""
        lasting = Path(upload.path)
        try:
            _fresh(lasting).replace(lasting)
        except FileNotFoundError:
            if not lasting.exists():  # otherwise the same bytes were kept meanwhile
                raise StoreError(
                    _("The copy of {file} is gone.").format(file=upload.name),
                    hint=_("Take it out and attach the file again; nothing was queued."),
                ) from None
        else:
            _make_durable(self.folder)

    def drop(self, upload: Upload) -> None:
        """Remove a copy that is not to be kept."""
        _fresh(Path(upload.path)).unlink(missing_ok=True)

    def sweep(self, wanted: Container[str]) -> None:
        """Remove the copies to which nothing refers, and what a program that died left behind.

        To be called in a writing transaction, so that nobody keeps one meanwhile.
        """
        limit = time.time() - _DAY_SECONDS  # the file system's clock, which is never a test's
        for one in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(OSError):
                if one.suffix == _FRESH:
                    if one.stat().st_mtime < limit:
                        _remove(one)
                elif str(one) not in wanted and not _holds(one, wanted):
                    _remove(one)


def _copied(
    reader: BinaryIO,
    writer: BinaryIO,
    most: int,
    tell: Callable[[Transfer], None],
    stop: Callable[[], bool],
) -> tuple[str, int]:
    """Copy until the end, or until there is more than may be; give the checksum and the size."""
    digest, done = hashlib.sha256(), 0
    total = os.fstat(reader.fileno()).st_size
    tell(Transfer(0, total))
    while part := reader.read(_CHUNK):
        if stop():
            raise Stopped(_("Stopped: nothing was attached."))
        done += len(part)
        if done > most:  # it grew while it was read
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        digest.update(part)
        writer.write(part)
        tell(Transfer(done, max(done, total)))
    return digest.hexdigest(), done


def _make_durable(folder: Path) -> None:
    """Let a new name outlive a power cut, where the system can be told to."""
    with suppress(OSError):  # Windows opens no folders, and needs not be told
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fresh(lasting: Path) -> Path:
    return lasting.with_name(lasting.name + _FRESH)


def _holds(folder: Path, wanted: Container[str]) -> bool:
    """Tell whether something in a folder is wanted: copies of older versions lie in some."""
    return folder.is_dir() and any(str(one) in wanted for one in folder.iterdir())


def _remove(one: Path) -> None:
    if one.is_dir():
        shutil.rmtree(one, ignore_errors=True)
    else:
        one.unlink(missing_ok=True)
