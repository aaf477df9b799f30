"""Restoring: a backup in the place of the work file, which is kept whole beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from freelancer_tui.errors import NotAllowed, StoreError
from freelancer_tui.i18n import _
from freelancer_tui.store.database import look, refuse_newer, version_of
from freelancer_tui.store.failures import means_damage, plainly
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work import books, mending
from freelancer_tui.store.work.lacking import as_of_now
from freelancer_tui.store.work.migrations import MIGRATIONS
from freelancer_tui.store.work.recovery import OURS, tables_of


def check(file: Path) -> None:
    """Raise unless a file is a whole work file of a version that we can read."""
    try:
        with closing(look(file)) as connection, plainly(file):
            is_ours = tables_of(connection).keys() >= OURS and version_of(connection) > 0
            if is_ours:
                refuse_newer(connection, len(MIGRATIONS), file)
                if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    raise _damaged(file)
    except (StoreError, sqlite3.OperationalError) as error:
        if isinstance(error, StoreError) and not means_damage(error.__cause__):
            raise
        if file.read_bytes()[:15] == b"SQLite format 3":
            raise _damaged(file) from error
        is_ours = False
    if not is_ours:
        raise NotAllowed(
            _("{name} is no backup of this program.").format(name=file.name),
            hint=_("Name a file that `freelancer-tui backup` wrote. Nothing was changed."),
        )


def restore(path: Path, file: Path) -> Path | None:
    """Put a backup in the place of the work file; give the folder that keeps the old one.

    What was unsent in the backup asks before it goes: it may have been sent since. Numbers that
    documents got since are not given out again.
    """
    check(file)
    gate = Gate(path)

    def build(old: Path, fresh: Path) -> None:
        with closing(as_of_now(file, MIGRATIONS)) as memory, closing(sqlite3.connect(fresh)) as new:
            books.keep_numbers(old, memory)
            memory.backup(new)

    try:
        with gate.held():
            was_there = path.exists()
            kept = mending.kept_name(path, "before-restore")
            mending.replace_by(path, build, kept)
    finally:
        gate.close()
    if was_there:
        return path.with_name(kept)
    path.with_name(kept).rmdir()
    return None


def _damaged(file: Path) -> StoreError:
    return StoreError(
        _("{name} in {folder} is damaged.").format(name=file.name, folder=file.parent),
        hint=_("Choose another backup. Nothing was changed."),
    )
