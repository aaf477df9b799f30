"""Versions: what the user's texts said before, so that nothing once written is out of reach."""

from datetime import datetime
from typing import cast

from sqlmodel import Field, Session, SQLModel, col, delete, select

from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.drafts import Version, says_something, thinned
from freelancer_tui.store.columns import instant, micros
from freelancer_tui.store.work import sides


class VersionRow(SQLModel, table=True):
    """A version as the file keeps it."""

    __tablename__ = "versions"

    number: int | None = Field(default=None, primary_key=True)
    subject_id: str
    made_at: int
    said: str


def add(session: Session, subject_id: str, said: Offering, made_at: datetime) -> None:
    """Keep a version, unless it is empty or says what the newest one says; thin the old ones."""
    written = sides.written(said)
    newest = _newest(session, subject_id)
    if written is None or not says_something(said) or (newest and newest.said == written):
        return
    session.add(VersionRow(subject_id=subject_id, made_at=micros(made_at), said=written))
    session.flush()
    _thin(session, subject_id)


def newest(session: Session, subject_id: str) -> Version | None:
    """Give the newest version of a text; None when none is kept."""
    row = _newest(session, subject_id)
    return _version(row) if row else None


def of_subject(session: Session, subject_id: str) -> list[Version]:
    """Give the versions of a text, the newest first."""
    statement = select(VersionRow).where(VersionRow.subject_id == subject_id)
    rows = session.exec(statement.order_by(col(VersionRow.number).desc()))
    return [_version(row) for row in rows]


def _newest(session: Session, subject_id: str) -> VersionRow | None:
    statement = select(VersionRow).where(VersionRow.subject_id == subject_id)
    return session.exec(statement.order_by(col(VersionRow.number).desc()).limit(1)).first()


def _thin(session: Session, subject_id: str) -> None:
    statement = select(VersionRow.number, VersionRow.made_at)
    statement = statement.where(VersionRow.subject_id == subject_id)
    rows = list(session.exec(statement.order_by(col(VersionRow.number))))
    kept = set(thinned([instant(made_at) for _number, made_at in rows]))
    gone = [number for place, (number, _made_at) in enumerate(rows) if place not in kept]
    if gone:
        session.exec(delete(VersionRow).where(col(VersionRow.number).in_(gone)))


def _version(row: VersionRow) -> Version:
    said = cast(Offering, sides.read(row.said))
    return Version(row.number or 0, row.subject_id, instant(row.made_at), said)
