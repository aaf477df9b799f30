"""Folders: many files put into one place together; what is there stays unless it is said."""

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from freelancer_tui.documents.files import NotWritten, cannot_write
from freelancer_tui.i18n import _

LIST: Final = "export.json"
"""Names every file of the last export, so that the next one can take away what is gone."""


def fill(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Write files into a folder, by their names with slashes; all of them are made first.

    A folder that has anything in it is refused; with `force` our own files in it are replaced,
    those of an earlier export that are gone are removed, and all others stay.
    """
    named = {**files, LIST: _listed(files)}
    is_new = not folder.exists()
    try:
        if not force and folder.exists() and any(folder.iterdir()):
            raise NotWritten(
                _("{folder} is not empty.").format(folder=folder),
                hint=_("Name a new folder, or add --force to renew an export that is there."),
            )
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
        try:
            _write(made, named)
            _move(made, folder, named)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        if is_new:
            with contextlib.suppress(OSError):  # it may hold what others put there meanwhile
                folder.rmdir()
        raise cannot_write(folder, error) from error
    return [folder / name for name in named]


def _write(made: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        target = made / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _move(made: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Put each file where it belongs; the list goes last: until then the old one holds."""
    gone = _earlier(folder) - set(files)
    for name in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(target)
    for name in gone:
        (folder / name).unlink(missing_ok=True)


def _earlier(folder: Path) -> set[str]:
    """Give the names that the last export wrote; a list from elsewhere cannot reach outside."""
    try:
        names = json.loads((folder / LIST).read_text("utf-8"))["files"]
        return {name for name in names if isinstance(name, str) and _is_inside(name)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts and ":" not in name
    return inside and "\\" not in name and name != LIST


def _listed(files: Mapping[str, bytes]) -> bytes:
    return (json.dumps({"files": sorted(files)}, ensure_ascii=False, indent=2) + "\n").encode()
