"""Outcomes: pure; what an answer, or the lack of one, makes of an outbox entry."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from freelancer_tui.domain.intents import OutboxEntry, Receipt, Sighting
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import Refused
from freelancer_tui.i18n import N_
from freelancer_tui.sync.policy import Policy

PLACED_ELSEWHERE = "placed_elsewhere"
"""The reason code of an entry that found another of the user's bids in its place."""


def claimed(entry: OutboxEntry, watermark: int | None) -> OutboxEntry:
    """About to go out: what is committed before the request leaves."""
    return replace(
        entry,
        state="sending",
        attempts=entry.attempts + 1,
        watermark=watermark,
        next_try_at=None,
        looked_first_at=None,
        asks=False,
        reason_code="",
        reason="",
    )


def landed(entry: OutboxEntry, receipt: Receipt) -> OutboxEntry:
    """It is there; the note says so when something else of the user's is there instead."""
    note = N_("Another bid of yours was already placed there.") if receipt.differs else ""
    return replace(
        entry,
        state="sent",
        remote_id=receipt.remote_id,
        next_try_at=None,
        asks=False,
        reason_code=PLACED_ELSEWHERE if receipt.differs else "",
        reason=note,
    )


def refused(entry: OutboxEntry, error: Refused) -> OutboxEntry:
    """A definite no, with the marketplace's own code and words."""
    return replace(
        entry,
        state="refused",
        next_try_at=None,
        asks=False,
        reason_code=error.reason_code,
        reason=str(error),
    )


def unsent(entry: OutboxEntry, next_try_at: datetime | None = None) -> OutboxEntry:
    """Proved not to be there: it waits for its turn again."""
    return replace(entry, state="queued", next_try_at=next_try_at, looked_first_at=None, asks=False)


def doubtful(entry: OutboxEntry) -> OutboxEntry:
    """It may have landed: the next thing to do is to look, at once."""
    return replace(entry, state="doubtful", next_try_at=None, looked_first_at=None)


def asking(entry: OutboxEntry, reason: str) -> OutboxEntry:
    """Looking cannot tell: nothing more happens until the user decides."""
    return replace(entry, state="doubtful", asks=True, next_try_at=None, reason=reason)


def missed(
    entry: OutboxEntry, sighting: Sighting, now: datetime, wait: timedelta, policy: Policy
) -> OutboxEntry:
    """It was not found: send again where that is proof, else look again, at last ask.

    The window lies between two of the marketplace's own times, so that a moved clock on
    this machine cannot shorten it.
    """
    if sighting.proves_absence:
        if entry.attempts >= policy.most_attempts:
            return asking(entry, N_("It was tried many times, and it is still not there."))
        return unsent(entry, None if entry.attempts <= 1 else now + wait)
    first = entry.looked_first_at or sighting.at
    if sighting.at - first >= policy.settle_window:
        return asking(entry, N_("It was not found, but it may still have arrived."))
    return replace(entry, looked_first_at=first, next_try_at=now + wait)


def followed(proposal: Proposal, entry: OutboxEntry, now: datetime) -> Proposal:
    """What the proposal becomes that an entry carries; it changes only when the entry ends."""
    match entry.state:
        case "sent":
            return replace(
                proposal,
                state="placed",
                bid_remote_id=entry.remote_id,
                refusal_code=entry.reason_code,
                refusal=entry.reason,
                updated_at=now,
            )
        case "refused":
            return replace(
                proposal,
                state="refused",
                refusal_code=entry.reason_code,
                refusal=entry.reason,
                updated_at=now,
            )
        case "queued" | "sending" | "doubtful":
            return proposal
        case _:
            assert_never(entry.state)
