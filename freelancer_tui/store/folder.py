"""Folder: where an account's files lie, made private to the user and on a disk of this machine."""

import os
import re
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store.failures import plainly

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset("nfs nfs4 cifs smb3 smbfs afs ceph fuse.sshfs fuse.davfs".split())
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def prepared(folder: Path, name: str) -> Path:
    """Give the path of a file in an account's folder, which is made when it is missing.

    Raises StoreError for a folder on another machine, since SQLite's log needs shared memory,
    and for what may not be written.
    """
    path = folder / name
    with plainly(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.exists()  # raises where the folder may not even be looked into
        mounts = _MOUNTS.read_text() if _MOUNTS.exists() else ""
    if kind_of_disk(folder.resolve(), mounts) in _NETWORK:
        raise StoreError(
            _("{folder} is on another machine: use a folder on a local disk.").format(folder=folder)
        )
    _refuse_readonly(folder, path)
    return path


def _refuse_readonly(folder: Path, path: Path) -> None:
    """Raise at once where nothing that is written could be kept."""
    for place in (folder, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise StoreError(
                _("{path} may not be written, so nothing you write could be kept.").format(
                    path=place
                ),
                hint=_("Make it writable, or choose another folder with --home."),
            )


def kind_of_disk(folder: Path, mounts: str) -> str:
    """Give the kind of file system that holds a folder, by Linux's list of mounts."""
    kind, deepest = "", -1
    for line in mounts.splitlines():
        place, _sign, source = line.partition(" - ")
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), place.split(" ")[4]))
        if len(point.parts) >= deepest and folder.is_relative_to(point):
            kind, deepest = source.split(" ")[0], len(point.parts)
    return kind
