"""Processes: two programs on one account, and programs that die in the middle."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store import gate
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work import meta, proposals
from freelancer_tui.store.work.database import WorkDatabase
from tests.store.desk import ids_for
from tests.store.programs import count_once, started


def test_two_programs_count_together_and_lose_nothing(work: WorkDatabase) -> None:
    others = [started("count_up", work.folder, 1000) for _ in range(2)]
    failures: list[BaseException] = []

    def count_here() -> None:
        try:
            for _ in range(250):
                with work.transaction() as session:
                    count_once(session)
                work.checkpoint()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=count_here) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait() for other in others] == [0, 0]
    for other in others:
        other.communicate()
    assert failures == []
    with work.read() as session:
        assert meta.get(session, "count") == "2500"


@pytest.mark.parametrize("lines", [1, 25, 90])
def test_what_was_acknowledged_outlives_a_kill(folder: Path, lines: int) -> None:
    with started("write_until_killed", folder) as writer:
        assert writer.stdout is not None
        for _ in range(lines):
            acknowledged = int(writer.stdout.readline())
        time.sleep(0.0007 * (lines % 7))  # somewhere inside a transaction
        writer.kill()
        # Not communicate(): with two pipes it passes over what readline has read ahead.
        rest = writer.stdout.read()
    acknowledged = int(rest.split()[-1]) if rest.split() else acknowledged
    _is_whole(folder, acknowledged)


def _is_whole(folder: Path, acknowledged: int) -> None:
    with closing(WorkDatabase(folder)) as work, work.read() as session:
        found = {one.id for one in proposals.all(session, 10_000)}
    assert found >= {f"{number:06}" for number in range(1, acknowledged + 1)}
    assert len(found) <= acknowledged + 1
    with closing(CacheDatabase(folder)) as cache:
        assert cache.rebuilt is None
        ids = set(ids_for(cache, "batik", limit=100_000))
        assert ids == set(ids_for(cache, "", limit=100_000))
        assert ids >= set(range(10, 10 * acknowledged + 10))
        with cache.transaction() as connection:
            connection.execute(
                "INSERT INTO project_words (project_words, rank) VALUES ('integrity-check', 1)"
            )
    for name in ("work.db", "cache.db"):
        with closing(sqlite3.connect(folder / name)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_one_program_syncs_and_its_death_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "sync.lock"
    ours = SyncLock(path)
    with started("hold", path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not ours.acquire()
        holder.kill()
    assert ours.acquire()
    ours.release()


def test_a_sync_lock_is_held_once_and_passes_between_threads(tmp_path: Path) -> None:
    lock, other = SyncLock(tmp_path / "sync.lock"), SyncLock(tmp_path / "sync.lock")
    with lock.held() as got:
        assert got
        assert not lock.acquire()
        with other.held() as theirs:
            assert not theirs
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join()
    assert not other.acquire()
    lock.release()
    lock.release()
    assert other.acquire()
    other.release()


def test_a_gate_that_stays_shut_is_told_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 0.05)
    path = tmp_path / "work.db"
    first, second = Gate(path), Gate(path)
    with first.held():
        for same_or_other in (first, second):
            with (
                pytest.raises(StoreError, match="Another window or command"),
                same_or_other.held(),
            ):
                pass
    with second.held():
        pass
    first.close()
    second.close()


def test_a_lock_of_a_foreign_program_is_told_as_busy(
    work: WorkDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work.transaction() as session:
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(work.path, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another window or command"), work.transaction():
            pass
        foreign.execute("ROLLBACK")
    with work.transaction() as session:
        count_once(session)
