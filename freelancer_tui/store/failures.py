"""Failures: what SQLite reports, turned into sentences that say what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import N_, _

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: N_("Another window or command is writing to {name}; try again."),
    sqlite3.SQLITE_LOCKED: N_("Another window or command is writing to {name}; try again."),
    sqlite3.SQLITE_READONLY: N_("{name} in {folder} may not be written; check its permissions."),
    sqlite3.SQLITE_PERM: N_("{name} in {folder} may not be written; check its permissions."),
    sqlite3.SQLITE_CANTOPEN: N_("{name} in {folder} cannot be opened; check the folder."),
    sqlite3.SQLITE_FULL: N_("The disk is full: {name} in {folder} could not be written."),
    sqlite3.SQLITE_IOERR: N_("The disk failed to read or write {name} in {folder}."),
    sqlite3.SQLITE_CORRUPT: N_("{name} in {folder} is damaged."),
    sqlite3.SQLITE_NOTADB: N_("{name} in {folder} is damaged."),
}
_HINTS: Final = {
    sqlite3.SQLITE_FULL: N_("Make room on the disk, then try again."),
    sqlite3.SQLITE_IOERR: N_("See: freelancer-tui doctor"),
    sqlite3.SQLITE_CORRUPT: N_("See: freelancer-tui doctor"),
    sqlite3.SQLITE_NOTADB: N_("See: freelancer-tui doctor"),
}
"""What to do next, where the sentence does not say it."""
_OF_SYSTEM: Final = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.EROFS: sqlite3.SQLITE_READONLY,
}
_OF_DETAILS: Final = {
    4874: sqlite3.SQLITE_FULL,  # SQLITE_IOERR_SHMSIZE: no room for the index of the log
}
_NO_TEXT: Final = "Could not decode to UTF-8"


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what can go wrong with a file, but not a mistake of ours, into a StoreError."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        failure = failure_of(error, path)
        if failure is None:
            raise
        raise failure from error


def failure_of(error: BaseException | None, path: Path) -> StoreError | None:
    """Give the error to raise for one of SQLite's; None when it tells of a mistake of ours."""
    code = _code(error)
    if code not in _SENTENCES:
        return None
    hint = _HINTS.get(code, "")
    return StoreError(
        _(_SENTENCES[code]).format(name=path.name, folder=path.parent), hint=hint and _(hint)
    )


def busy(path: Path) -> StoreError:
    """Give the error for a file that somebody else keeps locked."""
    return StoreError(_(_SENTENCES[sqlite3.SQLITE_BUSY]).format(name=path.name))


def means_damage(error: BaseException | None) -> bool:
    """Tell whether an error says that the file is not a whole database."""
    return _code(error) in _DAMAGED


def damaged_text(error: Exception) -> sqlite3.DatabaseError:
    """Give the error that SQLite would have raised, had it known what should be there."""
    cause = sqlite3.DatabaseError(str(error))
    cause.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return cause


def means_interrupted(error: BaseException | None) -> bool:
    """Tell whether an error says that a query was stopped on purpose."""
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def _code(error: BaseException | None) -> int:
    """Give SQLite's primary result code; for the system's errors, the one that fits."""
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0, sqlite3.SQLITE_CANTOPEN)
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(_NO_TEXT):
        return sqlite3.SQLITE_CORRUPT  # Python's own finding: SQLite hands out what it reads
    code = int(getattr(error, "sqlite_errorcode", 0))
    return _OF_DETAILS.get(code, code & 0xFF)
