"""Thread signals: which marks on conversations the marketplace was not told of yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Field, Session, SQLModel, select, update

from freelancer_tui.domain.signals import Signal, SignalKind
from freelancer_tui.store.columns import instant, maybe_instant, maybe_micros, micros


class ThreadSignalRow(SQLModel, table=True):
    """The newest wish of a kind for a thread, as the file keeps it."""

    __tablename__ = "thread_signals"

    thread_id: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    is_on: int
    since: int
    attempts: int
    next_try_at: int | None = None
    given_up: int
    """1 where it was refused: it is told no more, and the user's mark stays as it is."""


# No mapped rows: it is asked at each step of a sync, and nearly always gives nothing.
_WAITING: Final = """
    SELECT thread_id, kind, is_on, since, attempts, next_try_at FROM thread_signals
    WHERE given_up = 0 ORDER BY since, thread_id
"""


def untold(session: Session) -> set[tuple[int, SignalKind]]:
    """Give the threads and kinds in which the marketplace does not know the user's last wish."""
    return {(row.thread_id, _kind(row.kind)) for row in session.exec(select(ThreadSignalRow))}


def is_untold(session: Session, thread_id: int, kind: SignalKind) -> bool:
    """Tell whether the marketplace does not know the user's last wish of a kind."""
    return session.get(ThreadSignalRow, (thread_id, kind)) is not None


def waiting(session: Session) -> list[Signal]:
    """Give what is to be told, the oldest wish first."""
    rows = session.connection().exec_driver_sql(_WAITING)
    return [
        Signal(thread_id, _kind(kind), bool(is_on), instant(since), attempts, maybe_instant(at))
        for thread_id, kind, is_on, since, attempts, at in rows
    ]


def put(session: Session, signal: Signal) -> None:
    """Keep a wish in place of an older one; nobody knows whether that one was told."""
    row = session.get(ThreadSignalRow, (signal.thread_id, signal.kind))
    if row is None:
        row = ThreadSignalRow(
            thread_id=signal.thread_id, kind=signal.kind, is_on=0, since=0, attempts=0, given_up=0
        )
        session.add(row)
    row.is_on, row.since = int(signal.is_on), micros(signal.since)
    row.attempts = 0 if row.given_up else row.attempts  # a try of the older one may still arrive
    row.next_try_at, row.given_up = None, 0
    session.flush()


def told(session: Session, signals: Iterable[Signal]) -> list[Signal]:
    """Remove wishes that were told, and give them; a newer one that was made meanwhile stays."""
    found = [(one, _same(session, one)) for one in signals]
    for _one, row in found:
        if row is not None:
            session.delete(row)
    session.flush()
    return [one for one, row in found if row is not None]


def failed(session: Session, signals: Iterable[Signal], next_try_at: datetime | None) -> None:
    """Try wishes again at a time; without one they are given up.

    A newer wish has its own time, but what was tried may still arrive: that is kept with it.
    """
    for one in signals:
        row = session.get(ThreadSignalRow, (one.thread_id, one.kind))
        if row is None:
            continue
        row.attempts = max(row.attempts, one.attempts + 1)
        if _same(session, one) is not None:
            row.next_try_at = maybe_micros(next_try_at)
            row.given_up = int(next_try_at is None)
    session.flush()


def hurry(session: Session) -> None:
    """Let nothing wait for its next try."""
    session.exec(update(ThreadSignalRow).values(next_try_at=None))


def _same(session: Session, signal: Signal) -> ThreadSignalRow | None:
    row = session.get(ThreadSignalRow, (signal.thread_id, signal.kind))
    if row is None or (bool(row.is_on), row.since) != (signal.is_on, micros(signal.since)):
        return None
    return row


def _kind(kept: str) -> SignalKind:
    match kept:
        case "star" | "mute" | "read" as kind:
            return kind
        case _:
            raise ValueError(kept)
