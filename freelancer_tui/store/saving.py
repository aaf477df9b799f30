"""Saving: a file that comes in parts is kept in the user's folder whole, or not at all."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.file_names import free_name
from freelancer_tui.errors import NotAllowed, Stopped, WireMismatch
from freelancer_tui.i18n import _

_MOST_NAMES: Final = 1000


class Part:
    """A file as far as it is there."""

    def __init__(
        self,
        file: BinaryIO,
        told_size: int | None,
        most: int,
        tell: Callable[[Transfer], None],
    ) -> None:
        """Write to an open file; nothing beyond `most` bytes is taken."""
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
            raise Stopped(_("Stopped: nothing was saved."))
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
def saving(folder: Path) -> Iterator[Path]:
    """Lend a new file in a folder, readable for the user alone; it is gone at the end."""
    with _in_words():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f".{secrets.token_hex(8)}.part"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def named(path: Path, folder: Path, name: str) -> Path:
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
