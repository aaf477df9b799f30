"""The cache file: begun, reopened, set aside when it is of no use, and read by many."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store.cache import projects, schema
from freelancer_tui.store.cache.database import CacheDatabase, Interrupted, Stop
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.marks import Marks
from tests.factories import NOW, a_project
from tests.store.desk import ids_for, keep


def reopened(cache: CacheDatabase) -> CacheDatabase:
    cache.close()
    return CacheDatabase(cache.path.parent)


def verdicts(cache: CacheDatabase) -> dict[int, str | None]:
    with cache.read() as connection:
        return {key: one.verdict for key, one in projects.summaries(connection, [1, 2]).items()}


def test_what_was_stored_is_there_again(cache: CacheDatabase) -> None:
    keep(cache, a_project(1))
    with closing(reopened(cache)) as again:
        assert again.rebuilt is None
        assert ids_for(again, "batik") == [1]


@pytest.mark.parametrize("version", [schema.VERSION + 1, 9999])
def test_another_version_is_set_aside(cache: CacheDatabase, version: int) -> None:
    keep(cache, a_project(1))
    with cache.transaction() as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with closing(reopened(cache)) as again:
        assert again.rebuilt
        assert ids_for(again, "") == []
    assert (cache.path.parent / "cache.db.damaged-1").exists()


def test_a_file_that_is_no_database_is_set_aside(folder: Path) -> None:
    content = b"not a database at all" * 300
    folder.mkdir()
    (folder / "cache.db").write_bytes(content)
    with closing(CacheDatabase(folder)) as cache:
        assert cache.rebuilt
        assert keep(cache, a_project()) == 1
    assert (folder / "cache.db.damaged-1").read_bytes() == content


def test_an_empty_file_is_begun(folder: Path) -> None:
    folder.mkdir()
    (folder / "cache.db").touch()
    with closing(CacheDatabase(folder)) as cache:
        assert cache.rebuilt is None
        assert keep(cache, a_project()) == 1


def test_only_the_newest_files_set_aside_are_kept(folder: Path) -> None:
    for _ in range(4):
        folder.mkdir(exist_ok=True)
        for part in ("-wal", "-shm"):
            (folder / f"cache.db{part}").unlink(missing_ok=True)
        (folder / "cache.db").write_bytes(b"damaged" * 1000)
        CacheDatabase(folder).close()
    assert {one.name for one in folder.glob("cache.db.damaged-*")} == {
        "cache.db.damaged-3",
        "cache.db.damaged-4",
    }


def test_damage_found_later_is_told_and_mended_by_the_next_start(cache: CacheDatabase) -> None:
    keep(cache, *(a_project(number, description="x" * 3000) for number in range(1, 200)))
    cache.close()
    content = bytearray(cache.path.read_bytes())
    start = 80 * 4096  # deep in the rows: the schema is whole
    content[start : start + 40 * 4096] = b"\xff" * (40 * 4096)
    cache.path.write_bytes(content)
    with closing(CacheDatabase(cache.path.parent)) as again:
        assert again.rebuilt is None
        with pytest.raises(StoreError, match="damaged") as caught, again.read() as connection:
            connection.execute("SELECT sum(length(description)) FROM projects").fetchone()
        assert caught.value.hint
    with closing(CacheDatabase(cache.path.parent)) as mended:
        assert mended.rebuilt
        assert ids_for(mended, "") == []


def test_marks_are_shown_as_soon_as_there_are_any(cache: CacheDatabase) -> None:
    keep(cache, a_project(1), a_project(2))
    assert verdicts(cache) == {1: None, 2: None}
    with closing(Marks(cache.path.parent)) as marks:
        assert marks.put(1, "star", NOW) is None
        assert verdicts(cache) == {1: "star", 2: None}
        assert marks.put(1, "skip", NOW) == "star"
        assert marks.get(1) == "skip"
        assert verdicts(cache) == {1: "skip", 2: None}
        assert marks.put(1, None, NOW) == "skip"
        assert marks.get(1) is None
        assert verdicts(cache) == {1: None, 2: None}


def test_marks_outlive_the_cache(cache: CacheDatabase, work: WorkDatabase) -> None:
    with closing(Marks(work.folder)) as marks:
        marks.put(1, "star", NOW)
    cache.close()
    cache.path.unlink()
    with closing(CacheDatabase(work.folder)) as again:
        keep(again, a_project(1))
        assert verdicts(again) == {1: "star"}


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_an_unreadable_work_file_hides_no_jobs(cache: CacheDatabase, content: bytes) -> None:
    (cache.path.parent / "work.db").write_bytes(content)
    keep(cache, a_project(1))
    assert verdicts(cache) == {1: None}
    assert ids_for(cache, "batik") == [1]


def test_a_snapshot_does_not_move(cache: CacheDatabase) -> None:
    with cache.read() as connection:
        assert projects.count(connection) == 0
        keep(cache, a_project(1))
        assert projects.count(connection) == 0
    with cache.read() as connection:
        assert projects.count(connection) == 1


SLOW = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_running_query_stops_and_the_reader_serves_again(cache: CacheDatabase) -> None:
    stop = Stop()
    threading.Timer(0.05, stop.set).start()
    with pytest.raises(Interrupted), cache.read(stop) as connection:
        connection.execute(SLOW).fetchone()
    assert ids_for(cache, "") == []
    with pytest.raises(Interrupted), cache.read(stop):
        pass


def test_a_stop_between_statements_holds_for_the_next(cache: CacheDatabase) -> None:
    stop = Stop()
    with pytest.raises(Interrupted), cache.read(stop) as connection:
        _search_after(stop, connection)


def _search_after(stop: Stop, connection: sqlite3.Connection) -> None:
    stop.set()
    connection.execute(SLOW).fetchone()


def test_a_stop_after_the_end_touches_nobody(cache: CacheDatabase) -> None:
    stop = Stop()
    with cache.read(stop) as connection:
        connection.execute("SELECT 1").fetchone()
    with cache.read() as connection:
        stop.set()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_many_threads_share_the_readers(cache: CacheDatabase) -> None:
    keep(cache, *(a_project(number) for number in range(1, 50)))
    failures: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(20):
                assert len(ids_for(cache, "batik")) == 49
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_log_moves_into_the_file_at_a_checkpoint(cache: CacheDatabase) -> None:
    keep(cache, *(a_project(number) for number in range(1, 200)))
    before = cache.path.stat().st_size
    cache.checkpoint()
    assert cache.path.stat().st_size > before


def test_the_rows_and_the_index_are_whole(cache: CacheDatabase) -> None:
    keep(cache, a_project(1))
    cache.close()
    with closing(sqlite3.connect(cache.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
