"""Reads: up to when the user has read each conversation here."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from freelancer_tui.domain.signals import Reading
from freelancer_tui.store.columns import instant, maybe_instant, micros


class ReadRow(SQLModel, table=True):
    """How far a thread was read, as the file keeps it."""

    __tablename__ = "reads"

    thread_id: int = Field(primary_key=True)
    read_at: int
    told_to: int | None = None


def all(session: Session) -> dict[int, Reading]:
    """Give how far each thread was read; one that never was is left out."""
    return {
        row.thread_id: Reading(instant(row.read_at), maybe_instant(row.told_to))
        for row in session.exec(select(ReadRow))
    }


def mark(session: Session, thread_id: int, when: datetime) -> None:
    """Remember that a thread was read up to a time; an earlier one than before changes nothing."""
    row = session.get(ReadRow, thread_id)
    if row is None:
        session.add(ReadRow(thread_id=thread_id, read_at=micros(when)))
    else:
        row.read_at = max(row.read_at, micros(when))
    session.flush()


def told(session: Session, thread_id: int, upto: datetime) -> None:
    """Remember that the marketplace was told, and what that may have covered besides."""
    row = session.get(ReadRow, thread_id)
    if row is not None:
        row.told_to = max(row.told_to or 0, micros(upto))
    session.flush()
