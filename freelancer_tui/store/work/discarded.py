"""Discarded: the drafts that the user threw away, whole, so that each can be brought back."""

import json
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.store.columns import micros, to_json
from freelancer_tui.store.work import proposals


class DiscardedRow(SQLModel, table=True):
    """A sheet that lies in the basket: its columns as JSON."""

    __tablename__ = "discarded"

    id: str = Field(primary_key=True)
    sheet: str
    discarded_at: int


def add(session: Session, proposal: Proposal, at: datetime) -> None:
    """Lay a proposal into the basket."""
    sheet = to_json(proposals.fields(proposal))
    session.merge(DiscardedRow(id=proposal.id, sheet=sheet, discarded_at=micros(at)))
    session.flush()


def get(session: Session, proposal_id: str) -> Proposal | None:
    """Give a discarded proposal; None when there is none of that id."""
    row = session.get(DiscardedRow, proposal_id)
    return proposals.of_fields(json.loads(row.sheet)) if row else None


def all(session: Session, limit: int) -> list[Proposal]:
    """Give what was discarded, the latest first."""
    latest = (col(DiscardedRow.discarded_at).desc(), col(DiscardedRow.id).desc())
    rows = session.exec(select(DiscardedRow).order_by(*latest).limit(limit))
    return [proposals.of_fields(json.loads(row.sheet)) for row in rows]


def remove(session: Session, proposal_id: str) -> None:
    """Take a proposal out of the basket: it is back on the board."""
    row = session.get(DiscardedRow, proposal_id)
    if row is not None:
        session.delete(row)
        session.flush()
