"""Aside: moving an unusable cache out of the way, so that a new one can begin."""

import shutil
from pathlib import Path
from typing import Final

from freelancer_tui.store.failures import plainly

_MOST_KEPT: Final = 2
PARTS: Final = ("", "-wal", "-shm")


def set_aside(path: Path) -> Path:
    """Rename a file and its log by the next free number, drop the oldest; give the new name."""
    taken = _set_aside_before(path)
    number = max(taken, default=0) + 1
    for old in sorted(taken)[: len(taken) + 1 - _MOST_KEPT]:
        for part in PARTS:
            _remove(_named(path, old, part))
    for part in reversed(PARTS):  # the log first: alone it is harmless
        source = path.with_name(path.name + part)
        if source.exists():
            source.replace(_named(path, number, part))
    return _named(path, number, "")


def clear_logs(path: Path) -> None:
    """Remove what is left beside a file that is gone: it would be played into a new one."""
    with plainly(path):
        for part in PARTS[1:]:
            path.with_name(path.name + part).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _set_aside_before(path: Path) -> list[int]:
    endings = (
        other.name.rpartition("-")[2] for other in path.parent.glob(f"{path.name}.damaged-*")
    )
    return [int(ending) for ending in endings if ending.isdecimal()]


def _named(path: Path, number: int, part: str) -> Path:
    return path.with_name(f"{path.name}.damaged-{number}{part}")
