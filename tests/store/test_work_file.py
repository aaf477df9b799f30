"""The work file: begun, brought forward, refused when it cannot be trusted, backed up."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from freelancer_tui.errors import StoreError
from freelancer_tui.store.backups import back_up
from freelancer_tui.store.database import Migration, connect, migrate, version_of
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work import (
    conflicts,
    discarded,
    downloads,
    kept,
    meta,
    outbox,
    places,
    proposals,
    reads,
    replies,
    reply_files,
    templates,
    thread_marks,
    thread_signals,
    versions,
)
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.file import ready
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.store.work.migrations import MIGRATIONS
from tests.factories import NOW, a_proposal

TABLES = (
    conflicts,
    discarded,
    downloads,
    kept,
    meta,
    outbox,
    places,
    proposals,
    reads,
    replies,
    reply_files,
    templates,
    thread_marks,
    thread_signals,
    versions,
)
"""The modules whose tables this file's schema must match."""


def notes_of_age(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM notes").fetchall()


def make_notes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE notes (text TEXT)")
    connection.execute("INSERT INTO notes VALUES ('kept')")


def add_age(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE notes ADD COLUMN age INTEGER NOT NULL DEFAULT 3")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE notes")
    raise ZeroDivisionError


STEPS: tuple[Migration, ...] = (make_notes, add_age)


def test_the_rows_of_the_code_are_the_columns_of_the_file(work: WorkDatabase) -> None:
    assert {table.name for table in SQLModel.metadata.sorted_tables} == {
        module.__name__.rpartition(".")[2] for module in TABLES
    }
    for table in SQLModel.metadata.sorted_tables:
        with closing(sqlite3.connect(work.path)) as connection:
            found = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
        assert {(row[1], bool(row[5])) for row in found} == {
            (column.name, column.primary_key) for column in table.columns
        }
        assert {row[1] for row in found if not row[3] and not row[5]} == {
            column.name for column in table.columns if column.nullable
        }


def test_an_older_file_is_copied_and_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    ready(path, Gate(path), STEPS[:1])
    ready(path, Gate(path), STEPS)
    assert notes_of_age(path) == [("kept", 3)]
    assert notes_of_age(tmp_path / "backups" / "work-before-version-2.db") == [("kept",)]


def test_a_failed_step_leaves_the_version_before_it(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    with pytest.raises(ZeroDivisionError):
        ready(path, Gate(path), (*STEPS, fail))
    with closing(connect(path)) as connection:
        assert version_of(connection) == 2
    assert notes_of_age(path) == [("kept", 3)]


def test_a_newer_file_is_refused_and_left_alone(work: WorkDatabase) -> None:
    work.close()
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = work.path.read_bytes()
    for opening in (WorkDatabase, lambda folder: Marks(folder).put(1, "star", NOW)):
        with pytest.raises(StoreError, match="newer") as caught:
            opening(work.folder)
        assert "Update" in caught.value.hint
    assert work.path.read_bytes() == before


def test_migrating_refuses_a_newer_file_too(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "x.db")) as connection:
        connection.execute("PRAGMA user_version = 9")
        with pytest.raises(StoreError, match="newer"):
            migrate(connection, STEPS, tmp_path / "x.db")


def test_somebody_elses_database_is_not_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "work.db")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = (tmp_path / "work.db").read_bytes()
    with pytest.raises(StoreError, match="not written by this program") as caught:
        WorkDatabase(tmp_path)
    assert caught.value.hint
    assert (tmp_path / "work.db").read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} <= {"work.db", "work.db.lock"}


def test_backups_one_a_day_the_newest_seven(work: WorkDatabase) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal())
    for day in range(10):
        assert back_up(work.path, NOW + timedelta(days=day)) is not None
        assert back_up(work.path, NOW + timedelta(days=day, minutes=1)) is None
    names = sorted(one.name for one in (work.folder / "backups").iterdir())
    assert len(names) == 7
    assert names[-1] == "work-2026-12-03.db"
    with closing(sqlite3.connect(work.folder / "backups" / names[-1])) as connection:
        assert connection.execute("SELECT count(*) FROM proposals").fetchone() == (1,)


def test_a_backup_opens_as_a_work_file(work: WorkDatabase, tmp_path: Path) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal())
        (tmp_path / "restored").mkdir()
    work.backup(tmp_path / "restored" / "work.db")
    restored = WorkDatabase(tmp_path / "restored")
    with restored.read() as session:
        assert proposals.get(session, "p1") == a_proposal()
    restored.close()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "account").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        WorkDatabase(tmp_path / "account")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind only others")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="permissions"):
            WorkDatabase(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_the_log_moves_into_the_file_at_a_checkpoint(work: WorkDatabase) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal(text="x" * 100_000))
    before = work.path.stat().st_size
    work.checkpoint()
    assert work.path.stat().st_size > before
