"""Work file: opened with its schema brought up to date, or refused and left as it is."""

from contextlib import closing
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store.backups import copy_to
from freelancer_tui.store.database import connect, migrate, refuse_newer, version_of
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work.migrations import MIGRATIONS

NAME: Final = "work.db"


def ready(path: Path, gate: Gate) -> None:
    """Make sure that the file is whole and of our version; raise StoreError if it cannot be."""
    if path.exists() and path.stat().st_size and _looked_at(path):
        return
    with gate.held(), closing(connect(path, durable=True)) as connection, plainly(path):
        before = version_of(connection)
        if 0 < before < len(MIGRATIONS):
            copy_to(path, path.parent / "backups" / f"{path.stem}-before-version-{before + 1}.db")
        migrate(connection, MIGRATIONS, path)


def _looked_at(path: Path) -> bool:
    """Tell whether the file needs nothing; raise when it is damaged or newer than we are."""
    try:
        with closing(connect(path, readonly=True)) as connection, plainly(path):
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise _damaged(path)
            refuse_newer(connection, len(MIGRATIONS), path)
            return version_of(connection) == len(MIGRATIONS)
    except StoreError as error:
        if means_damage(error.__cause__):
            raise _damaged(path) from error.__cause__
        raise


def _damaged(path: Path) -> StoreError:
    return StoreError(
        _("{name} in {folder} is damaged.").format(name=path.name, folder=path.parent),
        hint=_(
            "It was left as it is. Close this program, move {name} and the files beside it "
            "away, and put the newest copy from {backups} in its place."
        ).format(name=path.name, backups=path.parent / "backups"),
    )
