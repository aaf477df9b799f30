"""Files: copies of attachments that wait to be sent."""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from freelancer_tui.domain.intents import Upload
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

MOST_BYTES: Final = 20_000_000
"""The largest file we queue."""
MOST_FILES: Final = 10
_NAME_LIMIT: Final = 120
_UNSAFE: Final = re.compile(r"[^\w.,()+@ -]|^\.+")


def copy(sources: Sequence[Path], folder: Path) -> tuple[Upload, ...]:
    """Copy files to where they wait; all of them, or none."""
    if len(sources) > MOST_FILES:
        raise NotAllowed(_("Attach at most {most} files.").format(most=MOST_FILES))
    sizes = [_size(source) for source in sources]
    taken: set[str] = set()
    try:
        return tuple(
            _copy(source, folder / _free(safe_name(source.name), taken), size)
            for source, size in zip(sources, sizes, strict=True)
        )
    except OSError as error:
        remove(folder)
        raise NotAllowed(
            _("The attachment could not be copied: {reason}.").format(reason=error.strerror),
            hint=_("Nothing was queued; see that the disk has room and try again."),
        ) from error


def remove(folder: Path) -> None:
    """Remove the copies of one message."""
    shutil.rmtree(folder, ignore_errors=True)


def folders(root: Path) -> Iterator[Path]:
    """Give the folders of copies there are, one for each message."""
    return (one for one in root.iterdir() if one.is_dir()) if root.is_dir() else iter(())


def safe_name(name: str) -> str:
    """Give a name that is safe on every system; its ending stays."""
    plain = _UNSAFE.sub("_", one_line(name)).strip(". ") or "file"
    if len(plain) <= _NAME_LIMIT:
        return plain
    ending = Path(plain).suffix[:20]
    return plain[: _NAME_LIMIT - len(ending)] + ending


def _size(source: Path) -> int:
    try:
        if not source.is_file():
            raise NotAllowed(_("{file} is no file.").format(file=source))
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
    return size


def _free(name: str, taken: set[str]) -> str:
    path, number, free = Path(name), 1, name
    while free.lower() in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free.lower())
    return free


def _copy(source: Path, target: Path, size: int) -> Upload:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return Upload(target.name, str(target), size)
