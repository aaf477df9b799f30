"""Headers: the first bytes of a database file, read without letting go of SQLite's locks.

Where locks belong to a process (POSIX), closing any descriptor of a file drops all that the
process holds on it. SQLite takes care of its own; a file that we opened beside it and closed
would leave its connections without their locks. Another program then believes that it is the
last one, takes the log away as it ends, and what is written here afterwards is gone.
"""

import os
import sys
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

_MOST_KEPT: Final = 64
"""Files that are kept open; a program has two or three."""
_lock: Final = threading.Lock()
_kept: Final[OrderedDict[tuple[int, int], tuple[int, Path]]] = OrderedDict()


def first_bytes(path: Path, count: int) -> bytes:
    """Give the first bytes of a file; on POSIX its descriptor stays open for the next time."""
    if sys.platform == "win32":
        with path.open("rb") as file:
            return file.read(count)
    with _lock:
        return os.pread(_descriptor(path), count, 0)


def let_go(folder: Path) -> None:
    """Close what is kept of a folder's files; none of them may be open here any more."""
    with _lock:
        for name in [name for name, (_, path) in _kept.items() if path.parent == folder]:
            os.close(_kept.pop(name)[0])


def _descriptor(path: Path) -> int:
    found = path.stat()
    kept = _kept.get((found.st_dev, found.st_ino))
    if kept is not None:
        return kept[0]
    _forget_removed()
    fresh = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    opened = os.fstat(fresh)
    # Should another file have taken the name meanwhile, its older descriptor just stays open.
    _kept[opened.st_dev, opened.st_ino] = fresh, path
    if len(_kept) > _MOST_KEPT:
        os.close(_kept.popitem(last=False)[1][0])
    return fresh


def _forget_removed() -> None:
    """Let go of files that have no name any more: nobody new can open them."""
    removed = [name for name, (kept, _) in _kept.items() if os.fstat(kept).st_nlink == 0]
    for name in removed:
        os.close(_kept.pop(name)[0])
