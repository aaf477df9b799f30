"""Signals: the newest wish of a kind counts, and what is told or fails concerns only that one."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from freelancer_tui.domain.messages import ThreadMark
from freelancer_tui.domain.signals import Signal
from freelancer_tui.store.database import migrate
from freelancer_tui.store.work import thread_marks, thread_signals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.migrations import MIGRATIONS, _keep_signals
from tests.factories import NOW

STAR = Signal(30, "star", True, NOW)
UNSTAR = Signal(30, "star", False, NOW + timedelta(seconds=1))
MUTE = Signal(30, "mute", True, NOW + timedelta(seconds=2))


def test_the_newest_wish_of_a_kind_counts(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for one in (MUTE, STAR, UNSTAR):
            thread_signals.put(session, one)
        assert thread_signals.waiting(session) == [UNSTAR, MUTE]
        assert thread_signals.told(session, [STAR]) == []
        assert thread_signals.told(session, [UNSTAR]) == [UNSTAR]
        assert thread_signals.untold(session) == {(30, "mute")}


def test_what_fails_waits_and_what_is_refused_is_kept_but_not_told(work: WorkDatabase) -> None:
    later = NOW + timedelta(seconds=9)
    with work.transaction() as session:
        thread_signals.put(session, STAR)
        thread_signals.failed(session, [UNSTAR], None)
        thread_signals.failed(session, [STAR], later)
        (waits,) = thread_signals.waiting(session)
        assert (waits.attempts, waits.next_try_at) == (1, later)
        thread_signals.hurry(session)
        (waits,) = thread_signals.waiting(session)
        assert (waits.attempts, waits.next_try_at) == (1, None)
        thread_signals.failed(session, [waits], None)
        assert thread_signals.waiting(session) == []
        assert thread_signals.is_untold(session, 30, "star")
        thread_signals.put(session, UNSTAR)
        assert thread_signals.waiting(session) == [UNSTAR]


def test_a_newer_wish_knows_that_a_try_of_the_older_may_still_arrive(work: WorkDatabase) -> None:
    seen, again = (Signal(30, "read", True, NOW + timedelta(seconds=n)) for n in (0, 5))
    with work.transaction() as session:
        thread_signals.put(session, seen)
        thread_signals.put(session, again)  # read once more while the first is on its way
        thread_signals.failed(session, [seen], NOW + timedelta(seconds=60))
        (waits,) = thread_signals.waiting(session)
        assert (waits.since, waits.attempts, waits.next_try_at) == (again.since, 1, None)


def test_marks_of_an_older_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    before = MIGRATIONS.index(_keep_signals)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:before], path)
        rows = [(30, 1, 0, None), (31, 0, 1, 5), (32, 0, 0, 5)]
        connection.executemany("INSERT INTO thread_marks VALUES (?, ?, ?, ?)", rows)
    file = WorkDatabase(tmp_path)
    with file.read() as session:
        found = thread_signals.waiting(session)
        assert [(one.thread_id, one.action) for one in found] == [(30, "star"), (31, "mute")]
        assert thread_marks.get(session, 30) == ThreadMark(starred=True)
    file.close()
