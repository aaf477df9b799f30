"""Work file: opened with its schema brought up to date, or refused and left as it is."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store.backups import copy_to
from freelancer_tui.store.database import (
    Migration,
    connect,
    look,
    migrate,
    refuse_newer,
    version_of,
)
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work.migrations import MIGRATIONS

NAME: Final = "work.db"


def ready(path: Path, gate: Gate, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Make sure that the file is whole and of our version; raise StoreError if it cannot be."""
    if path.exists() and _up_to_date(path, len(steps)):
        return
    with gate.held(), closing(connect(path, durable=True)) as connection, plainly(path):
        before = version_of(connection)
        if 0 < before < len(steps):
            copy_to(path, _backups(path) / f"{path.stem}-before-version-{before + 1}.db")
        migrate(connection, steps, path)


def _up_to_date(path: Path, newest: int) -> bool:
    """Tell whether the file needs nothing; raise when it is damaged or newer than we are."""
    try:
        with closing(look(path)) as connection, plainly(path):
            connection.execute("BEGIN")  # one moment: another program may be creating the file
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damaged(path)
            refuse_newer(connection, newest, path)
            version = version_of(connection)
            if version == 0 and not _may_begin(connection, path):
                raise _damaged(path)
            return version == newest
    except StoreError as error:
        if means_damage(error.__cause__):
            raise _damaged(path) from error.__cause__
        raise


def _may_begin(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether a file without a version is a new one, and not the rest of one with work."""
    tables = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    return tables is None and not any(_backups(path).glob(f"{path.stem}-*.db"))


def _backups(path: Path) -> Path:
    return path.parent / "backups"


def _damaged(path: Path) -> StoreError:
    return StoreError(
        _("{name} in {folder} is damaged.").format(name=path.name, folder=path.parent),
        hint=_(
            "It was left as it is. Close this program, move {name} and the files beside it "
            "away, and put the newest copy from {backups} in its place."
        ).format(name=path.name, backups=_backups(path)),
    )
