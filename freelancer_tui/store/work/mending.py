"""Mending: putting another work file in the place of one, which is kept whole beside it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from freelancer_tui.store.failures import plainly

Build = Callable[[Path, Path], None]
"""Makes the new file, given the copy of the old one and where the new one goes."""

_FRESH: Final = "fresh.db"
_LOGS: Final = ("-wal", "-journal")
"""What holds data beside the file itself."""


def is_due(path: Path) -> bool:
    """Tell whether a query met damage, or a mending was cut off: nobody may use the file yet."""
    return _broken(path).exists() or _begun(path).exists()


def mark_broken(path: Path) -> None:
    """Remember that a query met damage, for whoever opens the file next."""
    with plainly(path):
        _broken(path).touch()


def kept_name(path: Path, ending: str) -> str:
    """Give the name of the folder that will keep the file, by the next free number."""
    number = 1
    while path.with_name(f"{path.name}.{ending}-{number}").exists():
        number += 1
    return f"{path.name}.{ending}-{number}"


def replace_by(path: Path, build: Build, kept: str) -> None:
    """Copy a file with its logs aside, build another, and put it in its place.

    The caller holds the gate. The copies are complete before anything else happens, and from
    then on they are what a start after a crash goes on from; so nothing is lost at any moment.
    """
    with plainly(path):
        begun = _begun(path)
        if not begun.exists():
            _copy_aside(path)
        fresh = begun / _FRESH
        for ending in ("", *_LOGS):
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
        build(begun / path.name, fresh)
        _settle(fresh)
        for ending in ("-shm", *_LOGS):  # an old log would be played into the new file
            path.with_name(path.name + ending).unlink(missing_ok=True)
        fresh.replace(path)
        _settle(path.parent)
        _broken(path).unlink(missing_ok=True)
        begun.rename(path.with_name(kept))
        _settle(path.parent)


def _copy_aside(path: Path) -> None:
    """Make the folder of copies; it has its name only once all of them are on the disk."""
    unfinished = path.with_name(f"{path.name}.copying")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    if path.is_dir():
        path.rename(path.with_name(kept_name(path, "folder")))
    for ending in ("", *_LOGS):
        source = path.with_name(path.name + ending)
        if source.is_file():
            shutil.copy2(source, unfinished / source.name)
            _settle(unfinished / source.name)
    _settle(unfinished)
    unfinished.rename(_begun(path))
    _settle(path.parent)


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _begun(path: Path) -> Path:
    return path.with_name(f"{path.name}.mending")


def _broken(path: Path) -> Path:
    return path.with_name(f"{path.name}.broken")
