"""Pragmas: what sync-design promises is in force on every connection."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import text

from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.database import connect
from freelancer_tui.store.work.database import Session, WorkDatabase

EVERYWHERE = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "temp_store": 2,
    "wal_autocheckpoint": 0,
    "mmap_size": 0,
}
NORMAL, FULL = 1, 2


def in_force(connection: sqlite3.Connection, name: str) -> object:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


def of_session(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize("name", EVERYWHERE)
def test_every_connection_has_them(cache: CacheDatabase, work: WorkDatabase, name: str) -> None:
    with cache.read() as reader, cache.transaction() as writer:
        found = [in_force(reader, name), in_force(writer, name)]
    with work.read() as session:
        found.append(of_session(session, name))
    with work.transaction() as session:
        found.append(of_session(session, name))
    assert found == [EVERYWHERE[name]] * 4


def test_only_the_work_file_waits_for_the_disk(cache: CacheDatabase, work: WorkDatabase) -> None:
    with cache.transaction() as writer:
        assert in_force(writer, "synchronous") == NORMAL
    with work.transaction() as session:
        assert of_session(session, "synchronous") == FULL


def test_readers_refuse_to_write(cache: CacheDatabase, work: WorkDatabase) -> None:
    with (
        pytest.raises(Exception, match="may not be written"),
        cache.read() as connection,
    ):
        connection.execute("DELETE FROM projects")
    with pytest.raises(Exception, match="may not be written"), work.read() as session:
        session.connection().execute(text("DELETE FROM proposals"))


def test_a_writing_session_takes_its_lock_before_it_reads(work: WorkDatabase) -> None:
    other = sqlite3.connect(work.path, timeout=0, isolation_level=None)
    with work.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_mistake_of_ours_stays_what_it_is(cache: CacheDatabase, work: WorkDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError), cache.read() as connection:
        connection.execute("SELECT no_such_column FROM projects")
    with pytest.raises(DBAPIError), work.read() as session:
        session.connection().execute(text("SELECT no_such_column FROM proposals"))


def test_a_path_with_signs_of_an_address_is_only_a_path(tmp_path: Path) -> None:
    odd = tmp_path / "100% of ?mode=ro#.db"
    connect(odd).close()
    assert odd.exists()
