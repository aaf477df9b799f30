"""Kept: the jobs that concern the user with their history, so that they outlive the cache."""

from collections.abc import Iterable, Mapping

from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.store.work.proposals import ProposalRow


class KeptRow(SQLModel, table=True):
    """A job as the file keeps it."""

    __tablename__ = "kept"

    remote_id: int = Field(primary_key=True)
    stamp: str
    told: str


_CHOSEN = """
    SELECT remote_id FROM marks WHERE verdict = 'star' UNION SELECT remote_id FROM notes
    ORDER BY 1 DESC LIMIT ?
"""

# No merge: row by row it would hold the file's only writer, and with it whoever is typing.
_PUT = """
    INSERT INTO kept (remote_id, stamp, told) VALUES (?, ?, ?)
    ON CONFLICT (remote_id) DO UPDATE SET stamp = excluded.stamp, told = excluded.told
"""


def concerning(session: Session, most: int) -> set[int]:
    """Give the newest jobs that the user starred, jotted something down about, or wrote for."""
    chosen = session.connection().exec_driver_sql(_CHOSEN, (most,))
    column = ProposalRow.project_remote_id
    written = session.exec(select(column).distinct().order_by(col(column).desc()).limit(most))
    return {*(row[0] for row in chosen), *written}


def stamps(session: Session) -> dict[int, str]:
    """Give the state in which each job is kept."""
    return dict(session.exec(select(KeptRow.remote_id, KeptRow.stamp)).all())


def told(session: Session, ids: Iterable[int]) -> list[str]:
    """Give what is kept of some jobs."""
    found = (session.get(KeptRow, one) for one in ids)
    return [row.told for row in found if row is not None]


def put(session: Session, found: Mapping[int, tuple[str, str]]) -> None:
    """Keep jobs by their stamp and what is told of them."""
    rows = [(remote_id, stamp, text) for remote_id, (stamp, text) in found.items()]
    session.connection().exec_driver_sql(_PUT, rows)
