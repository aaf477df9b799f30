"""Conflicts: both sides of what two hands changed, kept until the user decides, and after."""

from datetime import datetime
from typing import Final, cast

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, func, select

from freelancer_tui.domain.conflicts import Choice, Conflict, Side
from freelancer_tui.domain.proposals import ConflictKind
from freelancer_tui.store.columns import instant, maybe_instant, maybe_micros, micros
from freelancer_tui.store.work import sides


class ConflictRow(SQLModel, table=True):
    """A conflict as the file keeps it."""

    __tablename__ = "conflicts"

    id: str = Field(primary_key=True)
    kind: str
    subject_id: str
    base: str | None
    mine: str | None
    theirs: str
    opened_at: int
    settled_at: int | None
    choice: str | None


_OPEN: Final = col(ConflictRow.settled_at).is_(None)
_IN_ORDER: Final = (col(ConflictRow.opened_at), col(ConflictRow.id))
_MOST: Final = 5000


def put(session: Session, conflict: Conflict) -> None:
    """Keep a conflict as it now is."""
    session.merge(_row(conflict))
    session.flush()


def get(session: Session, conflict_id: str) -> Conflict | None:
    """Give a conflict; None when there is none of that id."""
    row = session.get(ConflictRow, conflict_id)
    return _conflict(row) if row else None


def unsettled(
    session: Session, subject_id: str | None = None, limit: int = _MOST
) -> list[Conflict]:
    """Give what the user has to settle, of one proposal or of all, the oldest first."""
    statement = select(ConflictRow).where(_OPEN)
    if subject_id is not None:
        statement = statement.where(ConflictRow.subject_id == subject_id)
    return [_conflict(row) for row in session.exec(statement.order_by(*_IN_ORDER).limit(limit))]


def held(session: Session) -> frozenset[str]:
    """Give the proposals of which nothing may be sent now."""
    return frozenset(session.exec(select(ConflictRow.subject_id).where(_OPEN)))


def is_held(session: Session, subject_id: str) -> bool:
    """Tell whether nothing of a proposal may be sent now."""
    statement = select(ConflictRow.id).where(_OPEN, ConflictRow.subject_id == subject_id)
    return session.exec(statement.limit(1)).first() is not None


def kinds(session: Session) -> dict[str, ConflictKind]:
    """Give the kind of the oldest open conflict by proposal."""
    statement = select(ConflictRow.subject_id, ConflictRow.kind).where(_OPEN)
    found: dict[str, ConflictKind] = {}
    for subject_id, kind in session.exec(statement.order_by(*_IN_ORDER)):
        found.setdefault(subject_id, cast(ConflictKind, kind))
    return found


def count(session: Session) -> int:
    """Count what the user has to settle."""
    return session.exec(select(func.count()).select_from(ConflictRow).where(_OPEN)).one()


def end(session: Session, subject_id: str, choice: Choice, at: datetime) -> None:
    """End whatever is open about a proposal: it is gone, or stands anew."""
    statement = update(ConflictRow).where(_OPEN, col(ConflictRow.subject_id) == subject_id)
    session.exec(statement.values(settled_at=micros(at), choice=choice))


def _row(conflict: Conflict) -> ConflictRow:
    theirs = sides.written(conflict.theirs)
    assert theirs is not None
    return ConflictRow(
        id=conflict.id,
        kind=conflict.kind,
        subject_id=conflict.subject_id,
        base=sides.written(conflict.base),
        mine=sides.written(conflict.mine),
        theirs=theirs,
        opened_at=micros(conflict.opened_at),
        settled_at=maybe_micros(conflict.settled_at),
        choice=conflict.choice,
    )


def _conflict(row: ConflictRow) -> Conflict:
    return Conflict(
        id=row.id,
        kind=cast(ConflictKind, row.kind),
        subject_id=row.subject_id,
        base=sides.read(row.base),
        mine=sides.read(row.mine),
        theirs=cast(Side, sides.read(row.theirs)),
        opened_at=instant(row.opened_at),
        settled_at=maybe_instant(row.settled_at),
        choice=cast(Choice | None, row.choice),
    )
