"""Replies: what the user began to write in a conversation."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.store.columns import instant, micros


class ReplyRow(SQLModel, table=True):
    """An unsent reply as the file keeps it; a thread has at most one."""

    __tablename__ = "replies"

    thread_id: int = Field(primary_key=True)
    text: str
    updated_at: int


def draft(session: Session, thread_id: int) -> str:
    """Give what the user began to write in a thread; empty when that is nothing."""
    row = session.get(ReplyRow, thread_id)
    return row.text if row else ""


def kept(session: Session, thread_id: int) -> tuple[str, datetime | None]:
    """Give what the user began to write in a thread, and when it was last changed."""
    row = session.get(ReplyRow, thread_id)
    return (row.text, instant(row.updated_at)) if row else ("", None)


def drafts(session: Session, limit: int = 1000) -> dict[int, str]:
    """Give the texts begun, by thread, the newest first."""
    statement = select(ReplyRow).order_by(col(ReplyRow.updated_at).desc()).limit(limit)
    return {row.thread_id: row.text for row in session.exec(statement)}


def keep_draft(session: Session, thread_id: int, text: str, now: datetime) -> None:
    """Keep what the user wrote so far in a thread; an empty text leaves nothing."""
    row = session.get(ReplyRow, thread_id)
    if not text:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(ReplyRow(thread_id=thread_id, text=text, updated_at=micros(now)))
    else:
        row.text, row.updated_at = text, micros(now)
    session.flush()
