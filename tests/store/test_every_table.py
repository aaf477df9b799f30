"""Every table: damage and upgrades leave the rows of all tables what they were, new ones too."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.store.database import connect
from freelancer_tui.store.work import mending
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.lacking import _OF_THE_MOMENT, as_of_now, lacking, take_in
from freelancer_tui.store.work.migrations import MIGRATIONS
from tests.store.every import Rows, old_file, rows_of
from tests.store.test_mending import pages_of, spoil

MANY = 24
NEWEST = len(MIGRATIONS)


def reopened(folder: Path, like: Rows, *, is_mended: bool) -> Rows:
    with closing(WorkDatabase(folder)) as work:
        assert work.mended is is_mended
        with closing(connect(work.path, readonly=True)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return rows_of(connection, like)


@pytest.fixture
def place(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder / "work.db"


def test_a_whole_file_that_is_called_damaged_comes_over_row_by_row(place: Path) -> None:
    before = old_file(place, NEWEST, MANY)
    assert {len(rows) for rows in before.values()} == {MANY}
    mending.mark_broken(place)
    after = reopened(place.parent, before, is_mended=True)
    assert {table for table in before if after[table] != before[table]} == set()


def test_of_tables_with_a_damaged_page_all_other_rows_come_over(place: Path) -> None:
    before = old_file(place, NEWEST, MANY)
    struck = {table: leaves for table in before if len(leaves := pages_of(place, table)) > 4}
    assert len(struck) >= 15
    spoil(place, [leaves[2] for leaves in struck.values()])
    after = reopened(place.parent, before, is_mended=True)
    for table, rows in before.items():
        assert set(after[table]) <= set(rows), table
        lost = len(rows) - len(after[table])
        fair = len(rows) / max(len(struck.get(table, ())), 1)
        assert lost <= (2 * fair if table in struck else 0), table


@pytest.mark.parametrize("version", [1, 4, 8, 9, NEWEST - 1])
def test_a_file_of_each_older_version_is_brought_forward_with_its_rows(
    place: Path, version: int
) -> None:
    before = old_file(place, version, 3)
    after = reopened(place.parent, before, is_mended=False)
    assert {table for table in before if not set(before[table]) <= set(after[table])} == set()
    copy = place.parent / "backups" / f"work-before-version-{version + 1}.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert rows_of(connection) == before


def test_what_only_a_backup_has_is_taken_in_from_every_table(place: Path) -> None:
    backup = place.with_name("backup.db")
    before = old_file(backup, NEWEST, 3)
    with closing(WorkDatabase(place.parent)):
        pass
    with (
        closing(sqlite3.connect(place, isolation_level=None)) as work,
        closing(as_of_now(backup, MIGRATIONS)) as copy,
    ):
        take_in(work, lacking(work, copy))
        after = rows_of(work, before)
    wanted = before.keys() - set(_OF_THE_MOMENT)
    assert {table for table in wanted if after[table] != before[table]} == set()
