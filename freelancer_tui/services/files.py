"""Files: copies of attachments that wait to be sent."""

import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

MOST_BYTES: Final = 20_000_000
"""The largest file we queue."""
MOST_FILES: Final = 10
_NAME_BYTES: Final = 180
"""Most file systems take 255; a number can still come into it."""
_DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names that Windows keeps for itself, whatever their ending."""
_FRESH: Final = ".new"
_UNSAFE: Final = re.compile(r"[^\w.,()+@ -]|^\.+")


def copy(sources: Sequence[Path], folder: Path) -> tuple[Upload, ...]:
    """Copy files to beside where they will wait, until `keep`; all of them, or none."""
    if len(sources) > MOST_FILES:
        raise NotAllowed(_("Attach at most {most} files.").format(most=MOST_FILES))
    for source in sources:
        _check(source)
    taken: set[str] = set()
    try:
        names = [_free(safe_name(source.name), taken) for source in sources]
        return tuple(
            _copy(source, folder, name) for source, name in zip(sources, names, strict=True)
        )
    except OSError as error:
        remove(folder)
        raise NotAllowed(
            _("The attachment could not be copied: {reason}.").format(reason=error.strerror),
            hint=_("Nothing was queued; see that the disk has room and try again."),
        ) from error


def keep(folder: Path) -> None:
    """Put fresh copies where they wait; do it in the transaction that queues their message."""
    _fresh(folder).rename(folder)


def remove(folder: Path) -> None:
    """Remove the copies of one message."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(_fresh(folder), ignore_errors=True)


def folders(root: Path) -> list[Path]:
    """Give the folders of copies that wait, one for each message."""
    return [one for one in _all(root) if not one.name.endswith(_FRESH)]


def abandoned(root: Path) -> list[Path]:
    """Give the folders of copies whose making ended more than a day ago without their message."""
    limit = time.time() - 24 * 3600  # the file system's clock, which is never a test's
    return [one for one in _all(root) if one.name.endswith(_FRESH) and one.stat().st_mtime < limit]


def safe_name(name: str) -> str:
    """Give a name that is safe on every system; its ending stays."""
    plain = _UNSAFE.sub("_", one_line(name)).strip(". ") or "file"
    plain = f"_{plain}" if _DEVICES.match(plain) else plain
    if len(plain.encode()) <= _NAME_BYTES:
        return plain
    ending = Path(plain).suffix[:20]
    room = _NAME_BYTES - len(ending.encode())
    return plain.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + ending


def _check(source: Path) -> None:
    """Refuse what is no file, cannot be read, or is too large."""
    try:
        if not source.is_file():
            raise NotAllowed(
                _("{file} is no file.").format(file=source),
                hint=_("Name a file that can be read; nothing was queued."),
            )
        with source.open("rb"):
            size = source.stat().st_size
    except OSError as error:
        raise NotAllowed(
            _("{file} cannot be read: {reason}.").format(file=source, reason=error.strerror)
        ) from error
    if size > MOST_BYTES:
        raise NotAllowed(
            _("{file} has more than {most} MB.").format(file=source, most=MOST_BYTES // 10**6),
            hint=_("Send a smaller one, or a link to it."),
        )


def _free(name: str, taken: set[str]) -> str:
    path, number, free = Path(name), 1, name
    while free.lower() in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free.lower())
    return free


def _copy(source: Path, folder: Path, name: str) -> Upload:
    fresh = _fresh(folder) / name
    fresh.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, fresh)
    return Upload(name, str(folder / name), fresh.stat().st_size)


def _fresh(folder: Path) -> Path:
    """Name the folder of copies that have no message yet: no sweep may take it for a leftover."""
    return folder.with_name(folder.name + _FRESH)


def _all(root: Path) -> list[Path]:
    return [one for one in root.iterdir() if one.is_dir()] if root.is_dir() else []
