"""Thread marks: which conversations the user starred, muted, or put away."""

from sqlmodel import Field, Session, SQLModel, select

from freelancer_tui.domain.messages import ThreadMark
from freelancer_tui.store.columns import maybe_instant, maybe_micros


class ThreadMarkRow(SQLModel, table=True):
    """The user's marks on a thread, as the file keeps them; without any there is no row."""

    __tablename__ = "thread_marks"

    thread_id: int = Field(primary_key=True)
    starred: int
    muted: int
    archived_at: int | None = None


def all(session: Session) -> dict[int, ThreadMark]:
    """Give the marks of every thread that has some."""
    return {row.thread_id: _mark(row) for row in session.exec(select(ThreadMarkRow))}


def get(session: Session, thread_id: int) -> ThreadMark:
    """Give the marks of a thread."""
    row = session.get(ThreadMarkRow, thread_id)
    return _mark(row) if row else ThreadMark()


def put(session: Session, thread_id: int, mark: ThreadMark) -> None:
    """Keep the marks of a thread."""
    row = session.get(ThreadMarkRow, thread_id)
    if mark == ThreadMark():
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            ThreadMarkRow(
                thread_id=thread_id,
                starred=int(mark.starred),
                muted=int(mark.muted),
                archived_at=maybe_micros(mark.archived_at),
            )
        )
    else:
        row.starred, row.muted = int(mark.starred), int(mark.muted)
        row.archived_at = maybe_micros(mark.archived_at)
    session.flush()


def _mark(row: ThreadMarkRow) -> ThreadMark:
    return ThreadMark(bool(row.starred), bool(row.muted), maybe_instant(row.archived_at))
