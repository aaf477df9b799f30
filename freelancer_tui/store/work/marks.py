"""Marks: which jobs the user starred or skipped, written without waiting for SQLModel."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from freelancer_tui.domain.projects import Verdict
from freelancer_tui.store.columns import micros
from freelancer_tui.store.work.pad import Pad

_GET: Final = "SELECT verdict FROM marks WHERE remote_id = ?"
_PUT: Final = """
    INSERT INTO marks (remote_id, verdict, marked_at) VALUES (?, ?, ?)
    ON CONFLICT (remote_id) DO UPDATE
    SET verdict = excluded.verdict, marked_at = excluded.marked_at
"""
_DROP: Final = "DELETE FROM marks WHERE remote_id = ?"


class Marks:
    """The user's verdicts of one account; any thread may ask and write."""

    def __init__(self, folder: Path) -> None:
        """Keep marks in an account's folder; nothing is opened yet."""
        self.pad: Final = Pad(folder)

    @property
    def mended(self) -> bool:
        """True once the file was damaged and its rows were brought over into a new one."""
        return self.pad.mended

    def get(self, remote_id: int) -> Verdict | None:
        """Give the verdict on a job; None when there is none."""
        with self.pad.read() as connection:
            return _verdict(connection, remote_id)

    def put(self, remote_id: int, verdict: Verdict | None, now: datetime) -> Verdict | None:
        """Set or, by None, take back the verdict on a job; give the one before, for undo."""
        with self.pad.transaction() as connection:
            return put(connection, {remote_id: verdict}, now)[remote_id]

    def close(self) -> None:
        """Give the connection up."""
        self.pad.close()


def get(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Verdict | None]:
    """Give the verdict on each of some jobs; None where there is none."""
    return {remote_id: _verdict(connection, remote_id) for remote_id in ids}


def put(
    connection: sqlite3.Connection, verdicts: Mapping[int, Verdict | None], now: datetime
) -> dict[int, Verdict | None]:
    """Set or, by None, take back verdicts; give those before, in the caller's transaction."""
    before = get(connection, verdicts)
    gone = [(remote_id,) for remote_id, verdict in verdicts.items() if verdict is None]
    kept = [(remote_id, one, micros(now)) for remote_id, one in verdicts.items() if one is not None]
    connection.executemany(_DROP, gone)
    connection.executemany(_PUT, kept)
    return before


def _verdict(connection: sqlite3.Connection, remote_id: int) -> Verdict | None:
    row = connection.execute(_GET, (remote_id,)).fetchone()
    return row[0] if row else None
