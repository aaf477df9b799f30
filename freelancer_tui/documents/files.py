"""Files: putting what was made where the user wants it, whole or not at all."""

import os
import tempfile
from pathlib import Path

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _


class NotWritten(FreelancerError):
    """A file could not be written; what was there before is still there."""

    code = "file"


def place(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file whole; one that is there already is only replaced with `force`."""
    if not force and os.path.lexists(target):
        raise there_already(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _name(Path(name), target, force=force)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(target, error) from error


def there_already(target: Path) -> NotWritten:
    """Say that a name is taken."""
    return NotWritten(
        _("{file} is there already.").format(file=target),
        hint=_("Choose another name, or add --force to replace it."),
    )


def cannot_write(target: Path, error: OSError) -> NotWritten:
    """Say why a file cannot be written."""
    return NotWritten(
        _("{file} cannot be written: {reason}.").format(
            file=target, reason=error.strerror or str(error)
        ),
        hint=_("Nothing was changed; choose a folder you may write to, with room on the disk."),
    )


def _name(made: Path, target: Path, *, force: bool) -> None:
    if force:
        made.replace(target)
        return
    try:
        os.link(made, target)  # unlike a rename, it never replaces what came meanwhile
    except FileExistsError:
        raise there_already(target) from None
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise there_already(target) from None
        made.replace(target)
