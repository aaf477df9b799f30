"""Proposals: the user's own sheets, from the first word to a placed bid."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from sqlmodel import Field, Session, SQLModel, col, func, select

from freelancer_tui.domain.conflicts import offering
from freelancer_tui.domain.proposals import Proposal, ProposalState
from freelancer_tui.store.columns import maybe_instant, maybe_micros, maybe_minor, maybe_money
from freelancer_tui.store.work import intents, sides

_WATCHED: Final[tuple[ProposalState, ...]] = ("draft", "queued", "placed")
"""States in which another hand can change the bid or the job below our feet."""


class ProposalRow(SQLModel, table=True):
    """A proposal as the file keeps it."""

    __tablename__ = "proposals"

    id: str = Field(primary_key=True)
    project_remote_id: int
    currency: str
    text: str
    price: int | None
    days: int | None
    state: str
    bid_remote_id: int | None
    refusal_code: str
    refusal: str
    created_at: int | None
    updated_at: int | None
    unread_price: str
    unread_days: str
    revision: int
    brief: str | None
    placed: str | None
    plan: str = ""
    template_id: str = ""
    template_name: str = ""
    holes: str = ""
    """Names with a blank between them. Sheets thrown away earlier lack these four."""


def get(session: Session, proposal_id: str) -> Proposal | None:
    """Give a proposal; None when there is none of that id."""
    row = session.get(ProposalRow, proposal_id)
    return _proposal(row) if row else None


def of_project(session: Session, project_remote_id: int) -> Proposal | None:
    """Give the newest proposal for a project; None when there is none."""
    statement = select(ProposalRow).where(ProposalRow.project_remote_id == project_remote_id)
    # A bid placed elsewhere has a sheet with an id of another form: by time they compare.
    newest = (col(ProposalRow.created_at).desc(), col(ProposalRow.id).desc())
    row = session.exec(statement.order_by(*newest).limit(1)).first()
    return _proposal(row) if row else None


def all(session: Session, limit: int, state: ProposalState | None = None) -> list[Proposal]:
    """Give proposals, of one state or of any, the newest change first."""
    statement = select(ProposalRow)
    if state is not None:
        statement = statement.where(ProposalRow.state == state)
    newest = (col(ProposalRow.updated_at).desc(), col(ProposalRow.id).desc())
    return [_proposal(row) for row in session.exec(statement.order_by(*newest).limit(limit))]


def counts(session: Session) -> dict[ProposalState, int]:
    """Count proposals by state; a state without any is left out."""
    statement = select(ProposalRow.state, func.count()).group_by(col(ProposalRow.state))
    return {cast(ProposalState, state): count for state, count in session.exec(statement)}


def of_projects(session: Session, ids: Iterable[int] | None, limit: int = 5000) -> list[Proposal]:
    """Give the proposals for some projects, or for any, that can still meet another hand."""
    statement = select(ProposalRow).where(col(ProposalRow.state).in_(_WATCHED))
    if ids is not None:
        statement = statement.where(col(ProposalRow.project_remote_id).in_(list(ids)))
    return [_proposal(row) for row in session.exec(statement.limit(limit))]


def put(session: Session, proposal: Proposal) -> Proposal:
    """Keep a proposal as it now is, and give it; its revision grows when it says other things."""
    row = session.get(ProposalRow, proposal.id)
    if row is None:
        session.add(_row(proposal))
    else:
        says_other = offering(_proposal(row)) != offering(proposal)
        proposal = replace(proposal, revision=row.revision + says_other)
        row.sqlmodel_update(_row(proposal).model_dump())
    session.flush()
    return proposal


def delete(session: Session, proposal_id: str) -> None:
    """Throw a proposal away; nothing happens when it is not there."""
    row = session.get(ProposalRow, proposal_id)
    if row is not None:
        session.delete(row)
        session.flush()


def fields(proposal: Proposal) -> dict[str, object]:
    """Give a proposal as its columns, each a text, a number or None."""
    return _row(proposal).model_dump()


def of_fields(columns: Mapping[str, object]) -> Proposal:
    """Give the proposal that `fields` wrote."""
    return _proposal(ProposalRow.model_validate(columns))


def _row(proposal: Proposal) -> ProposalRow:
    return ProposalRow(
        id=proposal.id,
        project_remote_id=proposal.project_remote_id,
        currency=proposal.currency,
        text=proposal.text,
        price=maybe_minor(proposal.price),
        days=proposal.days,
        state=proposal.state,
        bid_remote_id=proposal.bid_remote_id,
        refusal_code=proposal.refusal_code,
        refusal=proposal.refusal,
        created_at=maybe_micros(proposal.created_at),
        updated_at=maybe_micros(proposal.updated_at),
        unread_price=proposal.unread_price,
        unread_days=proposal.unread_days,
        revision=proposal.revision,
        brief=sides.written(proposal.brief),
        placed=intents.written_terms(proposal.placed),
        plan=proposal.plan,
        template_id=proposal.template_id,
        template_name=proposal.template_name,
        holes=" ".join(proposal.holes),
    )


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        project_remote_id=row.project_remote_id,
        currency=row.currency,
        text=row.text,
        price=maybe_money(row.price, row.currency),
        days=row.days,
        state=cast(ProposalState, row.state),
        bid_remote_id=row.bid_remote_id,
        refusal_code=row.refusal_code,
        refusal=row.refusal,
        created_at=maybe_instant(row.created_at),
        updated_at=maybe_instant(row.updated_at),
        unread_price=row.unread_price,
        unread_days=row.unread_days,
        revision=row.revision,
        brief=sides.read_brief(row.brief),
        placed=intents.read_terms(row.placed),
        plan=row.plan,
        template_id=row.template_id,
        template_name=row.template_name,
        holes=tuple(row.holes.split()),
    )
