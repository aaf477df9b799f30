"""Damage to the cache: whatever happens to the file, it is set aside and begun anew."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store.cache import projects, schema
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import proposals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.marks import Marks
from tests.factories import NOW, a_project, a_proposal
from tests.store.damage import PAGE, blank, cut, spoiled
from tests.store.desk import ids_for, keep

PARTS = ("", "-wal", "-shm")


def filled(folder: Path) -> Path:
    """Lay down a cache of some jobs, closed; give its path."""
    with closing(CacheDatabase(folder)) as cache:
        keep(cache, *(a_project(number, description="batik " * 200) for number in range(1, 30)))
        cache.checkpoint()
    return cache.path


def remove(folder: Path) -> None:
    for part in PARTS:
        (folder / f"cache.db{part}").unlink(missing_ok=True)


def spoil_root(path: Path, table: str) -> None:
    """Make a table's first page unreadable."""
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute(query, (table,)).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def flip(content: bytes, dice: random.Random) -> bytes:
    return spoiled(content, dice, (1, 8, 200))


def scatter(content: bytes, dice: random.Random) -> bytes:
    return dice.randbytes(len(content))


@pytest.mark.parametrize("damage", [flip, cut, blank, scatter])
def test_whatever_happens_it_opens_and_the_work_file_stays(
    folder: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    with closing(WorkDatabase(folder)) as work, work.transaction() as session:
        proposals.put(session, a_proposal())
    untouched = work.path.read_bytes()
    content = filled(folder).read_bytes()
    dice = random.Random(damage.__name__)
    for _round in range(25):
        remove(folder)
        (folder / "cache.db").write_bytes(damage(content, dice))
        for _try in range(3):  # a look, the damage it meets, and the file begun anew
            with closing(CacheDatabase(folder)) as cache:
                try:
                    ids_for(cache, "batik")
                    assert keep(cache, a_project(99, title="new"))
                except StoreError:
                    continue
                break
        else:
            pytest.fail("it never became usable again")
    assert work.path.read_bytes() == untouched


@pytest.mark.parametrize("part", PARTS)
def test_a_folder_in_its_place_is_set_aside(folder: Path, part: str) -> None:
    filled(folder)
    (folder / f"cache.db{part}").unlink(missing_ok=True)
    (folder / f"cache.db{part}" / "inside").mkdir(parents=True)
    for _round in range(3):
        with closing(CacheDatabase(folder)) as cache:
            keep(cache, a_project(1))
            assert 1 in ids_for(cache, "")
    assert (folder / f"cache.db.damaged-1{part}" / "inside").exists()


def test_tables_of_others_under_our_version_are_damage(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "cache.db")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    with closing(CacheDatabase(folder)) as cache:
        with pytest.raises(StoreError, match="damaged"):
            ids_for(cache, "batik")
        assert ids_for(cache, "batik") == []
        assert cache.rebuilt


def test_one_that_is_gone_is_told_to_who_has_work(folder: Path) -> None:
    WorkDatabase(folder).close()
    with closing(CacheDatabase(folder)) as cache:
        assert cache.rebuilt == "The cache was gone: it is read anew."


@pytest.mark.parametrize("parts", [("",), PARTS])
def test_removed_while_running_it_is_begun_anew_and_told_once(
    cache: CacheDatabase, parts: tuple[str, ...]
) -> None:
    keep(cache, a_project(1))
    for part in parts:
        cache.path.with_name(f"cache.db{part}").unlink()
    with pytest.raises(StoreError, match="read anew"):  # so a scan does not go on in its middle
        keep(cache, a_project(2))
    assert cache.path.exists()
    keep(cache, a_project(3))
    assert ids_for(cache, "") == [3]
    with closing(CacheDatabase(cache.path.parent)) as other:
        assert ids_for(other, "") == [3]


def test_one_that_another_program_began_anew_is_followed(cache: CacheDatabase) -> None:
    keep(cache, a_project(1))
    remove(cache.path.parent)
    with closing(CacheDatabase(cache.path.parent)) as other:
        keep(other, a_project(2))
        assert ids_for(cache, "") == [2]
        with pytest.raises(StoreError, match="read anew"):
            keep(cache, a_project(3))
        keep(cache, a_project(3))
        assert ids_for(other, "") == [3, 2]


def test_damage_met_by_a_page_of_the_sync_rebuilds_without_a_new_start(folder: Path) -> None:
    path = filled(folder)
    spoil_root(path, "projects")
    with closing(CacheDatabase(folder)) as cache:
        told = []
        for _round in range(3):
            try:
                keep(cache, a_project(5))
            except StoreError as error:
                told.append(str(error))
        assert len(told) == 2
        assert "damaged" in told[0]
        assert "read anew" in told[1]
        assert ids_for(cache, "") == [5]


def verdicts(cache: CacheDatabase) -> dict[int, str | None]:
    with cache.read() as connection:
        return {key: one.verdict for key, one in projects.summaries(connection, [1, 2]).items()}


def test_damage_to_the_work_file_is_none_of_the_cache(cache: CacheDatabase) -> None:
    keep(cache, a_project(1), a_project(2))
    folder = cache.path.parent
    with closing(Marks(folder)) as marks:
        marks.put(1, "star", NOW)
        with closing(sqlite3.connect(folder / "work.db", isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil_root(folder / "work.db", "marks")
    assert verdicts(cache) == {1: None, 2: None}
    assert cache.marks_missing
    assert not (folder / "cache.db.broken").exists()
    with closing(Marks(folder)) as marks:
        marks.put(2, "skip", NOW)  # the work file is mended
    assert verdicts(cache) == {1: None, 2: "skip"}
    assert not cache.marks_missing
