"""Board: our sheets laid beside the marketplace's bids (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.domain.proposals import Bid, Proposal, ProposalView, standing

_EARLY = datetime.min.replace(tzinfo=UTC)


def lay_out(
    sheets: Sequence[Proposal],
    entries: Iterable[OutboxEntry],
    mine: Sequence[Bid],
    summaries: Mapping[int, ProjectSummary],
) -> list[ProposalView]:
    """Pair each sheet with its bid; bids without a sheet were placed elsewhere."""
    carrying = {entry.subject_id: entry for entry in entries}
    by_project: dict[int, list[Bid]] = {}
    for bid in mine:
        by_project.setdefault(bid.project_remote_id, []).append(bid)
    views = [
        view(sheet, carrying.get(sheet.id), by_project.get(sheet.project_remote_id, ()), summaries)
        for sheet in sheets
    ]
    paired = {one.bid.remote_id for one in views if one.bid}
    elsewhere = [bid for bid in mine if bid.remote_id not in paired]
    views += [view(_sheet(bid), carrying.get(bid_id(bid)), (bid,), summaries) for bid in elsewhere]
    return sorted(views, key=lambda one: one.proposal.updated_at or _EARLY, reverse=True)


def view(
    sheet: Proposal,
    entry: OutboxEntry | None,
    mine: Iterable[Bid],
    summaries: Mapping[int, ProjectSummary],
) -> ProposalView:
    """Lay the marketplace's word over one sheet."""
    bid = _bid_of(sheet, mine)
    return ProposalView(
        proposal=sheet,
        standing=standing(sheet.state, bid),
        project=summaries.get(sheet.project_remote_id),
        bid=bid,
        entry=entry if entry and entry.state != "sent" else None,
    )


def bid_id(bid: Bid) -> str:
    """Name a bid that has no sheet of ours."""
    return f"bid-{bid.remote_id}"


def sheet_of_bid(proposal_id: str, mine: Iterable[Bid]) -> Proposal | None:
    """Give a sheet that shows a bid placed elsewhere, by its `bid-…` id."""
    return next((_sheet(bid) for bid in mine if bid_id(bid) == proposal_id), None)


def _bid_of(sheet: Proposal, mine: Iterable[Bid]) -> Bid | None:
    if sheet.state not in ("placed", "withdrawn"):
        return None
    of_project = [bid for bid in mine if bid.project_remote_id == sheet.project_remote_id]
    exact = [bid for bid in of_project if bid.remote_id == sheet.bid_remote_id]
    return next(iter(exact or of_project), None)


def _sheet(bid: Bid) -> Proposal:
    return Proposal(
        id=bid_id(bid),
        project_remote_id=bid.project_remote_id,
        currency=bid.amount.currency,
        text=bid.text,
        price=bid.amount,
        days=bid.days,
        state="placed",
        bid_remote_id=bid.remote_id,
        created_at=bid.submitted_at,
        updated_at=bid.submitted_at,
    )
