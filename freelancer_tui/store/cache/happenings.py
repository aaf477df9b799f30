"""Happenings in the cache: what became of each job, noted when a page tells something else."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from freelancer_tui.domain.happenings import Happening, Moved
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache.changes import AMONG, listed
from freelancer_tui.store.columns import instant, maybe_minor, micros

MOST_KEPT: Final = 200_000
"""Happenings of all jobs together; the oldest make room."""
MOST_SHOWN: Final = 20
_NARROW: Final = f"""
    SELECT remote_id, updated_at, title, kind, currency, minimum, maximum,
        CASE WHEN gone_at IS NULL THEN status ELSE 'removed' END
    FROM projects WHERE remote_id {AMONG}
"""
_TEXTS: Final = f"""
    SELECT remote_id, description FROM projects
    WHERE description IS NOT NULL AND remote_id {AMONG}
"""
_STANDING: Final = f"""
    SELECT remote_id, status FROM projects WHERE gone_at IS NULL AND remote_id {AMONG}
"""
_ADD: Final = "INSERT INTO happenings (project_id, kind, was, now, at) VALUES (?, ?, ?, ?, ?)"
_PRUNE: Final = "DELETE FROM happenings WHERE id <= (SELECT max(id) FROM happenings) - ?"
_OF: Final = """
    SELECT kind, was, now, at FROM happenings
    WHERE project_id = ? AND kind NOT IN ('milestone', 'request') ORDER BY id DESC LIMIT ?
"""
_OF_MONEY: Final = """
    SELECT kind, was, now, at FROM happenings
    WHERE project_id = ? AND kind IN ('milestone', 'request') ORDER BY id LIMIT ?
"""
_MOST_MOVES: Final = 1_000
_ALL_OF: Final = "SELECT kind, was, now, at FROM happenings WHERE project_id = ? ORDER BY id"
_FORGET: Final = "DELETE FROM happenings WHERE project_id = ?"
_Row = tuple[int, str, str, str, int]


def note(connection: sqlite3.Connection, projects: Sequence[Project], at: datetime) -> None:
    """Write down what a page tells otherwise than the cache does; comes before it is stored."""
    if not projects:
        return
    ids = listed(project.remote_id for project in projects)
    known = {row[0]: row[1:] for row in connection.execute(_NARROW, (ids,))}
    fresh = [
        one
        for one in projects
        if (before := known.get(one.remote_id)) and micros(one.updated_at) >= before[0]
    ]
    found = [row for one in fresh for row in _changes(one, known[one.remote_id], micros(at))]
    retold = [one for one in fresh if micros(one.updated_at) > known[one.remote_id][0]]
    _add(connection, [*found, *_texts(connection, retold, micros(at))])


def note_money(
    connection: sqlite3.Connection, money: Sequence[Milestone | MilestoneRequest], at: datetime
) -> None:
    """Write down which money a page tells in another state; comes before it is stored."""
    for kind, table in (("milestone", "milestones"), ("request", "milestone_requests")):
        told = [one for one in money if isinstance(one, MilestoneRequest) == (kind == "request")]
        ids = listed(one.remote_id for one in told)
        query = f"SELECT remote_id, status FROM {table} WHERE remote_id {AMONG}"
        known = dict(connection.execute(query, (ids,)).fetchall()) if told else {}
        _add(connection, [
            (one.project_remote_id, kind, str(one.remote_id), one.status, micros(at))
            for one in told
            if known.get(one.remote_id, one.status) != one.status
        ])  # fmt: skip


def note_gone(connection: sqlite3.Connection, ids: Iterable[int], at: datetime) -> None:
    """Write down that the marketplace has these no more; comes before they are buried."""
    standing = connection.execute(_STANDING, (listed(ids),)).fetchall()
    _add(connection, [(one, "status", was, "removed", micros(at)) for one, was in standing])


def of(connection: sqlite3.Connection, project_id: int) -> tuple[Happening, ...]:
    """Give what became of a job, the newest first."""
    rows = connection.execute(_OF, (project_id, MOST_SHOWN))
    return tuple(Happening(kind, was, now, instant(at)) for kind, was, now, at in rows)


def rows_of(connection: sqlite3.Connection, project_id: int) -> list[tuple[Any, ...]]:
    """Give all that became of a job as `put_back` takes it, the oldest first."""
    return connection.execute(_ALL_OF, (project_id,)).fetchall()


def put_back(
    connection: sqlite3.Connection, project_id: int, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Put what is lacking of a job's history before what is here of it."""
    here = rows_of(connection, project_id)
    lacking = [row for row in rows if row not in here]
    if lacking:
        connection.execute(_FORGET, (project_id,))
        _add(connection, [(project_id, *row) for row in (*lacking, *here)])


def of_money(connection: sqlite3.Connection, project_id: int) -> tuple[Moved, ...]:
    """Give when the money of a job was seen in another state, the oldest first."""
    rows = connection.execute(_OF_MONEY, (project_id, _MOST_MOVES))
    return tuple(
        Moved(int(was), kind == "request", now, instant(at)) for kind, was, now, at in rows
    )


def _add(connection: sqlite3.Connection, rows: Sequence[_Row]) -> None:
    if rows:
        connection.executemany(_ADD, rows)
        connection.execute(_PRUNE, (MOST_KEPT,))


def _changes(project: Project, before: tuple[Any, ...], at: int) -> Iterator[_Row]:
    updated_at, title, *budget, status = before
    if status != project.status:
        yield project.remote_id, "status", status, project.status, at
    if micros(project.updated_at) == updated_at:
        return  # the client changed nothing: nearly every job of nearly every page
    if title != project.title:
        yield project.remote_id, "title", title, project.title, at
    if (was := _budget(*budget)) != (now := _budget(*_parts(project))):
        yield project.remote_id, "budget", was, now, at


def _texts(connection: sqlite3.Connection, projects: Sequence[Project], at: int) -> Iterator[_Row]:
    """Tell texts that changed by their numbers of words; those of which a part is known do not."""
    told = {one.remote_id: one.description for one in projects if one.description is not None}
    for remote_id, was in connection.execute(_TEXTS, (listed(told),)) if told else ():
        now = told[remote_id]
        if was != now:
            yield remote_id, "text", str(len(was.split())), str(len(now.split())), at


def _parts(project: Project) -> tuple[str, str, int | None, int | None]:
    budget = project.budget
    lowest, highest = maybe_minor(budget.minimum), maybe_minor(budget.maximum)
    return project.kind, budget.currency, lowest, highest


def _budget(kind: str, currency: str, minimum: int | None, maximum: int | None) -> str:
    low, high = ("-" if units is None else str(units) for units in (minimum, maximum))
    return f"{kind} {currency} {low} {high}"
