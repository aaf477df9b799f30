"""Outcomes: pure; what an answer, or the lack of one, makes of an outbox entry."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from freelancer_tui.domain.intents import (
    BidAction,
    EditBid,
    EscrowAction,
    OutboxEntry,
    Receipt,
    RequestMilestone,
    RetractBid,
    Sighting,
    orphaned,
)
from freelancer_tui.domain.proposals import Proposal, ProposalState
from freelancer_tui.errors import Refused
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.policy import Policy

PLACED_ELSEWHERE = "placed_elsewhere"
"""The reason code of an entry that found another of the user's bids in its place."""
EDITED_ELSEWHERE = "edited_elsewhere"
"""The reason code of a change to a bid that another hand changed meanwhile."""


def freed(
    entry: OutboxEntry, parent: OutboxEntry | None, bid_remote_id: int | None, policy: Policy
) -> OutboxEntry | None:
    """It with all that it waited for, or refused where that never comes; None: not yet.

    `bid_remote_id` is the bid of its project, as far as anybody told us of one.
    """
    intent = entry.intent
    needs_bid = isinstance(intent, RequestMilestone) and intent.bid_remote_id is None
    if parent is not None and parent.state == "refused":
        return orphaned(entry, never_sent(parent))
    if parent is None and entry.after is not None and not (needs_bid and bid_remote_id):
        return orphaned(entry, _("It was not sent: what it waited for was taken out."))
    if parent is not None and parent.state != "sent":
        return None
    if not isinstance(intent, RequestMilestone) or intent.bid_remote_id is not None:
        return entry
    if bid_remote_id is not None:
        return replace(entry, intent=replace(intent, bid_remote_id=bid_remote_id))
    if entry.attempts < policy.most_attempts:
        return None
    return orphaned(entry, _("It was not sent: the bid that it waited for is not there."))


def never_sent(parent: OutboxEntry) -> str:
    """Say why what waits for an entry that was refused is refused with it."""
    return _("It was not sent, because what it waited for was refused: {reason}").format(
        reason=_(parent.reason) if parent.reason else parent.reason_code
    )


def claimed(entry: OutboxEntry, watermark: int | None) -> OutboxEntry:
    """About to go out: what is committed before the request leaves."""
    return replace(
        entry,
        state="sending",
        attempts=entry.attempts + 1,
        watermark=watermark,
        next_try_at=None,
        looked_first_at=None,
        looked_at=None,
        looked_among=None,
        asks=False,
        reason_code="",
        reason="",
        found=None,
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
        found=receipt.found,
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


def unseen(entry: OutboxEntry, error: Refused) -> OutboxEntry:
    """A look that was told no: what an action is about is gone, so that it cannot happen.

    Of anything else that says nothing: the user decides.
    """
    if isinstance(entry.intent, BidAction | EscrowAction):
        return refused(entry, error)
    return asking(entry, str(error))


def seen(entry: OutboxEntry, sighting: Sighting) -> OutboxEntry | None:
    """What a look makes of it that found something; None where there was nothing to find."""
    if sighting.receipt is not None:
        return landed(entry, sighting.receipt)
    if sighting.found is None:
        return None
    told = N_("The bid was changed elsewhere meanwhile, so your change was not sent over it.")
    return replace(asking(entry, told), reason_code=EDITED_ELSEWHERE, found=sighting.found)


def missed(
    entry: OutboxEntry, sighting: Sighting, now: datetime, wait: timedelta, policy: Policy
) -> OutboxEntry:
    """It was not found: send again where that is proof, else look again, at last ask.

    The window lies between two of the marketplace's own times, so that a moved clock on
    this machine cannot shorten it. No proof is good enough to do twice what is about money.
    """
    entry = replace(entry, looked_at=sighting.at, looked_among=sighting.among)
    is_money = isinstance(entry.intent, RequestMilestone | EscrowAction)
    if sighting.proves_absence and not is_money:
        if entry.attempts >= policy.most_attempts:
            return asking(entry, N_("It was tried many times, and it is still not there."))
        return unsent(entry, None if entry.attempts <= 1 else now + wait)
    first = entry.looked_first_at or sighting.at
    if sighting.at - first >= policy.settle_window:
        return asking(entry, N_("It was not found, but it may still have arrived."))
    return replace(entry, looked_first_at=first, next_try_at=now + wait)


def followed(proposal: Proposal, entry: OutboxEntry, now: datetime) -> Proposal:
    """What the proposal becomes that an entry carries; it changes only when the entry ends.

    One of which a change or an action is refused stands as it did, and says why.
    """
    match entry.state:
        case "sent":
            return replace(
                proposal,
                state="withdrawn" if isinstance(entry.intent, RetractBid) else "placed",
                bid_remote_id=entry.remote_id,
                refusal_code=entry.reason_code,
                refusal=entry.reason,
                updated_at=now,
            )
        case "refused":
            return replace(
                proposal,
                state=_after_refusal(proposal, entry),
                refusal_code=entry.reason_code,
                refusal=entry.reason,
                updated_at=now,
            )
        case "queued" | "sending" | "doubtful":
            return proposal
        case _:
            assert_never(entry.state)


def _after_refusal(proposal: Proposal, entry: OutboxEntry) -> ProposalState:
    if not isinstance(entry.intent, EditBid | BidAction):
        return "refused"
    return "withdrawn" if proposal.state == "withdrawn" else "placed"
