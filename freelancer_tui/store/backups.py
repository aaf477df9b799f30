"""Backups: whole copies of the work file, one for each day, the newest few kept."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from freelancer_tui.store.database import connect
from freelancer_tui.store.failures import plainly


def back_up(source: Path, now: datetime, keep: int = 7) -> Path | None:
    """Copy a file into `backups` beside it unless today's copy is there; give the new one."""
    folder = source.parent / "backups"
    target = folder / f"{source.stem}-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    copy_to(source, target)
    for old in sorted(folder.glob(f"{source.stem}-[0-9]*.db"))[:-keep]:
        old.unlink(missing_ok=True)
    return target


def newest_first(source: Path) -> list[Path]:
    """Give the copies of a file that are kept, the last one taken first."""
    found = (source.parent / "backups").glob(f"{source.stem}-*.db")
    return sorted(found, key=lambda copy: (copy.stat().st_mtime, copy.name), reverse=True)


def copy_to(source: Path, target: Path) -> None:
    """Copy a whole database while others may use it; the target appears only when complete."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    with closing(connect(source, readonly=True)) as reader, plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            unfinished.touch(mode=0o600)  # it is as private as the folder it comes from
            with closing(sqlite3.connect(unfinished)) as writer:
                reader.backup(writer)
                writer.execute("PRAGMA journal_mode = DELETE")  # it is whole without a log
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
