"""Parents: what an entry has to wait for, and what it takes from there."""

from freelancer_tui.domain.intents import OutboxEntry, RequestMilestone
from freelancer_tui.store.cache import bids
from freelancer_tui.store.work import conflicts, outbox, proposals
from freelancer_tui.store.work.database import Session
from freelancer_tui.sync import outcomes
from freelancer_tui.sync.equipment import Equipment


async def freed(entry: OutboxEntry, equipment: Equipment) -> OutboxEntry | None:
    """Give an entry with all that it waited for, or refused; None while that is not there yet."""
    intent = entry.intent
    if isinstance(intent, RequestMilestone) and intent.bid_remote_id is None:
        project: int | None = intent.project_remote_id
    elif entry.after is not None:
        project = None
    else:
        return entry
    parent, bid = await equipment.off_loop(_awaited, entry, project, equipment)
    return outcomes.freed(entry, parent, bid, equipment.policy)


def held(session: Session) -> frozenset[str]:
    """Give the proposals with an open conflict, and their projects: money waits for it too."""
    subjects = conflicts.held(session)
    sheets = (proposals.get(session, one) for one in subjects)
    return subjects | {f"project:{sheet.project_remote_id}" for sheet in sheets if sheet}


def _awaited(
    entry: OutboxEntry, project: int | None, equipment: Equipment
) -> tuple[OutboxEntry | None, int | None]:
    """Give what an entry comes after, and the bid that stands on a project by now."""
    with equipment.work.read() as session:
        parent = outbox.get(session, entry.after) if entry.after else None
    if parent is not None and parent.remote_id is not None:
        return parent, parent.remote_id
    with equipment.cache.read() as connection:
        bid = bids.of_project(connection, project) if project else None
    return parent, bid.remote_id if bid and not bid.retracted else None
