"""Reads: up to when the user has read each conversation here."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from freelancer_tui.store.columns import instant, micros


class ReadRow(SQLModel, table=True):
    """How far a thread was read, as the file keeps it."""

    __tablename__ = "reads"

    thread_id: int = Field(primary_key=True)
    read_at: int


def read_at(session: Session) -> dict[int, datetime]:
    """Give up to when each thread was read; one that never was is left out."""
    return {row.thread_id: instant(row.read_at) for row in session.exec(select(ReadRow))}


def mark(session: Session, thread_id: int, when: datetime) -> None:
    """Remember that a thread was read up to a time; an earlier one than before changes nothing."""
    row = session.get(ReadRow, thread_id)
    if row is None:
        session.add(ReadRow(thread_id=thread_id, read_at=micros(when)))
    else:
        row.read_at = max(row.read_at, micros(when))
    session.flush()
