"""Dossiers: a job with its history as one text, to be kept elsewhere and laid into a new cache."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from freelancer_tui.store.cache import briefs, checks, happenings, projects
from freelancer_tui.store.cache.changes import AMONG, listed
from freelancer_tui.store.columns import instant, to_json

_CONCERNING: Final = """
    SELECT project_remote_id FROM bids WHERE bidder_id = (SELECT remote_id FROM profile)
    UNION SELECT project_remote_id FROM threads WHERE project_remote_id IS NOT NULL
    ORDER BY 1 DESC LIMIT ?
"""
_STAMPS: Final = f"""
    SELECT remote_id,
        (SELECT count(*) FROM happenings WHERE project_id = remote_id)
            || ' ' || hash || ' ' || coalesce(gone_at, '')
    FROM projects WHERE remote_id {AMONG}
"""
_GONE: Final = "SELECT gone_at FROM projects WHERE remote_id = ?"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A job that was last seen then is asked for at once."""


def concerning(connection: sqlite3.Connection, most: int) -> set[int]:
    """Give the newest jobs that the user bid on or talked about."""
    return {row[0] for row in connection.execute(_CONCERNING, (most,))}


def stamps(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give what tells one state of a job from another: the length of its history comes first."""
    return dict(connection.execute(_STAMPS, (listed(ids),)).fetchall())


def history_in(stamp: str | None) -> int:
    """Give the length of the history that a stamp tells; less than none for a job that is lost."""
    return -1 if stamp is None else int(stamp.split(" ")[0])


def told(connection: sqlite3.Connection, remote_id: int) -> str:
    """Give all that is known of a job that is here."""
    (gone_at,) = connection.execute(_GONE, (remote_id,)).fetchone()
    history = happenings.rows_of(connection, remote_id)
    return to_json([projects.row_of(connection, remote_id), gone_at, history])


def lay_back(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Store what `told` gave; of a job that is here by now only what is lacking of its history."""
    found = [json.loads(text) for text in texts]
    jobs = {row[0]: projects.of_row(row) for row, _gone_at, _history in found}
    absent = [jobs[one] for one in jobs.keys() - projects.known(connection, jobs)]
    briefs.store(connection, absent)
    checks.seen(connection, absent, _LONG_AGO)
    for row, gone_at, history in found:
        happenings.put_back(connection, row[0], map(tuple, history))
        if gone_at is not None and jobs[row[0]] in absent:
            checks.bury(connection, [row[0]], instant(gone_at))
