"""Work file: opened whole and of our version, mended where it is damaged, never overwritten."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store import backups
from freelancer_tui.store.database import (
    Migration,
    connect,
    has_known_format,
    look,
    migrate,
    refuse_newer,
    version_of,
)
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work import mending
from freelancer_tui.store.work.migrations import MIGRATIONS

NAME: Final = "work.db"
RECOVERED: Final = "recovered"
"""The word in `meta` under which it is told what a mending brought over, until it is answered."""
_COUNTED: Final = ("proposals", "outbox", "replies")
_MOST_DONORS: Final = 3
_LATER: Final = 1000
"""A version so much newer than ours is no version."""

_Condition = Literal["ours", "new", "older", "damaged", "foreign"]


def ready(path: Path, gate: Gate, steps: Sequence[Migration] = MIGRATIONS) -> bool:
    """Make sure that the file is whole and of our version; tell whether it had to be mended.

    Raises StoreError, and leaves the file alone, when it is newer than we are or not ours.
    """
    if not mending.is_due(path) and _condition(path, len(steps)) == "ours":
        return False
    with gate.held():
        return prepare(path, steps)


def prepare(path: Path, steps: Sequence[Migration] = MIGRATIONS) -> bool:
    """Do the same for a caller who holds the gate."""
    condition = "damaged" if mending.is_due(path) else _condition(path, len(steps))
    if condition == "foreign":
        raise _not_ours(path)
    if condition == "damaged":
        _mend(path, steps)
    elif condition != "ours":
        with closing(connect(path, durable=True)) as connection, plainly(path):
            before = version_of(connection)
            if 0 < before < len(steps):
                name = f"{path.stem}-before-version-{before + 1}.db"
                backups.copy_to(path, path.parent / "backups" / name)
            migrate(connection, steps, path)
    return condition == "damaged"


def bring_back(connection: sqlite3.Connection, path: Path) -> None:
    """Write a file that was removed while we had it open anew, from what we still hold of it."""
    found = path.with_name(f"{path.name}.found")
    with plainly(path):
        found.unlink(missing_ok=True)
        with closing(sqlite3.connect(found)) as writer:
            connection.backup(writer)
            writer.execute("PRAGMA journal_mode = DELETE")
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        found.replace(path)


def _condition(path: Path, newest: int) -> _Condition:
    """Look at the file; only one that is newer than we are, or cannot be read, raises."""
    with plainly(path):
        if path.is_dir():
            return "damaged"
        if not path.exists() or path.stat().st_size == 0:
            return "damaged" if _held_something(path) else "new"
        if not has_known_format(path):
            return "damaged"
    try:
        if path.with_name(f"{path.name}-journal").exists():
            connect(path).close()  # the crash was in the very first moment: it is rolled back
        with closing(look(path)) as connection, plainly(path):
            return _condition_of(connection, newest, path)
    except StoreError as error:
        if means_damage(error.__cause__):
            return "damaged"
        raise
    except sqlite3.OperationalError:  # what we ask is always right, so it is the file
        return "damaged"


def _condition_of(connection: sqlite3.Connection, newest: int, path: Path) -> _Condition:
    connection.text_factory = bytes  # names that are no text are damage, and no error of ours
    connection.execute("BEGIN")  # one moment: another program may be creating the file
    version = version_of(connection)
    if newest < version <= newest + _LATER:
        refuse_newer(connection, newest, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != b"ok":
        return "damaged"
    if not 0 <= version <= newest:
        return "damaged"
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    if version == 0:
        if tables:
            return "damaged" if b"proposals" in tables else "foreign"
        return "damaged" if _held_something(path) else "new"
    return "ours" if version == newest else "older"


def _held_something(path: Path) -> bool:
    """Tell whether there was work in a file that is now empty or gone."""
    log = path.with_name(f"{path.name}-wal")
    return bool(backups.newest_first(path)) or (log.is_file() and log.stat().st_size > 0)


def _mend(path: Path, steps: Sequence[Migration]) -> None:
    """Set the file aside and go on with what can be read of it."""
    # Only damage needs it, and it knows every kind of row that there is.
    from freelancer_tui.store.work.recovery import is_whole, recover

    copies = [copy for copy in backups.newest_first(path) if is_whole(copy)]
    kept = mending.kept_name(path, "damaged")

    def build(damaged: Path, fresh: Path) -> None:
        recover(damaged, fresh, steps, copies[:_MOST_DONORS])
        _tell(fresh, kept, copies[0] if copies else None)

    mending.replace_by(path, build, kept)


def _tell(fresh: Path, kept: str, copy: Path | None) -> None:
    """Write into the new file what it is, for the screen and the command that tell of it."""
    with closing(sqlite3.connect(fresh)) as connection, connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in _COUNTED
            if table in tables
        }
        report = {"kept": kept, "backup": copy.name if copy else None, **counts}
        if "meta" in tables and (copy or any(counts.values())):
            row = (RECOVERED, json.dumps(report))
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", row)


def _not_ours(path: Path) -> StoreError:
    return StoreError(
        _("{name} in {folder} was not written by this program.").format(
            name=path.name, folder=path.parent
        ),
        hint=_("It was left as it is: move it away, then start again."),
    )
