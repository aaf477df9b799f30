"""Checks: when a project that may still change is asked for again by its id, and what is gone.

No list tells that a project closed or was removed: it is only no longer on it. So each open
one has a time from which it is asked for. Old ones change rarely and are asked rarely, which
also spreads a large cache over the day. All times are the marketplace's own.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from freelancer_tui.domain.projects import Project, ProjectStatus
from freelancer_tui.store.cache import briefs
from freelancer_tui.store.cache.changes import AMONG, listed
from freelancer_tui.store.columns import micros

_CHANGING: Final[tuple[ProjectStatus, ...]] = ("open", "awarded", "pending")
_HOUR: Final = timedelta(hours=1) // timedelta(microseconds=1)
_DAY: Final = 24 * _HOUR
_SHARE: Final = 10
"""A project is asked for again after this part of its age: at 20 hours every second hour."""
_GIVEN_UP: Final = 30 * _DAY
"""What is gone for so long is not asked for any more."""
_WAIT: Final = f"max({_HOUR}, min({_DAY}, (:at - {{since}}) / {_SHARE}))"
_FILE: Final = """
    INSERT INTO checks (remote_id, due_at) VALUES (?, ?)
    ON CONFLICT (remote_id) DO UPDATE SET due_at = excluded.due_at
    WHERE due_at != excluded.due_at
"""
_DROP: Final = f"DELETE FROM checks WHERE remote_id {AMONG}"
_DUE: Final = """
    SELECT remote_id FROM checks WHERE due_at <= ? ORDER BY due_at LIMIT ?
"""
_DIG_UP: Final = f"""
    UPDATE projects SET gone_at = NULL WHERE remote_id {AMONG} AND gone_at <= ?
"""
_BURIED: Final = f"SELECT remote_id, status FROM projects WHERE remote_id {AMONG} AND gone_at <= ?"
_STANDING: Final = f"SELECT remote_id FROM projects WHERE remote_id {AMONG} AND gone_at IS NULL"
_BURY: Final = f"UPDATE projects SET gone_at = ? WHERE remote_id {AMONG} AND gone_at IS NULL"
_LATER: Final = f"""
    INSERT INTO checks (remote_id, due_at)
    SELECT remote_id, :at + {_WAIT.format(since="coalesce(gone_at, posted_at)")} FROM projects
    WHERE remote_id IN (SELECT value FROM json_each(:ids))
        AND coalesce(gone_at, :at) > :at - {_GIVEN_UP}
"""
_NOW: Final = "SELECT max(finished_at) FROM cursors"
"""The marketplace's time, as of the last list that was read to its end."""


def seen(connection: sqlite3.Connection, projects: Sequence[Project], at: datetime) -> None:
    """Note that the marketplace has these projects; one that was gone is back."""
    if not projects:
        return
    now = micros(at)
    changing = [one for one in projects if one.status in _CHANGING]
    connection.executemany(_FILE, [(one.remote_id, now + _wait(one, now)) for one in changing])
    if len(changing) < len(projects):
        over = {one.remote_id for one in projects} - {one.remote_id for one in changing}
        connection.execute(_DROP, (listed(over),))
    _dig_up(connection, [one.remote_id for one in projects], now)


def due(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Give the projects whose time has come, those that wait longest first."""
    return [row[0] for row in connection.execute(_DUE, (_now(connection), limit))]


def later(connection: sqlite3.Connection, ids: Iterable[int], at: datetime | None = None) -> None:
    """Ask for these again some time after they were asked for, whatever came of it."""
    kept = listed(ids)
    connection.execute(_DROP, (kept,))
    now = micros(at) if at else _now(connection)
    connection.execute(_LATER, {"at": now, "ids": kept})


def bury(connection: sqlite3.Connection, ids: Iterable[int], at: datetime) -> int:
    """Note that the marketplace does not have these any more; give how many it had before."""
    missing = list(ids)
    standing = [row[0] for row in connection.execute(_STANDING, (listed(missing),))]
    briefs.restate(connection, standing, "removed")
    connection.execute(_BURY, (micros(at), listed(standing)))
    later(connection, missing, at)
    return len(standing)


def _dig_up(connection: sqlite3.Connection, ids: Sequence[int], now: int) -> None:
    buried = connection.execute(_BURIED, (listed(ids), now)).fetchall()
    if not buried:
        return
    for status in {status for _remote_id, status in buried}:
        briefs.restate(connection, [one for one, told in buried if told == status], status)
    connection.execute(_DIG_UP, (listed(ids), now))


def _now(connection: sqlite3.Connection) -> int:
    return connection.execute(_NOW).fetchone()[0] or 0


def _wait(project: Project, now: int) -> int:
    return max(_HOUR, min(_DAY, (now - micros(project.posted_at)) // _SHARE))
