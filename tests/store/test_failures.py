"""Failures: a full disk, a missing folder, and what the start may not load."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.database import connect
from freelancer_tui.store.failures import failure_of, plainly
from freelancer_tui.store.work import proposals
from freelancer_tui.store.work.database import WorkDatabase
from tests.factories import a_project, a_proposal
from tests.store.desk import ids_for, keep

HEAVY = ("sqlmodel", "sqlalchemy", "filelock", "httpx", "msgspec", "textual", "click")


def test_a_full_disk_is_told_and_what_was_there_stays(
    cache: CacheDatabase, work: WorkDatabase
) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal())
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="disk is full"), work.transaction() as session:
        proposals.put(session, a_proposal("p2", text="x" * 1_000_000))
    with work.read() as session:
        assert [one.id for one in proposals.all(session, 5)] == ["p1"]
    with cache.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="disk is full"):
        keep(cache, a_project(description="x " * 500_000))
    assert ids_for(cache, "") == []
    with cache.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    assert keep(cache, a_project()) == 1


def test_with_room_again_the_work_file_takes_the_next_word(work: WorkDatabase) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal())
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
    for _round in range(3):
        with pytest.raises(StoreError, match="disk is full"), work.transaction() as session:
            proposals.put(session, a_proposal("p2", text="x" * 1_000_000))
    with work.transaction() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        proposals.put(session, a_proposal("p2", text="x" * 1_000_000))
    with work.read() as session:
        assert {one.id for one in proposals.all(session, 5)} == {"p1", "p2"}
    assert not work.mended


def test_a_missing_file_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        connect(tmp_path / "none.db", readonly=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        connect(tmp_path / "no" / "folder.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "permissions"),
        (errno.EROFS, "permissions"),
        (errno.EIO, "failed to read or write"),
        (errno.ENOENT, "cannot be opened"),
    ],
)
def test_the_systems_errors_are_told_plainly(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(StoreError, match=words) as told, plainly(tmp_path / "work.db"):
        raise OSError(number, "")
    assert told.value.hint or number in (errno.EACCES, errno.EROFS, errno.ENOENT)


def test_other_errors_are_not_dressed_up(tmp_path: Path) -> None:
    assert failure_of(ValueError(), tmp_path) is None
    assert failure_of(sqlite3.ProgrammingError(), tmp_path) is None


def test_a_lost_folder_is_told(cache: CacheDatabase) -> None:
    cache.close()
    with pytest.raises(StoreError):
        CacheDatabase(cache.path / "below-a-file")


@pytest.mark.parametrize(
    "modules",
    [
        "freelancer_tui.store.cache.database, freelancer_tui.store.cache.facts",
        "freelancer_tui.store.work.marks, freelancer_tui.store.backups",
    ],
)
def test_listing_and_marking_load_nothing_heavy(modules: str) -> None:
    script = f"import sys, {modules}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(HEAVY).isdisjoint(loaded)
