"""Database: how a file is opened, and how its schema moves forward."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store.failures import plainly
from freelancer_tui.store.headers import first_bytes

BUSY_SECONDS: Final = 5.0
_FORMATS: Final = (b"\1\1", b"\2\2")
"""What the bytes 18 and 19 of a database are: how it may be written, and read."""
_WAL_LIMIT_BYTES: Final = 64 * 1024 * 1024

Migration = Callable[[sqlite3.Connection], None]


def connect(path: Path, *, readonly: bool = False, durable: bool = False) -> sqlite3.Connection:
    """Open a file with the pragmas of the house.

    A readonly connection refuses writes and does not create the file; a durable one
    reaches the disk at each commit. Any thread may use it, one at a time.
    """
    with plainly(path):
        connection = _opened(path, "rw" if readonly else "rwc")
        try:
            _prepare(connection, path, durable=durable)
            if readonly:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def look(path: Path) -> sqlite3.Connection:
    """Open a file that may be anything: nothing of it is changed, not even its header."""
    with plainly(path):
        return _opened(path, "ro")


def identity(path: Path) -> tuple[int, int] | None:
    """Tell one file from another that took its name; None while there is none of that name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def has_known_format(path: Path) -> bool:
    """Tell whether a file says that we may write it; SQLite takes any other for read-only."""
    with plainly(path):
        return first_bytes(path, 20)[18:] in _FORMATS


def faults(execute: Callable[[str], Any]) -> str:
    """Check a whole file, its indexes too; give the first faults, nothing when it is sound."""
    found = [str(row[0]) for row in execute("PRAGMA main.integrity_check(3)")]
    return "" if found == ["ok"] else "; ".join(found)


def version_of(connection: sqlite3.Connection) -> int:
    """Give the version that a file's schema has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration], path: Path) -> None:
    """Bring a schema forward, each step in one transaction with its version.

    Raises StoreError when the file is newer than this program; it is then left alone.
    """
    refuse_newer(connection, len(migrations), path)
    for number in range(version_of(connection), len(migrations)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrations[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def refuse_newer(connection: sqlite3.Connection, newest: int, path: Path) -> None:
    """Raise StoreError when a file's schema is newer than what this program knows."""
    if version_of(connection) > newest:
        raise StoreError(
            _("{name} was written by a newer version of this program.").format(name=path.name),
            hint=_("Update freelancer-tui, then start again. Nothing was changed."),
        )


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what the log holds into the file, as far as no reader still needs it.

    The caller holds the file's gate.
    """
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _opened(path: Path, mode: Literal["ro", "rw", "rwc"]) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _prepare(connection: sqlite3.Connection, path: Path, *, durable: bool) -> None:
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise StoreError(
            _("{folder} cannot hold the local files: use a folder on a local disk.").format(
                folder=path.parent
            )
        )
    for pragma in (
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        f"synchronous = {'FULL' if durable else 'NORMAL'}",
        "wal_autocheckpoint = 0",
        f"journal_size_limit = {_WAL_LIMIT_BYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
