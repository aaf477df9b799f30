"""Outbox: what waits to be sent, each entry with what keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from freelancer_tui.domain.attachments import Transfer
from freelancer_tui.domain.intents import LIVE, OutboxEntry
from freelancer_tui.domain.proposals import ConflictKind


@dataclass(frozen=True, slots=True)
class OutboxView:
    """An entry, and what has to come before it."""

    entry: OutboxEntry
    waits_for: OutboxEntry | None = None
    """What has to be sent first: what it comes after, or the one before it in its conversation."""
    held_by: str | None = None
    """The proposal with an open conflict; nothing of its job is sent before that is settled."""
    conflict: ConflictKind | None = None
    """What that conflict is about."""
    transfer: Transfer | None = None
    """How far its files are while it is being sent."""


def laid_out(
    entries: Sequence[OutboxEntry], conflicts: Mapping[str, ConflictKind], jobs: Mapping[str, int]
) -> list[OutboxView]:
    """Give entries, in queue order, with what each waits for.

    `conflicts` tells the open ones by proposal, `jobs` the jobs that those proposals are for.
    """
    by_id = {entry.id: entry for entry in entries}
    holders = {one: one for one in conflicts}
    holders |= {f"project:{job}": proposal for proposal, job in jobs.items()}
    last: dict[str, OutboxEntry] = {}
    views = []
    for entry in entries:
        waits_for = holder = None
        if entry.state == "queued" or entry.asks:
            waits_for = by_id.get(entry.after or "") or last.get(entry.entity)
            holder = holders.get(entry.subject_id) or holders.get(entry.entity)
        kind = conflicts[holder] if holder else None
        views.append(OutboxView(entry, waits_for, holder, kind))
        if entry.state in LIVE:
            last[entry.entity] = entry
    return views
