"""Timeline: what happened to a job, a bid and its money, in order, and who says so (pure)."""

from collections.abc import Iterable, Iterator, Sequence

from freelancer_tui.domain.disputes import Event, EventKind
from freelancer_tui.domain.happenings import Happening, HappeningKind, Moved
from freelancer_tui.domain.intents import (
    AskRelease,
    BidAction,
    IntentName,
    OutboxEntry,
    SendMessage,
    WithdrawRequest,
)
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest, state_of
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid

Escrow = tuple[Sequence[Milestone | MilestoneRequest], Sequence[Moved]]
"""What there is now, and when it was seen in another state."""
_HAPPENED: dict[HappeningKind, EventKind] = {
    "title": "job_title",
    "text": "job_text",
    "budget": "job_budget",
    "status": "job_status",
}
_DONE: dict[IntentName, EventKind] = {
    "edit_bid": "bid_changed",
    "retract_bid": "bid_withdrawn",
    "decline_award": "declined",
    "ask_release": "release_asked",
    "withdraw_request": "request_withdrawn",
}


def events(
    project: Project | None,
    told: Iterable[Happening],
    bid: Bid | None,
    money: Escrow,
    sent: Iterable[OutboxEntry],
) -> tuple[Event, ...]:
    """Give all of it, oldest first."""
    found = [*_of_job(project, told), *_of_bid(bid), *_of_money(*money), *_of_ours(sent)]
    return tuple(sorted(found, key=lambda one: one.at))


def _of_job(project: Project | None, told: Iterable[Happening]) -> Iterator[Event]:
    if project is not None:
        number = project.remote_id
        yield Event(project.posted_at, "job_posted", "marketplace", remote_id=number)
    for one in told:
        kind = _HAPPENED.get(one.kind)
        if kind == "job_status":
            yield Event(one.at, kind, "program", state=one.now)
        elif kind is not None:
            yield Event(one.at, kind, "program", text=_change(one))


def _of_bid(bid: Bid | None) -> Iterator[Event]:
    if bid is None:
        return
    number = bid.remote_id
    yield Event(bid.submitted_at, "bid_placed", "marketplace", amount=bid.amount, remote_id=number)
    if bid.awarded_at is not None:
        yield Event(bid.awarded_at, "awarded", "marketplace", remote_id=number)
    if bid.accepted_at is not None:
        yield Event(bid.accepted_at, "accepted", "marketplace", remote_id=number)


def _of_money(
    money: Sequence[Milestone | MilestoneRequest], moved: Iterable[Moved]
) -> Iterator[Event]:
    known = {(one.remote_id, isinstance(one, MilestoneRequest)): one for one in money}
    for move in moved:
        about = known.get((move.remote_id, move.is_request))
        yield Event(
            move.at,
            "request_moved" if move.is_request else "money_moved",
            "program",
            amount=about.amount if about else None,
            state=state_of(move.now),
            text=about.text if about else "",
            remote_id=move.remote_id,
        )
    for one in money:
        is_request = isinstance(one, MilestoneRequest)
        yield Event(
            one.requested_at if isinstance(one, MilestoneRequest) else one.created_at,
            "requested" if is_request else "milestone",
            "marketplace",
            amount=one.amount,
            state=state_of(one.status),
            text=one.text,
            remote_id=one.remote_id,
        )


def _of_ours(sent: Iterable[OutboxEntry]) -> Iterator[Event]:
    """Tell what the user did from here, at the time that they wished it."""
    for one in sent:
        if kind := _DONE.get(one.name):
            intent = one.intent
            amount = None if isinstance(intent, SendMessage | BidAction) else intent.amount
            text, number = "", one.remote_id
            if isinstance(intent, AskRelease | WithdrawRequest):
                text, number = intent.text, intent.remote_id
            yield Event(one.queued_at, kind, "program", amount, text=text, remote_id=number)


def _change(one: Happening) -> str:
    was, now = (_plain(one.kind, said) for said in (one.was, one.now))
    return f"{was} → {now}"


def _plain(kind: HappeningKind, said: str) -> str:
    """Give one side of a change; of a budget in its own amounts, of a text how long it was."""
    if kind != "budget":
        return said
    _kind, currency, *ends = said.split()
    told = [str(Money.of_minor(int(one), currency).amount) for one in ends if one != "-"]
    return f"{currency} {'–'.join(told)}"
